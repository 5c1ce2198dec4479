"""HiGHS through PuLP: the matrix handed over at once, every answer checked, and nothing printed."""

from __future__ import annotations

from array import array
from typing import Any, Final

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray
from pulp import _rustcore

from planner.highs.configured import EngineRefused, configured

Places = NDArray[np.int32]
"""The column of each variable by its id in PuLP, -1 where it has none."""

NONE: Final = np.zeros(0, dtype=np.int32)


class CheckedHighs(pulp.HiGHS):
    """PuLP's HiGHS in one thread; raises EngineRefused where HiGHS refuses something, which PuLP ignores.

    With several threads HiGHS finds other plans, so that a plan would depend on the machine. The option `threads` does
    not help: HiGHS refuses to change the number of threads within a process.
    """

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:
        """Create a HiGHS and set each option. Raises EngineRefused."""
        lp.solverModel = configured({name: value for name, value in self.optionsDict.items() if name != "warmStart"})

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:
        """Load the problem and compare what HiGHS holds with what PuLP gave. Raises EngineRefused.

        HiGHS is called as in PuLP's own transfer, with the same numbers in the same order. But they are read from
        PuLP's core: PuLP's transfer makes a Python object for the variable of each coefficient, which takes longer than
        all the rest.
        """
        core = lp.toRustModel()
        held: Any = lp.solverModel
        used = core.used_variable_ids()
        places = np.full(core.num_variables, -1, dtype=np.int32)
        places[used] = np.arange(len(used), dtype=np.int32)
        self._add_columns(core, held, places)
        coefficients = _add_rows(core, held, places)
        loaded = (held.getNumCol(), held.getNumRow(), held.getNumNz())
        given = (len(used), core.num_constraints, coefficients)
        if loaded != given:
            raise EngineRefused(f"HiGHS holds {loaded} columns, rows and coefficients instead of {given}")

    def _add_columns(self, core: _rustcore.Model, held: Any, places: Places) -> None:
        """Add the variables that are used, with their bounds, kinds and cost, in the order of `places`."""
        columns = core.list_variables_by_ids(core.used_variable_ids())
        cost, offset = np.zeros(len(columns)), 0.0
        goal = core.get_objective()
        if goal is not None:
            offset = goal.constant
            for variable, coefficient in goal.items():
                cost[places[variable.id()]] = coefficient
        _demand_finite(cost, np.array([offset]))
        lower, upper = np.array([column.lb for column in columns]), np.array([column.ub for column in columns])
        _demand_taken(held.addCols(len(columns), cost, lower, upper, 0, NONE, NONE, np.zeros(0)))
        whole = np.flatnonzero([column.is_integer() for column in columns] if self.mip else []).astype(np.int32)
        if len(whole):
            kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
            _demand_taken(held.changeColsIntegrality(len(whole), whole, kinds))
        if core.get_sense() == _rustcore.ObjSense.Maximize:
            _demand_taken(held.changeObjectiveSense(highspy.ObjSense.kMaximize))
        _demand_taken(held.changeObjectiveOffset(offset))


def _add_rows(core: _rustcore.Model, held: Any, places: Places) -> int:
    """Add the rows, and return the number of their coefficients."""
    rows = core.list_constraints()
    starts, ids, factors = array("i"), array("q"), array("d")
    for row in rows:
        starts.append(len(ids))
        for variable, factor in row.items():
            if factor != 0:
                ids.append(variable.id())
                factors.append(factor)
    values, bounds = np.array(factors), np.array([row.rhs for row in rows])
    _demand_finite(values, bounds)
    columns = places[np.array(ids, dtype=np.int64)]
    senses = [row.sense for row in rows]
    at_least = np.array([sense != _rustcore.Sense.LessEqual for sense in senses], dtype=bool)
    at_most = np.array([sense != _rustcore.Sense.GreaterEqual for sense in senses], dtype=bool)
    lower, upper = np.where(at_least, bounds, -highspy.kHighsInf), np.where(at_most, bounds, highspy.kHighsInf)
    starting = np.array(starts, dtype=np.int32)
    _demand_taken(held.addRows(len(rows), lower, upper, len(values), starting, columns, values))
    return len(values)


def _demand_finite(*numbers: NDArray[np.float64]) -> None:
    """Raise EngineRefused where a number is infinite or NaN."""
    if not all(np.all(np.isfinite(some)) for some in numbers):
        raise EngineRefused("the model has a number that is not finite")


def _demand_taken(status: highspy.HighsStatus) -> None:
    """Raise EngineRefused where HiGHS refused a part. Warnings pass: losses show in the counts compared afterwards."""
    if status == highspy.HighsStatus.kError:
        raise EngineRefused("HiGHS refused a part of the model")
