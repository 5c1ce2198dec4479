"""Lines of a derivation: rows that follow from rows of the model, each with the reason why.

A combination of rows with multipliers y is completed by bounds of columns to the row that is wanted (Neumaier and
Shcherbina 2004): what is left of a coefficient times the bound on its side. All numbers are Python integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from planner.proof.cuts import LENGTH
from planner.proof.exact_model import ExactModel, Number

Terms = Mapping[int, int]
"""Columns and coefficients of a row."""


@dataclass(frozen=True, eq=False)
class Line:
    """A row that was assumed or derived: terms <= side, or terms >= side for the upper branch of an assumption."""

    terms: Terms
    side: Number
    kind: Literal["asm", "lin", "rnd", "uns"]
    """asm: assumed; lin: a combination of rows; rnd: the same, rounded; uns: it holds on both sides of a branch."""
    parts: tuple[tuple[Source, int], ...] = ()
    """Rows and multipliers of a combination; the derived rows of the two branches, and what each assumed."""
    upper: bool = False
    """Whether it is a >= row."""
    digits: int = 0
    """Multipliers are in units of 2^-digits."""
    name: str = ""

    def divided(self, digits: int, *, whole: bool) -> Line:
        """Return this line divided by 2^digits, by which its coefficients are divisible.

        Over whole columns alone its side is rounded down; elsewhere up, to as many digits as give it LENGTH digits
        together with the largest coefficient, since a whole number would be too coarse beside small coefficients.
        """
        terms = {column: value >> digits for column, value in self.terms.items()}
        exact = Fraction(self.side) / (1 << digits)
        kept = 0 if whole else max(0, LENGTH - max(map(abs, terms.values()), default=0).bit_length())
        side: Number = floor(exact) if whole else Fraction(ceil(exact * (1 << kept)), 1 << kept)
        if side == floor(side):
            side = floor(side)
        return Line(terms, side, "rnd" if whole else "lin", ((self, 1),), digits=digits, name=self.name)

    @property
    def absurd(self) -> bool:
        """Whether it says 0 <= a negative number, so that no point keeps the rows it follows from."""
        return not self.terms and self.side < 0


Source = Line | int
"""A derived line, or the number of a row in the model of a certificate."""


@dataclass(frozen=True)
class Sided:
    """A row that may be combined: its sides, and the number of each."""

    terms: list[tuple[int, int]]
    low: Number | None
    high: Number | None
    at_low: Source = -1
    at_high: Source = -1


@dataclass(frozen=True)
class Within:
    """Bounds that branches have assumed, by column: value and assumption."""

    lower: Mapping[int, tuple[int, Line]] = field(default_factory=dict)
    upper: Mapping[int, tuple[int, Line]] = field(default_factory=dict)


EVERYWHERE: Final = Within()


@dataclass
class Completion:
    """Completes combinations by the bounds of a model's columns, whose rows come first: 2 j below, 2 j + 1 above."""

    model: ExactModel

    def line(
        self, terms: Terms, rows: Iterable[tuple[Sided, int]], within: Within = EVERYWHERE, name: str = ""
    ) -> Line:
        """Return the line with these terms that follows from rows with multipliers; positive ones use the upper
        side."""
        left = dict(terms)
        total: Number = 0
        parts: list[tuple[Source, int]] = []
        for row, y in rows:
            side = row.high if y > 0 else row.low
            if not y or side is None:
                continue
            total += y * side
            parts.append((row.at_high if y > 0 else row.at_low, y))
            for column, value in row.terms:
                left[column] = left.get(column, 0) - y * value
        bounds: Number = 0
        for column, d in left.items():
            if d:
                bound, source = self._bound(column, d > 0, within)
                bounds += d * bound
                parts.append((source, d))
        return Line(terms, ceil(total + bounds), "lin", tuple(parts), name=name)

    def _bound(self, column: int, above: bool, within: Within) -> tuple[Number, Source]:
        local = (within.upper if above else within.lower).get(column)
        if local is not None:
            return local
        return (self.model.upper if above else self.model.lower)[column], 2 * column + above


def split(name: str, sides: tuple[Line, Line], assumed: tuple[Line, Line]) -> Line:
    """Return what holds on both sides of a branch: the weaker of the two lines."""
    alive = [side for side in sides if not side.absurd] or [sides[0]]
    high = max(side.side for side in alive)
    pairs = ((sides[0], 0), (assumed[0], 0), (sides[1], 0), (assumed[1], 0))
    return Line(alive[0].terms, high, "uns", pairs, name=name)
