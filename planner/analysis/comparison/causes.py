"""Causes of the difference between two plans: the inputs that differ are changed one by one, with a plan after each.

    effect of step n = value of plan n - value of plan n-1;    plan 0 is the base's plan, the last plan the other's

so that the effects add up exactly to the whole difference. The effect of a step depends on the order of the steps.

A step after which no plan exists, or the scenario is invalid, is merged with the next. Plans are proven to a tolerance:
the true effect lies between the values and bounds of the two plans, and counts as certain only if 0 is outside of this
range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from pydantic import ValidationError

from planner import planning
from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.sweep.grid import State, state_of
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.batch.taken_over import TakenOver
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.plans.comparison import Difference, differences, with_differences
from planner.plans.plan import Plan, Status

MOST_STEPS: Final = 12
"""Most steps. More differences are grouped by record, and more records by list."""

IGNORED_KEYS: Final = frozenset({"name", "provider", "activity", "chance", "unit"})
"""Keys without effect on plans; their changes are added to the first step."""

IGNORED_BLOCKS: Final = frozenset({"scenario", "activities", "narrative"})
"""Blocks of a scenario without effect on plans."""

Order = Callable[[Difference], tuple[int, ...]]
"""Sort key of a difference: its position in the scenario's files."""


@dataclass(frozen=True)
class MergedChange:
    """A change without a plan of its own, which is merged with the next step; `reason` is the state of its point."""

    change: tuple[Difference, ...]
    reason: State
    message: str = ""


@dataclass(frozen=True)
class ChangeEffect:
    """One step: the changed inputs, the plan after it, and its effect."""

    changes: tuple[Difference, ...]
    plan: Plan
    gaps: Fraction
    """Change in gaps closed."""
    weighted: Fraction
    """Change in weighted gaps closed."""
    total_cost: int
    """Change in total cost [rupiah]."""
    own_cost: int
    """Change in own cost [rupiah]."""
    certain: bool
    """Whether the sign of the effect is certain despite the tolerance of the two plans."""
    merged: tuple[MergedChange, ...] = ()
    """Those of the changes that have no plan of their own."""


@dataclass(frozen=True)
class Causes:
    """The steps from the plan of one scenario to the plan of another."""

    base: Scenario
    other: Scenario
    before: Plan
    after: Plan
    causes: tuple[ChangeEffect, ...]
    grouped: bool
    """Whether some steps contain several differences because there are many."""


def causes(inquiry: Inquiry, other: Scenario, after: Plan, order: Order | None = None) -> Causes:
    """Return the steps from the inquiry's plan to the plan `after` of the scenario `other`.

    The differences are taken in `order`; None: in the order of `differences`.
    """
    base = inquiry.scenario
    steps, grouped = _steps(base, other, order)
    reached = [_partly_changed(base, other, steps[: number + 1]) for number in range(len(steps) - 1)]
    points = {f"step {n}": scenario for n, scenario in enumerate(reached) if scenario is not None}
    batch = [inquiry.point(name, scenario) for name, scenario in points.items()]
    results = inquiry.runner.solve(batch, inquiry.limits) if batch else {}
    found: list[ChangeEffect] = []
    pending: list[Difference] = []
    merged: list[MergedChange] = []
    last = inquiry.plan
    for number, step in enumerate(steps):
        pending += step
        plan: Plan | None = after
        if number < len(steps) - 1:
            scenario, result = reached[number], results.get(f"step {number}")
            plan = None if scenario is None or result is None else _best(inquiry, scenario, result, (last, after))
            if plan is None:
                merged.append(MergedChange(step, *_reason(result)))
                continue
        assert plan is not None
        found.append(_effect(tuple(pending), last, plan, tuple(merged)))
        pending, merged, last = [], [], plan
    return Causes(base, other, inquiry.plan, after, tuple(found), grouped)


def _steps(base: Scenario, other: Scenario, order: Order | None) -> tuple[list[tuple[Difference, ...]], bool]:
    """Return the differences in at most MOST_STEPS steps, and whether some steps contain several of them.

    A scenario that is not restored exactly from its plain data gets a single step.
    """
    found = list(differences(base, other))
    relevant = [d for d in found if d.steps[0] not in IGNORED_BLOCKS and d.steps[-1] not in IGNORED_KEYS]
    ignored = tuple(d for d in found if d not in relevant)
    if order is not None:
        relevant.sort(key=order)
    if not relevant:
        return [ignored] if ignored else [], False
    for depth in (None, 2, 1):
        groups: dict[tuple[str, ...], list[Difference]] = {}
        for difference in relevant:
            groups.setdefault(difference.steps[:depth], []).append(difference)
        if len(groups) <= MOST_STEPS:
            break
    steps = [tuple(group) for group in groups.values()]
    if not _round_trips(base):
        steps = [tuple(relevant)]
    return [(*steps[0], *ignored), *steps[1:]], len(steps) < len(relevant)


def _round_trips(scenario: Scenario) -> bool:
    try:
        return Scenario.model_validate(scenario.to_plain()).sha256 == scenario.sha256
    except ValidationError:
        return False


def _partly_changed(base: Scenario, other: Scenario, steps: Sequence[tuple[Difference, ...]]) -> Scenario | None:
    """Return `base` with the differences of `steps`; None if the result is not a valid scenario."""
    chosen = {difference.steps for step in steps for difference in step}
    plain = with_differences(base.to_plain(), other.to_plain(), chosen.__contains__)
    try:
        scenario = Scenario.model_validate(plain)
    except ValidationError:
        return None
    return None if find_problems(scenario) else scenario


def _best(inquiry: Inquiry, scenario: Scenario, result: Result, known: Sequence[Plan]) -> Plan | None:
    """Return the best plan for `scenario`: the one found, or a better one of `known` that is feasible there.

    The first of `known` is preferred to an equal plan, so that a change without effect keeps the plan as it is and the
    tolerance of the search does not appear as an effect.
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
    if best is None or best is result.plan:
        return best
    return levels_anew(inquiry, {result.name: TakenOver(scenario, best, result.plan)}).get(result.name, best)


def _level(plan: Plan) -> tuple[Fraction, ...]:
    """Return the values of the objective's levels in order, signed so that larger is better."""
    above = plan.rank_of_gaps
    below = plan.objective[len(above) :]
    return (*above, *(-row.value if row.goal in ("own_cost", "total_cost") else row.value for row in below))


def _reason(result: Result | None) -> tuple[State, str]:
    if result is None:
        return "invalid", ""
    return state_of(None, result.status), result.message


def _effect(
    changes: tuple[Difference, ...], before: Plan, after: Plan, merged: tuple[MergedChange, ...]
) -> ChangeEffect:
    return ChangeEffect(
        changes,
        after,
        gaps=after.gaps_closed - before.gaps_closed,
        weighted=after.weighted_gaps_closed - before.weighted_gaps_closed,
        total_cost=after.total_cost - before.total_cost,
        own_cost=after.own_cost - before.own_cost,
        certain=_certain(before, after),
        merged=merged,
    )


def _certain(before: Plan, after: Plan) -> bool:
    """Return whether the best values of the first level certainly differ in the same direction as the plans' values.

    The best value lies between a plan's value and its bound: v <= best <= b for a maximised level.
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


def relevant(changes: Sequence[Difference]) -> Iterator[Difference]:
    """Yield the changes that can have an effect on a plan; all of them if none can."""
    kept = [d for d in changes if d.steps[0] not in IGNORED_BLOCKS and d.steps[-1] not in IGNORED_KEYS]
    return iter(kept or changes)
