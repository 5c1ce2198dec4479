"""Claims of optimality: three kinds, and which one the bounds of a level justify."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import inf, isfinite, nextafter
from typing import Final

from planner.units.tolerance import SOLVER_TOLERANCE

ROUNDING: Final = Fraction(1, 2**50)
"""Relative difference caused by storing exact numbers as floats."""


class Claim(StrEnum):
    """Evidence that no plan is better by more than the tolerance."""

    PROVEN = "proven"
    """Exact arithmetic confirms it, in code that relies on no solver."""
    AGREED = "agreed"
    """Two searches that work differently reach the same bound."""
    CLAIMED = "claimed"
    """Neither: the plan is the best found; the exact bound limits how much more is possible."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a level of the objective, valid for plans that do as well in the levels above.

    Both are in the scenario's units; None where there is no bound.
    """

    exact: float | None = None
    """Confirmed in exact arithmetic."""
    agreed: float | None = None
    """Found by two searches independently."""
    above: tuple[Fraction, ...] = ()
    """The values of the levels above; the bounds do not apply to plans that do worse there."""

    def nearest(self, *, upper: bool) -> float | None:
        """Return the tighter of the two bounds."""
        return _tightest((self.exact, self.agreed), upper)


def tightest(known: Iterable[Bounds], *, upper: bool) -> Bounds:
    """Combine several bounds of one quantity; upper bounds if `upper`."""
    several = list(known)
    return Bounds(_tightest((b.exact for b in several), upper), _tightest((b.agreed for b in several), upper))


def _tightest(bounds: Iterable[float | None], upper: bool) -> float | None:
    """Return the least of the bounds from above, the largest of those from below."""
    return (min if upper else max)((bound for bound in bounds if bound is not None), default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """The bound stated for a level, the exact bound, and the claim that they justify."""

    bound: float | None
    exact_bound: float | None
    claim: Claim


def standing(value: Fraction, known: Bounds, *, upper: bool, allowed: Fraction) -> Standing:
    """Judge `value` by its `known` bounds, from above (`upper`) or from below.

    It is proven, or agreed, where the bound is no further away than `allowed`.

    Raises ArithmeticError where the value exceeds a bound that was confirmed exactly: then one of the two is wrong.
    """
    stated, exact = float(value), known.exact
    size = max(1.0, abs(stated))
    if exact is not None:
        if _beyond(value, Fraction(exact), upper) > ROUNDING * Fraction(size):
            raise ArithmeticError(f"the value {stated!r} passes the bound {exact!r}")
        if _beyond(value, Fraction(exact), upper) > 0:
            exact = stated
        if abs(exact - stated) <= allowed:
            return Standing(exact, exact, Claim.PROVEN)
    agreed = known.agreed
    if agreed is not None and isfinite(agreed) and _beyond(value, Fraction(agreed), upper) <= SOLVER_TOLERANCE * size:
        agreed = stated if _beyond(value, Fraction(agreed), upper) > 0 else agreed
        if abs(agreed - stated) <= allowed:
            return Standing(agreed, exact, Claim.AGREED)
    return Standing(exact, exact, Claim.CLAIMED)


def as_float(bound: Fraction, value: Fraction, *, upper: bool) -> float:
    """Return an exact bound as the float that states it: that of `value` where they are equal, else rounded away from
    it."""
    return float(value) if bound == value else outward(bound, upper=upper)


def outward(bound: Fraction, *, upper: bool) -> float:
    """Return the float nearest to `bound` that is not below it (`upper`), or not above it."""
    near = float(bound)
    inside = _beyond(bound, Fraction(near), upper) > 0
    return nextafter(near, inf if upper else -inf) if inside else near


def _beyond(value: Fraction, bound: Fraction, upper: bool) -> Fraction:
    """Return by how much a value lies beyond a bound."""
    return value - bound if upper else bound - value
