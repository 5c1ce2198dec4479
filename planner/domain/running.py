"""When a course runs that starts in a period, when it is over, and what falls into each period of that time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.domain.programmes import Programme
from planner.domain.resources import Resource, Use

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario


def run_of(scenario: Scenario, programme: Programme, start: str) -> tuple[str, ...]:
    """The periods in which a course runs that starts in `start`: `lasts` of them, from the start on.

    Those beyond the horizon are left out; `Scenario.periods_of` offers no such start.
    """
    first = scenario.place_of_period[start]
    return scenario.horizon[first : first + programme.lasts]


def year_of_end(scenario: Scenario, programme: Programme, start: str) -> str:
    """The year in which a course ends that starts in `start`: it closes gaps in that year."""
    return scenario.year_of[run_of(scenario, programme, start)[-1]]


def starts_running_in(scenario: Scenario, programme: Programme, period: str) -> Iterator[tuple[str, int]]:
    """(start, number of periods of the run) of each start of `programme` that runs in `period`."""
    for start in scenario.starts_of(programme):
        run = run_of(scenario, programme, start)
        if period in run:
            yield start, len(run)


def users_of(scenario: Scenario, resource: Resource) -> list[tuple[Programme, Use]]:
    """The programmes that use more than nothing of `resource`, in file order."""
    return [(p, use) for p in scenario.programmes if (use := p.uses.get(resource.id)) and use.in_each(1)]


def enough_of(scenario: Scenario, resource: Resource) -> Fraction:
    """An amount that no plan could use up in one period, whatever its classes [unit]."""
    most = Fraction(0)
    for programme, use in users_of(scenario, resource):
        people = sum(scenario.need(group, programme) for group in scenario.groups_in(programme.for_))
        most += use.in_each(1) * (1 if use.per == "programme" else people)
    return most


def days_of(scenario: Scenario, programme: Programme) -> tuple[Fraction, ...]:
    """Training days of one participant in each period of the run [days per participant].

    As listed in `days`; otherwise the total, spread evenly: `days`, or hours / hours_per_day.
    """
    days = programme.days
    if isinstance(days, tuple):
        return days
    whole = programme.hours / scenario.hours_per_day if days is None else days
    return (whole / programme.lasts,) * programme.lasts


def hours_counted(scenario: Scenario, programme: Programme, periods: Collection[str] | None) -> Mapping[str, Fraction]:
    """The hours of one participant that fall into `periods`, or into all, by the period of the start [JP].

    Hours are even over the run. Starts without any are left out.
    """
    starts = scenario.starts_of(programme) if programme.hours else ()
    if periods is None:
        return dict.fromkeys(starts, programme.hours)
    each = programme.hours / programme.lasts
    counted = {t: sum(period in periods for period in run_of(scenario, programme, t)) for t in starts}
    return {t: each * number for t, number in counted.items() if number}


def hours_by_year(scenario: Scenario, programme: Programme, start: str) -> Mapping[str, Fraction]:
    """The hours of one participant that fall into each year of a run, even over its periods [JP]."""
    if programme.lasts == 1:
        return {scenario.year_of[start]: programme.hours}
    hours: dict[str, Fraction] = {}
    for period in run_of(scenario, programme, start):
        year = scenario.year_of[period]
        hours[year] = hours.get(year, Fraction(0)) + programme.hours / programme.lasts
    return hours


def place_when_finished(scenario: Scenario, programme: Programme, start: str) -> int:
    """The place in the horizon of the first period in which a follow-up may start.

    That is the period after the last of the run; for a programme of one period it is that period itself.
    """
    return scenario.place_of_period[start] + (programme.lasts if programme.lasts > 1 else 0)


def released_days(scenario: Scenario, release: Fraction, headcount: int, period: str) -> Fraction:
    """release x headcount x working days of the period [person-days]."""
    return release * (headcount * scenario.working_days[period])
