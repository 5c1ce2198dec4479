"""What a plan may claim of itself, and on what grounds: three kinds, and what each level's bounds allow to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import inf, isfinite, nextafter
from typing import Final

TOLERANCE: Final = 1e-5
"""Relative difference that a solver's tolerances may make; a bound of a solver that a plan passes by more is wrong."""

ROUNDING: Final = Fraction(1, 2**50)
"""Relative difference that comes of writing exact numbers as floats."""


class Claim(StrEnum):
    """How sure it is that no plan is better by more than the tolerance asked for."""

    PROVEN = "proven"
    """Exact arithmetic confirms it, by code that trusts no solver."""
    AGREED = "agreed"
    """Two searches that work differently have each come to it, and neither contradicts the other."""
    CLAIMED = "claimed"
    """Neither: the plan is the best found, and what exact arithmetic confirms says how much more there could be."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of a level of the objective: no plan that does as well in those above does better than this.

    Both are in the scenario's units; None where nothing is known.
    """

    exact: float | None = None
    """Confirmed in exact arithmetic."""
    agreed: float | None = None
    """Come to by two searches, of which neither counts alone."""
    above: tuple[Fraction, ...] = ()
    """The values of the levels above, as they are held: of a plan that does worse there this says nothing."""

    def nearest(self, *, upper: bool) -> float | None:
        """The tighter of the two, whichever way it is known."""
        return _tightest((self.exact, self.agreed), upper)


def tightest(known: Iterable[Bounds], *, upper: bool) -> Bounds:
    """What several bounds of one quantity tell together, those from above being `upper`."""
    several = list(known)
    return Bounds(_tightest((b.exact for b in several), upper), _tightest((b.agreed for b in several), upper))


def _tightest(bounds: Iterable[float | None], upper: bool) -> float | None:
    """The least of the bounds from above, the largest of those from below."""
    return (min if upper else max)((bound for bound in bounds if bound is not None), default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of a level's value: the bound stated, the one confirmed exactly, and the claim that they allow."""

    bound: float | None
    exact_bound: float | None
    claim: Claim


def standing(value: Fraction, known: Bounds, *, upper: bool, allowed: Fraction) -> Standing:
    """What may be said of `value`, where `known` bounds it from above (`upper`) or from below.

    It is proven, or agreed, where the bound is no further away than `allowed`.

    Raises ArithmeticError where the value passes a bound that was confirmed exactly: then one of the two is wrong.
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
    if agreed is not None and isfinite(agreed) and _beyond(value, Fraction(agreed), upper) <= TOLERANCE * size:
        agreed = stated if _beyond(value, Fraction(agreed), upper) > 0 else agreed
        if abs(agreed - stated) <= allowed:
            return Standing(agreed, exact, Claim.AGREED)
    return Standing(exact, exact, Claim.CLAIMED)


def as_float(bound: Fraction, value: Fraction, *, upper: bool) -> float:
    """An exact bound as the float that states it: that of `value` where they are equal, else rounded away from it."""
    return float(value) if bound == value else outward(bound, upper=upper)


def outward(bound: Fraction, *, upper: bool) -> float:
    """The float nearest to `bound` that is not below it (`upper`), or not above it."""
    near = float(bound)
    inside = _beyond(bound, Fraction(near), upper) > 0
    return nextafter(near, inf if upper else -inf) if inside else near


def _beyond(value: Fraction, bound: Fraction, upper: bool) -> Fraction:
    """By how much a value lies beyond a bound."""
    return value - bound if upper else bound - value
