"""The days on which classes are held, where a scenario fixes them, and the period that each belongs to.

Dates change no plan. The classes that a plan starts in a period get the dates whose first day lies in it, earliest
first; the organiser sets the days of the other classes within the period.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.base import as_tuple
from planner.domain.periods import days_from_to
from planner.units.dates import read_days

if TYPE_CHECKING:
    from planner.domain.programmes import Programme
    from planner.domain.scenario import Scenario


class Days(NamedTuple):
    """The first and the last day of a class."""

    first: datetime.date
    last: datetime.date

    @property
    def number(self) -> int:
        """Days from the first to the last, both included [calendar days]."""
        return (self.last - self.first).days + 1


def _days(value: Any) -> Days:
    """Return the days of a class as a file writes them; ValueError where they are not days."""
    try:
        return value if isinstance(value, Days) else Days(*read_days(value))
    except ValueError as error:
        raise PydanticCustomError("planner", "{sentence}", {"sentence": str(error)}) from None


def _written(days: Days) -> str:
    """Return the days as a resolved scenario writes them."""
    return days.first.isoformat() if days.first == days.last else f"{days.first}/{days.last}"


ClassDates = Annotated[
    tuple[
        Annotated[
            Days, PlainValidator(_days), PlainSerializer(_written, return_type=str), WithJsonSchema({"type": "string"})
        ],
        ...,
    ],
    BeforeValidator(as_tuple),
]
"""The days of the classes of a programme that are fixed, such as 5-7 April 2027."""


def period_of(scenario: Scenario, day: datetime.date) -> str | None:
    """Return the period that a day belongs to; None where no period includes it."""
    for period, entry in zip(scenario.horizon, scenario.periods or scenario.horizon, strict=True):
        if (span := days_from_to(entry)) is not None and span[0] <= day <= span[1]:
            return period
    return None


def dates_by_period(scenario: Scenario, programme: Programme) -> dict[str, list[Days]]:
    """Return the days of the classes that start in each period, in order of time."""
    found: dict[str, list[Days]] = defaultdict(list)
    for days in sorted(programme.dates):
        if (period := period_of(scenario, days.first)) is not None:
            found[period].append(days)
    return found
