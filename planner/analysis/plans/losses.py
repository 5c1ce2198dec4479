"""The loss of gaps closed from one scenario to a stricter one, as an interval, because plans have a proven tolerance.

With v the gaps closed of a plan (weighted, less penalties) and b its proven upper bound:

    b(base) - v(other)  >=  loss between the best plans  >=  v(base) - b(other)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.plans.plan import Plan


@dataclass(frozen=True)
class Loss:
    """Gaps closed that are lost from a base to a scenario that allows fewer plans [weighted gaps, less penalties]."""

    found: Fraction
    """Difference between the plans found; never negative."""
    least: Fraction
    most: Fraction
    """Proven limits of the difference between the best plans."""
    unweighted: Fraction
    """Difference between the plans found in unweighted gaps; may be negative."""


def loss(base: Plan, other: Plan) -> Loss:
    """Return the loss of `other` against `base`; every plan of its scenario must be feasible for the base's."""
    value, reached = base.gaps_level.value, other.gaps_level.value
    most = max(Fraction(0), base.gaps_ceiling - reached)
    least = min(most, max(Fraction(0), value - other.gaps_ceiling))
    unweighted = base.gaps_closed - other.gaps_closed
    if reached > value:  # a better plan than the base was found, which is feasible for the base too
        return Loss(Fraction(0), Fraction(0), most, min(Fraction(0), unweighted))
    return Loss(min(most, value - reached), least, most, unweighted)
