"""Whether the people of a group have hours left for one more participant in a programme."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import floor

from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

Year = str


class HoursLeft:
    """What `max_hours` leaves of the hours of each year in one plan."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario, self.plan = scenario, plan

    def used_up(self, group: Group, programme: Programme) -> bool:
        """Whether nobody of the group can take the programme beside what the plan gives: certain, whoever attends.

        So it is where in some year of every start its hours exceed what all people may take, or where it takes more
        than half of what one person may take, and everybody takes such a course already.
        """
        most = group.max_hours
        if most is None or not programme.hours:
            return False
        circle = self.scenario.willingness.people.get(group.id)
        people = 0 if circle is None else floor(circle.most(group, group.id in self.plan.socialized))
        one = self.scenario.one_person
        return all(
            any(
                self._taken.get((group.id, year), 0) + n > most * people
                or (2 * n > most and self._long.get((group.id, year), 0) >= people)
                for year, n in one.hours(programme, start).items()
            )
            for start in one.starts[programme.id]
        )

    @cached_property
    def _taken(self) -> dict[tuple[str, Year], Fraction]:
        """JP of each group in each year."""
        taken: dict[tuple[str, Year], Fraction] = {}
        for row in self.plan.allocations:
            for year, n in self.scenario.one_person.hours(self.scenario.programme[row.programme], row.period).items():
                taken[row.group, year] = taken.get((row.group, year), Fraction(0)) + n * row.participants
        return taken

    @cached_property
    def _long(self) -> dict[tuple[str, Year], int]:
        """Participants of each group and year in courses of more than half of what one person may take [people]."""
        long: dict[tuple[str, Year], int] = {}
        for row in self.plan.allocations:
            most = self.scenario.group[row.group].max_hours
            for year, n in self.scenario.one_person.hours(self.scenario.programme[row.programme], row.period).items():
                if most is not None and 2 * n > most:
                    long[row.group, year] = long.get((row.group, year), 0) + row.participants
        return long
