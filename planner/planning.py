"""Planning: from a scenario to a plan that may be shown. The map of the program, on one page.

    scenario -> solver process -> decisions -> settlement in whole rupiah -> exact proof -> plan -> independent check
                second opinion ------------------------------------------->

Whatever the solver says, a plan is returned only if the checker has passed it, and it is called optimal only where
exact arithmetic confirms that or two searches agree on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from planner.attempts import Attempts, Draft, better_of, drafted
from planner.check import Verdict, check_plan
from planner.claims import agreed, as_good, enough, exactly
from planner.domain.aim import Aim
from planner.domain.checks.validation import ensure_valid
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, Interrupted, PlannerError
from planner.locale import _
from planner.plans.assembly import assemble
from planner.plans.claim import Bounds
from planner.plans.plan import Plan, SolverRun, Status
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.outcome import Limits, Progress
from planner.solve.second import OTHER, SecondOpinion
from planner.solve.versions import solver_version
from planner.solve.worker import Job

__all__ = ["Aim", "Answer", "Hints", "Limits", "Progress", "adopt", "plan"]

ADOPTED = "adopted"
"""The strategy of a plan whose decisions were made elsewhere."""

NEARLY_SURE = 600
"""Seats up to which no second opinion is asked for before it is needed: the exact search nearly always comes to the end
of so small a scenario."""


@dataclass(frozen=True)
class Answer:
    """What planning came to: a checked plan, optimal or feasible."""

    status: Status
    plan: Plan
    aim_bound: float | None = None
    """Where an amount was sought to be least: what exact arithmetic confirms that no plan is below."""
    verdict: Verdict | None = None
    """What the checker said of the plan, so that nobody need ask it again."""


def plan(
    scenario: Scenario,
    limits: Limits | None = None,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    inline: bool = False,
    hints: Hints = NO_HINTS,
    aim: Aim | None = None,
    validated: bool = False,
) -> Answer:
    """The best plan for `scenario` within `limits`, checked.

    `progress` hears the news of the solver. `inline` solves in this process: quicker for small
    scenarios, but not to be stopped. A KeyboardInterrupt ends the solver and keeps its best plan.
    `validated` says that the scenario has no problems, as one that was read from a file; else they are looked for.
    `hints` say what is known of scenarios alike; with an `aim` the plan nearest to it is sought: of that plan nothing
    is claimed, of the aim its bound.

    Raises InputError with all problems of the scenario, InfeasibleError naming what clashes, NoPlanInTime without a
    plan in time, SolverError where the solver fails, Interrupted when stopped before there was a plan, CheckFailed
    when a plan of ours does not stand the check, not even one found by the other engine.
    """
    if not validated:
        ensure_valid(scenario)
    job = Job(scenario, limits or Limits(), hints=hints, aim=aim)
    attempts = Attempts(job, progress, inline)
    try:
        return _planned(attempts)
    except CheckFailed as refused:
        other = replace(job.limits, solver=OTHER[job.limits.solver])
        try:
            return _planned(replace(attempts, job=replace(job, limits=other)))
        except Interrupted:
            raise
        except PlannerError:
            raise refused from None


def adopt(
    scenario: Scenario,
    decisions: Decisions,
    *,
    bounds: Sequence[Bounds] = (),
    tolerance: float = 0.0001,
    solver: SolverRun | None = None,
) -> Plan:
    """The checked plan of `decisions` that were made elsewhere.

    `bounds` is what is known of each level of the objective, in their order; nothing by default. What is known of a
    level counts only where the decisions do as well in the levels above as what it was known for.
    Raises CheckFailed where the decisions break a rule of `scenario` or cannot be paid in whole rupiah.
    """
    draft = drafted(scenario, decisions)
    if draft is None:
        raise CheckFailed(_("These decisions cannot be paid in whole rupiah."))
    levels = levels_of(scenario)
    known = {
        level: each
        for number, (level, each) in enumerate(zip(levels, bounds, strict=False))
        if not each.above or as_good(draft.values[:number], each.above, levels)
    }
    run = solver or SolverRun(*solver_version("highs"), 0.0, ADOPTED)
    made, _verdict = _checked(scenario, draft, known, tolerance, run)
    return made


def _planned(attempts: Attempts) -> Answer:
    """The checked plan of one engine: what it found or, where that is better, what proof or second opinion found."""
    job, limits = attempts.job, attempts.job.limits
    with SecondOpinion(job) if _wants_second(attempts) else nullcontext() as second:
        solution = attempts.solution(job)
        best = attempts.draft(solution)
        proof = attempts.proof(best.worth, lambda: second is not None and second.ready)
        if proof.better is not None:
            best = better_of(best, drafted(job.scenario, proof.better)) or best
        known, opinion = exactly(job.scenario, proof, best.values), None
        if job.aim is None and not attempts.stopped and not enough(best, known, limits.gap):
            opinion = attempts.opinion(second)
        if opinion is not None and opinion.decisions is not None:
            best = better_of(best, drafted(job.scenario, opinion.decisions)) or best
            known = agreed(job.scenario, best, known, limits.gap, solution, opinion)
    seconds = round(time.monotonic() - attempts.began, 3)
    name, version = solver_version(limits.solver)
    asked = "" if opinion is None else " ".join(solver_version(OTHER[limits.solver]))
    run = SolverRun(name, version, seconds, solution.strategy, asked, attempts.stopped)
    made, verdict = _checked(job.scenario, best, known, limits.gap, run)
    return Answer(made.status, made, attempts.aim_bound(solution), verdict)


def _wants_second(attempts: Attempts) -> bool:
    """Whether a second opinion is to be asked for at once, beside the first, rather than only if it is needed."""
    job, scenario = attempts.job, attempts.job.scenario
    seats = sum(
        len(scenario.periods_of(programme))
        for programme in scenario.programmes
        for group in scenario.groups_in(programme.for_)
        if scenario.need(group, programme)
    )
    return job.aim is None and not attempts.inline and seats > NEARLY_SURE


def _checked(
    scenario: Scenario, draft: Draft, known: dict[Level, Bounds], tolerance: float, solver: SolverRun
) -> tuple[Plan, Verdict]:
    """The plan of a draft with what is known of its levels, and the verdict on it; CheckFailed where our own check
    refuses it."""
    made = assemble(
        scenario,
        draft.decisions,
        draft.payments,
        levels=levels_of(scenario),
        bounds=known,
        tolerance=tolerance,
        solver=solver,
    )
    verdict = check_plan(scenario, made.to_plain())
    if not verdict.passed:
        raise CheckFailed(
            _("Our own check refused the plan; nothing was stored. Please report this scenario to us.")
            + "".join(f"\n  {finding}" for finding in verdict.findings)
        )
    return made, verdict
