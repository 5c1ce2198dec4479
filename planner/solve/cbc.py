"""CBC through PuLP, for users who choose it."""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from planner.locale import _
from planner.solve.engine import EngineName, Feature, RunOptions
from planner.solve.outcome import Ending, Outcome

if TYPE_CHECKING:
    import pulp

    from planner.model.build import Model

LOGGED: Final = 1e-5
"""Relative precision of the bounds in CBC's log, which has six digits: a bound may be off by so much."""

EXACT_COLUMNS: Final = 1500
"""Columns below which CBC searches until its own gap is zero, beyond the gap asked for."""


class Cbc:
    """CBC as a program of its own: it reports nothing while it runs, and can be ended only by its time limit or by
    killing it."""

    name: ClassVar = EngineName.CBC
    title: ClassVar = "CBC"
    package: ClassVar = "cbcbox"
    digits: ClassVar = 1e-7
    """The values in its solution file have eight digits."""
    features: ClassVar = frozenset({Feature.WHOLE_NUMBERS, Feature.START, Feature.NODE_LIMIT})
    second: ClassVar = EngineName.HIGHS
    substitute: ClassVar = EngineName.HIGHS

    def run(self, model: Model, options: RunOptions) -> Outcome:
        """Optimise the objective of `model.problem`."""
        import numpy as np

        problem = model.problem
        columns = problem.exported_variables()
        point = np.zeros(len(problem.variables()))
        if not columns:
            return Outcome(Ending.PROVEN, point, 0.0, 0.0)
        if options.start is not None:
            for variable in columns:
                variable.varValue = float(options.start[variable.id])
        with tempfile.TemporaryDirectory() as folder:
            outcome = _solved(problem, columns, options, Path(folder) / "log")
        if outcome.value is not None:
            point[[variable.id for variable in columns]] = [variable.varValue for variable in columns]
            outcome = Outcome(outcome.ending, point, outcome.value, outcome.bound, outcome.message)
        return outcome


def _solved(problem: pulp.LpProblem, columns: list[pulp.LpVariable], options: RunOptions, log: Path) -> Outcome:
    """Run CBC, which writes its log to `log`; where the outcome has a value, `columns` have their values."""
    import pulp

    gap_asked = 0.0 if len(columns) < EXACT_COLUMNS else options.gap / 2
    solver: pulp.LpSolver = pulp.COIN_CMD(  # type: ignore[no-untyped-call]  # PuLP leaves it untyped
        msg=False,
        logPath=str(log),
        threads=1,
        gapRel=gap_asked,
        timeLimit=None if options.seconds is None else max(1, math.ceil(options.seconds)),
        options=[] if options.most_nodes is None else [f"maxNodes {options.most_nodes}"],
        warmStart=options.start is not None,
    )
    if not solver.available():
        message = _("CBC is not installed. Install it with: pip install 'pulp[cbc]'; or choose --solver highs.")
        return Outcome(Ending.FAILED, message=message)
    try:
        stats = problem.solve(solver)
    except pulp.PulpSolverError as error:
        return Outcome(Ending.FAILED, message=str(error))
    statuses = pulp.LpSolveStatus
    if stats.status == statuses.Infeasible:
        return Outcome(Ending.INFEASIBLE, message="CBC: infeasible")
    if not stats.has_solution:
        failed = stats.status in (statuses.Undefined, statuses.NumericalError, statuses.Unbounded)
        return Outcome(Ending.FAILED if failed else Ending.STOPPED, message=f"CBC: {stats.status.name}")
    if any(variable.varValue is None or not math.isfinite(variable.varValue) for variable in columns):
        return Outcome(Ending.FAILED, message="CBC gave a value that is not a number")
    reached = pulp.value(problem.objective)
    value = 0.0 if reached is None else float(reached)
    bound = _bound(log, maximised=problem.sense == pulp.LpMaximize)
    if bound is None and stats.status == statuses.Optimal and not gap_asked:
        bound = value
    met = bound is not None and abs(bound - value) <= max(options.gap, Cbc.digits) * max(1.0, abs(value))
    return Outcome(Ending.PROVEN if met else Ending.STOPPED, None, value, bound, f"CBC: {stats.status.name}")


def _bound(log: Path, *, maximised: bool) -> float | None:
    """Read the last bound in CBC's log, widened by what its six digits may miss; None if there is none.

    Where CBC stops at a gap, PuLP reports the value of the plan as `best_bound`, so that cannot be used. CBC always
    minimises: the bound of a maximised objective has the opposite sign in the log.
    """
    try:
        stated = re.findall(r"^Lower bound:\s+(\S+)", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
        lowest = float(stated[-1])
    except (OSError, IndexError, ValueError):
        return None
    if not math.isfinite(lowest):
        return None
    lowest -= LOGGED * max(1.0, abs(lowest))
    return -lowest if maximised else lowest
