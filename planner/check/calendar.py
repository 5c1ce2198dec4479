"""The years of a plan's periods, and how much of a course falls into each."""

from __future__ import annotations

from fractions import Fraction

from planner.check.sums import Ratio
from planner.domain.groups import Group
from planner.domain.periods import Period
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario


def years_of_periods(scenario: Scenario) -> dict[str, str]:
    """Return the year of each period, in order: its own, or the fiscal year."""
    fiscal = scenario.scenario.fiscal_year
    stated = {p.id: p.year for p in scenario.periods or () if isinstance(p, Period) and p.year is not None}
    return {t: str(stated.get(t, 1 if fiscal is None else fiscal)) for t in scenario.horizon}


def hours_by_year(scenario: Scenario, programme: Programme, start: str) -> dict[str, Fraction]:
    """Return the JP of one participant in each year of a run that starts in `start`, spread evenly over its periods."""
    years = years_of_periods(scenario)
    first = scenario.horizon.index(start)
    hours: dict[str, Fraction] = {}
    for period in scenario.horizon[first : first + programme.lasts]:
        hours[years[period]] = hours.get(years[period], Fraction(0)) + programme.hours / programme.lasts
    return hours


def most_hours(scenario: Scenario, group: Group, year: str) -> Fraction | None:
    """Return the JP that one person of a group may take in a year; JP taken before the plan are of its first year
    [JP]."""
    if group.max_hours is None or not group.hours_before or year != scenario.years[0]:
        return group.max_hours
    return max(Fraction(0), group.max_hours - group.hours_before)


def days_by_period(scenario: Scenario, programme: Programme) -> list[Fraction]:
    """Return the training days of one participant in each period of a run: as listed, or the total spread evenly
    [days]."""
    if isinstance(programme.days, tuple):
        return list(programme.days)
    whole = programme.hours / scenario.hours_per_day if programme.days is None else programme.days
    return [whole / programme.lasts] * programme.lasts


class HoursInClass:
    """JP of one participant of a run, by year, computed once for each programme and start."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._known: dict[tuple[str, str], dict[str, Fraction]] = {}

    def of_run(self, programme: Programme, start: str) -> dict[str, Fraction]:
        """Return JP by year, as `hours_by_year` does."""
        key = programme.id, start
        if key not in self._known:
            self._known[key] = hours_by_year(self._scenario, programme, start)
        return self._known[key]


class DaysInClass:
    """Training days of one participant of a run, by period, computed once for each programme and start."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._known: dict[tuple[str, str], list[tuple[str, Ratio]]] = {}

    def of_run(self, programme: Programme, start: str) -> list[tuple[str, Ratio]]:
        """Return days as numerator and denominator, of the periods that the horizon reaches."""
        if (programme.id, start) not in self._known:
            first = self._scenario.horizon.index(start)
            days = [n.as_integer_ratio() for n in days_by_period(self._scenario, programme)]
            self._known[programme.id, start] = list(zip(self._scenario.horizon[first:], days, strict=False))
        return self._known[programme.id, start]
