"""A plan read back from plan.json, with its gaps as the decimals that were stored.

plan.json holds gaps as the nearest float. Reports and comparisons need the decimal number that the float stands
for: 22.2 and not the nearest binary fraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final

from planner.plans.plan import Plan

_LONGEST_EXACT: Final = 2**20
"""Binary fractions with a larger denominator come from floats, not from shares of people."""


def as_written(plan: Plan) -> Plan:
    """Return `plan` with every fraction that came from a float as the shortest decimal that the float stands for."""
    if not any(map(_from_float, _figures(plan))):
        return plan
    return replace(
        plan,
        gaps_closed=_decimal(plan.gaps_closed),
        weighted_gaps_closed=_decimal(plan.weighted_gaps_closed),
        closings=tuple(replace(closing, closed=_decimal(closing.closed)) for closing in plan.closings),
        years=tuple(replace(year, closed=_decimal(year.closed)) for year in plan.years),
        rules=tuple(
            replace(
                rule,
                measure=_decimal(rule.measure),
                at_least=None if rule.at_least is None else _decimal(rule.at_least),
                at_most=None if rule.at_most is None else _decimal(rule.at_most),
            )
            for rule in plan.rules
        ),
        objective=tuple(replace(level, value=_decimal(level.value)) for level in plan.objective),
    )


def _figures(plan: Plan) -> Iterator[Fraction]:
    """Yield the figures that may come from floats; also a plan of whole gaps has shares and weights of them."""
    yield plan.gaps_closed
    yield plan.weighted_gaps_closed
    yield from (closing.closed for closing in plan.closings)
    yield from (level.value for level in plan.objective)
    for rule in plan.rules:
        yield from (figure for figure in (rule.measure, rule.at_least, rule.at_most) if figure is not None)


def _from_float(value: Fraction) -> bool:
    """Return whether the denominator is a power of two too large for a share of people."""
    return value.denominator > _LONGEST_EXACT and value.denominator & (value.denominator - 1) == 0


def _decimal(value: Fraction) -> Fraction:
    return Fraction(repr(float(value))) if _from_float(value) else value
