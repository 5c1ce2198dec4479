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

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from planner.proof.exact_model import ExactModel, Number
from planner.proof.relaxation import Hint, Relaxation

DIGITS: Final = 50
"""Binary digits behind the point of multipliers and coefficients."""

ONE: Final = 1 << DIGITS

OF_BOUND: Final = 32
"""Binary digits behind the point of the bounds of columns."""

LEAST_PART: Final = ONE >> 7
"""Right-hand sides closer than this to a whole number give useless cuts."""

LENGTH: Final = 44
"""Binary digits of the largest coefficient of a cut that are kept."""

TINY: Final = 26
"""Binary digits below the largest coefficient from which a coefficient is left out and the side adjusted."""

HOLDS: Final = 1e-6
"""Relative distance from its side up to which a row counts as binding."""

OFF: Final = 0.02
"""A whole column must be at least this far from a whole number for its row of the basis to be tried."""

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
    made_of: dict[int, float]
    """The multiplier of each row that it is made of."""


def cuts(model: ExactModel, relaxation: Relaxation, hint: Hint, lower: list[Number], upper: list[Number]) -> list[Cut]:
    """Make cuts that the point of `hint` breaks and no whole point within the bounds does, the deepest first."""
    assert hint.point is not None
    maker = CutMaker(model, hint.point, lower, upper, relaxation.of_column.tolist())
    found: dict[tuple[tuple[int, int], ...], Cut] = {}
    for multipliers in relaxation.basis_rows(maker.off_columns()):
        cut = maker.cut(multipliers)
        if cut is not None and cut.depth > VIOLATED:
            found.setdefault(tuple(sorted(cut.terms.items())), cut)
    return sorted(found.values(), key=lambda cut: -cut.depth)


class CutMaker:
    """Makes cuts at one point.

    All arrays of whole numbers hold Python integers, so that nothing overflows. Bounds of columns are rounded outwards
    to fixed binary digits.
    """

    def __init__(
        self,
        model: ExactModel,
        point: NDArray[np.float64],
        lower: list[Number],
        upper: list[Number],
        size: Sequence[float] = (),
    ) -> None:
        self.point = np.asarray(point)
        self.size = np.array(size) if len(size) else np.ones(len(upper))
        self.whole = np.array(model.whole, dtype=np.bool_)
        self.lower = _objects([_fixed(side) for side in lower])
        self.upper = _objects([-_fixed(-side) for side in upper])
        self._low, self._high = _floats(lower), _floats(upper)
        self.starts, self.columns = np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self.values, self._factors = _objects(()), np.zeros(0)
        self._learn(model)

    def at(self, model: ExactModel, point: NDArray[np.float64]) -> Self:
        """Return self, ready to make cuts of `model`, which has further rows, at another point."""
        self.point = np.asarray(point)
        self._learn(model)
        return self

    def _learn(self, model: ExactModel) -> None:
        """Take over the rows that are not known yet, and choose sides and ends at the point."""
        self.from_low = self.point - self._low <= self._high - self.point
        self.nearer = np.where(self.from_low, self.lower, self.upper)
        rows, known = len(self.starts), len(self.columns)
        self.starts = np.concatenate((self.starts, model.starts[rows:])).astype(np.int64)
        self.columns = np.concatenate((self.columns, model.indices[known:])).astype(np.int64)
        self.values = np.concatenate((self.values, _objects(model.values[known:])))
        self._factors = np.concatenate((self._factors, _floats(model.values[known:])))
        self.high_side, self.side = self._sides(model)
        parts = np.bincount(self._row_of, ~self.whole[self.columns], minlength=len(model.low))
        self.slack_whole = parts == 0

    def _sides(self, model: ExactModel) -> tuple[NDArray[np.bool_], NDArray[Any]]:
        """Return whether the high side of each row is used (the one nearer to the point), and that side."""
        self._row_of = np.repeat(np.arange(len(model.low)), np.diff(self.starts))
        reached = np.bincount(self._row_of, self._factors * self.point[self.columns], minlength=len(model.low))
        low = _floats([-np.inf if side is None else side for side in model.low])
        high = _floats([np.inf if side is None else side for side in model.high])
        at_high = np.abs(high - reached) <= np.abs(reached - low)
        sides = [one if chosen else other for chosen, one, other in zip(at_high, model.high, model.low, strict=True)]
        return at_high, _objects(sides)

    def off_columns(self) -> list[int]:
        """List whole columns with fractional values, the furthest from whole numbers first."""
        off = np.where(self.whole, np.abs(self.point - np.rint(self.point)), 0.0)
        order = np.argsort(-off, kind="stable")[:MOST_TRIED]
        return [int(column) for column in order if off[column] > OFF]

    def cut(self, multipliers: dict[int, float]) -> Cut | None:
        """Make the cut of these multipliers of the rows; None where it is useless."""
        given = [(row, round(multiplier * ONE)) for row, multiplier in multipliers.items()]
        rows = np.array([row for row, z in given if z], dtype=np.int64)
        z = _objects([z for _, z in given if z])
        if not len(rows):
            return None
        lengths = self.starts[rows + 1] - self.starts[rows]
        places = np.repeat(self.starts[rows] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        order = np.argsort(self.columns[places], kind="stable")
        places, of_row = places[order], np.repeat(np.arange(len(rows)), lengths)[order]
        columns = self.columns[places]
        begins = np.flatnonzero(np.diff(columns, prepend=-1))
        columns, values = columns[begins], self.values[places]

        def summed(weights: NDArray[Any]) -> NDArray[Any]:
            return np.add.reduceat(values * weights[of_row], begins)

        factors, nearer, from_low = summed(z), self.nearer[columns], self.from_low[columns]
        b = (z * self.side[rows]).sum() - ((factors * nearer).sum() >> OF_BOUND)  # so that the row stays true
        part = b & (ONE - 1)
        if not LEAST_PART < part < ONE - LEAST_PART:
            return None
        rounded = _rounded(np.where(from_low, factors, -factors), self.whole[columns], part)
        terms = np.where(from_low, rounded, -rounded)
        at_high = self.high_side[rows]
        slacks = _rounded(np.where(at_high, z, -z), self.slack_whole[rows], part)
        slacks = np.where(at_high, -slacks, slacks)  # s = high - a x, or a x - low
        high = ((b >> DIGITS) << DIGITS) + (slacks * self.side[rows]).sum() - (-(terms * nearer).sum() >> OF_BOUND)
        return self._finished(columns, terms + summed(slacks), high, multipliers)

    def _finished(
        self, columns: NDArray[np.int64], terms: NDArray[Any], high: int, made_of: dict[int, float]
    ) -> Cut | None:
        """Shorten the coefficients and drop tiny ones such that the row still holds."""
        sizes = np.abs(terms)
        largest = sizes.max()
        if not largest:
            return None
        shift = max(0, largest.bit_length() - LENGTH)
        tiny = (sizes <= largest >> TINY).astype(bool)
        kept = np.where(tiny, 0, terms >> shift)
        left = terms - (kept << shift)  # c x >= c times the bound that makes it least
        least = np.where((left > 0).astype(bool), self.lower[columns], self.upper[columns])
        bound = -((-high + ((left * least).sum() >> OF_BOUND)) >> shift)
        there = kept.astype(bool)
        columns, kept = columns[there], kept[there]
        if not len(columns):
            return None
        factors = kept.astype(np.float64)
        reached, size = factors @ self.point[columns], np.linalg.norm(factors * self.size[columns])
        coefficients = dict(zip(columns.tolist(), kept.tolist(), strict=True))
        return Cut(coefficients, bound, float((reached - bound) / size), made_of)


def _rounded(c: NDArray[Any], whole: NDArray[np.bool_], part: int) -> NDArray[Any]:
    """Return the coefficients of the rounded row, rounded down.

    floor(c) + max(0, fraction of c - f0) / (1 - f0) where a variable is whole, min(0, c) / (1 - f0) elsewhere.
    """
    rest = ONE - part
    beyond = np.maximum((c & (ONE - 1)) - part, 0)
    of_whole: NDArray[Any] = ((c >> DIGITS) << DIGITS) + (beyond << DIGITS) // rest
    return np.where(whole, of_whole, (np.minimum(c, 0) << DIGITS) // rest)


def _fixed(side: Number) -> int:
    """Return `side` in units of 2^-OF_BOUND, rounded down."""
    return side << OF_BOUND if type(side) is int else (side * (1 << OF_BOUND)).__floor__()


def _floats(numbers: Sequence[Number | float]) -> NDArray[np.float64]:
    return np.array(numbers, dtype=np.float64)


def _objects(numbers: Sequence[int | None]) -> NDArray[Any]:
    """Return an array of Python integers."""
    made = np.empty(len(numbers), dtype=object)
    made[:] = numbers
    return made


def binding(model: ExactModel, first: int, point: NDArray[np.float64]) -> list[int]:
    """Return the rows from `first` on, each with an upper side alone, that hold with equality in a point."""
    found = []
    for row in range(first, len(model.low)):
        high = model.high[row]
        assert high is not None
        reached = sum(value * float(point[column]) for column, value in model.terms(row))
        if abs(high - reached) <= HOLDS * max(1.0, abs(reached)):
            found.append(row)
    return found


def with_cuts(
    plain: ExactModel, model: ExactModel, found: Sequence[Cut], point: NDArray[np.float64]
) -> tuple[ExactModel, list[int]]:
    """Return `plain` with those cuts of `model` that hold with equality in `point` and those `found`, and the rows
    kept."""
    cut, first = plain.copy(), len(plain.low)
    kept = [*range(first), *binding(model, first, point)]
    for row in kept[first:]:
        cut.row(model.terms(row), high=model.high[row])
    for each in found:
        cut.row(each.terms.items(), high=each.high)
    return cut, kept
