"""A mixed-integer programme in whole numbers: every coefficient and bound is exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Number = int | Fraction
Term = tuple[int, Number]
"""A column and its coefficient."""
About = tuple[str, ...]
"""The rule family of a row, and whom it is about: ids of groups, programmes, periods, funds, names of rules."""


@dataclass(frozen=True)
class IntegerRow:
    """A row as a model holds it."""

    indices: Sequence[int]
    values: Sequence[int]
    low: int | None
    high: int | None


@dataclass
class ExactModel:
    """Rows `low <= sum of coefficient x column <= high` over columns with finite bounds.

    Coefficients and sides of a row are integers: a row is multiplied out and divided by common factors when it is
    added. Bounds of columns may be fractions; those of whole columns are integers.
    """

    lower: list[Number] = field(default_factory=list)
    upper: list[Number] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    """Whether a column takes whole numbers only."""
    rank: list[int] = field(default_factory=list)
    """Order of branching: columns of the lowest rank first."""
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    low: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    abouts: list[About] = field(default_factory=list)
    """What each row is about."""
    facts: dict[int, Number] = field(default_factory=dict)
    """The part of a column that has happened already, while rows are made; upper limits that facts alone exceed are
    raised to them."""
    raises: set[int] = field(default_factory=set)
    """Columns of decisions that raise limits, while rows are made."""
    about: About = ()
    """What the rows that are being made are about."""

    def column(self, upper: Number, *, whole: bool, rank: int = 0) -> int:
        """Add a column within [0, upper]; return its number."""
        self.lower.append(0)
        self.upper.append(upper.__floor__() if whole else upper)
        self.whole.append(whole)
        self.rank.append(rank)
        return len(self.upper) - 1

    def happened(self, column: int, value: Number, *, all_of_it: bool = True) -> None:
        """State that `value` of a column is a fact: its whole value (`all_of_it`), or its minimum."""
        self.facts[column] = self.lower[column] = value
        if all_of_it:
            self.upper[column] = value

    def limit(self, terms: Iterable[Term], high: Number, done: Number = 0) -> None:
        """Add the row terms <= high - done, which is raised to the facts where they alone exceed it.

        With F what facts make of terms + done, and high + sum of d * s the limit that decisions s raise by d:
        terms + done <= max(high + sum of d * s, F). For one s that is one row; for several, with w in 0/1 and M the
        most of the terms, terms + done <= F + M * w and terms + done <= high + sum of d * s + (F - high) * (1 - w).
        """
        if not self.facts:
            self.row(terms, high=high - done)
            return
        terms = list(terms)
        made = done + sum((factor * self.facts.get(column, 0) for column, factor in terms), Fraction(0))
        if made <= high:
            self.row(terms, high=high - done)
            return
        free = {c for c, factor in terms if c in self.raises and c not in self.facts and factor < 0}
        others = [(c, factor) for c, factor in terms if c not in free]
        if len(free) <= 1:
            raised = [(c, -max(Fraction(0), high - factor - made)) for c, factor in terms if c in free]
            self.row([*others, *raised], high=made - done)
            return
        w = self.column(1, whole=True)
        most = sum((n * (self.upper[c] if n > 0 else self.lower[c]) for c, n in others), Fraction(0)) - made + done
        self.row([*others, (w, -max(Fraction(0), most))], high=made - done)
        self.row([*terms, (w, made - high)], high=made - done)

    def limit_share(self, part: Iterable[Term], terms: Iterable[Term], high: Number) -> None:
        """Add the row terms <= high, of which `part` is what the share limits; where facts alone exceed it, nothing is
        added to the part until it is kept again.

        With F what facts make of the terms, w in 0/1 and M the most that may be added: part less that of the facts
        <= M * w, and terms <= high + (F - high) * (1 - w).
        """
        terms = list(terms)
        made = sum((factor * self.facts.get(column, 0) for column, factor in terms), Fraction(0))
        if made <= high:
            self.row(terms, high=high)
            return
        added = [(c, factor) for c, factor in part if self.upper[c] > self.facts.get(c, 0)]
        if not added:
            return
        w, done = self.column(1, whole=True), sum((n * self.facts.get(c, 0) for c, n in added), Fraction(0))
        most = sum((n * self.upper[c] for c, n in added), Fraction(0)) - done
        self.row([*added, (w, -most)], high=done)
        self.row([*terms, (w, made - high)], high=made)

    def row(self, terms: Iterable[Term], *, low: Number | None = None, high: Number | None = None) -> None:
        """Add a row; terms of one column are added up, and a row without columns that always holds is left out.

        A row without columns that never holds stays: no point keeps it. Over whole columns the sides are
        rounded inwards.
        """
        summed: dict[int, Number] = {}
        for column, factor in terms:
            if column in summed:
                summed[column] += factor
            else:
                summed[column] = factor
        if not all(summed.values()):
            summed = {column: factor for column, factor in summed.items() if factor}
        if not summed and (low is None or low <= 0) and (high is None or high >= 0):
            return
        given = [side for side in (low, high) if side is not None]
        denominators = {number.denominator for number in summed.values() if type(number) is not int}
        scale = lcm(*denominators, *(side.denominator for side in given))
        values = [_times(value, scale) for value in summed.values()]
        sides = [_times(side, scale) for side in given]
        whole = all(map(self.whole.__getitem__, summed))
        divisor = gcd(*values) if whole else gcd(*values, *sides)
        if divisor > 1:
            values = [value // divisor for value in values]
        divisor = divisor or 1
        self.abouts.append(self.about)
        self.indices.extend(summed)
        self.values.extend(values)
        self.starts.append(len(self.indices))
        self.low.append(None if low is None else -(_times(-low, scale) // divisor))
        self.high.append(None if high is None else _times(high, scale) // divisor)

    def row_again(self, row: IntegerRow) -> None:
        """Add a row as another model of the same columns has it."""
        self.abouts.append(self.about)
        self.indices.extend(row.indices)
        self.values.extend(row.values)
        self.starts.append(len(self.indices))
        self.low.append(row.low)
        self.high.append(row.high)

    def integers(self, row: int) -> IntegerRow:
        """Return a row as the model holds it."""
        begin, end = self.starts[row], self.starts[row + 1]
        return IntegerRow(self.indices[begin:end], self.values[begin:end], self.low[row], self.high[row])

    def copy(self) -> ExactModel:
        """Return a copy of the model, to which rows can be added."""
        return ExactModel(
            self.lower.copy(),
            self.upper.copy(),
            self.whole.copy(),
            self.rank.copy(),
            self.starts.copy(),
            self.indices.copy(),
            self.values.copy(),
            self.low.copy(),
            self.high.copy(),
            self.abouts.copy(),
        )

    @property
    def contradictory(self) -> bool:
        """Whether some row alone allows no point: its sides have crossed, or it has no column and 0 is outside
        them."""
        for row, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            if low is not None and high is not None and low > high:
                return True
            empty = self.starts[row] == self.starts[row + 1]
            if empty and ((low is not None and low > 0) or (high is not None and high < 0)):
                return True
        return False

    def terms(self, row: int) -> list[tuple[int, int]]:
        """Return the columns and coefficients of a row."""
        begin, end = self.starts[row], self.starts[row + 1]
        return list(zip(self.indices[begin:end], self.values[begin:end], strict=True))

    def keeps(self, point: Sequence[int]) -> bool:
        """Return whether values of the whole columns keep every row over whole columns alone."""
        for row, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            terms = self.terms(row)
            if all(self.whole[column] for column, _ in terms):
                reached = sum(value * point[column] for column, value in terms)
                if (low is not None and reached < low) or (high is not None and reached > high):
                    return False
        return True

    @property
    def size(self) -> tuple[int, int, int]:
        """Rows, columns and coefficients."""
        return len(self.low), len(self.upper), len(self.indices)

    @cached_property
    def by_column(self) -> ByColumn:
        """The coefficients column by column; read it only once the model is complete."""
        rows = np.repeat(np.arange(len(self.low)), np.diff(self.starts))
        columns = np.array(self.indices, dtype=np.int64)
        order = np.argsort(columns, kind="stable")
        values: NDArray[Any] = np.empty(len(self.values), dtype=object)
        values[:] = self.values
        counts = np.bincount(columns, minlength=len(self.upper))
        return ByColumn(np.concatenate(([0], np.cumsum(counts))), rows[order], values[order])


def _times(number: Number, scale: int) -> int:
    """Return number x scale, a whole number: `scale` is a multiple of the denominator."""
    return number * scale if type(number) is int else number.numerator * (scale // number.denominator)


@dataclass(frozen=True)
class ByColumn:
    """Coefficients in the order of columns: where each column begins, their rows, and their values as Python
    integers."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    values: NDArray[Any]
