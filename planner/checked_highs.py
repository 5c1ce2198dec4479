"""HiGHS through PuLP, made to speak up: every option read back, the loaded matrix compared, nothing printed.

PuLP's own class passes over refused options and rows in silence, and highspy prints a banner on
standard output, where a plan may be expected.
"""

from __future__ import annotations

from typing import Any

import highspy
import pulp

from planner.quiet import standard_output_shut


class EngineRefused(RuntimeError):
    """HiGHS refused an option, or did not load the model as it was given."""


class CheckedHighs(pulp.HiGHS):
    """PuLP's HiGHS, silent towards the user, loud about refusals (EngineRefused), and in one thread.

    Several threads search otherwise than one, so that a plan would depend on the machine. The option `threads` does
    not do: HiGHS refuses another number of them within a process.
    """

    def createAndConfigureSolver(self, lp: pulp.LpProblem) -> None:
        """A HiGHS with each option set and its return code looked at."""
        with standard_output_shut():
            lp.solverModel = highspy.Highs()
        asked = {name: value for name, value in self.optionsDict.items() if name != "warmStart"}
        for name, value in {"output_flag": False, "parallel": "off", **asked}.items():
            if lp.solverModel.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise EngineRefused(f"HiGHS refused the option {name}={value}")

    def buildSolverModel(self, lp: pulp.LpProblem) -> None:
        """Loads the problem and compares what HiGHS holds with what PuLP gave."""
        super().buildSolverModel(lp)
        rows = [constraint.items() for constraint in lp.constraints()]
        coefficients = sum(1 for row in rows for _, coefficient in row if coefficient != 0)
        held: Any = lp.solverModel
        loaded = (held.getNumCol(), held.getNumRow(), held.getNumNz())
        given = (len(lp.exported_variables()), len(rows), coefficients)
        if loaded != given:
            raise EngineRefused(f"HiGHS holds {loaded} columns, rows and coefficients instead of {given}")
