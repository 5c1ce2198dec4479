"""The linear relaxation in HiGHS, solved many times within different bounds. Its answers are only hints."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.highs.simplex import DUAL, PRIMAL
from planner.proof.exact_model import ExactModel, Number

ZERO: Final = 1e-13
"""Values of a basis inverse below this count as zero."""


@dataclass(frozen=True)
class Hint:
    """Answer of HiGHS to a relaxation: a point and duals of the rows, or a dual ray where no point exists.

    `duals` are those of a maximisation: c = A'd + reduced costs, and a row at its upper side has d >= 0.
    """

    point: NDArray[np.float64] | None = None
    duals: NDArray[np.float64] | None = None
    ray: NDArray[np.float64] | None = None
    value: float = math.nan


@dataclass(frozen=True)
class SimplexBasis:
    """A basis of the simplex method: a status of HiGHS for each column and each row."""

    columns: tuple[Any, ...]
    rows: tuple[Any, ...]
    keeps_added: bool = True
    """Whether its point keeps all rows added later; then the primal simplex method continues from it."""


class Relaxation:
    """A linear programme that keeps its basis from one solve to the next, or starts from another basis if given.

    Rows and continuous columns are scaled by powers of two, to keep coefficients within a solver's tolerances; answers
    are scaled back. Presolve is off, for it would discard the basis; only the first solve of a large one uses it, when
    there is no basis yet.
    """

    def __init__(
        self, model: ExactModel, objective: Sequence[tuple[int, Number]], start: SimplexBasis | None = None
    ) -> None:
        import highspy  # loaded where a proof begins, not where planning is imported

        from planner.highs.silent import SilentHighs

        self._statuses: Any = highspy.HighsModelStatus
        rows, columns, _ = model.size
        self._starts = np.array(model.starts, dtype=np.int64)
        self._indices = np.array(model.indices, dtype=np.int32)
        values = np.array(model.values, dtype=np.float64)
        self.of_row, self.of_column = _scales(model, self._starts, self._indices, values)
        lengths = np.diff(self._starts)
        scaled = values * np.repeat(self.of_row, lengths) * self.of_column[self._indices]
        cost = np.zeros(columns)
        for column, factor in objective:
            cost[column] += float(factor)
        cost *= self.of_column
        self.of_objective = 2.0 ** -round(math.log2(np.max(np.abs(cost)))) if np.any(cost) else 1.0
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, rows
        self._cost = cost * self.of_objective
        lp.col_cost_ = self._cost
        lp.col_lower_ = self._columns(model.lower)
        lp.col_upper_ = self._columns(model.upper)
        lp.row_lower_ = np.array([-math.inf if side is None else float(side) for side in model.low]) * self.of_row
        lp.row_upper_ = np.array([math.inf if side is None else float(side) for side in model.high]) * self.of_row
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = self._starts
        lp.a_matrix_.index_ = self._indices
        lp.a_matrix_.value_ = scaled
        self.highs: Any = SilentHighs()
        self.highs.setOptionValue("parallel", "off")
        self.highs.setOptionValue("presolve", "off")  # six large models took 0.45 to 0.9 of the time without it
        self.highs.passModel(lp)
        self._all = np.arange(columns, dtype=np.int32)
        self._primal = start is not None and start.keeps_added
        if start is not None:
            self._go_on_from(start)

    def _go_on_from(self, start: SimplexBasis) -> None:
        """Start from the basis `start`; rows that it does not know are basic."""
        import highspy

        basis = highspy.HighsBasis()
        added = len(self.of_row) - len(start.rows)
        basis.col_status = list(start.columns)
        basis.row_status = [*start.rows, *[highspy.HighsBasisStatus.kBasic] * added]
        basis.valid = True
        self.highs.setBasis(basis)

    def begin_from(self, start: SimplexBasis | None) -> None:
        """Forget earlier solves and start from the basis `start`, so that the answer does not depend on them."""
        self.highs.clearSolver()
        if start is not None:
            self._go_on_from(start)

    def basis(self, rows: Sequence[int], *, keeps_added: bool = True) -> SimplexBasis | None:
        """Return the basis of the last solve, of these rows alone; None where it ended without one."""
        stood = self.highs.getBasis()
        if not stood.valid:
            return None
        status = stood.row_status
        return SimplexBasis(tuple(stood.col_status), tuple(status[row] for row in rows), keeps_added)

    def _columns(self, sides: Sequence[Number]) -> NDArray[np.float64]:
        return np.array([float(side) for side in sides]) / self.of_column

    def price(self, objective: Sequence[tuple[int, Number]]) -> None:
        """Set another objective over the same rows; the basis of the last solve keeps them."""
        cost = np.zeros(len(self._all))
        for column, factor in objective:
            cost[column] += float(factor)
        self._cost = cost * self.of_column * self.of_objective
        self.highs.changeColsCost(len(self._all), self._all, self._cost)
        self._primal = True

    def add(self, terms: Sequence[tuple[int, int]], low: int | None, high: int | None) -> None:
        """Add a row; the basis of the last solve does not violate it."""
        columns = np.array([column for column, _ in terms], dtype=np.int32)
        values = np.array([value for _, value in terms], dtype=np.float64) * self.of_column[columns]
        scale = 2.0 ** -round(math.log2(np.max(np.abs(values))))
        sides = -math.inf if low is None else float(low), math.inf if high is None else float(high)
        self.of_row = np.append(self.of_row, scale)
        self.highs.addRow(sides[0] * scale, sides[1] * scale, len(columns), columns, values * scale)

    def within(self, lower: Sequence[Number], upper: Sequence[Number]) -> None:
        """Set the bounds of all columns."""
        self.highs.changeColsBounds(len(self._all), self._all, self._columns(lower), self._columns(upper))

    def solve(self, seconds: float | None = None, stop: Callable[[], bool] | None = None) -> Hint:
        """Solve within the present bounds, for up to `seconds` or until `stop` is true."""
        highs = self.highs
        if stop is not None:
            self._follow(stop)
        if seconds is not None:
            highs.setOptionValue("time_limit", highs.getRunTime() + max(0.0, seconds))
        if self._primal:
            highs.setOptionValue("simplex_strategy", PRIMAL)
        highs.run()
        if self._primal:  # later changes are changes of bounds, which suit the dual method
            highs.setOptionValue("simplex_strategy", DUAL)
            self._primal = False
        status = highs.getModelStatus()
        statuses = self._statuses
        if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):  # only the dual method leaves a ray
            highs.run()
            status = highs.getModelStatus()
        if status == statuses.kModelEmpty:
            return Hint(np.zeros(len(self._all)), np.zeros(len(self.of_row)), value=0.0)
        if status == statuses.kInfeasible:
            answer = highs.getDualRay()
            ray = np.asarray(answer[2] if len(answer) > 2 else [], dtype=np.float64)
            return Hint(ray=ray * self.of_row if len(ray) == len(self.of_row) else None)
        if status != statuses.kOptimal:
            return Hint()
        solution = highs.getSolution()
        point = np.asarray(solution.col_value, dtype=np.float64) * self.of_column
        duals = np.asarray(solution.row_dual, dtype=np.float64) * self.of_row / self.of_objective
        return Hint(point, duals, value=highs.getInfo().objective_function_value / self.of_objective)

    def _follow(self, stop: Callable[[], bool]) -> None:
        """Let `stop` end the simplex method."""
        import highspy

        def called(kind: Any, message: str, out: Any, asked: Any, data: Any) -> None:
            asked.user_interrupt = stop()

        self.highs.setCallback(called, None)
        self.highs.startCallback(highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt)

    def refine(self, reduced: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Refine the duals: solve the remainder of the objective, enlarged, as a problem of its own.

        Duals are accurate to 1e-7 of the largest coefficient; where weights lie far apart, that exceeds the smallest.
        The objective is restored afterwards. None where the solve fails.
        """
        left = reduced * self.of_column
        size = float(np.max(np.abs(left), initial=0.0))
        if not 0.0 < size < math.inf:
            return None
        scale = 2.0 ** -round(math.log2(size))
        self.highs.changeColsCost(len(self._all), self._all, left * scale)
        self.highs.run()
        solved = self.highs.getModelStatus() == self._statuses.kOptimal
        duals = np.asarray(self.highs.getSolution().row_dual, dtype=np.float64) * self.of_row / scale
        self.highs.changeColsCost(len(self._all), self._all, self._cost)
        return duals if solved else None

    def basis_rows(self, columns: Sequence[int]) -> Iterator[dict[int, float]]:
        """Return, for each basic column among these, its row of the basis inverse as multipliers of the rows."""
        _, basic = self.highs.getBasicVariables()
        places = {int(column): place for place, column in enumerate(basic) if column >= 0}
        for column in columns:
            if column in places:
                values = np.asarray(self.highs.getBasisInverseRow(places[column])[1], dtype=np.float64)
                rows = np.flatnonzero(np.abs(values) > ZERO)
                scale = self.of_column[column]
                yield {int(row): float(values[row] * self.of_row[row] * scale) for row in rows}


def _scales(
    model: ExactModel, starts: NDArray[np.int64], indices: NDArray[np.int32], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Choose powers of two for rows and for columns with wide bounds that bring coefficients near 1."""
    size = np.log2(np.abs(values))
    lengths = np.diff(starts)
    reach = np.array([float(side) for side in model.upper])
    of_column = np.where(reach > 2.0**20, np.round(np.log2(np.maximum(reach, 1.0))) - 10, 0.0)
    row = np.zeros(len(lengths))
    filled = np.flatnonzero(lengths)
    if len(filled):
        size = size + of_column[indices]
        largest = np.maximum.reduceat(size, starts[:-1][filled])
        least = np.minimum.reduceat(size, starts[:-1][filled])
        row[filled] = -np.round((largest + least) / 2)
    return 2.0**row, 2.0**of_column
