"""Whose willingness is counted together: the groups of one agency, or a group that has none.

Of twenty groups of one person each, 90% willing, eighteen people take part, not none. So a limit that is a share of
people is rounded up for each group of an agency, and holds exactly for all of them together; a group without an agency
keeps its own share exactly. With r[g] the share of the group that is willing:

    people of g           <=  ceil(people[g] * r[g])                     where g shares its agency
    people of the circle  <=  sum over g of people[g] * r[g]

A circle is such a set of groups. Where people fall below the standard in a later year, both hold for the end of each
year, with the people in need by then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.domain.exact_sums import share_down, share_up, shares_together

if TYPE_CHECKING:
    from planner.domain.groups import Group
    from planner.domain.scenario import Scenario


class Circle(NamedTuple):
    """Groups that may attend one programme, or be trained in one competency, and whose willingness counts together."""

    people: Mapping[str, int]
    """Group id -> people in need, in file order [people]."""
    earlier: tuple[tuple[str, Circle], ...] = ()
    """The circle by the end of earlier years with fewer people in need: (year, circle), in order."""

    def by(self, year: str) -> Circle:
        """Return the circle with the people in need by the end of `year`."""
        return next((circle for until, circle in self.earlier if year <= until), self)

    @property
    def shared(self) -> bool:
        """Whether it has several groups."""
        return len(self.people) > 1

    def most(self, group: Group, socialized: bool) -> Fraction:
        """Return the most people of one group [people]: rounded up where the agency has other groups."""
        people, share = self.people[group.id], group.willing(socialized)
        return Fraction(share_up(people, share)) if self.shared else people * share

    def most_whole(self, group: Group, socialized: bool) -> int:
        """Return the same in whole people."""
        people, share = self.people[group.id], group.willing(socialized)
        return share_up(people, share) if self.shared else share_down(people, share)

    def together(self, scenario: Scenario, socialized: bool) -> Fraction:
        """Return the most people of all groups together, with all of them socialized or none [people]."""
        return shares_together((n, scenario.group[g].willing(socialized)) for g, n in self.people.items())

    def binds(self, scenario: Scenario) -> bool:
        """Return whether the limit on all groups together can exclude what the limits on each allow."""
        if not self.shared or not scenario.facts.groups.isdisjoint(self.people):
            return self.shared  # facts may have more people of a group than its own limit allows
        shares = ((n, scenario.group[g].willing(s)) for g, n in self.people.items() for s in (False, True))
        return any(n * share.numerator % share.denominator for n, share in shares)


@dataclass(frozen=True)
class Willingness:
    """The circles of one scenario."""

    scenario: Scenario

    @cached_property
    def attendance(self) -> Mapping[str, tuple[Circle, ...]]:
        """Circles of each programme: the groups that it is for and that lack something it closes, with need[g,p]."""
        found = {}
        for programme in self.scenario.programmes:
            needs: dict[str, int] = {}
            allowed = self._allowed[programme.id]
            for gaps in (self._gaps.get(c, {}) for c in programme.closes):
                for g in allowed if len(allowed) < len(gaps) else gaps:  # with many agencies, few groups belong to each
                    if g in gaps and gaps[g] > needs.get(g, 0):
                        needs[g] = gaps[g]
            of_group = {g: n for g, n in needs.items() if g in allowed}
            by_year = [
                {g: self.scenario.need(self.scenario.group[g], programme, year) for g in of_group}
                for year in self._earlier_years
            ]
            found[programme.id] = self._circles(of_group, by_year)
        return found

    @cached_property
    def learning(self) -> Mapping[str, tuple[Circle, ...]]:
        """Circles of each competency: the groups that may attend, or have attended, a programme which closes it, with
        gap[g,c]."""
        able: dict[str, set[str]] = {}
        for programme in self.scenario.programmes:
            for c in programme.closes:
                able.setdefault(c, set()).update(self._allowed[programme.id])
        for g, p in self.scenario.facts.people:
            for c in self.scenario.programme[p].closes:
                able.setdefault(c, set()).add(g)
        found = {}
        for c, gaps in self._gaps.items():
            of_group = {g: gap for g, gap in gaps.items() if g in able.get(c, ())}
            by_year = [
                {g: self.scenario.group[g].needs_by(year).get(c, 0) for g in of_group} for year in self._earlier_years
            ]
            found[c] = self._circles(of_group, by_year)
        return found

    @cached_property
    def chances_kept(self) -> dict[Any, Any]:
        """Chances worked out for what the groups of a circle attend, remembered for later plans; filled on demand."""
        return {}

    def chances_of(self, group: str, competency: str, socialized: bool, until: str | None = None) -> Fraction:
        """Return the chances of a group in a competency that measured closings have not used, by the end of a year
        [people]."""
        circle = self.learners[group, competency]
        most = (circle if until is None else circle.by(until)).most(self.scenario.group[group], socialized)
        used = self.scenario.facts.chances_by(until).get((group, competency), 0)
        return max(Fraction(0), most - used) if used else most

    def chances_together(
        self, competency: str, circle: Circle, socialized: Collection[str], until: str | None = None
    ) -> Fraction:
        """Return the chances of all groups of a circle that measured closings have not used, by the end of a year
        [people].

        `circle` has the people in need by then.
        """
        used = self.used_together(competency, circle, until)
        groups = self.scenario.group
        whole = shares_together((n, groups[g].willing(g in socialized)) for g, n in circle.people.items())
        return max(Fraction(0), whole - used)

    def used_together(self, competency: str, circle: Circle, until: str | None = None) -> int:
        """Return the chances of the groups of a circle that measured closings have used, by the end of a year
        [people]."""
        used = self.scenario.facts.chances_by(until)
        return sum(used.get((g, competency), 0) for g in circle.people)

    @cached_property
    def everybody(self) -> tuple[Circle, ...]:
        """Circles of the groups that may attend any programme, with all their people: how many of them may take
        part."""
        able = {g for circles in self.attendance.values() for circle in circles for g in circle.people}
        return self._circles({g.id: g.headcount for g in self.scenario.groups if g.id in able}, ())

    @cached_property
    def people(self) -> Mapping[str, Circle]:
        """The circle of all people of each group that may attend any programme."""
        return {g: circle for circle in self.everybody for g in circle.people}

    @cached_property
    def attending(self) -> Mapping[tuple[str, str], Circle]:
        """The circle of each (group, programme)."""
        return {(g, p): circle for p, circles in self.attendance.items() for circle in circles for g in circle.people}

    @cached_property
    def learners(self) -> Mapping[tuple[str, str], Circle]:
        """The circle of each (group, competency)."""
        return {(g, c): circle for c, circles in self.learning.items() for circle in circles for g in circle.people}

    @cached_property
    def _gaps(self) -> dict[str, dict[str, int]]:
        """People of each group below the standard by the end of the plan, by competency."""
        gaps: dict[str, dict[str, int]] = {}
        for group in self.scenario.groups:
            for c, gap in group.needs.items():
                if gap:
                    gaps.setdefault(c, {})[group.id] = gap
        return gaps

    @cached_property
    def _place(self) -> dict[str, int]:
        """The place of each group in the file."""
        return {group.id: place for place, group in enumerate(self.scenario.groups)}

    @cached_property
    def _allowed(self) -> dict[str, frozenset[str]]:
        """Ids of the groups that may take each programme: it is for them, and not too long for one person.

        Many programmes share one set.
        """

        picked = {s: self.scenario.groups_in(s) for s in {p.for_ for p in self.scenario.programmes}}
        ids = {s: frozenset(group.id for group in groups) for s, groups in picked.items()}
        limited = frozenset(group.id for group in self.scenario.groups if group.max_hours is not None)
        allowed = {}
        for programme in self.scenario.programmes:
            these = ids[programme.for_]
            one, group = self.scenario.one_person, self.scenario.group
            shut = {g for g in limited & these if not one.admits(group[g], programme)}
            allowed[programme.id] = these - shut
        return allowed

    @cached_property
    def _earlier_years(self) -> tuple[str, ...]:
        """All years but the last, if more people fall below the standard in any later one."""
        return self.scenario.years[:-1] if any(group.new_gaps for group in self.scenario.groups) else ()

    def _circles(self, people: Mapping[str, int], by_year: Sequence[Mapping[str, int]]) -> tuple[Circle, ...]:
        """Return the circles of groups by agency, in file order; `by_year` has the people in need by the end of earlier
        years."""
        of_agency: dict[tuple[str, str], dict[str, int]] = {}
        for g in sorted(people, key=self._place.__getitem__):
            agency = self.scenario.group[g].agency
            key = ("group", g) if agency is None else ("agency", agency)
            of_agency.setdefault(key, {})[g] = people[g]
        return tuple(Circle(members, self._before(members, by_year)) for members in of_agency.values())

    def _before(
        self, members: Mapping[str, int], by_year: Sequence[Mapping[str, int]]
    ) -> tuple[tuple[str, Circle], ...]:
        """Return the circle by the end of each year after which more of its people are in need."""
        so_far = [{g: people[g] for g in members} for people in by_year]
        after = [*so_far[1:], dict(members)]
        steps = zip(self._earlier_years, so_far, after, strict=False)
        return tuple((year, Circle(now)) for year, now, then in steps if now != then)
