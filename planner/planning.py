"""Planning: from a scenario to a plan that may be shown. The map of the program, on one page.

    scenario -> solver process -> decisions -> settlement in whole rupiah -> plan -> independent check

Whatever the solver says, a plan is returned only if the checker has passed it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InfeasibleError, Interrupted, PlannerError, SolverError
from planner.locale import _
from planner.model.aims import Aim
from planner.model.money_scale import LARGEST
from planner.model.objective import levels_of
from planner.model.parts import make_parts
from planner.plan.assembly import assemble, met
from planner.plan.plan import Plan, SolverRun, Status
from planner.plan.settlement import CannotSettle, settle
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.levels import LevelOutcome, Solution
from planner.solve.outcome import Ending, Limits, Progress
from planner.solve.run import Stopped, solve, why_infeasible
from planner.solve.versions import solver_version
from planner.solve.worker import Job

__all__ = ["Aim", "Answer", "Hints", "Limits", "Progress", "adopt", "plan"]

KEPT_BACK: Final = 1000
"""What each fund keeps back where amounts cannot be planned to the rupiah [rupiah]."""

LARGEST_IN_RUPIAH: Final = 10**10
"""Up to such a fund the solver can be asked for whole rupiah at all; beyond, it may not come back [rupiah]."""

SECOND_SECONDS: Final = 60.0
"""Most time for another try after a plan did not stand the check [seconds]."""

ADOPTED: Final = "adopted"
"""The strategy of a plan whose decisions were made elsewhere."""

INTERRUPTED: Final = "interrupted"
"""The strategy of a plan that was the best one known when the user stopped the search."""


@dataclass(frozen=True)
class Answer:
    """What planning came to: a checked plan, optimal or feasible."""

    status: Status
    plan: Plan
    aim_bound: float | None = None
    """Where an aim was sought: the value of it that no plan is below."""


def plan(
    scenario: Scenario,
    limits: Limits | None = None,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    inline: bool = False,
    hints: Hints = NO_HINTS,
    aim: Aim | None = None,
) -> Answer:
    """The best plan for `scenario` within `limits`, checked.

    `progress` hears the news of the solver. `inline` solves in this process: quicker for small
    scenarios, but not to be stopped. A KeyboardInterrupt ends the solver and keeps its best plan.
    `hints` say what is known of scenarios alike; with an `aim` the plan nearest to it is sought, of which nothing
    is proven.

    Raises InfeasibleError naming what clashes, SolverError without a plan in time, Interrupted when
    stopped before there was a plan, CheckFailed when a plan of ours does not stand the check, not even
    one found with the tightest tolerances or by the other engine.
    """
    job = Job(scenario, limits or Limits(), hints=hints, aim=aim)
    try:
        return _planned(job, progress, inline)
    except CheckFailed as refused:
        for again in (_tighter, _second_engine):
            try:
                return again(job, progress, inline)
            except Interrupted:
                break
            except PlannerError:
                continue
        raise refused


def adopt(
    scenario: Scenario,
    decisions: Decisions,
    *,
    bounds: Sequence[float | None] = (),
    tolerance: float = 0.0001,
    solver: SolverRun | None = None,
) -> Plan:
    """The checked plan of `decisions` that were made elsewhere.

    `bounds` is what is known to be proven of each level of the objective, in their order; nothing by default.
    Raises CheckFailed where the decisions break a rule of `scenario` or cannot be paid in whole rupiah.
    """
    known = zip(levels_of(scenario), bounds, strict=False)
    levels = tuple(LevelOutcome(level, 0.0, bound, proven=False) for level, bound in known)
    solution = Solution(Ending.STOPPED, decisions, levels, strategy=ADOPTED)
    answer = _settled(Job(scenario, Limits(gap=tolerance)), solution, time.monotonic())
    if answer is None:
        raise CheckFailed(_("These decisions cannot be paid in whole rupiah."))
    return answer.plan if solver is None else replace(answer.plan, solver=solver)


def _tighter(job: Job, progress: Callable[[Progress], None], inline: bool) -> Answer:
    """The plan found with the tightest tolerances, where that of the usual ones did not stand the check."""
    return _planned(_briefly(job, exact=True), progress, inline)


def _second_engine(job: Job, progress: Callable[[Progress], None], inline: bool) -> Answer:
    """The plan of the other engine, where that of the first did not stand the check; the plan says so."""
    other = "highs" if job.limits.solver == "cbc" else "cbc"
    answer = _planned(_briefly(job, solver=other), progress, inline)
    return _with_strategy(answer, f"{answer.plan.solver.strategy}-second-engine")


def _briefly(job: Job, **changes: Any) -> Job:
    """`job` for another try with other limits, which must not keep the planner waiting as long again."""
    limit = job.limits.time_limit
    left = SECOND_SECONDS if limit is None else min(SECOND_SECONDS, limit)
    return replace(job, limits=replace(job.limits, time_limit=left, **changes))


def _planned(job: Job, progress: Callable[[Progress], None], inline: bool) -> Answer:
    """The checked plan of one engine; where single rupiah decide, of further passes within the same time."""
    began = time.monotonic()
    solution = _solved(job, progress, inline)
    answer = _settled(job, solution, began)
    stopped = solution.strategy == INTERRUPTED
    if answer is not None and (stopped or not _lost_by_rounding(answer.plan, solution)):
        return answer
    try:
        for again in () if stopped else _to_the_rupiah(job, progress, inline, solution, began, answer):
            better = _settled(job, again, began)
            if better is not None and (answer is None or _rank(better.plan) >= _rank(answer.plan)):
                return better
            if stopped := again.strategy == INTERRUPTED:
                break
    except PlannerError as error:
        if answer is None:
            raise
        stopped = isinstance(error, Interrupted)
    if answer is not None:
        return _with_strategy(answer, INTERRUPTED) if stopped else answer
    if stopped:
        raise Interrupted(_("Stopped before a plan was found."))
    raise CheckFailed(
        _("The plan found cannot be paid in whole rupiah. Nothing was stored; please report this scenario to us.")
    )


def _with_strategy(answer: Answer, strategy: str) -> Answer:
    run = replace(answer.plan.solver, strategy=strategy)
    return replace(answer, plan=replace(answer.plan, solver=run))


def _rank(plan: Plan) -> tuple[Fraction, ...]:
    """The levels of the objective in their order, better first."""
    return tuple(-row.value if row.goal in ("own_cost", "total_cost") else row.value for row in plan.objective)


def _to_the_rupiah(
    job: Job,
    progress: Callable[[Progress], None],
    inline: bool,
    first: Solution,
    began: float,
    answer: Answer | None,
) -> Iterator[Solution]:
    """Solutions in which single rupiah are thought of, where the first one does not come out even.

    Small amounts, and those of an `answer` that lost by rounding, are planned in whole rupiah by the solver itself.
    Large ones strain its arithmetic: there the tightest tolerances are tried, then funds that keep a little back for
    rounding, and whole rupiah last, all bounded by what the first solution proved. All share the time that is left,
    a second at least for each.
    """
    scenario, limits = job.scenario, job.limits

    def solved(asked: Scenario, *, whole_rupiah: bool = False) -> Solution:
        left = None if limits.time_limit is None else max(1.0, limits.time_limit - (time.monotonic() - began))
        exact = replace(limits, exact=True, time_limit=left)
        return _solved(replace(job, scenario=asked, limits=exact, whole_rupiah=whole_rupiah), progress, inline)

    most = sum(make_parts(scenario).pool_cost.values())
    largest = max(min(fund.amount, most) for fund in scenario.funds)
    if answer is not None or largest <= LARGEST:
        yield solved(scenario, whole_rupiah=True)
        return
    yield solved(scenario)
    funds = (f.model_copy(update={"amount": max(f.minimum, f.amount - KEPT_BACK)}) for f in scenario.funds)
    with suppress(InfeasibleError):  # of the funds that keep something back
        careful = solved(scenario.changed(funds=tuple(funds)))
        kept_back = careful.strategy if careful.strategy == INTERRUPTED else careful.strategy + "-kept-back"
        yield replace(careful, levels=first.levels, strategy=kept_back)
    if largest <= LARGEST_IN_RUPIAH:
        with suppress(InfeasibleError):  # such numbers do not prove that
            whole = solved(scenario, whole_rupiah=True)
            yield replace(whole, levels=first.levels)


def _lost_by_rounding(draft: Plan, solution: Solution) -> bool:
    """Whether amounts are so small that whole rupiah cost the plan what the solver proved for fractions of them."""
    proven = len(solution.levels) == len(draft.objective) and all(level.proven for level in solution.levels)
    return proven and draft.total_cost <= LARGEST and not all(met(row, draft.tolerance) for row in draft.objective)


def _solved(job: Job, progress: Callable[[Progress], None], inline: bool) -> Solution:
    """A solution with decisions, or the error that says why there is none."""
    try:
        solution = solve(job, progress, inline=inline)
        if solution.ending == Ending.INFEASIBLE:
            return _second_look(job, inline)
    except Stopped as stopped:
        if stopped.best is None:
            raise Interrupted(_("Stopped before a plan was found.")) from None
        return Solution(Ending.STOPPED, stopped.best, strategy=INTERRUPTED)
    if solution.decisions is not None:
        return solution
    if solution.ending == Ending.STOPPED:
        raise SolverError(_("No plan was found in the time given. Allow more time with --time-limit."))
    raise SolverError(_("The solver gave no usable answer: {reason}").format(reason=solution.message))


def _second_look(job: Job, inline: bool) -> Solution:
    """A plan that the first solve overlooked, or InfeasibleError naming what clashes."""
    if job.aim is not None and job.aim.at_least is not None:
        raise SolverError(_("No plan closes as many gaps as this aim asks for."))
    if job.aim is not None and job.aim.alone:
        raise InfeasibleError(_("There is no such plan."))
    explanation = why_infeasible(job, inline=inline)
    if explanation.found is not None:
        return Solution(Ending.STOPPED, explanation.found, strategy="second-look")
    raise InfeasibleError(
        _("No plan can keep all of these together:")
        + "".join(f"\n  - {clash}" for clash in explanation.clashes)
        + "\n"
        + (
            _("Change at least one of them.")
            if explanation.certain
            else _("Change at least one of them; time did not suffice to see whether all of them are needed for this.")
        ),
        [(str(clash), clash.path) for clash in explanation.clashes],
        explanation.limits,
    )


def _settled(job: Job, solution: Solution, began: float) -> Answer | None:
    """The checked plan of `solution`; None if it cannot be paid in whole rupiah."""
    scenario, limits, decisions = job.scenario, job.limits, solution.decisions
    assert decisions is not None
    try:
        payments = settle(scenario, decisions)
    except CannotSettle:
        return None
    name, version = solver_version(limits.solver)
    draft = assemble(
        scenario,
        decisions,
        payments,
        levels=levels_of(scenario),
        bounds={level.level: level.bound for level in solution.levels},
        tolerance=limits.gap,
        solver=SolverRun(name, version, round(time.monotonic() - began, 3), solution.strategy),
    )
    verdict = check_plan(scenario, draft.to_plain())
    if not verdict.passed:
        raise CheckFailed(
            _("Our own check refused the plan; nothing was stored. Please report this scenario to us.")
            + "".join(f"\n  {finding}" for finding in verdict.findings)
        )
    return Answer(draft.status, draft, solution.aim_bound)
