"""How certain the number of gaps closed is, when every participant succeeds or not independently.

"Gaps closed" is an expectation: a participant closes a gap with the chance `closes`. This range says how far the
outcome may be from it by chance alone; `planner sure` covers chances or willingness other than assumed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Final

from planner.plans.measures import Measures

DEVIATIONS: Final = Fraction(1645, 1000)
"""Standard deviations on either side within which a normal outcome lies with 90%."""

PRECISION: Final = 10**6
"""The standard deviation is rounded up to 1 / PRECISION [gaps]."""


@dataclass(frozen=True, slots=True)
class LikelyRange:
    """The range in which the gaps closed lie with 90% probability [people], widened to whole gaps."""

    low: int
    high: int
    deviation: Fraction
    """One standard deviation [gaps]."""


def likely_range(measures: Measures) -> LikelyRange:
    """Return expected +- 1.645 standard deviations, not below what was measured already nor above the need.

    The outcome is a sum of many independent successes, so it is nearly normal; the variance is exact.
    """
    scenario, plan = measures.scenario, measures.plan
    deviation = _root(variance(measures))
    low, high = plan.gaps_closed - DEVIATIONS * deviation, plan.gaps_closed + DEVIATIONS * deviation
    certain = sum(scenario.facts.measured.values(), Fraction(0))
    return LikelyRange(max(floor(certain), floor(low)), min(plan.total_need, ceil(high)), deviation)


def variance(measures: Measures) -> Fraction:
    """Return the variance of the gaps closed, exactly: sum of closes x (1 - closes) x u [gaps squared].

    u[g,p,c] are the participants of g in p whose gap in c has its one chance there (chances.py).
    """
    tried: dict[Fraction, Fraction] = defaultdict(Fraction)
    for (_g, p, c), people in measures.chances.items():
        tried[measures.scenario.programme[p].closes[c]] += people
    return sum((closes * (1 - closes) * people for closes, people in tried.items()), Fraction(0))


def _root(square: Fraction) -> Fraction:
    """Return the square root, rounded up to 1 / PRECISION, so that the range is never too narrow."""
    scaled = ceil(square * PRECISION**2)
    return Fraction(isqrt(scaled - 1) + 1, PRECISION) if scaled else Fraction(0)
