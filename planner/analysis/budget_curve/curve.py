"""The budget curve: gaps closed against the total of own funds, by exact re-solves; what comes next, what a share of
the gaps costs, and where the curve bends.

Partners stay as they are. What is counted is what the plan maximises: weighted gaps closed less the penalties of soft
rules, which are plainly the gaps closed where all weights are 1 and no rule is soft. Counted so, more money never
closes less, because a point may reuse the plan of a cheaper one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from planner.analysis.budget_curve.least_budget import Budgets, Least, worth_of_need
from planner.analysis.budget_curve.line import CurvePoint, Line, spread
from planner.analysis.scenarios.scaling import own_budget, with_own_budget
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.units import MAX_RUPIAH

POINTS: Final = 21
MOST_POINTS: Final = 400
STEP: Final = 100_000_000
"""The next amount that is asked about unless told otherwise [rupiah]."""

SHARES: Final = (Fraction(8, 10), Fraction(9, 10), Fraction(1))

ALL: Final = "possible 1"
"""Name of what closes everything that can be closed."""

STRAIGHT: Final = Fraction(1, 20)
"""A curve that nowhere lies further above the line from its first to its last point than this part of its rise has no
bend."""

SAME: Final = 1000
"""Budgets that differ by less than this part are not two points of the curve."""

Counted = Literal["gaps", "weighted", "net"]
"""gaps; gaps by their weights; gaps by their weights less the penalties of soft rules."""


@dataclass(frozen=True)
class Reach:
    """The least budget with which so much is closed."""

    share: Fraction
    of: Literal["possible", "need"]
    target: Fraction
    least: Least | None
    """None where it is not possible with any amount of own funds."""


@dataclass(frozen=True)
class Next:
    """What a further amount brings, counted as everything here. `most` is what the proofs allow, at `least` 0."""

    amount: int
    gain: Fraction
    gaps: Fraction
    least: Fraction
    most: Fraction | None


@dataclass(frozen=True)
class Bend:
    """Where the curve bends: what 100 juta bring on average before and after [counted per rupiah]."""

    budget: int
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Curve:
    """The answer."""

    counted: Counted
    points: tuple[CurvePoint, ...]
    today: int
    need: Fraction
    """All gaps, counted by their weights where weights count."""
    most: Fraction | None
    """What is closed when own funds lack nothing; None where no such plan was found."""
    most_gaps: Fraction | None
    floor: Least
    """The least budget for a plan at all."""
    reaches: tuple[Reach, ...]
    next: Next | None
    bend: Bend | None
    gaps_first: bool
    """Whether the objective of the scenario begins with gaps closed; otherwise the curve need not rise."""
    rough: float | None
    """Relative gap of the points where it is larger than that asked for."""


def curve(
    inquiry: Inquiry, points: int = POINTS, first: int | None = None, last: int | None = None, step: int = STEP
) -> Curve:
    """The curve of `points` budgets from `first` to `last`: from nothing to the least that closes all that can be."""
    known = Budgets(inquiry)
    today = own_budget(inquiry.scenario)
    beyond = min(today + step, MAX_RUPIAH - 1)
    floor, most = _ends(known)
    asked = _asked(inquiry, known, most)
    least, after = _first_plans(inquiry, known, floor, most, asked, beyond)
    full = least[ALL].budget if ALL in least else None
    shown = spread(points, first or 0, _end(full, today, first or 0, step) if last is None else last, today)
    line = Line(inquiry, known)
    line.add(today, inquiry.plan)
    line.make([budget for budget in shown if budget != today], floor)
    line.results[beyond] = after
    line.add(beyond, after.plan)
    if known.gaps_first:
        for budget, result in sorted(line.results.items()):
            known.tell(least, asked, budget, result)
    known.close(least, asked)
    line.even_out(known.known)
    made = tuple(line.point(budget) for budget in shown)
    return Curve(
        counted=_counted(inquiry.scenario),
        points=made,
        today=today,
        need=worth_of_need(inquiry.scenario),
        most=None if most is None else most.gaps_level.value,
        most_gaps=None if most is None else most.gaps_closed,
        floor=floor,
        reaches=tuple(_reaches(inquiry.scenario, most, asked, least, line)),
        next=_next(line, today, beyond),
        bend=bend(made),
        gaps_first=known.gaps_first,
        rough=line.limits.gap if line.limits.gap > inquiry.quick.gap else None,
    )


def _end(full: int | None, today: int, first: int, step: int) -> int:
    """The last budget: what closes everything, or that of today where it is as good as that; beyond `first`."""
    end = today if full is None or not full or full <= today <= full + full // SAME else full
    return end if end > first or not first else min(first + step, MAX_RUPIAH - 1)


def _ends(known: Budgets) -> tuple[Least, Plan | None]:
    """The least budget for a plan at all, and the plan when own funds lack nothing."""
    floor = known.nothing()
    results = known.solve([known.most_point(), *([known.floor_point()] if floor is None else [])])
    most = results["most"].plan
    if most is not None:
        known.learn_most(most)
    return floor or known.floor(results["floor"]), most


def _asked(inquiry: Inquiry, known: Budgets, most: Plan | None) -> dict[str, Fraction]:
    """What is to be reached by name: shares of the most that is possible, and of the need as far as that is possible.

    In a large scenario the most is known to the tolerance of the search, and all is closed where that much is.
    """
    if most is None or most.gaps_level.value <= 0:
        return {}
    best, need = most.gaps_level.value, worth_of_need(inquiry.scenario)
    asked = {f"possible {share}": best * share for share in SHARES}
    if not known.small:
        asked[ALL] = best * (1 - Fraction(inquiry.quick.gap))
    return asked | {f"need {share}": need * share for share in SHARES if need * share <= best and need != best}


def _first_plans(
    inquiry: Inquiry, known: Budgets, floor: Least, most: Plan | None, asked: Mapping[str, Fraction], beyond: int
) -> tuple[dict[str, Least], Result]:
    """The least budgets for all that is asked as far as first plans tell, and the plan for the next amount."""
    points = {name: known.reach_point(name, worth) for name, worth in asked.items()}
    if ALL in points and most is not None and not known.small:
        points[ALL] = known.end_point(ALL, most)
    further = inquiry.point("next", with_own_budget(inquiry.scenario, beyond))
    results = inquiry.solve([*points.values(), further]) if not known.small else known.solve([*points.values()])
    after = results["next"] if "next" in results else inquiry.solve([further])["next"]
    least = known.reach({name: (points[name], asked[name], results[name]) for name in points}, floor)
    return least, after


def _reaches(
    scenario: Scenario, most: Plan | None, asked: Mapping[str, Fraction], least: Mapping[str, Least], line: Line
) -> Iterator[Reach]:
    """The shares of what is possible, then of the need, with what the plans along the line show besides."""
    best, need = Fraction(0) if most is None else most.gaps_level.value, worth_of_need(scenario)
    for of, whole in (("possible", best), ("need", need)):
        for share in SHARES:
            if most is None or whole <= 0 or (of == "need" and need == best):
                continue
            name = f"{of} {share}"
            found = least.get(name)
            budget = line.enough_for(asked[name]) if name in asked else None
            if found is not None and budget is not None and (found.budget is None or budget < found.budget):
                found = Least(min(found.lowest, budget), budget, line.plans[budget])
            yield Reach(share, "possible" if of == "possible" else "need", whole * share, found)


def _next(line: Line, today: int, beyond: int) -> Next | None:
    """What the next amount brings, and what the proofs leave open."""
    now, then = line.plans[today], line.plans[beyond]
    if now is None or then is None or beyond <= today:
        return None
    value, more = now.gaps_level.value, then.gaps_level.value
    bound_now, bound_then = now.gaps_level.bound, then.gaps_level.bound
    least = Fraction(0) if bound_now is None else max(Fraction(0), more - Fraction(bound_now))
    most = None if bound_then is None else Fraction(bound_then) - value
    return Next(beyond - today, more - value, then.gaps_closed - now.gaps_closed, least, most)


def bend(points: Sequence[CurvePoint]) -> Bend | None:
    """The point that lies highest above the straight line from the first point to the last; None where the curve is
    as good as straight, or has fewer than three points."""
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


def slopes(points: Sequence[CurvePoint]) -> list[Fraction | None]:
    """What each point adds to the one before it [counted per rupiah]; None for the first, and beside gaps."""
    found: list[Fraction | None] = [None]
    for before, here in pairwise(points):
        if before.counted is None or here.counted is None:
            found.append(None)
        else:
            found.append((here.counted - before.counted) / (here.budget - before.budget))
    return found


def _counted(scenario: Scenario) -> Counted:
    weights = {g.weight for g in scenario.groups} | {c.weight for c in scenario.competencies}
    if any(rule.soft is not None for rule in scenario.rules):
        return "net"
    return "gaps" if weights == {Fraction(1)} else "weighted"
