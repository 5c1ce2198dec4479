"""The limits within which assumptions may turn out otherwise, and the worst case within them: a corner, where all are
at a limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema

from planner.analysis.scenarios.assumptions import with_effectiveness, with_willingness
from planner.analysis.scenarios.scaling import with_prices
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.units.numbers import refuse_two_readings

BETWEEN: Final = ".."
MOST: Final = 10
"""Largest factor."""


@dataclass(frozen=True, slots=True)
class Span:
    """Factors from `low` to `high` by which an assumption is multiplied."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Corner:
    """The factors at the worst corner: effectiveness and willingness at their lowest, prices at their highest.

    Nothing that a plan does closes more there than elsewhere within the limits, or costs less for the same people.
    """

    closes: Fraction
    uptake: Fraction
    prices: Fraction

    def of(self, scenario: Scenario) -> Scenario:
        """Return `scenario` as it is at this corner."""
        dearer = with_prices(scenario, self.prices) if self.prices != 1 else scenario
        return with_willingness(with_effectiveness(dearer, self.closes), self.uptake)


def worst_corner(closes: Span, uptake: Span, prices: Span) -> Corner:
    return Corner(closes.low, uptake.low, prices.high)


def read_span(value: object) -> Span:
    """Return the span that a text such as 0.9..1, 90%..110% or 0.9 states. Raise ValueError if none."""
    if isinstance(value, Span):
        return value
    factors = [_factor(part) for part in str(value).split(BETWEEN)]
    known = [factor for factor in factors if factor is not None]
    if len(factors) > 2 or len(known) < len(factors):
        raise ValueError(
            _("{text!r} is no range of factors. Write the lowest and the highest: 0.9..1, or 90%..110%.").format(
                text=str(value)
            )
        )
    low, high = known[0], known[-1]
    if not 0 < low <= high <= MOST:
        raise ValueError(
            _("{text!r}: factors go from more than 0 to {most}, the lowest first.").format(text=str(value), most=MOST)
        )
    return Span(low, high)


def _factor(text: str) -> Fraction | None:
    number, percent = text.strip().replace(",", "."), False
    if number.endswith("%"):
        number, percent = number[:-1].strip(), True
    try:
        read = Decimal(number)
    except InvalidOperation:
        return None
    if not read.is_finite() or read.adjusted() > 6 or read.adjusted() < -6:
        return None
    refuse_two_readings(read, text.strip(), "%" if percent else "")
    return Fraction(read) / (100 if percent else 1)


Factors = Annotated[Span, BeforeValidator(read_span), WithJsonSchema({"type": "string", "format": "span"})]
"""A range of factors: 0.9..1."""
