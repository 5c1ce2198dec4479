"""Plans along the line of budgets: made, compared with each other, and read as points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from planner.analysis.budget_curve.least_budget import Budgets, Least
from planner.analysis.scenarios.scaling import own_budget, with_own_budget
from planner.analysis.sweep.grid import Place, State, hand_on, state_of
from planner.batch.carry_over import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.scenario import Scenario
from planner.planning import Hints, SearchLimits
from planner.plans.plan import Plan

ROUGH: Final = 0.0005
"""Relative gap to which the points of the curve of a large scenario are proven; today's and the next are proven as far
as asked for. No eye sees so small a part of the height of a chart."""


@dataclass(frozen=True)
class CurvePoint:
    """One budget. Without a plan it has no figures."""

    budget: int
    state: State
    message: str = ""
    counted: Fraction | None = None
    bound: float | None = None
    """No plan for this budget reaches more of what is counted; None if nothing is proven."""
    gaps_closed: Fraction | None = None
    weighted_gaps_closed: Fraction | None = None
    total_cost: int | None = None
    own_cost: int | None = None
    relative_gap: float | None = None
    today: bool = False


def spread(points: int, first: int, last: int, today: int) -> list[int]:
    """So many budgets from `first` to `last`, round where they may be, today's among them where it is in between, and
    as the last one where all can be closed with less."""
    span = last - first
    places = max(1, points - 1 - (today > last))
    unit = 10 ** max(0, len(str(span // places)) - 2)
    inner = {first + unit * round(Fraction(span * n, places * unit)) for n in range(1, places)}
    inner = {budget for budget in inner if first < budget < last}
    if first < today < last and today not in inner:
        if inner and len(inner) + 3 > points:
            inner.remove(min(inner, key=lambda budget: (abs(budget - today), budget)))
        inner.add(today)
    return sorted({first, *inner, last} | ({today} if today > last else set()))


class Line:
    """Plans along the line of budgets."""

    def __init__(self, inquiry: Inquiry, known: Budgets) -> None:
        self.inquiry, self.known = inquiry, known
        gap = inquiry.quick.gap if known.small else max(inquiry.quick.gap, ROUGH)
        self.limits: SearchLimits = replace(inquiry.quick, gap=gap)
        self.today = own_budget(inquiry.scenario)
        self.scenarios: dict[int, Scenario] = {}
        self.plans: dict[int, Plan | None] = {}
        self.results: dict[int, Result] = {}

    def add(self, budget: int, plan: Plan | None) -> None:
        self.scenarios[budget] = with_own_budget(self.inquiry.scenario, budget)
        self.plans[budget] = plan

    def make(self, budgets: Sequence[int], floor: Least) -> None:
        """Plans for `budgets`, but for those for which it is proven that there is none."""
        points = []
        for budget in budgets:
            self.add(budget, None)
            if budget >= floor.lowest:
                hints = Hints(template=self.inquiry.scenario, start=self.known.start(budget))
                points.append(Point(str(budget), self.scenarios[budget], hints))
        for name, result in self.inquiry.crew.solve(points, self.limits).items():
            self.results[int(name)] = result
            self.plans[int(name)] = result.plan

    def even_out(self, others: Sequence[tuple[int, Plan]]) -> None:
        """Let each budget take the plan of a smaller one where that is better, those found on the way among them."""
        for budget, plan in others:
            scenario = with_own_budget(self.inquiry.scenario, budget)
            own = self.plans.get(budget)
            moved = handed_on(scenario, own, plan, strictly=budget == self.today)
            if budget not in self.scenarios:
                self.add(budget, moved)
            elif moved is not None:
                self.plans[budget] = moved
        order = sorted(self.scenarios)
        places: dict[Place, int] = {(number,): budget for number, budget in enumerate(order)}
        plans = {place: self.plans[budget] for place, budget in places.items()}
        failed = {place for place, budget in places.items() if self._failed(budget)}
        today = {place for place, budget in places.items() if budget == self.today}
        hand_on({place: self.scenarios[budget] for place, budget in places.items()}, plans, failed, today)
        self.plans = {budget: plans[place] for place, budget in places.items()}

    def _failed(self, budget: int) -> bool:
        return budget in self.results and self.results[budget].status is None and self.plans[budget] is None

    def point(self, budget: int) -> CurvePoint:
        plan = self.plans[budget]
        today = budget == self.today
        if plan is None:
            result = self.results.get(budget)
            if result is None:
                return CurvePoint(budget, "infeasible", today=today)
            return CurvePoint(budget, state_of(None, result.status), result.message, today=today)
        return CurvePoint(
            budget,
            state_of(plan, plan.status),
            counted=plan.gaps_level.value,
            bound=plan.gaps_level.bound,
            gaps_closed=plan.gaps_closed,
            weighted_gaps_closed=plan.weighted_gaps_closed,
            total_cost=plan.total_cost,
            own_cost=plan.own_cost,
            relative_gap=plan.relative_gap,
            today=today,
        )

    def enough_for(self, worth: Fraction) -> int | None:
        """The least budget on the line whose plan reaches so much."""
        enough = (b for b, plan in self.plans.items() if plan is not None and plan.gaps_level.value >= worth)
        return min(enough, default=None)
