"""How many people follow each pattern: a small integer programme, passed to HiGHS directly.

A plan needs dozens of them, each of which takes HiGHS a millisecond; building them in a modelling library would take
longer than solving them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, Final

import highspy
import numpy as np

from planner.highs.configured import configured

MOST_NODES: Final = 2000
"""Most search nodes. Nodes rather than seconds, so that the patterns are the same every time."""

WHOLE: Final = 1e-6
"""How far from a whole number what HiGHS finds may be and yet count as one [people]."""

_STOPPED: Final = (
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
)
"""Endings of a search that may have found something."""


class Numbers:
    """Whole numbers from 0 to a number of people, one for each pattern, subject to rows."""

    def __init__(self, patterns: int, people: int) -> None:
        self._patterns, self._people = patterns, people
        self._low: list[float] = []
        self._high: list[float] = []
        self._starts: list[int] = []
        self._columns: list[int] = []
        self._factors: list[float] = []
        self._relaxation: Any = None
        """HiGHS with the rows so far, once fractions were asked for."""

    def row(self, factors: Sequence[int], low: int | None = None, high: int | None = None) -> None:
        """Add a row: the sum of factor x number lies between `low` and `high`."""
        first = len(self._columns)
        self._starts.append(first)
        self._columns += [column for column, factor in enumerate(factors) if factor]
        self._factors += [float(factor) for factor in factors if factor]
        self._low.append(-highspy.kHighsInf if low is None else float(low))
        self._high.append(highspy.kHighsInf if high is None else float(high))
        if self._relaxation is not None:
            columns, factors_ = np.array(self._columns[first:], dtype=np.int32), np.array(self._factors[first:])
            self._relaxation.addRow(self._low[-1], self._high[-1], len(columns), columns, factors_)

    def in_fractions(self, goal: Sequence[int]) -> tuple[float, list[int] | None] | None:
        """Return an upper bound, from fractions, of the sum of goal x number, and the numbers that reach it if whole.

        Return None where no bound is known. A second goal begins from the basis of the first.
        """
        if self._relaxation is None:
            self._relaxation = self._loaded(goal, whole=False)
        elif self._patterns:
            costs = np.array(goal, dtype=np.float64)
            self._relaxation.changeColsCost(self._patterns, np.arange(self._patterns, dtype=np.int32), costs)
        highs = self._relaxation
        if highs is None:
            return None
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = highs.getSolution().col_value
        numbers = [round(value) for value in values]
        whole = all(abs(value - number) <= WHOLE for value, number in zip(values, numbers, strict=True))
        return float(highs.getObjectiveValue()), numbers if whole else None

    def best(self, goal: Sequence[int]) -> list[int] | None:
        """Return the best numbers found for the largest sum of goal x number; None where none are found."""
        highs = self._loaded(goal, whole=True)
        if highs is None:
            return None
        highs.run()
        status = highs.getModelStatus()
        found = status == highspy.HighsModelStatus.kOptimal
        if not found and not (status in _STOPPED and isfinite(highs.getObjectiveValue())):
            return None
        return [round(value) for value in highs.getSolution().col_value]

    def _loaded(self, goal: Sequence[int], *, whole: bool) -> Any:
        """Return HiGHS loaded with this goal, in whole numbers or fractions; None where loading changed a number."""
        highs: Any = configured({"mip_max_nodes": MOST_NODES} if whole else {"presolve": "off"})
        size, nothing = self._patterns, np.zeros(0, dtype=np.int32)
        most = np.full(size, float(self._people))
        highs.addCols(size, np.array(goal, dtype=np.float64), np.zeros(size), most, 0, nothing, nothing, np.zeros(0))
        if whole:
            kinds = np.full(size, highspy.HighsVarType.kInteger)
            highs.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kinds)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        starts, columns = np.array(self._starts, dtype=np.int32), np.array(self._columns, dtype=np.int32)
        low, high, factors = np.array(self._low), np.array(self._high), np.array(self._factors)
        highs.addRows(len(low), low, high, len(columns), starts, columns, factors)
        held = highs.getNumCol(), highs.getNumRow(), highs.getNumNz()
        return highs if held == (size, len(low), len(columns)) else None
