"""The matrix of a model as HiGHS took it over, kept for the models that are refit from it: only what differs is
written anew.

To read a model out of PuLP row by row takes longer than a relaxation; a changed amount changes a few dozen rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from planner.highs.checked import CheckedHighs
from planner.highs.configured import configured
from planner.model.build import Model
from planner.model.variables import DECISION_FAMILIES, VARIABLE_FAMILIES

PEOPLE: Final = ("participants", "trained", "free_seats", "attendees", "followers")
"""Families of variables that count people; the other whole numbers are called the design of a plan."""

SETTINGS: Final[dict[str, Any]] = {"random_seed": 0, "mip_rel_gap": 0.0}


class KeptMatrix:
    """A model in HiGHS."""

    def __init__(self, model: Model) -> None:
        """Load `model`; raises EngineRefused where HiGHS refuses it."""
        self.model = model
        problem = model.problem
        loader = CheckedHighs(msg=False, **SETTINGS)
        loader.createAndConfigureSolver(problem)
        loader.buildSolverModel(problem)
        self.highs: Any = problem.solverModel
        problem.solverModel = None
        columns = problem.exported_variables()
        self.places = np.array([variable.id for variable in columns], dtype=np.int64)
        """The id of the variable of each column."""
        self.whole = np.array([variable.cat == pulp.LpInteger for variable in columns], dtype=bool)
        """Which columns count something."""
        self.size = len(problem.variables())
        """The number of variables of the problem."""

    @cached_property
    def column(self) -> NDArray[np.int32]:
        """The column of each variable by its id; -1 where it has none."""
        found = np.full(self.size, -1, dtype=np.int32)
        found[self.places] = np.arange(len(self.places), dtype=np.int32)
        return found

    @cached_property
    def people(self) -> NDArray[np.bool_]:
        """Which columns count people."""
        found: NDArray[np.bool_] = self._of(PEOPLE) & self.whole
        return found

    @cached_property
    def follows(self) -> NDArray[np.bool_]:
        """Which columns follow from what a plan decides."""
        return self._of(VARIABLE_FAMILIES.keys() - DECISION_FAMILIES)

    @cached_property
    def classes(self) -> NDArray[np.bool_]:
        """Which columns count classes."""
        return self._of(("classes",))

    def _of(self, families: Iterable[str]) -> NDArray[np.bool_]:
        """Return which columns are variables of these families."""
        numbers = self.model.variables.numbers
        ids = [number for family in families for number in numbers[family].values()]
        found, columns = np.zeros(len(self.places), dtype=bool), self.column[ids] if ids else self.column[:0]
        found[columns[columns >= 0]] = True
        return found

    @cached_property
    def _column(self) -> dict[int, int]:
        """The column of each variable by its id."""
        return {variable: column for column, variable in enumerate(self.places.tolist())}

    @cached_property
    def _row(self) -> dict[str, int]:
        """The number of each row by its name."""
        return {row.name: number for number, row in enumerate(self.model.problem.constraints())}

    def refit(self, model: Model) -> Any | None:
        """HiGHS with a `model` that was refit from the kept one; None where it speaks of columns that are not there."""
        if model.template is not self.model:
            return None
        highs: Any = configured(SETTINGS)
        highs.passModel(self.highs.getLp())
        for name, constraint in model.refitted.items():
            if not self._write(highs, self._row[name], constraint):
                return None
        changed = [*model.variables.paid.values(), *model.variables.free_seats.values()]
        return highs if self._bound(highs, changed) else None

    def _write(self, highs: Any, row: int, constraint: pulp.LpConstraint) -> bool:
        """Write the numbers of a row; return False where it speaks of a column that is not there."""
        _status, columns, factors = self.highs.getRowEntries(row)
        before = dict(zip(columns, factors, strict=True))
        after = {variable.id: factor for variable, factor in constraint.items() if factor != 0}
        if not after.keys() <= self._column.keys():
            return False
        now = {self._column[variable]: factor for variable, factor in after.items()}
        for column in before.keys() | now.keys():
            if before.get(column, 0.0) != now.get(column, 0.0):
                highs.changeCoeff(row, column, now.get(column, 0.0))
        low, high = constraint.getLb(), constraint.getUb()
        low, high = -highspy.kHighsInf if low is None else low, highspy.kHighsInf if high is None else high
        highs.changeRowBounds(row, low, high)
        return True

    def _bound(self, highs: Any, variables: Iterable[pulp.LpVariable]) -> bool:
        """Set the bounds of `variables`; those without a column are free to have any."""
        there = [(self._column[variable.id], variable) for variable in variables if variable.id in self._column]
        columns = np.array([column for column, _ in there], dtype=np.int32)
        lower = np.array([variable.lowBound for _, variable in there], dtype=np.float64)
        upper = np.array([variable.upBound for _, variable in there], dtype=np.float64)
        taken = highs.changeColsBounds(len(columns), columns, lower, upper)
        return bool(taken != highspy.HighsStatus.kError)
