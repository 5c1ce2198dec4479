"""Which groups may attend which programmes, found once for a whole check."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from planner.check.calendar import hours_by_year, most_hours
from planner.check.costs import allowed_periods
from planner.check.needs import gaps_of
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector


def too_long(scenario: Scenario, group: Group, programme: Programme, start: str | None = None) -> bool:
    """Return whether a run from `start` on, or from every start, has more hours in a year than one person may take."""
    if group.max_hours is None:
        return False
    if programme.lasts == 1 and not group.hours_before:
        return programme.hours > group.max_hours
    starts = allowed_periods(scenario, programme) if start is None else [start]
    if not starts:
        return programme.hours > group.max_hours
    return not any(_within(scenario, group, hours_by_year(scenario, programme, t)) for t in starts)


def _within(scenario: Scenario, group: Group, hours: dict[str, Fraction]) -> bool:
    allowed = {year: most_hours(scenario, group, year) for year in hours}
    return all(most is None or hours[year] <= most for year, most in allowed.items())


def meant_for(scenario: Scenario) -> dict[str, frozenset[str]]:
    """Return the ids of the groups that each programme is meant for; many programmes share one set."""
    selected: dict[GroupSelector, frozenset[str]] = {}
    for selector in dict.fromkeys(programme.for_ for programme in scenario.programmes):
        selected[selector] = frozenset(group.id for group in scenario.groups_in(selector))
    return {programme.id: selected[programme.for_] for programme in scenario.programmes}


class Eligible:
    """The groups that may attend each programme: it is meant for them, closes a gap of theirs by the end of the plan,
    and is not too long for one person."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.meant = meant_for(scenario)

    @cached_property
    def programmes(self) -> dict[str, dict[str, Programme]]:
        """By group, with their ids."""
        found, by_id = {}, self._scenario.programme
        for group in self._scenario.groups:
            meant = {p: by_id[p] for p in self.needs[group.id] if group.id in self.meant[p]}
            if group.max_hours is not None:
                meant = {p: each for p, each in meant.items() if not too_long(self._scenario, group, each)}
            found[group.id] = meant
        return found

    @cached_property
    def needs(self) -> dict[str, dict[str, int]]:
        """need[g,p] by the end of the plan, by group and programme, where it is more than nobody [people]."""
        closing = {c: [p.id for p in programmes] for c, programmes in self._closing.items()}
        found: dict[str, dict[str, int]] = {}
        for group in self._scenario.groups:
            of_group: dict[str, int] = {}
            for competency, people in gaps_of(group).items():
                for p in closing.get(competency, ()):
                    if people > of_group.get(p, 0):
                        of_group[p] = people
            found[group.id] = of_group
        return found

    @cached_property
    def agencies(self) -> dict[str, list[Group]]:
        """The groups of each agency, in file order."""
        found: dict[str, list[Group]] = {}
        for group in self._scenario.groups:
            if group.agency is not None:
                found.setdefault(group.agency, []).append(group)
        return found

    @cached_property
    def _closing(self) -> dict[str, list[Programme]]:
        """The programmes that close each competency."""
        found: dict[str, list[Programme]] = {}
        for programme in self._scenario.programmes:
            for competency in programme.closes:
                found.setdefault(competency, []).append(programme)
        return found

    def closable(self, group: Group) -> list[str]:
        """Return the competencies that the group lacks and some programme could teach it, in file order."""
        may_attend = self.programmes[group.id]
        return [c for c in gaps_of(group) if any(p.id in may_attend for p in self._closing.get(c, ()))]

    @cached_property
    def anything(self) -> frozenset[str]:
        """Ids of the groups that may attend any programme."""
        return frozenset(g for g, programmes in self.programmes.items() if programmes)
