"""The least that own funds must have together for something to be possible: found by solves, checked and bounded.

With one own fund it is sought directly: the smallest amount of that fund, releases and all, with which a plan reaches
what is asked for. Several own funds keep their proportions, and the total is bracketed by plans at given totals. So is,
in a large scenario, what closes everything: the last gaps are very hard to seek at least cost, and easy at a given
cost. In small scenarios brackets are closed to the rupiah.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Final

from planner import planning
from planner.analysis.scenarios.scaling import own_budget, shares_of_own, with_own_budget
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.decisions import Decisions
from planner.domain.objectives import DEFAULT_LEVELS
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.model.build import build
from planner.model.ingredients import make_parts
from planner.planning import Aim, Hints
from planner.plans.plan import Plan, Status
from planner.solve.model_size import is_small
from planner.units import MAX_RUPIAH

SMALL_ROUNDS: Final = 60
LARGE_ROUNDS: Final = 1
"""Rounds of plans made to close brackets, at most."""

MILLIONTH: Final = 10**6
"""In small scenarios a bracket is closed to this part of the amount, and amounts up to it to the rupiah."""

SLACK: Final = 1e-6
"""Relative slack of a solver's bound."""

WORTH_SLACK: Final = 2e-5
"""What a plan may miss of the gaps that it must reach, by a solver's tolerance [weighted gaps]."""


@dataclass(frozen=True)
class Least:
    """A least budget: no total below `lowest` suffices, and with `budget` there is a checked plan [rupiah]."""

    lowest: int
    budget: int | None
    plan: Plan | None

    @property
    def exact(self) -> bool:
        return self.budget == self.lowest


class Budgets:
    """What is known of plans for different totals of own funds."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.scenario = inquiry.scenario
        self.small = is_small(build(self.scenario))
        self.limits = replace(inquiry.quick, gap=0.0) if self.small else inquiry.quick
        self.gaps_first = self.scenario.objective[0].goal == "gaps_closed"
        self._asked = self.scenario if self.gaps_first else self.scenario.changed(objective=DEFAULT_LEVELS)
        self._shares = shares_of_own(self.scenario)
        self._paying = [fund for fund, share in self._shares.items() if share]
        self.known: list[tuple[int, Plan]] = []
        """Budgets with a plan that they suffice for, of the scenario in which gaps come first."""
        self._learn(own_budget(self.scenario), inquiry.decisions)

    def at(self, budget: int) -> Scenario:
        """The scenario, gaps first, with so much of own funds."""
        return with_own_budget(self._asked, budget)

    @property
    def plenty(self) -> int:
        """A total with which own funds lack nothing, whatever is planned and whenever it is released."""
        rich = with_own_budget(self.scenario, MAX_RUPIAH - 1)  # in which no seat is left out as unaffordable
        most = sum(make_parts(rich).pool_cost.values())
        whole = sum(self._shares.values())
        needed = [0]
        for fund in self._paying:
            released = [share for share in self.scenario.fund[fund].releases.values() if share]
            needed.append(ceil(most / min([Fraction(1), *released]) * whole / self._shares[fund]))
        return min(max(needed) + len(self._shares), MAX_RUPIAH - 1)

    def start(self, budget: int) -> Decisions:
        """The decisions that a search with so much of own funds best begins from."""
        affordable = [(plan.gaps_level.value, plan) for known, plan in self.known if known <= budget]
        if not affordable:
            return self.inquiry.decisions
        best = max(affordable, key=lambda entry: entry[0])[1]
        return best.decisions(self.scenario)

    # The most that can be closed, and the least for a plan at all

    def most_point(self) -> Point:
        """The plan that closes most when own funds lack nothing."""
        return self.inquiry.point("most", self.at(self.plenty))

    def learn_most(self, plan: Plan) -> None:
        """Take note of that plan at a budget that suffices for it."""
        self._found(0, self._needed(plan), plan)

    def nothing(self) -> Least | None:
        """The least budget for a plan at all, where that is nothing."""
        plan = self._plan(0, Decisions())
        return None if plan is None else self._found(0, 0, plan)

    def floor_point(self) -> Point:
        """The plan that needs least of own funds."""
        aim = Aim(least=self._paying[0], alone=True) if len(self._paying) == 1 else Aim(own_cost=True, alone=True)
        budget = min((known for known, _plan in self.known), default=self.plenty)
        return Point("floor", self.at(budget), Hints(start=self.inquiry.decisions), aim)

    def floor(self, result: Result) -> Least:
        """The least budget for a plan at all."""
        lowest = _whole(result.aim_bound)
        least = self._after_aim(result, lowest)
        for number in range(self._rounds):
            if least.budget is None or not self._worth_closing(least):
                break
            asked = least.budget - 1 if not number and self.small else (least.lowest + least.budget) // 2
            point = Point("floor", self.at(asked), Hints(start=self.inquiry.decisions), Aim(alone=True))
            found = self.solve([point])["floor"]
            if found.status == Status.INFEASIBLE:
                least = Least(asked + 1, least.budget, least.plan)
            elif found.plan is not None:
                least = self._cheaper(least, asked, found.plan)
            else:
                break
        return least

    # The least for so many gaps

    def reach_point(self, name: str, worth: Fraction) -> Point:
        """The plan that reaches so much and needs least of own funds; of several own funds it spends least."""
        enough = [known for known, plan in self.known if plan.gaps_level.value >= worth]
        budget = min(enough, default=self.plenty)
        aim = Aim(least=self._paying[0], at_least=float(worth), alone=True)
        if len(self._paying) != 1:
            aim = Aim(own_cost=True, at_least=float(worth), alone=True)
        return Point(name, self.at(budget), Hints(start=self.start(budget)), aim)

    def reach(self, points: Mapping[str, tuple[Point, Fraction, Result]], floor: Least) -> dict[str, Least]:
        """The least budgets for what each point was to reach, as far as these points tell."""
        least: dict[str, Least] = {}
        for name, (point, worth, result) in points.items():
            if result.plan is not None and result.plan.gaps_level.value < worth and point.aim is not None:
                # by less than a solver sees
                more = replace(point.aim, at_least=float(worth) + WORTH_SLACK)
                result = self.solve([replace(point, aim=more)])[name]
            lowest = max(floor.lowest, _whole(result.aim_bound))
            found = self._after_aim(result, lowest)
            if found.plan is not None and found.plan.gaps_level.value < worth:
                found = Least(lowest, None, None)
            least[name] = self._or_known(worth, found)
        return least

    def end_point(self, name: str, most: Plan) -> Point:
        """The best plan for what the plan that closes most spends of own funds, and has not yet been released to it."""
        return self.inquiry.point(name, self.at(most.own_cost))

    def close(self, least: dict[str, Least], asked: Mapping[str, Fraction]) -> None:
        """Make plans between what does not suffice and what does, until the brackets are closed."""
        given_up: set[str] = set()
        for number in range(self._rounds):
            budgets: dict[str, list[int]] = {}
            for name, each in least.items():
                if name not in given_up and each.budget is not None and self._worth_closing(each):
                    budgets[name] = list(self._between(each.lowest, each.budget, number))
            if not budgets:
                return
            tried = sorted({budget for between in budgets.values() for budget in between})
            results = self.solve([Point(str(b), self.at(b), Hints(start=self.start(b))) for b in tried])
            before = dict(least)
            for budget in tried:
                self.tell(least, asked, budget, results[str(budget)])
            given_up |= {name for name in budgets if least[name] == before[name]}

    def tell(self, least: dict[str, Least], asked: Mapping[str, Fraction], budget: int, result: Result) -> None:
        """What a plan for `budget` says of all that is asked."""
        plan = result.plan
        bound = None if plan is None else plan.gaps_level.bound
        for name, worth in asked.items():
            each = least[name]
            reached = plan is not None and plan.gaps_level.value >= worth
            short = result.status == Status.INFEASIBLE or (bound is not None and _surely_below(bound, worth))
            if plan is not None and reached:
                if each.budget is None or budget < each.budget:
                    least[name] = self._cheaper(each, budget, plan)
            elif short and each.lowest <= budget and (each.budget is None or budget < each.budget):
                least[name] = Least(budget + 1, each.budget, each.plan)

    def _between(self, lowest: int, budget: int, number: int) -> Iterator[int]:
        """Budgets to try: in a small scenario just below the known one first, then halfway; else at thirds."""
        if not self.small:
            third = (budget - lowest) // 3
            yield from (lowest + third, budget - third)
        else:
            yield (lowest + budget) // 2 if number else budget - 1

    def solve(self, points: Sequence[Point]) -> dict[str, Result]:
        """The results of `points`, by name."""
        return self.inquiry.runner.solve(points, self.limits)

    # Bookkeeping

    @property
    def _rounds(self) -> int:
        return SMALL_ROUNDS if self.small else LARGE_ROUNDS

    def _worth_closing(self, least: Least) -> bool:
        return least.budget is not None and least.budget - least.lowest >= self._grain(least.budget)

    def _grain(self, budget: int) -> int:
        """How exactly a least budget is sought [rupiah]."""
        return max(1, budget // MILLIONTH if self.small else int(self.inquiry.limits.gap * budget))

    def _after_aim(self, result: Result, lowest: int) -> Least:
        if result.plan is None:
            return Least(lowest, None, None)
        return self._found(lowest, self._needed(result.plan), result.plan)

    def _or_known(self, worth: Fraction, found: Least) -> Least:
        """`found`, or a known plan that needs less."""
        best = found
        for budget, plan in self.known:
            if plan.gaps_level.value >= worth and (best.budget is None or budget < best.budget):
                best = Least(min(found.lowest, budget), budget, plan)
        return best

    def _cheaper(self, least: Least, budget: int, plan: Plan) -> Least:
        return self._found(least.lowest, min(budget, self._needed(plan)), plan)

    def _found(self, lowest: int, enough: int, plan: Plan) -> Least:
        """The least budget for the decisions of `plan`, for which `enough` should suffice."""
        decisions = plan.decisions(self.scenario)
        low, high, step = lowest - 1, lowest, self._grain(lowest)
        best = self._plan(high, decisions)
        while best is None:
            if high > 2 * enough + step:
                return Least(lowest, None, None)
            low, high = high, (enough if low < enough < high + step else high + step)
            step *= 2
            best = self._plan(high, decisions)
        while high - low > max(1, self._grain(high) // 10):
            middle = (low + high) // 2
            cheaper = self._plan(middle, decisions)
            low, high, best = (middle, high, best) if cheaper is None else (low, middle, cheaper)
        self.known.append((high, best))
        return Least(lowest, high, best)

    def _learn(self, budget: int, decisions: Decisions) -> None:
        plan = self._plan(budget, decisions)
        if plan is not None:
            self.known.append((budget, plan))

    def _plan(self, budget: int, decisions: Decisions) -> Plan | None:
        """The checked plan of `decisions` with so much of own funds; None if they cannot be paid."""
        try:
            return planning.adopt(self.at(budget), decisions, tolerance=self.inquiry.limits.gap)
        except PlannerError:
            return None

    def _needed(self, plan: Plan) -> int:
        """A total with which own funds can pay as in `plan`, period by period [rupiah]."""
        whole, needed = sum(self._shares.values()), 0
        for fund in self._paying:
            spent, releases = 0, self.scenario.fund[fund].releases
            for period in self.scenario.horizon:
                spent += sum(row.amount for row in plan.payments if row.fund == fund and row.period == period)
                released = releases.get(period, Fraction(1))
                if spent:
                    needed = max(needed, ceil(spent / released * whole / self._shares[fund]))
        return needed + (len(self._shares) if len(self._paying) > 1 else 0)


def _surely_below(bound: float, worth: Fraction) -> bool:
    """Whether so much is more than a proven bound, beyond what a solver's arithmetic may miss."""
    return bound + SLACK * max(1.0, abs(bound)) < worth


def _whole(bound: float | None) -> int:
    """The least whole rupiah that are not below a proven bound."""
    if bound is None:
        return 0
    return max(0, ceil(bound - SLACK * max(1.0, abs(bound))))


def worth_of_need(scenario: Scenario) -> Fraction:
    """All gaps by their weights [weighted gaps]."""
    return sum(
        (gap * g.weight * scenario.competency[c].weight for g in scenario.groups for c, gap in g.gaps.items()),
        Fraction(0),
    )
