"""A plan read back from plan.json, with its gaps as the decimals that were stored.

plan.json holds gaps as the nearest float. Reports and comparisons need the decimal number that the float stands
for: 22.2 and not the nearest binary fraction.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from planner.plans.plan import Plan

_LONGEST_EXACT: Final = 2**20
"""Binary fractions with a larger denominator come from floats, not from shares of people."""


def as_written(plan: Plan) -> Plan:
    """Return `plan` with every fraction that came from a float as the shortest decimal that the float stands for."""
    if not any(_from_float(closing.closed) for closing in plan.closings):
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


def _from_float(value: Fraction) -> bool:
    """Return whether the denominator is a power of two too large for a share of people."""
    return value.denominator > _LONGEST_EXACT and value.denominator & (value.denominator - 1) == 0


def _decimal(value: Fraction) -> Fraction:
    return Fraction(repr(float(value))) if _from_float(value) else value
