"""Against the office habit: what a planner would do without the model, under the same rules and with the same money.

Each habit is written down as an office would (wishes.py), and the plan nearest to that wish is sought under all rules
of the scenario: least sum of |participants - wished| over groups and programmes. Where rules took from the wish, the
money that is left is given out again in the same manner, up to ROUNDS times. The plan of last year is first tried as
it was; only where not nearly all of it can be had it is made smaller alike.

Fair means: neither helped nor hindered. Among plans equally near to the wish the one that spends least of own funds
is taken, as any office would, and not the one that closes most gaps. What a habit decides is never improved upon.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Final, Literal

from planner.analysis.habits.office_rules import Begin, as_before, by_headcount, by_priority, priorities
from planner.analysis.habits.planners_sheet import Ledger, Wish
from planner.analysis.plans.earlier_plan import Earlier
from planner.analysis.plans.moves import people_of
from planner.analysis.plans.nearly_best import of_scenario
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from planner.planning import Aim, Hints
from planner.plans.plan import Plan, Status

ROUNDS: Final = 4
"""How often money that rules have freed is given out again at most."""

NEARLY_ALL: Final = Fraction(95, 100)
"""Share of the seats of last year with which they count as had."""

NEAR_ENOUGH: Final = 0.01
"""Relative gap at which a plan counts as nearest to a wish."""

LONGEST: Final = 60.0
"""Most time for one of these searches; the nearest plan found by then is taken [seconds]."""

Name = Literal["headcount", "priority", "last"]


@dataclass(frozen=True)
class Habit:
    """One habit: what the office would write down, and the checked plan that comes nearest to it."""

    name: Name
    wish: Mapping[tuple[str, str], int]
    """Participants of (group, programme) as the office would first write them down [people]."""
    plan: Plan | None
    status: Status | None
    message: str = ""
    """Why there is no plan."""

    @property
    def wished(self) -> int:
        """Seats of the wish [people]."""
        return sum(self.wish.values())

    @property
    def kept(self) -> int:
        """Seats of the wish that the plan gives [people]."""
        if self.plan is None:
            return 0
        given = people_of(self.plan)
        return sum(min(number, given.get(pair, 0)) for pair, number in self.wish.items())

    @property
    def other(self) -> int:
        """Seats that the plan gives besides: because rules ask for them, or of money that was left [people]."""
        return 0 if self.plan is None else sum(people_of(self.plan).values()) - self.kept


@dataclass(frozen=True)
class Habits:
    """The plan beside what offices would do by habit."""

    plan: Plan
    habits: tuple[Habit, ...]
    last: Earlier | None
    """The plan of last year; without one its habit is not there."""
    unknown: tuple[str, ...] = ()
    """Ids in the plan of last year that the scenario does not have."""


def habits(inquiry: Inquiry, last: Earlier | None = None) -> Habits:
    """The plan of `inquiry` held against the habits."""
    fills: dict[Name, Callable[[Begin], Wish]] = {"headcount": by_headcount, "priority": by_priority}
    if last is not None:
        fills["last"] = partial(as_before, before=last.people)
    came = {} if last is None else last.people
    tries = [_Try(inquiry.scenario, name, fill, came if name == "last" else {}) for name, fill in fills.items()]
    limits = replace(
        inquiry.limits,
        gap=max(inquiry.limits.gap, NEAR_ENOUGH),
        time_limit=LONGEST if inquiry.limits.time_limit is None else min(LONGEST, inquiry.limits.time_limit),
    )
    near = replace(inquiry, limits=limits)
    for _ in range(ROUNDS + (last is not None)):
        points = {each.name: each.point(inquiry) for each in tries if each.going}
        found = near.solve(points.values()) if points else {}
        for each in tries:
            if each.name in found:
                each.take(inquiry, found[each.name])
    unknown = () if last is None else last.unknown(inquiry.scenario)
    return Habits(inquiry.plan, tuple(each.habit() for each in tries), last, unknown)


def thrifty(scenario: Scenario) -> Scenario:
    """`scenario` with the objective of an office that has its wish: spend little of own funds."""
    return scenario.changed(objective=(Level(minimize="own_cost"),))


class _Try:
    """A habit on its way to a plan."""

    def __init__(
        self, scenario: Scenario, name: Name, fill: Callable[[Begin], Wish], came: Mapping[tuple[str, str], int]
    ) -> None:
        self.scenario = scenario
        self.name = name
        self.fill = fill
        self.denied: set[tuple[str, str]] = set()
        self.came = came
        offered = make_sets(scenario).need
        self.as_it_was = {pair: number for pair, number in came.items() if pair in offered and number}
        """Seats of last year, while it is tried to keep them all."""
        self.wish = self.as_it_was or self._fill(None)
        self.now = self.wish
        self.result: Result | None = None
        self.going = True

    def point(self, inquiry: Inquiry) -> Point:
        """The plan nearest to what the office now writes down."""
        best = self.result.plan if self.result is not None else None
        start = inquiry.decisions if best is None else best.decisions(self.scenario)
        aim = Aim(people=self.now, avoided=self._last_first() if self.name == "priority" else {})
        return Point(self.name, thrifty(self.scenario), Hints(start=start), aim)

    def take(self, inquiry: Inquiry, result: Result) -> None:
        """Keep the plan found, if it is further than the last, and write down what the money left would give."""
        found, message = of_scenario(inquiry, result)
        status = result.status if found is None else found.status
        adopted = replace(result, status=status, plan=found, message=message)
        if self.as_it_was and not self._has_nearly_all(found):
            self.as_it_was = {}
            self.wish = self.now = self._fill(None)
            return
        self.as_it_was = {}
        before = None if self.result is None else self.result.plan
        if adopted.plan is None or (before is not None and _seats(adopted.plan) <= _seats(before)):
            self.result = self.result or adopted
            self.going = False
            return
        self.result = adopted
        given = people_of(adopted.plan)
        self.denied |= {pair for pair, number in self.now.items() if given.get(pair, 0) < number}
        self.now = self._fill(adopted.plan)
        self.going = sum(self.now.values()) > _seats(adopted.plan)

    def _fill(self, plan: Plan | None) -> Wish:
        """What the office writes down with all the money, or after a plan with what it leaves."""
        return self.fill(
            lambda most_classes: Ledger(self.scenario, most_classes, plan=plan, closed=self.denied, came=self.came)
        )

    def _has_nearly_all(self, plan: Plan | None) -> bool:
        """Whether a plan gives nearly all the seats of last year."""
        given = {} if plan is None else people_of(plan)
        kept = sum(min(number, given.get(pair, 0)) for pair, number in self.as_it_was.items())
        return kept >= NEARLY_ALL * sum(self.as_it_was.values())

    def habit(self) -> Habit:
        result = self.result
        assert result is not None
        return Habit(self.name, self.wish, result.plan, result.status, result.message)

    def _last_first(self) -> dict[tuple[str, str], float]:
        """Where not all of the wish can be had, those go first who come last in the list: less than half a seat
        between the first and the last, so that keeping seats still comes first."""
        listed = [(g.id, c) for g, c in priorities(self.scenario)]
        rank = {gap: number for number, gap in enumerate(listed)}
        programme = self.scenario.programme
        return {
            (g, p): min(rank[g, c] for c in programme[p].closes if (g, c) in rank) / (2 * len(listed))
            for g, p in self.now
        }


def _seats(plan: Plan) -> int:
    return sum(row.participants for row in plan.allocations)
