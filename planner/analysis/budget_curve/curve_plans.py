"""Plans of the points of the budget curve: made, shared between budgets, and returned as points."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.analysis.budget_curve.bracket import LeastBudget
from planner.analysis.budget_curve.least_budget import BudgetSearch
from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.scenarios.scaling import own_budget, with_own_budget
from planner.analysis.sweep.grid import Position, State, share_plans, state_of
from planner.batch.handing_on import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.batch.taken_over import TakenOver, own_cost_proven
from planner.domain.scenario import Scenario
from planner.planning import Hints
from planner.plans.plan import Plan


@dataclass(frozen=True)
class CurvePoint:
    """A point of the curve; without a plan it has no figures."""

    budget: int
    state: State
    message: str = ""
    counted: Fraction | None = None
    bound: float | None = None
    """Proven upper bound of `counted`; None if unknown."""
    gaps_closed: Fraction | None = None
    weighted_gaps_closed: Fraction | None = None
    total_cost: int | None = None
    own_cost: int | None = None
    relative_gap: float | None = None
    today: bool = False
    own_cost_proven: bool | None = None
    """Whether own cost is proven to be nearly the least for as many gaps; None where it is no goal below them."""

    @property
    def open(self) -> bool:
        """Whether its plan is only the best found: with its budget more may be closed."""
        return self.state == "claimed"


def curve_budgets(points: int, first: int, last: int, today: int) -> list[int]:
    """Return `points` budgets from `first` to `last`, rounded in between, and today's budget.

    If today's is above `last`, it is the last point.
    """
    span = last - first
    positions = max(1, points - 1 - (today > last))
    unit = 10 ** max(0, len(str(span // positions)) - 2)
    inner = {first + unit * round(Fraction(span * n, positions * unit)) for n in range(1, positions)}
    inner = {budget for budget in inner if first < budget < last}
    if first < today < last and today not in inner:
        if inner and len(inner) + 3 > points:
            inner.remove(min(inner, key=lambda budget: (abs(budget - today), budget)))
        inner.add(today)
    return sorted({first, *inner, last} | ({today} if today > last else set()))


def waves(budgets: Sequence[int], known: Sequence[int]) -> Iterator[list[int]]:
    """Split `budgets` into waves: of each run of budgets between known ones the middle one is next."""
    left, there = sorted(budgets), sorted(known)
    while left:
        runs: dict[int, list[int]] = {}
        for budget in left:
            runs.setdefault(bisect(there, budget), []).append(budget)
        wave = [run[len(run) // 2] for run in runs.values()]
        yield wave
        left = [budget for budget in left if budget not in wave]
        there = sorted({*there, *wave})


class CurvePlans:
    """The plans of the curve, by budget."""

    def __init__(self, inquiry: Inquiry, known: BudgetSearch) -> None:
        self.inquiry, self.known = inquiry, known
        self.limits = inquiry.quick
        self.year = known.year
        self.today = own_budget(inquiry.scenario, self.year)
        self.scenarios: dict[int, Scenario] = {}
        self.plans: dict[int, Plan | None] = {}
        self.results: dict[int, Result] = {}
        self.asked: frozenset[int] = frozenset()
        """Budgets of the points of the curve, but for today's."""

    def add(self, budget: int, plan: Plan | None) -> None:
        self.scenarios[budget] = with_own_budget(self.inquiry.scenario, budget, self.year)
        self.plans[budget] = plan

    def make(self, budgets: Sequence[int], floor: LeastBudget) -> None:
        """Make plans for `budgets`, except where it is proven that no plan exists.

        Wave after wave: each budget amid those that are known starts from the plan of the nearest, so that the waves,
        and with them the plans, are the same for any number of workers.
        """
        self.asked = frozenset(budgets)
        for budget in budgets:
            self.add(budget, None)
        known = {budget: plan.decisions(self.inquiry.scenario) for budget, plan in self.known.known}
        possible = [budget for budget in budgets if budget >= floor.lowest]
        for budget in possible:
            self.plans[budget] = self._best_of_all(budget)
        left = [budget for budget in possible if self.plans[budget] is None]
        for wave in waves(left, list(known)):
            points = []
            for budget in wave:
                nearest = min(known, key=lambda other: (abs(other - budget), other), default=None)
                start = self.inquiry.decisions if nearest is None else known[nearest]
                hints = Hints(template=self.inquiry.scenario, start=start)
                points.append(Point(str(budget), self.scenarios[budget], hints))
            for name, result in self.inquiry.runner.solve(points, self.limits).items():
                self.results[int(name)] = result
                self.plans[int(name)] = result.plan
                if result.plan is not None:
                    known[int(name)] = result.plan.decisions(self.inquiry.scenario)

    def _best_of_all(self, budget: int) -> Plan | None:
        """Return the best known plan for this total if none of any total is better by more than the gap of the points;
        else None, also where gaps closed are not the first level."""
        affordable = [plan for known, plan in self.known.known if known <= budget]
        bounds, gap = self.known.bound_of_all, self.limits.gap
        if not bounds or bounds[0].exact is None or not affordable or not self.known.gaps_first:
            return None
        best = max(affordable, key=lambda plan: plan.gaps_level.value)
        value = best.gaps_level.value
        if Fraction(bounds[0].exact) - value > Fraction(gap) * max(Fraction(1), value):
            return None
        scenario = self.scenarios[budget]
        return adopt_if_feasible(scenario, best.decisions(scenario), bounds=bounds, tolerance=gap)

    def share(self, others: Sequence[tuple[int, Plan]]) -> None:
        """Give each budget the plan of a smaller budget if it is better; `others` are plans found by other searches."""
        for budget, plan in others:
            scenario = with_own_budget(self.inquiry.scenario, budget, self.year)
            own = self.plans.get(budget)
            moved = handed_on(scenario, own, plan, strictly=budget == self.today)
            if budget not in self.scenarios:
                self.add(budget, moved)
            elif moved is not None:
                self.plans[budget] = moved
        self._share_along()
        if cheaper := levels_anew(self.inquiry, self._taken_over()):
            self.plans |= {int(budget): plan for budget, plan in cheaper.items()}
            self._share_along()
        for budget, made in self.plans.items():
            result = self.results.get(budget)
            if made is not None and budget != self.today and (result is None or made is not result.plan):
                self.inquiry.keep(self.scenarios[budget], made)

    def _share_along(self) -> None:
        """Give each budget the plan of another if that is better."""
        order = sorted(self.scenarios)
        positions: dict[Position, int] = {(number,): budget for number, budget in enumerate(order)}
        plans = {position: self.plans[budget] for position, budget in positions.items()}
        failed = {position for position, budget in positions.items() if self._failed(budget)}
        today = {position for position, budget in positions.items() if budget == self.today}
        share_plans({position: self.scenarios[budget] for position, budget in positions.items()}, plans, failed, today)
        self.plans = {budget: plans[position] for position, budget in positions.items()}

    def _taken_over(self) -> dict[str, TakenOver]:
        """Return the plans of the budgets asked for that no search for one of them has made, each at the least with
        it."""
        taken: dict[tuple[Fraction, ...], tuple[int, TakenOver]] = {}
        for budget, plan in sorted(self.plans.items()):
            own = self.results[budget].plan if budget in self.results else None
            if budget in self.asked and plan is not None and (own is None or own.rank != plan.rank):
                taken.setdefault(plan.rank, (budget, TakenOver(self.scenarios[budget], plan, own)))
        return {str(budget): each for budget, each in taken.values()}

    def _failed(self, budget: int) -> bool:
        return budget in self.results and self.results[budget].failed and self.plans[budget] is None

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
            own_cost_proven=own_cost_proven(plan),
        )

    def enough_for(self, worth: Fraction) -> int | None:
        """Return the least budget of the curve whose plan reaches `worth`; None if there is none."""
        enough = (b for b, plan in self.plans.items() if plan is not None and plan.gaps_level.value >= worth)
        return min(enough, default=None)
