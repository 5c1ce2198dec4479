"""What an office can write into its own spreadsheet: seats, classes and money, entered block by block.

The ledger knows what a careful clerk knows: who may come (programme, gap, willingness today, release, hours,
prerequisites), how many a class holds and how many classes there are, what it costs and what the funds have left.
It does not know the finer conditions (releases by period, matching, minimums, the planner's own rules): plans made
from it go through the model and the check like every other plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import ceil

from planner.analysis.habits.planners_money import Purse
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from planner.plans.plan import Plan

Wish = dict[tuple[str, str], int]
"""Participants of (group, programme) [people]."""


class Ledger:
    """Seats given so far: none, or those of a plan, with the money that it leaves.

    `most_classes` limits programmes further than the scenario does; `closed` are (group, programme) that get no more;
    `came` says how many came before, who are counted on again as far as socialization could bring them.
    """

    def __init__(
        self,
        scenario: Scenario,
        most_classes: Mapping[str, int] | None = None,
        *,
        plan: Plan | None = None,
        closed: Collection[tuple[str, str]] = (),
        came: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.scenario = scenario
        self.sets = make_sets(scenario)
        self.seats: Wish = {}
        self.purse = Purse(scenario, plan)
        self.closed = frozenset(closed)
        self._came = came or {}
        self.offered = {
            p.id: [g for g in scenario.groups if (g.id, p.id) in self.sets.need] for p in scenario.programmes
        }
        """Groups that may come, by programme, in file order."""
        self._places = self._most_places(most_classes or {})
        self._seated = {p.id: 0 for p in scenario.programmes}
        self._out = {g.id: 0 for g in scenario.groups}
        self._hours = {g.id: Fraction(0) for g in scenario.groups}
        for row in plan.allocations if plan else ():
            self._seat(row.group, row.programme, row.participants)

    def willing(self, group: Group, programme: Programme) -> int:
        """floor(need x uptake of today): who would come without any socialization; or as many as came before."""
        pair = group.id, programme.id
        came = min(self._came.get(pair, 0), self.sets.trainable.get(pair, 0))
        return max(came, int(self.sets.need.get(pair, 0) * group.uptake))

    def places_left(self, programme: Programme) -> int:
        """People that further classes and mentors of all periods can take."""
        return self._places[programme.id] - self._seated[programme.id]

    def seated(self, programme: Programme) -> int:
        """People of all groups in the programme."""
        return self._seated[programme.id]

    def room(self, group: Group, programme: Programme) -> int:
        """How many more of the group could take the programme, money aside [people]."""
        pair = group.id, programme.id
        if pair not in self.sets.need or pair in self.closed:
            return 0
        periods = len(self.sets.of_pair[pair])
        released = int(group.release * group.headcount)
        seated = self.seats.get(pair, 0)
        room = min(
            self.willing(group, programme) - seated,
            released * periods - seated,
            released * len(self.scenario.horizon) - self._out[group.id],
            self.places_left(programme),
        )
        if group.max_hours is not None and programme.hours:
            share = self.sets.most_willing[group.id] if self._came else group.uptake
            left = group.max_hours * group.headcount * share - self._hours[group.id]
            room = min(room, int(left / self._hours_each(group, programme)))
        for required in programme.requires:
            ahead = self._ahead(group, programme, required)
            room = min(room, ahead + self.room(group, self.scenario.programme[required]))
        return max(0, room)

    def affords(self, programme: Programme, people: Mapping[str, int]) -> bool:
        """Whether the money suffices for these people, by group, and the prerequisites that they lack."""
        before, seats = self.purse.copy(), dict(self.seats)
        affordable = self._enter(programme, people)
        self.purse = before
        for (g, p), number in self.seats.items():
            self._count(g, p, seats.get((g, p), 0) - number)
        self.seats = seats
        return affordable

    def enter(self, programme: Programme, people: Mapping[str, int]) -> None:
        """Give seats that `affords` has said yes to."""
        if not self._enter(programme, people):
            raise ValueError(f"{programme.id}: the money does not suffice")

    def _enter(self, programme: Programme, people: Mapping[str, int]) -> bool:
        for required in programme.requires:
            other = self.scenario.programme[required]
            lacking = {
                g: short
                for g, number in people.items()
                if (short := number - self._ahead(self.scenario.group[g], programme, required)) > 0
            }
            if lacking and not self._enter(other, lacking):
                return False
        opened = self._classes(programme, self._seated[programme.id] + sum(people.values()))
        opened -= self._classes(programme, self._seated[programme.id])
        begins = not self._seated[programme.id]
        for g, number in people.items():
            self._seat(g, programme.id, number)
        return self.purse.pay(programme, people, opened, begins=begins)

    def _seat(self, group: str, programme: str, number: int) -> None:
        self.seats[group, programme] = self.seats.get((group, programme), 0) + number
        self._count(group, programme, number)

    def _count(self, group: str, programme: str, number: int) -> None:
        self._seated[programme] += number
        self._out[group] += number
        self._hours[group] += self.scenario.programme[programme].hours * number

    def _classes(self, programme: Programme, people: int) -> int:
        """Classes that hold so many people, as few as can be."""
        return 0 if programme.class_size is None else ceil(people / programme.class_size.max)

    def fillable(self, programme: Programme, people: int) -> int:
        """The most of `people` with whom classes can be held that are not too small, nor too few."""
        size = programme.class_size
        if size is None or not people:
            return people
        classes = max(self._classes(programme, people), programme.classes.min)
        if classes * size.min <= people:
            return people
        fewer = (classes - 1) * size.max
        return fewer if classes - 1 >= max(1, programme.classes.min) else 0

    def _ahead(self, group: Group, programme: Programme, required: str) -> int:
        """People who may still take the programme because they have, or do not lack, what it requires."""
        needed = self.scenario.need(group, programme) - self.scenario.need(group, self.scenario.programme[required])
        have = self.seats.get((group.id, required), 0) + max(0, needed)
        return max(0, have - self.seats.get((group.id, programme.id), 0))

    def _hours_each(self, group: Group, programme: Programme) -> Fraction:
        """JP that one further participant takes, with the prerequisites that the group has no seats in yet."""
        lacking = (r for r in programme.requires if not self._ahead(group, programme, r))
        return programme.hours + sum((self.scenario.programme[r].hours for r in lacking), Fraction(0))

    def _most_places(self, most_classes: Mapping[str, int]) -> dict[str, int]:
        """People that each programme can take over all periods: as its classes and its mentors allow."""
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
                each = self.scenario.mentors_in(pool) * programme.mentors.mentees_each
                most = min(most, each * len(self.scenario.periods_of(programme)))
            places[programme.id] = most
        return places
