"""How far a limit has to be turned until there is a plan: many dials at a time, each to its first position that does.

Each further position allows more, so that halving finds the first. A position counts as possible when a plan was found
that passes the check in the scenario with that very value; as impossible when the solver proves that there is none.
What time leaves open counts as impossible too, and the answer then says that less might do.

Whether there is a plan is asked as: by how little can one rule be missed when all else is kept? Not at all, and there
is a plan; and a bound above zero proves that there is none. Search engines find their way to an answer so far sooner
than when they are asked for just any plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.repairs.adjustable import Dial, Goal, Side, missed_least, without_side
from planner.batch.points import Point, Result
from planner.domain.scenario import Scenario
from planner.planning import Aim, Hints
from planner.plans.plan import Plan, Status

DOUBT: Final = Fraction(1, 10**6)
"""What a solver's bound may be wrong by, relative to 1 or to the bound if that is larger."""

Solve = Callable[[list[Point], bool], dict[str, Result]]
"""Solves points: to the last, or only so far that what is missed is known to be something or nothing."""

Pivot = tuple[int, Side]
"""A rule by its index, and one of its sides: the one that is asked about."""


@dataclass
class Turn:
    """One dial being turned in a scenario."""

    scenario: Scenario
    dial: Dial
    name: str
    pivot: Pivot | None = None
    plan: Plan | None = None
    """The plan at `high`."""
    high: int = 0
    """The first position known to be possible; 0 while none is."""
    low: int = 0
    """The last position taken to be impossible."""
    proven: bool = True
    """Whether positions taken to be impossible are proven to be."""
    useless: bool = False
    """Whether there is no plan, however far it is turned."""
    asked: int = field(default=-1, repr=False)
    """The position that the latest question was about; -1 before the first."""
    _goal: Goal | None = field(default=None, repr=False)
    _at_once: bool = field(default=True, repr=False)
    _again: bool = field(default=False, repr=False)

    @property
    def found(self) -> bool:
        return self.plan is not None

    @property
    def settled(self) -> bool:
        return self.useless or (self.found and self.high - self.low <= 1)

    @property
    def least(self) -> bool:
        """Whether the position before `high` is proven impossible."""
        return self.found and self.proven and self.high - self.low <= 1

    @property
    def value(self) -> Fraction:
        return self.dial.value(self.high)

    @property
    def repaired(self) -> Scenario:
        """The scenario with the value found."""
        return self.at(self.high)

    def at(self, position: int) -> Scenario:
        return self.dial.change(self.scenario, self.dial.value(position))

    def question(self) -> Point:
        """What is to be solved next."""
        first, self._goal = self.asked < 0, None
        if not self._again:
            self.asked = self.dial.last if first else self._next()
        if first and self._at_once and self.dial.goal is not None:
            self._goal = self.dial.goal(self.scenario)
            return Point(self.name, self._goal.scenario, aim=self._goal.aim)
        hints = Hints() if self.plan is None else Hints(start=self.plan.decisions(self.scenario))
        scenario = self.at(self.asked)
        if self.pivot is None:
            return Point(self.name, scenario, hints, Aim(alone=True))
        number, side = self.pivot
        rule = scenario.rules[number]
        softened, aim = missed_least(without_side(scenario, number, side), rule, side)
        return Point(self.name, softened, hints, aim)

    def _next(self) -> int:
        """One position back where the least change was asked for; else halfway, in wide ranges by magnitude."""
        if self._at_once and self.dial.goal is not None:
            self._at_once = False
            return self.high - 1
        if self.high > 4 * max(1, self.low):
            return max(self.low + 1, isqrt(max(1, self.low) * self.high))
        return (self.low + self.high) // 2

    @property
    def fine(self) -> bool:
        """Whether the latest question is to be answered to the last, and not only whether there is a plan."""
        return self._goal is not None or self._again

    def hear(self, result: Result) -> None:
        """Take in what the question came to."""
        again, self._again = self._again, False
        if result.status == Status.INFEASIBLE:
            self._impossible(self.asked, proven=True)
            return
        bound = None if result.aim_bound is None else Fraction(result.aim_bound)
        if bound is not None:
            bound -= DOUBT * max(Fraction(1), abs(bound))
        least = 0
        if self._goal is not None and self._goal.needed is not None and bound is not None and bound > 0:
            least = min(self.asked, self.dial.position(self._goal.needed(bound))) - 1
        self.low = max(self.low, least)
        if result.plan is not None and self._take(result.plan):
            return
        if self._goal is not None:  # ask for a plan at all
            self.asked, self._at_once = -1, False
        elif result.plan is None or again or (bound is not None and bound > 0):
            self._impossible(self.asked, proven=bound is not None and bound > 0)
        else:
            self._again = True

    def _impossible(self, position: int, *, proven: bool) -> None:
        self.proven = self.proven and proven
        self.low = position
        self.useless = position == self.dial.last

    def _take(self, plan: Plan) -> bool:
        """Keep what `plan` decides at the first position where it passes the check; False where it does at none."""
        decisions = plan.decisions(self.scenario)

        def standing(position: int) -> Plan | None:
            return adopt_if_feasible(self.at(position), decisions)

        low, high, kept = self.low, self.low + 1, None
        while high < self.asked and (kept := standing(high)) is None:
            low, high = high, high + 2 * (high - self.low)
        if kept is None:
            high = self.asked
            kept = standing(high)
        if kept is None:
            return False
        while high - low > 1:
            middle = (low + high) // 2
            tighter = standing(middle)
            if tighter is None:
                low = middle
            else:
                high, kept = middle, tighter
        self.high, self.plan = high, kept
        return True


def turn(turns: Sequence[Turn], solve: Solve, at_a_time: int, more: Callable[[], bool] = lambda: True) -> None:
    """Turn dials until all are settled or there is no `more` time: the first `at_a_time` that are not, a question each,
    and so on; so that those that come first are settled first."""
    for each in turns:
        each.useless = each.useless or each.dial.last == 0
    while more() and (left := [each for each in turns if not each.settled]):
        asked = [(each, each.question()) for each in left[:at_a_time]]
        for fine in (True, False):
            batch = [(each, point) for each, point in asked if each.fine == fine]
            results = solve([point for _, point in batch], fine) if batch else {}
            for each, point in batch:
                each.hear(results[point.name])
