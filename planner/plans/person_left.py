"""Whether the people of a group have hours and working days left for one more participant in a programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import floor

from planner.domain.groups import Group
from planner.domain.one_person import PersonLimit, PersonLimitKind
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


class PersonLeft:
    """What one plan leaves of the hours of each year (`max_hours`) and of the working days of each period."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario, self.plan = scenario, plan

    def used_up(self, group: Group, programme: Programme) -> PersonLimitKind | None:
        """Return the limit of which nobody of the group has enough left, certain whoever attends: hours or days; None
        otherwise.

        This holds where in some year or period of every start the programme takes more than all people have left, or
        more than half of what one person has while everybody takes such a course already. Hours are named where they
        rule out every start.
        """
        if not programme.hours and not self._has_days(programme):
            return None
        starts = self.scenario.one_person.starts[programme.id]
        if not starts:
            return "days"  # it has more days than any period
        found = []
        for start in starts:
            kinds = {limit[0] for limit in self._short(group, programme, start)}
            if not kinds:
                return None
            found.append(kinds)
        return "hours" if all("hours" in kinds for kinds in found) else "days"

    def _short(self, group: Group, programme: Programme, start: str) -> Iterator[PersonLimit]:
        """Yield the limits of which there is too little for a start."""
        for limit, n in self._loads(programme, start, hours=group.max_hours is not None).items():
            key = group.id, limit
            if key not in self._longest:
                self._longest[key] = self._longest_course(group, limit)
            if n > self._longest[key]:
                yield limit

    def _longest_course(self, group: Group, limit: PersonLimit) -> Fraction:
        """Return the longest that a course may be so that one more participant has room for it within a limit [JP or
        days]."""
        most, people = self._most(group, limit), self._willing[group.id]
        taken, long = self._taken.get((group.id, limit), (Fraction(0), 0))
        return min(most / 2 if long >= people else most, most * people - taken)

    @cached_property
    def _longest(self) -> dict[tuple[str, PersonLimit], Fraction]:
        return {}

    def _has_days(self, programme: Programme) -> bool:
        return bool(self.scenario.one_person.most_days[programme.id])

    def _most(self, group: Group, limit: PersonLimit) -> Fraction:
        """Return what one person has [JP or days]."""
        if limit[0] == "days":
            return self.scenario.working_days[limit[1]]
        most = self.scenario.one_person.room(group, limit[1])
        assert most is not None
        return most

    def _loads(self, programme: Programme, start: str, *, hours: bool) -> Mapping[PersonLimit, Fraction]:
        """Return what one participant uses of each limit; hours only where they are limited [JP or days]."""
        key = programme.id, start, hours
        if key not in self._known:
            one = self.scenario.one_person
            loads: dict[PersonLimit, Fraction] = {}
            for year, spent in one.hours(programme, start).items() if hours else ():
                loads["hours", year] = spent
            for period, spent in one.days(programme, start).items():
                if period in one.crowded:
                    loads["days", period] = spent
            self._known[key] = loads
        return self._known[key]

    @cached_property
    def _willing(self) -> dict[str, int]:
        """The most people of each group who attend anything."""
        circles, socialized = self.scenario.willingness.people, frozenset(self.plan.socialized)
        most = {g.id: circles[g.id].most(g, g.id in socialized) for g in self.scenario.groups if g.id in circles}
        return {group.id: floor(most.get(group.id, 0)) for group in self.scenario.groups}

    @cached_property
    def _known(self) -> dict[tuple[str, str, bool], Mapping[PersonLimit, Fraction]]:
        return {}

    @cached_property
    def _taken(self) -> dict[tuple[str, PersonLimit], tuple[Fraction, int]]:
        """What each group uses of each limit, and its participants in courses of more than half of it."""
        taken: dict[tuple[str, PersonLimit], tuple[Fraction, int]] = {}
        for row in self.plan.allocations:
            group, programme = self.scenario.group[row.group], self.scenario.programme[row.programme]
            for limit, n in self._loads(programme, row.period, hours=group.max_hours is not None).items():
                before, long = taken.get((row.group, limit), (Fraction(0), 0))
                more = row.participants if 2 * n > self._most(group, limit) else 0
                taken[row.group, limit] = before + n * row.participants, long + more
        return taken
