"""The budget curve: gaps closed for each total of own funds, the effect of a further amount, least budgets for shares
of the gaps, and the bend of the curve. Each point is a plan of its own.

Partners are unchanged. The value of a point is what the plan maximises: weighted gaps closed, less the penalties of
soft rules; with all weights 1 and no soft rule, the gaps closed. It never falls as the budget rises, because a point
may use the plan of a smaller budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from planner.analysis.budget_curve.bracket import LeastBudget
from planner.analysis.budget_curve.curve_plans import CurvePlans, CurvePoint, curve_budgets
from planner.analysis.budget_curve.least_budget import BudgetSearch, weighted_need
from planner.analysis.scenarios.scaling import own_budget, paid_of_own, with_own_budget
from planner.analysis.sweep.grid import UNKNOWN
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.units.numbers import MAX_RUPIAH

POINTS: Final = 21
STEP: Final = 100_000_000
"""Default of the further amount [rupiah]."""

SHARES: Final = (Fraction(8, 10), Fraction(9, 10), Fraction(1))

ALL: Final = "possible 1"
"""Key of the target of closing everything that can be closed."""

STRAIGHT: Final = Fraction(1, 20)
"""A curve has no bend if it lies above the line from first to last point by less than this part of its rise."""

SAME: Final = 1000
"""Budgets that differ by less than 1/SAME of their amount are one point of the curve."""

Counted = Literal["gaps", "weighted", "net"]
"""What the curve counts: gaps; weighted gaps; weighted gaps less the penalties of soft rules."""


@dataclass(frozen=True)
class TargetBudget:
    """The least budget that closes a share of the gaps."""

    share: Fraction
    of: Literal["possible", "need"]
    target: Fraction
    least: LeastBudget | None
    """None if no amount of own funds suffices."""


@dataclass(frozen=True)
class NextAmount:
    """The effect of a further amount of own funds."""

    amount: int
    """[rupiah]"""
    gain: Fraction
    """Increase of what the curve counts."""
    gaps: Fraction
    """Increase of the gaps closed; may be negative."""
    least: Fraction
    most: Fraction | None
    """Proven limits of `gain`: at least 0, at most None (unknown)."""


@dataclass(frozen=True)
class Bend:
    """The bend of the curve, with the average rise before and after it [counted per rupiah]."""

    budget: int
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Slope:
    """The rise of the curve between two points [counted per rupiah]."""

    found: Fraction
    """Between the plans of the two points."""
    least: Fraction | None
    most: Fraction | None
    """Proven limits of the rise between the best plans of the two budgets; None: not known."""

    @property
    def undecided(self) -> bool:
        """Whether the rise is smaller than what is unproven of the two points together."""
        return self.least is None or self.most is None or abs(self.found) < self.most - self.least


@dataclass(frozen=True)
class Curve:
    """The budget curve with its least budgets, the effect of a further amount, and its bend."""

    counted: Counted
    points: tuple[CurvePoint, ...]
    today: int
    need: Fraction
    """All gaps by their weights."""
    most: Fraction | None
    """The largest value found with any own funds; None if there is no plan with unlimited ones."""
    most_gaps: Fraction | None
    """Gaps closed by that plan."""
    most_proven: Fraction | None
    """What no plan with any own funds exceeds, by what is proven."""
    floor: LeastBudget
    """Least budget for which any plan exists."""
    targets: tuple[TargetBudget, ...]
    next: NextAmount | None
    bend: Bend | None
    gaps_first: bool
    """Whether gaps closed are the first level of the objective; otherwise the curve may fall."""
    points_gap: float | None
    """Relative gap of the points, if larger than the one asked for; else None."""
    year: str = ""
    """The year whose amounts of own funds are varied; empty: all of them, in proportion."""


def curve(
    inquiry: Inquiry,
    points: int = POINTS,
    first: int | None = None,
    last: int | None = None,
    step: int = STEP,
    year: str = "",
) -> Curve:
    """Return the curve of `points` budgets from `first` to `last`; by default from 0, or from what has been paid
    already, to the least budget that closes everything that can be closed. With a year, the budget is that of the
    year, and other years stay as they are."""
    first = paid_of_own(inquiry.scenario, year) if first is None else first
    search = BudgetSearch(inquiry, year)
    today = own_budget(inquiry.scenario, year)
    beyond = min(today + step, MAX_RUPIAH - 1)
    further = inquiry.point("next", with_own_budget(inquiry.scenario, beyond, year))
    results = search.solve([search.most_point(), further], precisely=True)
    most, after = results["most"].plan, results["next"]
    if most is not None:
        search.add_most(most)
    asked = _target_values(inquiry, search, most)
    floor, least = least_budgets(search, most, asked)
    full = least[ALL].budget if ALL in least else None
    shown = curve_budgets(points, first, _end(full, today, first, step) if last is None else last, today)
    curve_plans = CurvePlans(inquiry, search)
    curve_plans.add(today, inquiry.plan)
    curve_plans.make([budget for budget in shown if budget != today], floor)
    curve_plans.results[beyond] = after
    curve_plans.add(beyond, after.plan)
    if search.gaps_first:
        for budget, result in sorted(curve_plans.results.items()):
            search.update(least, asked, budget, result)
    search.close_brackets(least, asked)
    curve_plans.share(search.known)
    made = tuple(curve_plans.point(budget) for budget in shown)
    known = None if most is None else closing_most((most, *filter(None, curve_plans.plans.values())))
    return Curve(
        counted=_counted(inquiry.scenario),
        points=made,
        today=today,
        need=weighted_need(inquiry.scenario),
        most=None if known is None else known.gaps_level.value,
        most_gaps=None if known is None else known.gaps_closed,
        most_proven=None if most is None or known is None else max(most.gaps_ceiling, known.gaps_level.value),
        floor=floor,
        targets=tuple(_targets(search, most, asked, least, curve_plans)),
        next=_next(curve_plans, today, beyond),
        bend=bend(made),
        gaps_first=search.gaps_first,
        points_gap=curve_plans.limits.gap if curve_plans.limits.gap > search.precise.gap else None,
        year=year,
    )


def closing_most(plans: Iterable[Plan]) -> Plan:
    """Return the first of the plans that closes most: within its gap the plan with unlimited own funds may close
    less."""
    return max(plans, key=lambda plan: plan.gaps_level.value)


def _end(full: int | None, today: int, first: int, step: int) -> int:
    """Return the last budget: the one that closes everything, or today's if nearly equal; always above `first`."""
    end = today if full is None or not full or full <= today <= full + full // SAME else full
    return end if end > first or not first else min(first + step, MAX_RUPIAH - 1)


def _target_values(inquiry: Inquiry, search: BudgetSearch, most: Plan | None) -> dict[str, Fraction]:
    """Return the target values by key: shares of the most that is possible, and possible shares of the need.

    In a large scenario the most is known to the tolerance of the search only, which is subtracted from its target.
    """
    if most is None or most.gaps_level.value <= 0:
        return {}
    best, need = most.gaps_level.value, weighted_need(inquiry.scenario)
    asked = {f"possible {share}": best * share for share in SHARES}
    if not search.small:
        asked[ALL] = best * (1 - Fraction(search.precise.gap))
    return asked | {f"need {share}": need * share for share in SHARES if need * share <= best and need != best}


def least_budgets(
    search: BudgetSearch, most: Plan | None, asked: Mapping[str, Fraction]
) -> tuple[LeastBudget, dict[str, LeastBudget]]:
    """Return the least budget for which any plan exists, and those for all targets from their first plans."""
    floor = search.zero_floor()
    points = {name: search.reach_point(name, worth) for name, worth in asked.items()}
    precise: list[Point] = []
    if ALL in points and most is not None and not search.small:
        points[ALL] = search.everything_point(ALL, most)
        precise = [] if search.pays(most) else [points[ALL]]
    others = [point for point in points.values() if search.small or point.name != ALL]
    results = search.solve([*([search.floor_point()] if floor is None else []), *others])
    results |= search.solve(precise, precisely=True)
    floor = floor or search.floor(results["floor"])
    found = {name: results.get(name, Result(name, None)) for name in points}
    return floor, search.reach({name: (points[name], asked[name], found[name]) for name in points}, floor)


def _targets(
    search: BudgetSearch,
    most: Plan | None,
    asked: Mapping[str, Fraction],
    least: Mapping[str, LeastBudget],
    curve_plans: CurvePlans,
) -> Iterator[TargetBudget]:
    """Yield the targets: shares of what is possible, then of the need, with cheaper plans of the curve where found."""
    best, need = Fraction(0) if most is None else most.gaps_level.value, weighted_need(search.scenario)
    for of, whole in (("possible", best), ("need", need)):
        for share in SHARES:
            if most is None or whole <= 0 or (of == "need" and need == best):
                continue
            name = f"{of} {share}"
            found = least.get(name)
            budget = curve_plans.enough_for(asked[name]) if name in asked else None
            if found is not None and budget is not None and (found.budget is None or budget < found.budget):
                found = LeastBudget(min(found.lowest, budget), budget, curve_plans.plans[budget])
            if found is not None:
                found = search.spared(found)
            yield TargetBudget(share, "possible" if of == "possible" else "need", whole * share, found)


def _next(curve_plans: CurvePlans, today: int, beyond: int) -> NextAmount | None:
    """Return the effect of the further amount, with its proven limits."""
    now, then = curve_plans.plans[today], curve_plans.plans[beyond]
    if now is None or then is None or beyond <= today:
        return None
    value, more = now.gaps_level.value, then.gaps_level.value
    bound_now, bound_then = now.gaps_level.bound, then.gaps_level.bound
    least = Fraction(0) if bound_now is None else max(Fraction(0), more - Fraction(bound_now))
    most = None if bound_then is None else Fraction(bound_then) - value
    return NextAmount(beyond - today, more - value, then.gaps_closed - now.gaps_closed, least, most)


def bend(points: Sequence[CurvePoint]) -> Bend | None:
    """Return the point highest above the straight line from the first point to the last; None if the curve is nearly
    straight, has fewer than three points, or has a point whose search was not finished: it could lie higher."""
    if any(point.open or point.state in UNKNOWN for point in points):
        return None
    known = [(point.budget, point.counted) for point in points if point.counted is not None]
    if len(known) < 3:
        return None
    (start, low), (end, high) = known[0], known[-1]
    if high <= low:
        return None

    def above(budget: int, counted: Fraction) -> Fraction:
        return counted - low - (high - low) * Fraction(budget - start, end - start)

    budget, counted = max(known, key=lambda point: (above(*point), -point[0]))
    if above(budget, counted) < STRAIGHT * (high - low):
        return None
    return Bend(budget, (counted - low) / (budget - start), (high - counted) / (end - budget))


def slopes(points: Sequence[CurvePoint]) -> list[Slope | None]:
    """Return the rise from the point before to each point; None at the first point and beside a point without a
    plan."""
    found: list[Slope | None] = [None]
    for before, here in pairwise(points):
        if before.counted is None or here.counted is None:
            found.append(None)
            continue
        span = here.budget - before.budget
        least = None if before.bound is None else (here.counted - Fraction(before.bound)) / span
        most = None if here.bound is None else (Fraction(here.bound) - before.counted) / span
        found.append(Slope((here.counted - before.counted) / span, least, most))
    return found


def _counted(scenario: Scenario) -> Counted:
    weights = {g.weight for g in scenario.groups} | {c.weight for c in scenario.competencies}
    if any(rule.soft is not None for rule in scenario.rules):
        return "net"
    return "gaps" if weights == {Fraction(1)} else "weighted"
