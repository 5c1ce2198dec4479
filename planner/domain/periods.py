"""Periods of the horizon: a name, or a record that says how many working days it has."""

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AfterValidator, Discriminator, Field, Tag

from planner.domain.base import Count, Day, Name, Quantity, Record

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario

WORKING_DAYS_IN_YEAR: Final = 240
"""Working days of a year, divided among its periods where the scenario gives none [days]."""


class Period(Record):
    """One period of the horizon, with what a name alone does not say."""

    id: Name
    """Identifier, unique among periods."""
    year: Count | None = Field(default=None, ge=1900, le=2200)
    """Year it belongs to; the fiscal year when absent."""
    from_: Day | None = Field(default=None, alias="from")
    """First day; the calendar needs it."""
    to: Day | None = None
    """Last day; the calendar needs it."""
    working_days: Quantity | None = None
    """Working days of one person in it; 240 divided by the number of periods of the year when absent [days]."""


def _kind(value: Any) -> str:
    return "record" if isinstance(value, Mapping | Period) else "name"


def _shortest(entry: str | Period) -> str | Period:
    """Return a record that has only a name as that name, so that the same scenario has one fingerprint."""
    plain = isinstance(entry, Period) and {entry.year, entry.working_days, entry.from_, entry.to} == {None}
    return entry.id if plain and isinstance(entry, Period) else entry


PeriodEntry = Annotated[
    Annotated[Name, Tag("name")] | Annotated[Period, Tag("record")], Discriminator(_kind), AfterValidator(_shortest)
]
"""A period as a file writes it: its name, or a record."""


def period_id(entry: str | Period) -> str:
    """Return the id of a period."""
    return entry.id if isinstance(entry, Period) else entry


def period_year(entry: str | Period, fiscal_year: int | None) -> int | None:
    """Return the year of a period: its own, or the fiscal year; None where neither is given."""
    named = entry.year if isinstance(entry, Period) else None
    return fiscal_year if named is None else named


def days_in(entry: str | Period, periods_of_year: int) -> Fraction:
    """Return the working days of one person in a period [days]."""
    stated = entry.working_days if isinstance(entry, Period) else None
    return Fraction(WORKING_DAYS_IN_YEAR, periods_of_year) if stated is None else stated


def days_from_to(entry: str | Period) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of a period; None where they are not given."""
    if isinstance(entry, Period) and entry.from_ is not None and entry.to is not None:
        return entry.from_, entry.to
    return None


def has_days(scenario: "Scenario") -> bool:
    """Return whether any period has a first and a last day."""
    return any(days_from_to(entry) is not None for entry in scenario.periods or ())
