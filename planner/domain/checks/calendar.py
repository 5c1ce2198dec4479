"""Periods and their working days: what a plan can use of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.domain.checks.problem import DomainProblem
from planner.domain.periods import Period, days_from_to
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.units.said import decimal_said

MOST_DAYS: Final = 366
"""Days of the longest year."""


def calendar_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield periods with more working days than a year has days, and periods with wrong days."""
    yield from _days(scenario)
    for position, entry in enumerate(scenario.periods or ()):
        if isinstance(entry, Period) and entry.working_days is not None and entry.working_days > MOST_DAYS:
            yield DomainProblem(
                ("periods", position, "working_days"),
                _("'{id}' has {days} working days; a year has {most} days.").format(
                    id=entry.id, days=decimal_said(entry.working_days), most=MOST_DAYS
                ),
                _("Lower working_days."),
            )


def _days(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield periods with only one of first and last day, in the wrong order or year, or overlapping an earlier
    period."""
    before = None
    for position, entry in enumerate(scenario.periods or ()):
        if not isinstance(entry, Period):
            continue
        if (entry.from_ is None) != (entry.to is None):
            missing = "to" if entry.to is None else "from"
            message = _("'{id}' has a first day or a last day, but not both.").format(id=entry.id)
            yield DomainProblem(("periods", position), message, _("Add '{key}'.").format(key=missing))
        days = days_from_to(entry)
        if days is None:
            continue
        year = scenario.year_of[entry.id]
        if days[1] < days[0]:
            message = _("'{id}' ends before it begins.").format(id=entry.id)
            yield DomainProblem(("periods", position, "to"), message, _("Check 'from' and 'to'."))
        elif len(year) == 4 and not days[0].year <= int(year) <= days[1].year:
            message = _("'{id}' belongs to {year}, but none of its days is in that year.").format(
                id=entry.id, year=year
            )
            yield DomainProblem(("periods", position, "from"), message, _("Check 'from', 'to' and 'year'."))
        elif before is not None and days[0] <= before:
            message = _("'{id}' begins before an earlier period has ended.").format(id=entry.id)
            yield DomainProblem(("periods", position, "from"), message, _("Periods follow one another in time."))
        before = max(days[1], before or days[1])
