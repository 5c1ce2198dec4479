"""The years of a plan's periods, and how much of a course falls into each."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.periods import Period
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario


def years_of_periods(scenario: Scenario) -> dict[str, str]:
    """The year of each period, in order: its own, or the fiscal year."""
    fiscal = scenario.scenario.fiscal_year
    stated = {p.id: p.year for p in scenario.periods or () if isinstance(p, Period) and p.year is not None}
    return {t: str(stated.get(t, 1 if fiscal is None else fiscal)) for t in scenario.horizon}


def hours_by_year(scenario: Scenario, programme: Programme, start: str) -> dict[str, Fraction]:
    """JP of one participant in each year of a run that starts in `start`: even over its periods."""
    years = years_of_periods(scenario)
    first = scenario.horizon.index(start)
    hours: dict[str, Fraction] = {}
    for period in scenario.horizon[first : first + programme.lasts]:
        hours[years[period]] = hours.get(years[period], Fraction(0)) + programme.hours / programme.lasts
    return hours
