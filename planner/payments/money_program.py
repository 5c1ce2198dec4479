"""A linear or integer programme of payments, passed to HiGHS directly.

A plan is settled by several of them, each of which takes HiGHS a millisecond; building them in a modelling library
would take longer than solving them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.highs.configured import EngineRefused, configured

MoneyTerm = tuple[int, float]
"""A column, by its number, and its factor."""


def _added(terms: Sequence[MoneyTerm]) -> Iterable[MoneyTerm]:
    factors: dict[int, float] = {}
    for column, factor in terms:
        factors[column] = factors.get(column, 0.0) + factor
    return factors.items()


class MoneyProgram:
    """Columns and rows, for which several goals can be optimised one after the other."""

    def __init__(self) -> None:
        self._lower, self._upper, self._whole = array("d"), array("d"), array("b")
        self._starts, self._columns, self._factors = array("i"), array("i"), array("d")
        self._low, self._high = array("d"), array("d")

    def column(self, lower: float, upper: float = inf, *, whole: bool = False) -> int:
        """Add a column between these bounds, and return its number."""
        self._lower.append(lower)
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._lower) - 1

    def row(self, terms: Sequence[MoneyTerm], low: float, high: float) -> None:
        """Add a row: the sum of factor x column lies between `low` and `high`, of which one may be infinite.

        Factors of a column that is named twice are added; HiGHS holds no factor of zero.
        """
        self._starts.append(len(self._columns))
        for column, factor in _added(terms):
            if factor:
                self._columns.append(column)
                self._factors.append(factor)
        self._low.append(low)
        self._high.append(high)

    def least(self, goal: Sequence[MoneyTerm], options: Mapping[str, Any]) -> tuple[float, list[float]] | None:
        """Return the least value of the sum of factor x column, and the columns that reach it; None where there is
        none.

        Columns in no row and no goal are left out, and are 0. Raises EngineRefused.
        """
        used = np.array(sorted({*self._columns, *(column for column, _factor in goal)}), dtype=np.int32)
        highs = self._loaded(goal, used, options)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.zeros(len(self._lower))
        values[used] = highs.getSolution().col_value
        found: list[float] = values.tolist()
        reached = 0.0
        for column, factor in goal:
            reached += factor * found[column]
        return reached, found

    def _loaded(self, goal: Sequence[MoneyTerm], used: NDArray[np.int32], options: Mapping[str, Any]) -> Any:
        """Return HiGHS loaded with the used columns and all rows."""
        size, rows, nothing = len(used), len(self._low), np.zeros(0, dtype=np.int32)
        cost = np.zeros(len(self._lower))
        for column, factor in _added(goal):
            cost[column] = factor
        place = np.zeros(len(self._lower), dtype=np.int32)
        place[used] = np.arange(size, dtype=np.int32)
        starts, factors = np.array(self._starts, dtype=np.int32), np.array(self._factors)
        columns = place[np.array(self._columns, dtype=np.int32)]
        if not (np.all(np.isfinite(cost)) and np.all(np.isfinite(factors))):
            raise EngineRefused("the payments have a number that is not finite")
        highs: Any = configured(options)
        lower, upper = np.array(self._lower)[used], np.array(self._upper)[used]
        taken = [highs.addCols(size, cost[used], lower, upper, 0, nothing, nothing, np.zeros(0))]
        whole = np.flatnonzero(np.array(self._whole, dtype=np.bool_)[used]).astype(np.int32)
        if len(whole):
            kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
            taken.append(highs.changeColsIntegrality(len(whole), whole, kinds))
        low, high = np.array(self._low), np.array(self._high)
        taken.append(highs.addRows(rows, low, high, len(factors), starts, columns, factors))
        held = highs.getNumCol(), highs.getNumRow(), highs.getNumNz()
        if highspy.HighsStatus.kError in taken or held != (size, rows, len(factors)):
            raise EngineRefused(f"HiGHS holds {held} columns, rows and coefficients of the payments")
        return highs
