"""The least total of own funds for a target: an upper end with a checked plan and a proven lower end.

With one own fund, the solver minimises its amount, releases included, subject to the target. Several own funds keep
their proportions, and the total is bracketed by plans for given totals. Amounts per year keep their proportions too;
where the amounts of a single year are varied, they are bracketed alike. So is the target of closing everything in a
large scenario: the last gaps are hard to close at least cost, but easy at a given cost. In small scenarios brackets are
closed to the rupiah.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Final

from planner.analysis.budget_curve.bracket import LeastBudget
from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.scenarios.scaling import own_budget, shares_of_own, varied_limits, with_own_budget
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.decisions import Decisions
from planner.domain.objectives import DEFAULT_LEVELS, gaps_come_first
from planner.domain.scenario import Scenario
from planner.model.ingredients import make_parts
from planner.planning import Aim, Hints
from planner.plans.claim import Bounds
from planner.plans.measures import Measures
from planner.plans.plan import Plan, Status
from planner.solve.second import is_tiny
from planner.units.numbers import MAX_RUPIAH

SMALL_ROUNDS: Final = 60
LARGE_ROUNDS: Final = 1
"""Most rounds of plans to close brackets."""

PRECISION: Final = 10**6
"""In small scenarios brackets are closed to 1/PRECISION of the amount, but not below Rp1."""

STRIDE: Final = 8
"""Factor by which each step down from an estimate is longer than the one before."""

TELLING: Final = 5
"""Width from which a bracket is narrowed in a large scenario, in parts of the gap of its points: plans that may be that
much better cannot tell less."""

BOUND_SLACK: Final = 1e-6
"""Relative error allowed for in a solver's bound."""

TARGET_SLACK: Final = 2e-5
"""Amount added to a target that a solver missed within its tolerance [weighted gaps]."""


class BudgetSearch:
    """Search for least budgets, with all plans found so far for different totals of own funds."""

    def __init__(self, inquiry: Inquiry, year: str = "") -> None:
        self.inquiry = inquiry
        self.year = year
        """The year whose amounts are varied; empty for all money of own funds."""
        self.scenario = inquiry.scenario
        self.small = is_tiny(self.scenario)
        self.precise = replace(inquiry.quick, gap=0.0) if self.small else inquiry.precise
        self.limits = self.precise if self.small else inquiry.quick
        self.gaps_first = gaps_come_first(self.scenario)
        self._gaps_first_scenario = (
            self.scenario if self.gaps_first else self.scenario.changed(objective=DEFAULT_LEVELS)
        )
        self._shares = shares_of_own(self.scenario, year)
        self._elsewhere = sum(f.amount for f in self.scenario.funds if f.own) - own_budget(self.scenario, year)
        self._paying = [fund for fund, share in self._shares.items() if share]
        self.known: list[tuple[int, Plan]] = []
        """(budget, plan that it suffices for), of the scenario with gaps closed first."""
        self.bound_of_all: tuple[Bounds, ...] = ()
        """What no plan of any total exceeds, once the plan that closes most is known."""
        self._add_known(own_budget(self.scenario, year), inquiry.decisions)

    def at(self, budget: int) -> Scenario:
        """Return the scenario with gaps closed first and this total of own funds."""
        return with_own_budget(self._gaps_first_scenario, budget, self.year)

    @property
    def _single(self) -> bool:
        """Whether a solver can minimise the budget itself: all money of a single own fund."""
        return len(self._paying) == 1 and not self.year

    def _lowest(self, result: Result) -> int:
        """Return the proven lower end from the least that own funds must have, or spend in all [rupiah]."""
        return max(0, _rounded_up(result.aim_bound) - (0 if self._single else self._elsewhere))

    @property
    def ample_budget(self) -> int:
        """A total of own funds that suffices for any plan, whenever it is released [rupiah]."""
        rich = with_own_budget(self.scenario, MAX_RUPIAH - 1, self.year)  # so that no seat is left out as unaffordable
        most = sum(make_parts(rich).pool_cost.values())
        whole = sum(self._shares.values())
        needed = [0]
        for fund in self._paying:
            limits = varied_limits(self.scenario, self.scenario.fund[fund], self.year)
            released = [share for _, _, share in limits if share]
            needed.append(ceil(most / min([Fraction(1), *released]) * whole / self._shares[fund]))
        return min(max(needed) + len(self._shares), MAX_RUPIAH - 1)

    def start(self, budget: int) -> Decisions:
        """Return the best known decisions for this total, as the start of a search."""
        affordable = [(plan.gaps_level.value, plan) for known, plan in self.known if known <= budget]
        if not affordable:
            return self.inquiry.decisions
        best = max(affordable, key=lambda entry: entry[0])[1]
        return best.decisions(self.scenario)

    # The most that can be closed, and the least budget for any plan

    def most_point(self) -> Point:
        """Return the point whose plan closes most with unlimited own funds."""
        return self.inquiry.point("most", self.at(self.ample_budget))

    def add_most(self, plan: Plan) -> None:
        """Add that plan to the known ones, with the least budget for it."""
        self.bound_of_all = plan.bounds[:1]
        self._least_for(0, self._budget_needed(plan), plan)

    def zero_floor(self) -> LeastBudget | None:
        """Return the least budget for any plan if it is 0, else None: what has happened stands with any amount."""
        plan = self._plan(0, self.scenario.facts.decisions)
        return None if plan is None else self._least_for(0, 0, plan)

    def floor_point(self) -> Point:
        """Return the point whose plan needs the least own funds."""
        aim = Aim(least=self._paying[0], alone=True) if self._single else Aim(own_cost=True, alone=True)
        budget = min((known for known, _plan in self.known), default=self.ample_budget)
        return Point("floor", self.at(budget), Hints(start=self.inquiry.decisions), aim)

    def floor(self, result: Result) -> LeastBudget:
        """Return the least budget for any plan, from the result of `floor_point`.

        In a large scenario both ends stay as they are: to find that a budget between them allows no plan took longer
        than a plan, and no exact proof confirms it.
        """
        lowest = self._lowest(result)
        least = self._least_from(result, lowest)
        for number in range(self._rounds if self.small else 0):
            if least.budget is None or not self._is_open(least):
                break
            asked = (least.lowest + least.budget) // 2 if number else least.budget - 1
            point = Point("floor", self.at(asked), Hints(start=self.inquiry.decisions), Aim(alone=True))
            found = self.solve([point])["floor"]
            if found.status == Status.INFEASIBLE:
                least = LeastBudget(asked + 1, least.budget, least.plan)
            elif found.plan is not None:
                least = self._cheaper(least, asked, found.plan)
            else:
                break
        return least

    # The least budget for a target

    def reach_point(self, name: str, worth: Fraction) -> Point:
        """Return the point whose plan reaches `worth` with the least own fund; of several, with the least own cost."""
        enough = [known for known, plan in self.known if plan.gaps_level.value >= worth]
        budget = min(enough, default=self.ample_budget)
        aim = Aim(least=self._paying[0], at_least=float(worth), alone=True)
        if not self._single:
            aim = Aim(own_cost=True, at_least=float(worth), alone=True)
        return Point(name, self.at(budget), Hints(start=self.start(budget)), aim)

    def reach(self, points: Mapping[str, tuple[Point, Fraction, Result]], floor: LeastBudget) -> dict[str, LeastBudget]:
        """Return the least budgets from the results of the points (point, target value, result)."""
        least: dict[str, LeastBudget] = {}
        for name, (point, worth, result) in points.items():
            if result.plan is not None and result.plan.gaps_level.value < worth and point.aim is not None:
                # missed within the tolerance of the solver
                more = replace(point.aim, at_least=float(worth) + TARGET_SLACK)
                result = self.solve([replace(point, aim=more)])[name]
            lowest = max(floor.lowest, self._lowest(result))
            found = self._least_from(result, lowest)
            if found.plan is not None and found.plan.gaps_level.value < worth:
                found = LeastBudget(lowest, None, None)
            least[name] = self._best_known(worth, found)
        return least

    def everything_point(self, name: str, most: Plan) -> Point:
        """Return the point with exactly the own funds that the plan that closes most spends.

        Its releases may be too late for that plan, so another one is sought.
        """
        return self.inquiry.point(name, self.at(self._spent(most)))

    def pays(self, most: Plan) -> bool:
        """Return whether that plan can be paid with what it spends, since the money is there in time."""
        spent, worth = self._spent(most), most.gaps_level.value
        return any(
            budget <= spent + self._precision(spent) and plan.gaps_level.value >= worth for budget, plan in self.known
        )

    def _spent(self, plan: Plan) -> int:
        """Return the own funds that a plan spends, of the year if one is asked about [rupiah]."""
        return Measures(self.scenario, plan).own_cost_by_year[self.year] if self.year else plan.own_cost

    def close_brackets(self, least: dict[str, LeastBudget], asked: Mapping[str, Fraction]) -> None:
        """Make plans for budgets inside the brackets until these are closed or no longer shrink."""
        given_up: set[str] = set()
        for number in range(self._rounds):
            budgets: dict[str, list[int]] = {}
            for name, each in least.items():
                if name not in given_up and each.budget is not None and self._is_open(each):
                    budgets[name] = list(self._between(each.lowest, each.budget, number))
            if not budgets:
                return
            tried = sorted({budget for between in budgets.values() for budget in between})
            results = self.solve([Point(str(b), self.at(b), Hints(start=self.start(b))) for b in tried])
            before = dict(least)
            for budget in tried:
                self.update(least, asked, budget, results[str(budget)])
            given_up |= {name for name in budgets if least[name] == before[name]}

    def update(self, least: dict[str, LeastBudget], asked: Mapping[str, Fraction], budget: int, result: Result) -> None:
        """Update the brackets of all targets with the result for `budget`."""
        plan = result.plan
        bound = None if plan is None else plan.gaps_level.bound
        for name, worth in asked.items():
            each = least[name]
            reached = plan is not None and plan.gaps_level.value >= worth
            short = result.status == Status.INFEASIBLE or (bound is not None and _certainly_below(bound, worth))
            if plan is not None and reached:
                if each.budget is None or budget < each.budget:
                    least[name] = self._cheaper(each, budget, plan)
            elif short and each.lowest <= budget and (each.budget is None or budget < each.budget):
                least[name] = LeastBudget(budget + 1, each.budget, each.plan)

    def _between(self, lowest: int, budget: int, number: int) -> Iterator[int]:
        """Yield budgets to try: in a small scenario just below the upper end, then the middle; else the thirds."""
        if not self.small:
            third = (budget - lowest) // 3
            yield from (lowest + third, budget - third)
        else:
            yield (lowest + budget) // 2 if number else budget - 1

    def solve(self, points: Sequence[Point], *, precisely: bool = False) -> dict[str, Result]:
        """Return the results of `points` by name; `precisely` to the gap asked for, also in a large scenario."""
        return self.inquiry.runner.solve(points, self.precise if precisely else self.limits)

    # Known plans and precision

    @property
    def _rounds(self) -> int:
        return SMALL_ROUNDS if self.small else LARGE_ROUNDS

    def _is_open(self, least: LeastBudget) -> bool:
        width = 1 if self.small else TELLING
        return least.budget is not None and least.budget - least.lowest >= width * self._precision(least.budget)

    def _precision(self, budget: int) -> int:
        """Return the width at which a bracket counts as closed [rupiah]."""
        return max(1, budget // PRECISION if self.small else int(self.limits.gap * budget))

    def _least_from(self, result: Result, lowest: int) -> LeastBudget:
        if result.plan is None:
            return LeastBudget(lowest, None, None)
        return self._least_for(lowest, self._budget_needed(result.plan), result.plan)

    def _best_known(self, worth: Fraction, found: LeastBudget) -> LeastBudget:
        """Return `found`, or the bracket of a known plan that needs less."""
        best = found
        for budget, plan in self.known:
            if plan.gaps_level.value >= worth and (best.budget is None or budget < best.budget):
                best = LeastBudget(min(found.lowest, budget), budget, plan)
        return best

    def spared(self, least: LeastBudget) -> LeastBudget:
        """Return `least` with what its plan needs, where that is less than the total that the plan was made for."""
        if least.plan is None or least.budget is None:
            return least
        needed = max(least.lowest, self._budget_needed(least.plan))
        if needed >= least.budget - self._precision(least.budget):
            return least
        cheaper = self._cheaper(least, least.budget, least.plan)
        return least if cheaper.budget is None or cheaper.budget >= least.budget else cheaper

    def _cheaper(self, least: LeastBudget, budget: int, plan: Plan) -> LeastBudget:
        return self._least_for(least.lowest, min(budget, self._budget_needed(plan)), plan)

    def _least_for(self, lowest: int, enough: int, plan: Plan) -> LeastBudget:
        """Return the least budget for the decisions of `plan`, by bisection; `enough` is an estimate from above."""
        decisions = plan.decisions(self.scenario)
        low, high, step = lowest - 1, lowest, self._precision(lowest)
        best = self._plan(high, decisions)
        while best is None:
            if high > 2 * enough + step:
                return LeastBudget(lowest, None, None)
            low, high = high, (enough if low < enough < high + step else high + step)
            step *= 2
            best = self._plan(high, decisions)
        step = width = max(1, self._precision(high) // 10)
        while high - low > width:  # the estimate is mostly right: so a little less is tried first
            middle = max((low + high) // 2, high - step)
            cheaper = self._plan(middle, decisions)
            low, high, best = (middle, high, best) if cheaper is None else (low, middle, cheaper)
            step *= STRIDE
        self.known.append((high, best))
        return LeastBudget(lowest, high, best)

    def _add_known(self, budget: int, decisions: Decisions) -> None:
        plan = self._plan(budget, decisions)
        if plan is not None:
            self.known.append((budget, plan))

    def _plan(self, budget: int, decisions: Decisions) -> Plan | None:
        """Return the checked plan of `decisions` with this total; None if they cannot be paid."""
        return adopt_if_feasible(self.at(budget), decisions, tolerance=self.inquiry.limits.gap)

    def _budget_needed(self, plan: Plan) -> int:
        """Return the total with which own funds can make the payments of `plan` in every period [rupiah]."""
        whole, needed = sum(self._shares.values()), 0
        for fund in self._paying:
            for limit, fixed, share in varied_limits(self.scenario, self.scenario.fund[fund], self.year):
                spent = Measures(self.scenario, plan).spent_within(self.scenario.fund[fund], limit)
                if spent > fixed and share:
                    needed = max(needed, ceil((spent - fixed) / share * whole / self._shares[fund]))
        return needed + (len(self._shares) if len(self._paying) > 1 else 0)


def _certainly_below(bound: float, worth: Fraction) -> bool:
    """Return whether a proven bound is below `worth` by more than a solver's error."""
    return bound + BOUND_SLACK * max(1.0, abs(bound)) < worth


def _rounded_up(bound: float | None) -> int:
    """Return a proven bound, less a solver's error, rounded up [rupiah]."""
    if bound is None:
        return 0
    return max(0, ceil(bound - BOUND_SLACK * max(1.0, abs(bound))))


def weighted_need(scenario: Scenario) -> Fraction:
    """Return all gaps by their weights [weighted gaps]."""
    return sum(
        (gap * g.weight * scenario.competency[c].weight for g in scenario.groups for c, gap in g.needs.items()),
        Fraction(0),
    )
