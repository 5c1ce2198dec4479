"""HiGHS through PuLP with its answers checked: no option and no row is refused unnoticed, and nothing is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import highspy
import pulp

from planner.silent_highs import SilentHighs


class EngineRefused(RuntimeError):
    """HiGHS refused an option, or did not load the model as it was given."""


def configured(options: Mapping[str, Any]) -> SilentHighs:
    """A HiGHS in one thread with these options set. Raises EngineRefused."""
    highs = SilentHighs()
    for name, value in {"parallel": "off", **options}.items():
        if highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise EngineRefused(f"HiGHS refused the option {name}={value}")
    return highs


class CheckedHighs(pulp.HiGHS):
    """PuLP's HiGHS in one thread; raises EngineRefused where HiGHS refuses something, which PuLP ignores.

    Several threads find other plans than one, so that a plan would depend on the machine. The option `threads` is no
    way to one thread: HiGHS refuses to change their number within a process.
    """

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:
        """Create a HiGHS and set each option. Raises EngineRefused."""
        lp.solverModel = configured({name: value for name, value in self.optionsDict.items() if name != "warmStart"})

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:
        """Load the problem and compare what HiGHS holds with what PuLP gave. Raises EngineRefused."""
        super().buildSolverModel(lp)
        rows = [constraint.items() for constraint in lp.constraints()]
        coefficients = sum(1 for row in rows for _, coefficient in row if coefficient != 0)
        held: Any = lp.solverModel
        loaded = (held.getNumCol(), held.getNumRow(), held.getNumNz())
        given = (len(lp.exported_variables()), len(rows), coefficients)
        if loaded != given:
            raise EngineRefused(f"HiGHS holds {loaded} columns, rows and coefficients instead of {given}")
