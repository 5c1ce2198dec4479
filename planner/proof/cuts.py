"""Cuts: rows that all whole points keep and a fractional point breaks, made from the basis of a relaxation.

Whatever multipliers z the rows `low <= a x <= high` are given, with a slack s >= 0 for the side that is taken,

    sum over rows of z_i * (a_i x +- s_i)  =  sum of z_i * side_i

holds. Shifted to variables that are at least 0 (from the nearer bound) and written as sum of c_j u_j <= b, whole
numbers keep as well (mixed-integer rounding; Gomory 1960, Nemhauser and Wolsey 1990), with f0 = fraction of b,

    sum over whole u_j of (floor(c_j) + max(0, fraction of c_j - f0) / (1 - f0)) * u_j
      + sum over other u_j of min(0, c_j) / (1 - f0) * u_j   <=   floor(b)

The multipliers come from the solver's basis, in floats; everything after that is done in integers at fixed binary
digits, each coefficient rounded down and each right-hand side up, so that the row holds for every point of the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.proof.exact_model import ExactModel, Number
from planner.proof.relaxation import Hint, Relaxation

DIGITS: Final = 50
"""Binary digits behind the point of multipliers and coefficients."""

ONE: Final = 1 << DIGITS
LEAST_PART: Final = ONE >> 7
"""Right-hand sides nearer than this to a whole number give useless cuts."""

LENGTH: Final = 44
"""Binary digits of the largest coefficient of a cut that are kept."""

TINY: Final = 26
"""Binary digits below the largest coefficient from which a coefficient is left out and the side adjusted."""

OFF: Final = 0.02
"""How far a whole column must be from a whole number for its row of the basis to be tried."""

MOST_TRIED: Final = 200
"""Most rows of the basis that are tried, the columns furthest from whole numbers first."""

VIOLATED: Final = 1e-4
"""Distance by which a cut must pass the point that it cuts off."""


@dataclass(frozen=True)
class Cut:
    """A row sum of coefficient x column <= high."""

    terms: dict[int, int]
    high: int
    depth: float
    """Distance by which it cuts off the point of the relaxation."""


def cuts(model: ExactModel, relaxation: Relaxation, hint: Hint, lower: list[Number], upper: list[Number]) -> list[Cut]:
    """Make cuts that the point of `hint` breaks and no whole point within the bounds does, the deepest first."""
    assert hint.point is not None
    maker = _Maker(model, hint, lower, upper, relaxation.of_column.tolist())
    found: dict[tuple[tuple[int, int], ...], Cut] = {}
    for multipliers in relaxation.basis_rows(maker.off_columns()):
        cut = maker.cut(multipliers)
        if cut is not None and cut.depth > VIOLATED:
            found.setdefault(tuple(sorted(cut.terms.items())), cut)
    return sorted(found.values(), key=lambda cut: -cut.depth)


class _Maker:
    """Makes cuts at one point."""

    def __init__(
        self, model: ExactModel, hint: Hint, lower: list[Number], upper: list[Number], size: list[float]
    ) -> None:
        assert hint.point is not None
        self.model, self.lower, self.upper, self.size = model, lower, upper, size
        self.point = hint.point.tolist()
        self._rows: dict[int, tuple[list[int], list[int], bool, bool]] = {}

    def off_columns(self) -> list[int]:
        """List whole columns with fractional values, the furthest from whole numbers first."""
        values = np.array(self.point)
        off = np.where(np.array(self.model.whole), np.abs(values - np.rint(values)), 0.0)
        order = np.argsort(-off, kind="stable")[:MOST_TRIED]
        return [int(column) for column in order if off[column] > OFF]

    def cut(self, multipliers: dict[int, float]) -> Cut | None:
        """Make the cut of these multipliers of the rows; None where it is useless."""
        factors: dict[int, int] = {}
        slacks: list[tuple[int, int, bool]] = []
        b = 0
        for row, multiplier in multipliers.items():
            z = round(multiplier * ONE)
            if not z:
                continue
            columns, values, _, at_high = self._row(row)
            for column, value in zip(columns, values, strict=True):
                factors[column] = factors.get(column, 0) + z * value
            side = self.model.high[row] if at_high else self.model.low[row]
            assert side is not None
            b += z * side
            slacks.append((row, z if at_high else -z, at_high))
        shifted: list[tuple[int, int, bool]] = []
        over: Number = 0
        for column, factor in factors.items():
            if not factor:
                continue
            low, high = self.lower[column], self.upper[column]
            from_low = self.point[column] - float(low) <= float(high) - self.point[column]
            over += factor * (low if from_low else high)
            shifted.append((column, factor if from_low else -factor, from_low))
        b -= over.__floor__()  # rounded so that the row stays true: less is taken away
        part = b & (ONE - 1)
        if not LEAST_PART < part < ONE - LEAST_PART:
            return None
        return self._rounded(shifted, slacks, (b >> DIGITS) << DIGITS, part)

    def _rounded(
        self, shifted: list[tuple[int, int, bool]], slacks: list[tuple[int, int, bool]], high: int, part: int
    ) -> Cut | None:
        """Write the rounded row in terms of the columns."""
        terms: dict[int, int] = {}
        sides: Number = high
        for column, c, from_low in shifted:
            rounded = _round_whole(c, part) if self.model.whole[column] else _round_other(c, part)
            if rounded:
                terms[column] = terms.get(column, 0) + (rounded if from_low else -rounded)
                sides += rounded * self.lower[column] if from_low else -rounded * self.upper[column]
        for row, c, at_high in slacks:
            columns, values, whole, _ = self._row(row)
            rounded = _round_whole(c, part) if whole else _round_other(c, part)
            if not rounded:
                continue
            side = self.model.high[row] if at_high else self.model.low[row]
            assert side is not None
            sign = -1 if at_high else 1  # s = high - a x, or a x - low
            sides += sign * rounded * side
            for column, value in zip(columns, values, strict=True):
                terms[column] = terms.get(column, 0) + sign * rounded * value
        return self._finished(terms, -((-sides).__floor__()))

    def _finished(self, terms: dict[int, int], high: int) -> Cut | None:
        """Shorten the coefficients and drop tiny ones, so that the row still holds."""
        largest = max(map(abs, terms.values()), default=0)
        if not largest:
            return None
        least = largest >> TINY
        shift = max(0, largest.bit_length() - LENGTH)
        kept: dict[int, int] = {}
        more: Number = 0
        for column, c in terms.items():
            if abs(c) <= least:  # c x >= c times the bound that makes it least
                more -= c * (self.lower[column] if c > 0 else self.upper[column])
            elif c >> shift:
                kept[column] = c >> shift
                more += ((c >> shift << shift) - c) * self.lower[column]
            else:
                more -= c * self.lower[column]
        total = -((-(high + more)).__floor__())
        bound = -(-total >> shift)
        reached = sum(c * self.point[column] for column, c in kept.items())
        size = sum((c * self.size[column]) ** 2 for column, c in kept.items()) ** 0.5
        return Cut(kept, bound, (reached - bound) / size) if kept else None

    def _row(self, row: int) -> tuple[list[int], list[int], bool, bool]:
        """Return columns and coefficients of a row, whether its slack is whole, and whether its high side is used."""
        known = self._rows.get(row)
        if known is None:
            model = self.model
            columns = model.indices[model.starts[row] : model.starts[row + 1]]
            values = model.values[model.starts[row] : model.starts[row + 1]]
            low, high = model.low[row], model.high[row]
            reached = sum(value * self.point[column] for column, value in zip(columns, values, strict=True))
            at_high = low is None or (high is not None and abs(high - reached) <= abs(reached - low))
            known = self._rows[row] = columns, values, all(map(model.whole.__getitem__, columns)), at_high
        return known


def _round_whole(c: int, part: int) -> int:
    """floor(c) + max(0, fraction of c - f0) / (1 - f0), rounded down."""
    beyond = (c & (ONE - 1)) - part
    return ((c >> DIGITS) << DIGITS) + ((beyond << DIGITS) // (ONE - part) if beyond > 0 else 0)


def _round_other(c: int, part: int) -> int:
    """min(0, c) / (1 - f0), rounded down."""
    return (c << DIGITS) // (ONE - part) if c < 0 else 0
