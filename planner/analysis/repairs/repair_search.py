"""Search for the first position of a limit at which a plan exists, for several limits at the same time.

Each further position allows more plans, so bisection finds the first feasible one. A position is feasible if a plan
passes the check in the scenario with exactly that value, and infeasible if the solver proves it. Undecided positions
count as infeasible, and the result is then not proven to be the least.

Whether a plan exists is decided by minimising the violation of one rule while all others are kept: 0 means that a plan
exists, and a bound above 0 that none does. Solvers decide this much faster than a search for any feasible plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.repairs.adjustable import AdjustableLimit, LeastChange, with_bound, with_least_violation
from planner.batch.points import Point, Result
from planner.domain.rules import Side
from planner.domain.scenario import Scenario
from planner.planning import Aim, Hints
from planner.plans.plan import Plan, Status

BOUND_SLACK: Final = Fraction(1, 10**6)
"""Error allowed for in a solver's bound, relative to max(1, |bound|)."""

Solve = Callable[[list[Point], bool], dict[str, Result]]
"""Solves points; the flag asks for the exact violation, not only whether it is 0."""

AskedRule = tuple[int, Side]
"""The rule whose violation is minimised: its index and side."""


@dataclass
class LimitSearch:
    """The search for the first feasible position of one limit in a scenario."""

    scenario: Scenario
    adjustable: AdjustableLimit
    name: str
    asked_rule: AskedRule | None = None
    plan: Plan | None = None
    """Plan at position `high`."""
    high: int = 0
    """First position known to be feasible; 0 if none is."""
    low: int = 0
    """Last position that counts as infeasible."""
    proven: bool = True
    """Whether all positions up to `low` are proven infeasible."""
    insufficient: bool = False
    """Whether even the last position is infeasible."""
    asked: int = field(default=-1, repr=False)
    """Position of the latest point; -1 before the first."""
    _least_change: LeastChange | None = field(default=None, repr=False)
    _ask_least_change: bool = field(default=True, repr=False)
    _ask_exactly: bool = field(default=False, repr=False)

    @property
    def found(self) -> bool:
        return self.plan is not None

    @property
    def settled(self) -> bool:
        return self.insufficient or (self.found and self.high - self.low <= 1)

    @property
    def proven_least(self) -> bool:
        """Whether the position before `high` is proven infeasible."""
        return self.found and self.proven and self.high - self.low <= 1

    @property
    def value(self) -> Fraction:
        return self.adjustable.value(self.high)

    @property
    def repaired(self) -> Scenario:
        """Scenario with the value found."""
        return self.at(self.high)

    def at(self, position: int) -> Scenario:
        return self.adjustable.change(self.scenario, self.adjustable.value(position))

    def next_point(self) -> Point:
        """Return the point to be solved next."""
        first, self._least_change = self.asked < 0, None
        if not self._ask_exactly:
            self.asked = self.adjustable.last if first else self._next()
        if first and self._ask_least_change and self.adjustable.least_change is not None:
            self._least_change = self.adjustable.least_change(self.scenario)
            return Point(self.name, self._least_change.scenario, aim=self._least_change.aim)
        hints = Hints() if self.plan is None else Hints(start=self.plan.decisions(self.scenario))
        scenario = self.at(self.asked)
        if self.asked_rule is None:
            return Point(self.name, scenario, hints, Aim(alone=True))
        number, side = self.asked_rule
        rule = scenario.rules[number]
        softened, aim = with_least_violation(with_bound(scenario, number, side), rule, side)
        return Point(self.name, softened, hints, aim)

    def _next(self) -> int:
        """Return the next position: `high` - 1 after a direct search; else the middle, the geometric mean if far."""
        if self._ask_least_change and self.adjustable.least_change is not None:
            self._ask_least_change = False
            return self.high - 1
        if self.high > 4 * max(1, self.low):
            return max(self.low + 1, isqrt(max(1, self.low) * self.high))
        return (self.low + self.high) // 2

    @property
    def exact(self) -> bool:
        """Whether the latest point needs the exact violation, not only whether it is 0."""
        return self._least_change is not None or self._ask_exactly

    def add_result(self, result: Result) -> None:
        """Update the search with the result of the latest point."""
        again, self._ask_exactly = self._ask_exactly, False
        if result.status == Status.INFEASIBLE:
            self._impossible(self.asked, proven=True)
            return
        bound = None if result.aim_bound is None else Fraction(result.aim_bound)
        if bound is not None:
            bound -= BOUND_SLACK * max(Fraction(1), abs(bound))
        least = 0
        if self._least_change is not None and self._least_change.needed is not None and bound is not None and bound > 0:
            least = min(self.asked, self.adjustable.position(self._least_change.needed(bound))) - 1
        self.low = max(self.low, least)
        if result.plan is not None and self._adopt(result.plan):
            return
        if self._least_change is not None:  # next, search for any plan
            self.asked, self._ask_least_change = -1, False
        elif result.plan is None or again or (bound is not None and bound > 0):
            self._impossible(self.asked, proven=bound is not None and bound > 0)
        else:
            self._ask_exactly = True

    def _impossible(self, position: int, *, proven: bool) -> None:
        self.proven = self.proven and proven
        self.low = position
        self.insufficient = position == self.adjustable.last

    def _adopt(self, plan: Plan) -> bool:
        """Keep the decisions of `plan` at the first position where they pass the check; return False if none."""
        decisions = plan.decisions(self.scenario)

        def plan_at(position: int) -> Plan | None:
            return adopt_if_feasible(self.at(position), decisions)

        low, high, kept = self.low, self.low + 1, None
        while high < self.asked and (kept := plan_at(high)) is None:
            low, high = high, high + 2 * (high - self.low)
        if kept is None:
            high = self.asked
            kept = plan_at(high)
        if kept is None:
            return False
        while high - low > 1:
            middle = (low + high) // 2
            tighter = plan_at(middle)
            if tighter is None:
                low = middle
            else:
                high, kept = middle, tighter
        self.high, self.plan = high, kept
        return True


def run_searches(
    searches: Sequence[LimitSearch], solve: Solve, at_a_time: int, has_time: Callable[[], bool] = lambda: True
) -> None:
    """Run the searches until all are settled or time is over.

    In each round a point is solved for each of the first `at_a_time` unsettled ones, so that the first settle first.
    """
    for each in searches:
        each.insufficient = each.insufficient or each.adjustable.last == 0
    while has_time() and (left := [each for each in searches if not each.settled]):
        asked = [(each, each.next_point()) for each in left[:at_a_time]]
        # divided before any result arrives, for a result changes what its search asks next
        batches = {exact: [(each, point) for each, point in asked if each.exact == exact] for exact in (True, False)}
        for exact, batch in batches.items():
            results = solve([point for _, point in batch], exact) if batch else {}
            for each, point in batch:
                each.add_result(results[point.name])
