"""The days on which classes are held, where they are fixed: what a scenario says of them, and for which period.

Dates change no plan. The classes that a plan starts in a period get the dates whose first day lies in it, the earliest
first; what has no date is held on days that the organiser sets within the period.
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
        """Days from the first to the last, with both [calendar days]."""
        return (self.last - self.first).days + 1


def _days(value: Any) -> Days:
    """The days of a class as a file writes them; raises where they are none."""
    try:
        return value if isinstance(value, Days) else Days(*read_days(value))
    except ValueError as error:
        raise PydanticCustomError("planner", "{sentence}", {"sentence": str(error)}) from None


def _written(days: Days) -> str:
    """The days as a resolved scenario has them."""
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
"""The days of each class whose days are fixed, such as 5-7 April 2027."""


def period_of(scenario: Scenario, day: datetime.date) -> str | None:
    """The period that a day belongs to; None where no period says that it does."""
    for period, entry in zip(scenario.horizon, scenario.periods or scenario.horizon, strict=True):
        if (span := days_from_to(entry)) is not None and span[0] <= day <= span[1]:
            return period
    return None


def dates_by_period(scenario: Scenario, programme: Programme) -> dict[str, list[Days]]:
    """The days of the classes that start in each period, in order of time."""
    found: dict[str, list[Days]] = defaultdict(list)
    for days in sorted(programme.dates):
        if (period := period_of(scenario, days.first)) is not None:
            found[period].append(days)
    return found
