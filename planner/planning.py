"""Planning: from a scenario to a plan that may be shown. The map of the program, on one page.

    scenario -> search -> decisions -> payments in whole rupiah -> exact proof -> plan -> independent check
                second search ------------------------------------->

A plan is returned only if the checker has passed it, and called optimal only where exact arithmetic confirms that or
two searches agree on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from planner.attendance.finder import can_be_attended
from planner.domain.aim import Aim
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.attempts import Attempts
from planner.drafting.claims import carried_over
from planner.drafting.drafts import Answer, checked, drafted
from planner.drafting.early_plans import EarlyPlans, Hear
from planner.drafting.finding import found
from planner.drafting.finishing import finished, tidied
from planner.drafting.plan_arguments import ensure_decisions, valid_arguments
from planner.drafting.second_opinions import SecondSearch, confirmed
from planner.errors import CheckFailed, PlannerError
from planner.locale import _
from planner.payments.payment import Payment
from planner.plans.claim import Bounds
from planner.plans.plan import Plan, SolverRun
from planner.solve.engine import EngineName
from planner.solve.engines import solver_version
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.job import Job
from planner.solve.outcome import PlanStrategy, Progress, SearchLimits
from planner.solve.second import may_be_brief
from planner.solve.worker import Worker

__all__ = ["Aim", "Answer", "Hints", "Progress", "SearchLimits", "adopt", "plan"]


def plan(
    scenario: Scenario,
    limits: SearchLimits | None = None,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    inline: bool = False,
    hints: Hints = NO_HINTS,
    aim: Aim | None = None,
    validated: bool = False,
    ahead: Worker | None = None,
    early: Hear | None = None,
) -> Answer:
    """Find the best plan for `scenario` within `limits`, and check it.

    With `inline` the search runs in this process, which is faster for small scenarios; otherwise in a worker, the one
    started `ahead` if there is one. `hints` affect speed only, but for a bound in them, which is believed. With an
    `aim` the plan nearest to it is searched, and only the aim's bound is claimed, nothing about the plan's levels.
    `validated` says that scenario and limits are known to be valid. `early` is called, in a thread of its own, with a
    checked plan as soon as a worker has found one, then with better ones. On KeyboardInterrupt the search ends and its
    best plan is returned with `solver.interrupted` true; where the solver breaks, its best plan is returned with how it
    `broke`.

    Raises TypeError where an argument is of a wrong type, InputError with all problems of the limits, the scenario or
    the aim, InfeasibleError naming what clashes, NoPlanInTime without a plan in time, SolverError where the solver
    fails, Interrupted when stopped before there was a plan, CheckFailed where our own check refuses the plans of two
    engines.
    """
    limits = valid_arguments(
        scenario, limits, validated=validated, progress=progress, inline=inline, hints=hints, aim=aim, ahead=ahead,
        early=early,
    )  # fmt: skip
    job = Job(scenario, limits, hints=hints, aim=aim, brief=hints.bound is None and may_be_brief(scenario, limits, aim))
    with EarlyPlans(scenario, limits, early) as plans:
        attempts = Attempts(job, progress, inline, ahead, plans.consider)
        if hints.bound is not None and aim is None:
            attempts.proven.keep(0, Fraction(hints.bound), ())
        try:
            return _planned(attempts, plans.end)
        except CheckFailed as refused:
            return _planned_again(attempts, refused)


def adopt(
    scenario: Scenario,
    decisions: Decisions,
    *,
    payments: Sequence[Payment] | None = None,
    bounds: Sequence[Bounds] = (),
    tolerance: float = 0.0001,
    solver: SolverRun | None = None,
) -> Plan:
    """Make the checked plan of given `decisions`, with the given `payments`, or otherwise with new ones.

    `bounds` are known bounds of the levels of the objective, in their order. The bound of a level counts only where the
    decisions do as well in the levels above as the plan that it was found for. Raises CheckFailed where the decisions
    break a rule of `scenario` or cannot be paid in whole rupiah, InputError where they name what it does not have,
    TypeError where they are not decisions.
    """
    ensure_decisions(scenario, decisions)
    draft = drafted(scenario, decisions, payments)
    if draft is None:
        if not can_be_attended(scenario, decisions):
            raise CheckFailed(
                _("No people could attend what these decisions allocate within what one person can take.")
            )
        raise CheckFailed(_("These decisions cannot be paid in whole rupiah."))
    known = carried_over(scenario, bounds, draft.values)
    run = solver or SolverRun(*solver_version(EngineName.HIGHS), None, PlanStrategy.ADOPTED)
    return checked(scenario, draft, known, tolerance, run).plan


def _planned(attempts: Attempts, searched: Callable[[], None] = lambda: None) -> Answer:
    """Search, pay, prove, confirm where the proof leaves the plan open, and check; call `searched` after the search.

    Once there is a plan, Ctrl-C shortens what follows and loses nothing.
    """
    with attempts.proof_prepared(), SecondSearch(attempts) as second:
        solution, best = found(attempts, second)
        searched()
        best, known, opinion = attempts.to_its_end(lambda: confirmed(attempts, solution, best, second.running))
    best = attempts.to_its_end(lambda: tidied(attempts, best))
    return attempts.to_its_end(lambda: finished(attempts, best, known, solution, opinion))


def _planned_again(attempts: Attempts, refused: CheckFailed) -> Answer:
    """Plan by the second engine, after our check has `refused` the plan of the first; raise that if it fails too."""
    again = attempts.by_second_engine()
    try:
        return _planned(again)
    except PlannerError:
        raise again.ending(refused) from None
