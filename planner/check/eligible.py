"""Which groups may attend which programmes."""

from __future__ import annotations

from planner.check.calendar import hours_by_year
from planner.check.costs import allowed_periods
from planner.check.needs import gaps_of
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector


def too_long(scenario: Scenario, group: Group, programme: Programme, start: str | None = None) -> bool:
    """Whether a run from `start` on, or from every start, has more hours in a year than one person may take."""
    if group.max_hours is None:
        return False
    if programme.lasts == 1:
        return programme.hours > group.max_hours
    starts = allowed_periods(scenario, programme) if start is None else [start]
    longest = [max(hours_by_year(scenario, programme, t).values()) for t in starts] or [programme.hours]
    return min(longest) > group.max_hours


def meant_for(scenario: Scenario) -> dict[GroupSelector, dict[str, Group]]:
    """The groups that programmes with the same `for` are meant for, by id; many programmes are for the same."""
    selectors = dict.fromkeys(programme.for_ for programme in scenario.programmes)
    return {selector: {group.id: group for group in scenario.groups_in(selector)} for selector in selectors}


def eligible(scenario: Scenario) -> dict[str, list[Group]]:
    """The groups that may attend each programme, in file order: it is meant for them, closes a gap of theirs by the end
    of the plan, and is not too long for one person."""
    lacks = {group.id: frozenset(gaps_of(group)) for group in scenario.groups}
    meant = meant_for(scenario)
    found = {}
    for programme in scenario.programmes:
        selected = meant[programme.for_].items()
        groups = [group for g, group in selected if not lacks[g].isdisjoint(programme.closes)]
        found[programme.id] = [group for group in groups if not too_long(scenario, group, programme)]
    return found
