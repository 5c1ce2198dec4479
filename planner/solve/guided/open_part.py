"""The part of a matrix that bounds leave open, as a model of its own: for searches that take a moment.

Where classes stay and people move by one seat, nearly half of the columns are fixed: to pass them all and have presolve
find that took as long as the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

import highspy
import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

NEAR: Final = 1e-6
"""Relative distance up to which a row of fixed columns alone counts as kept, as HiGHS has it."""


@dataclass(frozen=True)
class Coefficients:
    """The coefficients of all rows, one after the other, and what the rows allow."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    factors: Values
    low: Values
    high: Values

    @classmethod
    def of(cls, lp: Any) -> Self:
        """Return those of a model as HiGHS holds it."""
        starts, others = np.array(lp.a_matrix_.start_, dtype=np.int64), np.array(lp.a_matrix_.index_, dtype=np.int64)
        owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        by_row = lp.a_matrix_.format_ != highspy.MatrixFormat.kColwise
        rows, columns = (owners, others) if by_row else (others, owners)
        order = np.argsort(rows, kind="stable")
        factors = np.array(lp.a_matrix_.value_)
        low, high = np.array(lp.row_lower_), np.array(lp.row_upper_)
        return cls(rows[order], columns[order], factors[order], low, high)


@dataclass(frozen=True)
class OpenPart:
    """The columns that are not fixed, and the rows that speak of them."""

    columns: NDArray[np.int64]
    """Those of the whole matrix, by their numbers."""
    offset: float
    """What the fixed columns are worth."""
    lower: Values
    upper: Values
    cost: Values
    low: Values
    high: Values
    starts: NDArray[np.int32]
    indices: NDArray[np.int32]
    factors: Values

    @classmethod
    def within(cls, known: Coefficients, cost: Values, lower: Values, upper: Values) -> Self | None:
        """Return the part that these bounds leave open; None where a row of fixed columns alone is broken."""
        fixed = lower >= upper
        worth = np.where(fixed[known.columns], known.factors * lower[known.columns], 0.0)
        taken = np.bincount(known.rows, weights=worth, minlength=len(known.low))
        low, high = known.low - taken, known.high - taken
        stays = ~fixed[known.columns]
        speaks = np.zeros(len(low), dtype=bool)
        speaks[known.rows[stays]] = True
        allowed = NEAR * np.maximum(1.0, np.abs(taken))
        if np.any(~speaks & ((low > allowed) | (high < -allowed))):
            return None
        place, new_row = np.cumsum(~fixed) - 1, np.cumsum(speaks) - 1
        columns = np.flatnonzero(~fixed)
        starts = np.searchsorted(new_row[known.rows[stays]], np.arange(int(speaks.sum())))
        return cls(
            columns, float(np.dot(cost[fixed], lower[fixed])), lower[columns], upper[columns], cost[columns],
            low[speaks], high[speaks], starts.astype(np.int32), place[known.columns[stays]].astype(np.int32),
            known.factors[stays],
        )  # fmt: skip

    def load(self, highs: Any, whole: Mask, sense: Any) -> bool:
        """Give the part to HiGHS, with those columns of the whole matrix whole; return whether it holds all of it."""
        size, nothing = len(self.columns), np.zeros(0, dtype=np.int32)
        highs.addCols(size, self.cost, self.lower, self.upper, 0, nothing, nothing, np.zeros(0))
        counted = np.flatnonzero(whole[self.columns]).astype(np.int32)
        kinds = np.full(len(counted), highspy.HighsVarType.kInteger)
        highs.changeColsIntegrality(len(counted), counted, kinds)
        highs.changeObjectiveSense(sense)
        highs.changeObjectiveOffset(self.offset)
        highs.addRows(len(self.low), self.low, self.high, len(self.factors), self.starts, self.indices, self.factors)
        held = highs.getNumCol(), highs.getNumRow(), highs.getNumNz()
        return held == (size, len(self.low), len(self.factors))
