"""What a plan loses against another: an interval, for each of them is proven only to a tolerance.

With v the gaps closed that a plan reaches (weighted, less penalties), and b what is proven that none exceeds:

    b(base) - v(other)  >=  what the best plan of the base loses  >=  v(base) - b(other)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.plans.plan import Plan


@dataclass(frozen=True)
class Loss:
    """Gaps lost from a base to another scenario that allows fewer plans."""

    found: Fraction
    """Between the plans found, weighted and less penalties; never below 0."""
    least: Fraction
    most: Fraction
    """Between the best plans, proven."""
    unweighted: Fraction
    """Between the plans found, unweighted; it may be below 0."""


def loss(base: Plan, other: Plan) -> Loss:
    """What `other` loses against `base`, where all plans of its scenario are plans of the base's too."""
    value, reached = base.gaps_level.value, other.gaps_level.value
    most = max(Fraction(0), base.gaps_ceiling - reached)
    least = min(most, max(Fraction(0), value - other.gaps_ceiling))
    unweighted = base.gaps_closed - other.gaps_closed
    if reached > value:  # found only now: the base would be as good
        return Loss(Fraction(0), Fraction(0), most, min(Fraction(0), unweighted))
    return Loss(min(most, value - reached), least, most, unweighted)
