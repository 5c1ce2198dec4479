"""Why two plans differ: the inputs that differ are changed one after the other, and each change is planned.

    effect of step n = value of plan n - value of plan n-1,    plan 0 the base's own, the last plan the other's own

so that the effects add exactly to the whole difference. What a step brings depends on the order, as it does in life:
the second partner to leave is missed differently from the first.

A step after which no plan is possible, or the scenario contradicts itself, is taken together with the next. Plans are
proven to a tolerance: the true effect lies between the two plans' values and bounds, and is said to be certain only
where all of that range is on one side of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from pydantic import ValidationError

from planner import planning
from planner.analysis.sweep.grid import State, state_of
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.plans.comparison import Difference, differences, with_differences
from planner.plans.plan import Plan, Status

MOST: Final = 12
"""Most steps; more differences than this are taken together by record, and more records by block."""

SILENT: Final = frozenset({"name", "provider", "chance", "unit"})
"""Keys that no plan depends on; their changes ride along."""

Order = Callable[[Difference], tuple[int, ...]]
"""Where a difference was written: differences are taken in this order."""


@dataclass(frozen=True)
class Together:
    """A change that has no plan of its own, the state of its point, and the message."""

    change: tuple[Difference, ...]
    reason: State
    message: str = ""


@dataclass(frozen=True)
class Cause:
    """One step: what changes, the plan after it, and what it brings."""

    changes: tuple[Difference, ...]
    plan: Plan
    gaps: Fraction
    """Gaps closed that it brings, or takes where below 0."""
    weighted: Fraction
    """Weighted gaps closed that it brings."""
    total_cost: int
    """What it adds to the total cost [rupiah]."""
    own_cost: int
    """What it adds to the payments of own funds [rupiah]."""
    certain: bool
    """Whether the tolerance of the two plans leaves no doubt about the direction in gaps closed."""
    together: tuple[Together, ...] = ()
    """Changes among them after which there is no plan."""


@dataclass(frozen=True)
class Causes:
    """The way from one scenario's plan to another's."""

    base: Scenario
    other: Scenario
    before: Plan
    after: Plan
    causes: tuple[Cause, ...]
    grouped: bool
    """Whether there were so many differences that several stand in one step."""


def causes(inquiry: Inquiry, other: Scenario, after: Plan, order: Order | None = None) -> Causes:
    """The way from the plan of `inquiry` to the plan `after` of the scenario `other`.

    `order` says where each difference was written; without it they are taken as `differences` gives them.
    """
    base = inquiry.scenario
    steps, grouped = _steps(base, other, order)
    reached = [_with(base, other, steps[: number + 1]) for number in range(len(steps) - 1)]
    points = {f"step {n}": scenario for n, scenario in enumerate(reached) if scenario is not None}
    batch = [inquiry.point(name, scenario) for name, scenario in points.items()]
    results = inquiry.runner.solve(batch, inquiry.limits) if batch else {}
    found: list[Cause] = []
    pending: list[Difference] = []
    together: list[Together] = []
    last = inquiry.plan
    for number, step in enumerate(steps):
        pending += step
        plan: Plan | None = after
        if number < len(steps) - 1:
            scenario, result = reached[number], results.get(f"step {number}")
            plan = None if scenario is None or result is None else _best(scenario, result, (last, after))
            if plan is None:
                together.append(Together(step, *_why(result)))
                continue
        assert plan is not None
        found.append(_cause(tuple(pending), last, plan, tuple(together)))
        pending, together, last = [], [], plan
    return Causes(base, other, inquiry.plan, after, tuple(found), grouped)


def _steps(base: Scenario, other: Scenario, order: Order | None) -> tuple[list[tuple[Difference, ...]], bool]:
    """The differences in their order, in at most MOST steps; whether some had to be taken together for that.

    A scenario that does not come back the same from its plain data is not taken apart.
    """
    found = list(differences(base, other))
    telling = [d for d in found if d.steps[0] != "scenario" and d.steps[-1] not in SILENT]
    silent = tuple(d for d in found if d not in telling)
    if order is not None:
        telling.sort(key=order)
    if not telling:
        return [silent] if silent else [], False
    for depth in (None, 2, 1):
        groups: dict[tuple[str, ...], list[Difference]] = {}
        for difference in telling:
            groups.setdefault(difference.steps[:depth], []).append(difference)
        if len(groups) <= MOST:
            break
    steps = [tuple(group) for group in groups.values()]
    if not _comes_back(base):
        steps = [tuple(telling)]
    return [(*steps[0], *silent), *steps[1:]], len(steps) < len(telling)


def _comes_back(scenario: Scenario) -> bool:
    try:
        return Scenario.model_validate(scenario.to_plain()).sha256 == scenario.sha256
    except ValidationError:
        return False


def _with(base: Scenario, other: Scenario, steps: Sequence[tuple[Difference, ...]]) -> Scenario | None:
    """`base` with the differences of `steps`; None where that is no scenario."""
    chosen = {difference.steps for step in steps for difference in step}
    plain = with_differences(base.to_plain(), other.to_plain(), chosen.__contains__)
    try:
        scenario = Scenario.model_validate(plain)
    except ValidationError:
        return None
    return None if find_problems(scenario) else scenario


def _best(scenario: Scenario, result: Result, known: Sequence[Plan]) -> Plan | None:
    """The best plan for `scenario`: the one found, or one of those `known` that holds there too and is better.

    So a change that matters to nobody leaves the first of those as it is, and what tolerance leaves open is no effect.
    """
    best = result.plan
    if best is None and result.status == Status.INFEASIBLE:
        return None
    bounds = () if best is None else best.bounds
    for number, other in enumerate(known):
        try:
            plan = planning.adopt(scenario, other.decisions(scenario), bounds=bounds, tolerance=other.tolerance)
        except (PlannerError, LookupError):
            continue
        if best is None or _level(plan) > _level(best) or (not number and _level(plan) == _level(best)):
            best = plan
    return best


def _level(plan: Plan) -> tuple[Fraction, ...]:
    """The levels of the objective in their order, better ones larger."""
    above = plan.rank_of_gaps
    below = plan.objective[len(above) :]
    return (*above, *(-row.value if row.goal in ("own_cost", "total_cost") else row.value for row in below))


def _why(result: Result | None) -> tuple[State, str]:
    if result is None:
        return "invalid", ""
    return state_of(None, result.status), result.message


def _cause(changes: tuple[Difference, ...], before: Plan, after: Plan, together: tuple[Together, ...]) -> Cause:
    return Cause(
        changes,
        after,
        gaps=after.gaps_closed - before.gaps_closed,
        weighted=after.weighted_gaps_closed - before.weighted_gaps_closed,
        total_cost=after.total_cost - before.total_cost,
        own_cost=after.own_cost - before.own_cost,
        certain=_certain(before, after),
        together=together,
    )


def _certain(before: Plan, after: Plan) -> bool:
    """Whether the best values of the first level differ for certain, in the direction in which the plans do.

    The best value lies between a plan's value and its bound: v <= best <= b where it is maximised.
    """
    first, second = before.objective[0], after.objective[0]
    if first.goal != second.goal or first.by != second.by:
        return True
    if first.value == second.value:
        return True
    low, high = sorted((first, second), key=lambda row: row.value)
    bounded, beyond = (low, high) if first.goal in ("gaps_closed", "smallest_coverage") else (high, low)
    if bounded.bound is None:
        return False
    gap = beyond.value - Fraction(bounded.bound)
    return gap > 0 if bounded is low else gap < 0


def telling(changes: Sequence[Difference]) -> Iterator[Difference]:
    """The changes that a plan can depend on; all of them where none can."""
    kept = [d for d in changes if d.steps[0] != "scenario" and d.steps[-1] not in SILENT]
    return iter(kept or changes)
