"""The spreadsheet of an office: seats, classes and money, entered block by block.

It takes into account who may attend (programme, gap, present willingness, release, prerequisites), what each person has
left of hours and working days, the size and number of classes, costs, and remaining money. It ignores releases by
period, matching, minimums and the rules of the scenario; plans made from it pass through model and check like every
other plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from planner.analysis.habits.office_people import OfficePeople
from planner.analysis.habits.planners_money import PlannersMoney
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import days_of, released_days
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from planner.plans.plan import Plan

OfficeAllocation = dict[tuple[str, str], int]
"""Participants of (group, programme) [people]."""


def _in_whole_people(scenario: Scenario) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield need x uptake of each (group, programme), rounded so that an agency has as many people as are willing."""
    for p, circles in scenario.willingness.attendance.items():
        for circle in circles:
            exact = {g: n * scenario.group[g].uptake for g, n in circle.people.items()}
            more = floor(sum(exact.values())) - sum(map(floor, exact.values()))
            rounded_up = set(sorted(exact, key=lambda g: floor(exact[g]) - exact[g])[:more])
            yield from (((g, p), floor(n) + (g in rounded_up)) for g, n in exact.items())


def first_choice(programme: Programme) -> tuple[str, ...]:
    """Return the prerequisites that an office enters: of several that are enough, the first."""
    return tuple(enough[0] for enough in programme.prerequisites)


class PlannersSheet:
    """Seats entered so far and remaining money, at the start or after a plan.

    `most_classes` limits programmes beyond the scenario. `refused` are (group, programme) that get no more seats.
    `earlier_people` attended last year and count as willing, as far as socialization could bring them.
    """

    def __init__(
        self,
        scenario: Scenario,
        most_classes: Mapping[str, int] | None = None,
        *,
        plan: Plan | None = None,
        refused: Collection[tuple[str, str]] = (),
        earlier_people: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.scenario = scenario
        self.sets = make_sets(scenario)
        self.seats: OfficeAllocation = {}
        self.money = PlannersMoney(scenario, plan)
        self.refused = frozenset(refused)
        self._earlier_people = earlier_people or {}
        self.offered = {
            p.id: [g for g in scenario.groups if (g.id, p.id) in self.sets.need] for p in scenario.programmes
        }
        """Groups that may attend, by programme, in file order."""
        self._willing = dict(_in_whole_people(scenario))
        self._places = self._most_places(most_classes or {})
        self._seated = {p.id: 0 for p in scenario.programmes}
        self._absences = {g.id: Fraction(0) for g in scenario.groups}
        """Person-days in class, over all periods."""
        for row in plan.allocations if plan else ():
            self._seat(row.group, row.programme, row.participants)
        self._people = {g.id: self._people_of(g) for g in scenario.groups if OfficePeople.limited(scenario, g)}
        for pattern in plan.attendance if plan else ():
            if pattern.group in self._people:
                self._people[pattern.group].follow(pattern)

    def willing(self, group: Group, programme: Programme) -> int:
        """Return the willing people without socialization: need x uptake, or as many as attended last year."""
        pair = group.id, programme.id
        earlier_people = min(self._earlier_people.get(pair, 0), self.sets.trainable.get(pair, 0))
        return max(earlier_people, self._willing.get(pair, 0) if pair in self.sets.need else 0)

    def places_left(self, programme: Programme) -> int:
        """Return the free places in further classes and with mentors, over all periods [people]."""
        return self._places[programme.id] - self._seated[programme.id]

    def seated(self, programme: Programme) -> int:
        """Return the people of all groups in the programme."""
        return self._seated[programme.id]

    def free_capacity(self, group: Group, programme: Programme) -> int:
        """Return how many more people of the group could take the programme, regardless of money."""
        pair = group.id, programme.id
        if pair not in self.sets.need or pair in self.refused:
            return 0
        seated = self.seats.get(pair, 0)
        free_capacity = min(
            self.willing(group, programme) - seated,
            sum(self.sets.seats[seat] for seat in self.sets.of_pair[pair]) - seated,
            self.places_left(programme),
        )
        if group.release is not None and (days := sum(days_of(self.scenario, programme))):
            released = (released_days(self.scenario, group.release, group.headcount, t) for t in self.scenario.horizon)
            free_capacity = min(free_capacity, int((sum(released) - self._absences[group.id]) / days))
        if group.id in self._people:
            lacking = [r for r in first_choice(programme) if not self._prerequisite_met(group, programme, r)]
            before = [self.scenario.programme[name] for name in lacking]
            free_capacity = min(free_capacity, self._people[group.id].room(programme, before))
        for required in first_choice(programme):
            ahead = self._prerequisite_met(group, programme, required)
            free_capacity = min(free_capacity, ahead + self.free_capacity(group, self.scenario.programme[required]))
        return max(0, free_capacity)

    def affords(self, programme: Programme, people: Mapping[str, int]) -> bool:
        """Return whether the money suffices for these people, by group, and for the prerequisites they lack."""
        before, seats = self.money.copy(), dict(self.seats)
        states = {g: dict(self._people[g].states) for g in people if g in self._people}
        affordable = self._enter(programme, people)
        self.money = before
        for g, those in states.items():
            self._people[g].states = those
        for (g, p), number in self.seats.items():
            self._count(g, p, seats.get((g, p), 0) - number)
        self.seats = seats
        return affordable

    def enter(self, programme: Programme, people: Mapping[str, int]) -> None:
        """Enter seats and pay for them. Raise ValueError if the money does not suffice; test `affords` first."""
        if not self._enter(programme, people):
            raise ValueError(f"{programme.id}: the money does not suffice")

    def _enter(self, programme: Programme, people: Mapping[str, int]) -> bool:
        for required in first_choice(programme):
            other = self.scenario.programme[required]
            lacking = {
                g: short
                for g, number in people.items()
                if (short := number - self._prerequisite_met(self.scenario.group[g], programme, required)) > 0
            }
            if lacking and not self._enter(other, lacking):
                return False
        opened = self._classes_needed(programme, self._seated[programme.id] + sum(people.values()))
        opened -= self._classes_needed(programme, self._seated[programme.id])
        begins = not self._seated[programme.id]
        first = frozenset(first_choice(programme))
        for g, number in people.items():
            self._seat(g, programme.id, number)
            if g in self._people:
                self._people[g].give(programme, number, first)
        return self.money.pay(programme, people, opened, begins=begins)

    def _seat(self, group: str, programme: str, number: int) -> None:
        self.seats[group, programme] = self.seats.get((group, programme), 0) + number
        self._count(group, programme, number)

    def _count(self, group: str, programme: str, number: int) -> None:
        self._seated[programme] += number
        self._absences[group] += number * sum(days_of(self.scenario, self.scenario.programme[programme]))

    def _classes_needed(self, programme: Programme, people: int) -> int:
        """Return the fewest classes that hold so many people."""
        return 0 if programme.class_size is None else ceil(people / programme.class_size.max)

    def fillable(self, programme: Programme, people: int) -> int:
        """Return the most of `people` whose classes are neither too small nor too few."""
        size = programme.class_size
        if size is None or not people:
            return people
        classes = max(self._classes_needed(programme, people), programme.classes.min)
        if classes * size.min <= people:
            return people
        fewer = (classes - 1) * size.max
        return fewer if classes - 1 >= max(1, programme.classes.min) else 0

    def _prerequisite_met(self, group: Group, programme: Programme, required: str) -> int:
        """Return the people who may still take the programme because they have, or do not need, its prerequisite."""
        needed = self.scenario.need(group, programme) - self.scenario.need(group, self.scenario.programme[required])
        have = self.seats.get((group.id, required), 0) + max(0, needed) + group.completed.get(required, 0)
        return max(0, have - self.seats.get((group.id, programme.id), 0))

    def _people_of(self, group: Group) -> OfficePeople:
        """Return the willing people of a group; after an earlier plan as many as socialization could bring."""
        circle = self.scenario.willingness.people.get(group.id)
        socialized = bool(self._earlier_people)
        return OfficePeople(self.scenario, group, 0 if circle is None else floor(circle.most(group, socialized)))

    def _most_places(self, most_classes: Mapping[str, int]) -> dict[str, int]:
        """Return the capacity of each programme over all periods, by its classes and mentors [people]."""
        places = {}
        for programme in self.scenario.programmes:
            periods = [t for p, t in self.sets.classes if p == programme.id]
            most = sum(self.sets.trainable.get((g.id, programme.id), 0) for g in self.scenario.groups)
            if programme.class_size is not None:
                classes = sum(self.sets.classes[programme.id, t] for t in periods)
                limits = [classes, programme.classes.max, most_classes.get(programme.id)]
                most = min(most, programme.class_size.max * min(n for n in limits if n is not None))
            if programme.mentors is not None:
                pool = self.scenario.mentor_pool[programme.mentors.pool]
                each = int(self.scenario.mentors_in(pool) * programme.mentors.mentees_each)
                most = min(most, each * len(self.scenario.periods_of(programme)))
            places[programme.id] = most
        return places
