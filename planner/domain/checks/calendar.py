"""Periods and their working days: what a plan can use of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.domain.checks.problem import DomainProblem
from planner.domain.periods import Period
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.units import decimal_text

MOST_DAYS: Final = 366
"""Days of the longest year."""


def calendar_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Periods with more working days than a year has days."""
    for position, entry in enumerate(scenario.periods or ()):
        if isinstance(entry, Period) and entry.working_days is not None and entry.working_days > MOST_DAYS:
            yield DomainProblem(
                ("periods", position, "working_days"),
                _("'{id}' has {days} working days; a year has {most} days.").format(
                    id=entry.id, days=decimal_text(entry.working_days), most=MOST_DAYS
                ),
                _("Lower working_days."),
            )
