"""Comparison with office habits: allocations that an office makes without a model, under the same rules and money.

Each habit gives an intended allocation (office_rules.py). The plan nearest to it under all rules of the scenario is
searched: least sum of |participants - intended| over groups and programmes. Money that rules have freed is allocated
again by the same habit, up to ROUNDS times. The seats of last year are first tried unchanged; only if too few of them
are feasible, all are reduced in proportion.

To be fair, a habit is neither improved nor worsened: among plans equally near to the intended allocation, the one with
the least own cost is taken, not the one that closes most gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Final, Literal

from planner.analysis.habits.office_rules import NewSheet, as_last_year, by_headcount, by_priority, priorities
from planner.analysis.habits.planners_sheet import OfficeAllocation, PlannersSheet
from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.analysis.plans.moves import people_of
from planner.analysis.plans.nearly_best import plan_of_result
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from planner.planning import Aim, Hints
from planner.plans.plan import Plan, Status

ROUNDS: Final = 4
"""Most rounds in which freed money is allocated again."""

NEARLY_ALL: Final = Fraction(95, 100)
"""Share of the seats of last year that must be feasible to keep them unchanged."""

SEARCH_GAP: Final = 0.01
"""Relative gap of the search for the plan nearest to an intended allocation."""

SEARCH_SECONDS: Final = 60.0
"""Time limit of one search; the nearest plan found by then is taken [s]."""

Name = Literal["headcount", "priority", "last"]


@dataclass(frozen=True)
class Habit:
    """A habit: the intended allocation and the checked plan nearest to it."""

    name: Name
    intended: Mapping[tuple[str, str], int]
    """First allocation of the office: participants of (group, programme) [people]."""
    plan: Plan | None
    status: Status | None
    message: str = ""
    """Reason if there is no plan."""

    @property
    def intended_seats(self) -> int:
        """Seats of the intended allocation [people]."""
        return sum(self.intended.values())

    @property
    def kept_seats(self) -> int:
        """Intended seats that the plan has [people]."""
        if self.plan is None:
            return 0
        given = people_of(self.plan)
        return sum(min(number, given.get(pair, 0)) for pair, number in self.intended.items())

    @property
    def further_seats(self) -> int:
        """Other seats of the plan: required by rules, or paid from freed money [people]."""
        return 0 if self.plan is None else sum(people_of(self.plan).values()) - self.kept_seats


@dataclass(frozen=True)
class Habits:
    """The plan and the plans of the habits."""

    plan: Plan
    habits: tuple[Habit, ...]
    last: EarlierPlan | None
    """Plan of last year; None: its habit is left out."""
    unknown_ids: tuple[str, ...] = ()
    """Ids in the plan of last year that the scenario does not have."""


def habits(inquiry: Inquiry, last: EarlierPlan | None = None) -> Habits:
    """Return the inquiry's plan and the plans of the habits."""
    rules: dict[Name, Callable[[NewSheet], OfficeAllocation]] = {"headcount": by_headcount, "priority": by_priority}
    if last is not None:
        rules["last"] = partial(as_last_year, before=last.people)
    earlier_people = {} if last is None else last.people
    searches = [
        _HabitSearch(inquiry.scenario, name, allocate, earlier_people if name == "last" else {})
        for name, allocate in rules.items()
    ]
    limits = replace(
        inquiry.limits,
        gap=max(inquiry.limits.gap, SEARCH_GAP),
        time_limit=SEARCH_SECONDS
        if inquiry.limits.time_limit is None
        else min(SEARCH_SECONDS, inquiry.limits.time_limit),
    )
    near = replace(inquiry, limits=limits)
    for _ in range(ROUNDS + (last is not None)):
        points = {search.name: search.point(inquiry) for search in searches if search.active}
        found = near.solve(points.values()) if points else {}
        for search in searches:
            if search.name in found:
                search.update(inquiry, found[search.name])
    unknown_ids = () if last is None else last.unknown_ids(inquiry.scenario)
    return Habits(inquiry.plan, tuple(search.habit() for search in searches), last, unknown_ids)


def with_least_own_cost(scenario: Scenario) -> Scenario:
    """Return `scenario` with the least own cost as its only objective."""
    return scenario.changed(objective=(Level(minimize="own_cost"),))


class _HabitSearch:
    """The search for the plan of a habit."""

    def __init__(
        self,
        scenario: Scenario,
        name: Name,
        allocate: Callable[[NewSheet], OfficeAllocation],
        earlier_people: Mapping[tuple[str, str], int],
    ) -> None:
        self.scenario = scenario
        self.name = name
        self.allocate = allocate
        self.refused: set[tuple[str, str]] = set()
        self.earlier_people = earlier_people
        offered = make_sets(scenario).need
        self.all_earlier = {pair: number for pair, number in earlier_people.items() if pair in offered and number}
        """Seats of last year, while the search tries to keep all of them; then empty."""
        self.intended = self.all_earlier or self._allocate(None)
        self.current = self.intended
        self.result: Result | None = None
        self.active = True

    def point(self, inquiry: Inquiry) -> Point:
        """Return the point whose plan is nearest to the current allocation."""
        best = self.result.plan if self.result is not None else None
        start = inquiry.decisions if best is None else best.decisions(self.scenario)
        aim = Aim(people=self.current, avoided=self._avoid_low_priority() if self.name == "priority" else {})
        return Point(self.name, with_least_own_cost(self.scenario), Hints(start=start), aim)

    def update(self, inquiry: Inquiry, result: Result) -> None:
        """Keep the plan found if it has more seats than the last one, and allocate the money left."""
        found, message = plan_of_result(inquiry, result)
        status = result.status if found is None else found.status
        adopted = replace(result, status=status, plan=found, message=message)
        if self.all_earlier and not self._has_nearly_all(found):
            self.all_earlier = {}
            self.intended = self.current = self._allocate(None)
            return
        self.all_earlier = {}
        before = None if self.result is None else self.result.plan
        if adopted.plan is None or (before is not None and _seat_count(adopted.plan) <= _seat_count(before)):
            self.result = self.result or adopted
            self.active = False
            return
        self.result = adopted
        given = people_of(adopted.plan)
        self.refused |= {pair for pair, number in self.current.items() if given.get(pair, 0) < number}
        self.current = self._allocate(adopted.plan)
        self.active = sum(self.current.values()) > _seat_count(adopted.plan)

    def _allocate(self, plan: Plan | None) -> OfficeAllocation:
        """Return the allocation of the office from all money, or from the money that `plan` leaves."""
        return self.allocate(
            lambda most_classes: PlannersSheet(
                self.scenario, most_classes, plan=plan, refused=self.refused, earlier_people=self.earlier_people
            )
        )

    def _has_nearly_all(self, plan: Plan | None) -> bool:
        """Return whether a plan has nearly all seats of last year."""
        given = {} if plan is None else people_of(plan)
        kept_seats = sum(min(number, given.get(pair, 0)) for pair, number in self.all_earlier.items())
        return kept_seats >= NEARLY_ALL * sum(self.all_earlier.values())

    def habit(self) -> Habit:
        result = self.result
        assert result is not None
        return Habit(self.name, self.intended, result.plan, result.status, result.message)

    def _avoid_low_priority(self) -> dict[tuple[str, str], float]:
        """Return weights that drop seats of low priority first if not all intended seats are feasible.

        The weights differ by less than half a seat, so that the number of seats still decides first.
        """
        listed = [(g.id, c) for g, c in priorities(self.scenario)]
        rank = {gap: number for number, gap in enumerate(listed)}
        programme = self.scenario.programme
        return {
            (g, p): min(rank[g, c] for c in programme[p].closes if (g, c) in rank) / (2 * len(listed))
            for g, p in self.current
        }


def _seat_count(plan: Plan) -> int:
    return sum(row.participants for row in plan.allocations)
