"""When a course that starts in some period runs and ends, and how its hours and days fall into periods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.domain.programmes import Programme
from planner.domain.resources import Resource, Use

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario


def run_of(scenario: Scenario, programme: Programme, start: str) -> tuple[str, ...]:
    """Return the periods in which a course that starts in `start` runs: `lasts` of them, `start` included.

    Those beyond the horizon are left out; `Scenario.periods_of` offers no such start.
    """
    first = scenario.place_of_period[start]
    return scenario.horizon[first : first + programme.lasts]


def year_of_end(scenario: Scenario, programme: Programme, start: str) -> str:
    """Return the year in which a course that starts in `start` ends: it closes gaps in that year."""
    return scenario.year_of[run_of(scenario, programme, start)[-1]]


def starts_running_in(scenario: Scenario, programme: Programme, period: str) -> Iterator[tuple[str, int]]:
    """Yield (start, number of periods of the run) for each start of `programme` that runs in `period`."""
    for start in scenario.starts_of(programme):
        run = run_of(scenario, programme, start)
        if period in run:
            yield start, len(run)


def users_of(scenario: Scenario, resource: Resource) -> list[tuple[Programme, Use]]:
    """Return the programmes that use some of `resource`, with their use, in file order."""
    return [(p, use) for p in scenario.programmes if (use := p.uses.get(resource.id)) and use.in_each(1)]


def enough_of(scenario: Scenario, resource: Resource) -> Fraction:
    """Return an amount that no plan can exceed in one period, whatever its classes [unit]."""
    most = Fraction(0)
    for programme, use in users_of(scenario, resource):
        people = sum(scenario.need(group, programme) for group in scenario.groups_in(programme.for_))
        most += use.in_each(1) * (1 if use.per == "programme" else people)
    return most


def days_of(scenario: Scenario, programme: Programme) -> tuple[Fraction, ...]:
    """Return the training days of one participant in each period of the run [days per participant].

    As listed in `days`; otherwise the total, spread evenly: `days`, or hours / hours_per_day.
    """
    days = programme.days
    if isinstance(days, tuple):
        return days
    whole = programme.hours / scenario.hours_per_day if days is None else days
    return (whole / programme.lasts,) * programme.lasts


def hours_counted(scenario: Scenario, programme: Programme, periods: Collection[str] | None) -> Mapping[str, Fraction]:
    """Return the hours of one participant that fall into `periods` (None: all), by the period of the start [JP].

    Hours are spread evenly over the run. Starts without any are left out.
    """
    starts = scenario.starts_of(programme) if programme.hours else ()
    if periods is None:
        return dict.fromkeys(starts, programme.hours)
    each = programme.hours / programme.lasts
    counted = {t: sum(period in periods for period in run_of(scenario, programme, t)) for t in starts}
    return {t: each * number for t, number in counted.items() if number}


def hours_by_year(scenario: Scenario, programme: Programme, start: str) -> Mapping[str, Fraction]:
    """Return the hours of one participant in each year of a run, spread evenly over its periods [JP]."""
    if programme.lasts == 1:
        return {scenario.year_of[start]: programme.hours}
    hours: dict[str, Fraction] = {}
    for period in run_of(scenario, programme, start):
        year = scenario.year_of[period]
        hours[year] = hours.get(year, Fraction(0)) + programme.hours / programme.lasts
    return hours


def place_when_finished(scenario: Scenario, programme: Programme, start: str) -> int:
    """Return the place in the horizon of the first period in which a follow-up may start.

    That is the period after the last of the run; for a programme of one period it is that period itself.
    """
    return scenario.place_of_period[start] + (programme.lasts if programme.lasts > 1 else 0)


def people_released(scenario: Scenario, release: Fraction, headcount: int, period: str, days: Fraction) -> int:
    """Return how many people can be away for so many `days` each within the released days of a period [people]."""
    share, most = release.numerator * headcount * days.denominator, scenario.working_days[period]
    return share * most.numerator // (release.denominator * most.denominator * days.numerator)


def released_days(scenario: Scenario, release: Fraction, headcount: int, period: str) -> Fraction:
    """Return release x headcount x working days of the period [person-days]."""
    return release * (headcount * scenario.working_days[period])
