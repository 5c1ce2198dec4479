"""Gaps by the end of each year: those of today and those that are new since then."""

from __future__ import annotations

from planner.domain.groups import Group
from planner.domain.periods import Period
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario


def year_of_each_period(scenario: Scenario) -> dict[str, str]:
    """Return the year of each period of the horizon: its own, or the fiscal year."""
    fiscal = scenario.scenario.fiscal_year
    own = {period.id: period.year for period in scenario.periods or () if isinstance(period, Period) and period.year}
    return {t: str(own.get(t) or fiscal or 1) for t in scenario.horizon}


def years_of(scenario: Scenario) -> list[str]:
    """Return the years of the horizon in order."""
    return list(dict.fromkeys(year_of_each_period(scenario).values()))


def gap(group: Group, competency: str, year: str | None = None) -> int:
    """Return gap[g,c] by the end of a year, or of the plan [people]."""
    if not group.new_gaps:
        return group.gaps.get(competency, 0)
    later = (more.get(competency, 0) for since, more in group.new_gaps.items() if year is None or since <= year)
    return group.gaps.get(competency, 0) + sum(later)


def gaps_of(group: Group, year: str | None = None) -> dict[str, int]:
    """Return every gap of a group above 0 by then, in the order in which the scenario names them [people]."""
    if not group.new_gaps:
        return {competency: people for competency, people in group.gaps.items() if people > 0}
    named = dict.fromkeys([*group.gaps, *(c for since in sorted(group.new_gaps) for c in group.new_gaps[since])])
    found = {competency: gap(group, competency, year) for competency in named}
    return {competency: people for competency, people in found.items() if people > 0}


def need(group: Group, programme: Programme, year: str | None = None) -> int:
    """Return need[g,p]: the largest gap of the group among what the programme closes, by the end of a year [people]."""
    if not group.new_gaps:
        gaps = group.gaps
        return max([gaps.get(competency, 0) for competency in programme.closes], default=0)
    return max((gap(group, competency, year) for competency in programme.closes), default=0)
