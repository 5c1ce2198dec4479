"""CBC through PuLP, by choice: a second opinion. It reports no news while it runs."""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.locale import _
from planner.model.build import Model
from planner.solve.outcome import Ending, Outcome

DIGITS: Final = 1e-7
"""Relative precision of the values in CBC's solution file, which has eight digits."""

LOGGED: Final = 1e-5
"""Relative precision of the bounds in CBC's log, which has six digits: so much may be missing of them."""

IN_STAGES: Final = False
"""CBC is told no news and no bound known before, so that it is asked once for each goal."""


def run(
    model: Model,
    *,
    gap: float,
    seconds: float | None,
    start: NDArray[np.float64] | None = None,
    report: object = None,
    most_nodes: int | None = None,
    known_bound: float | None = None,
    in_hand: tuple[float, float] | None = None,
    heuristics: bool = True,
) -> Outcome:
    """Optimise the objective of `model.problem` until `gap` is proven or `seconds` are over.

    CBC cannot be told of news or of bounds known before; it leaves both aside, and its heuristics as they are.
    """
    del report, known_bound, in_hand, heuristics
    problem = model.problem
    columns = problem.exported_variables()
    if start is not None and not np.all(np.isfinite(start)):
        start = None  # CBC takes a whole point or none
    if start is not None:
        for variable in columns:
            variable.varValue = float(start[variable.id])
    options = [] if most_nodes is None else [f"maxNodes {most_nodes}"]
    point = np.zeros(len(problem.variables()))
    if not columns:
        return Outcome(Ending.PROVEN, point, 0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        return _run(problem, columns, point, gap, seconds, options, start is not None, Path(folder) / "log")


def _run(
    problem: pulp.LpProblem,
    columns: list[pulp.LpVariable],
    point: NDArray[np.float64],
    gap: float,
    seconds: float | None,
    options: list[str],
    started: bool,
    log: Path,
) -> Outcome:
    """The answer of one run, which writes its log to `log`."""
    gap_asked = 0.0 if len(columns) < 1500 else gap / 2
    engine: pulp.LpSolver = pulp.COIN_CMD(  # type: ignore[no-untyped-call]  # PuLP leaves it untyped
        msg=False,
        logPath=str(log),
        threads=1,
        gapRel=gap_asked,
        timeLimit=None if seconds is None else max(1, math.ceil(seconds)),
        options=options,
        warmStart=started,
    )
    if not engine.available():
        message = _("CBC is not installed. Install it with: pip install 'pulp[cbc]'; or choose --solver highs.")
        return Outcome(Ending.FAILED, message=message)
    try:
        stats = problem.solve(engine)
    except pulp.PulpSolverError as error:
        return Outcome(Ending.FAILED, message=str(error))
    statuses = pulp.LpSolveStatus
    if stats.status == statuses.Infeasible:
        return Outcome(Ending.INFEASIBLE, message="CBC: infeasible")
    if not stats.has_solution:
        failed = stats.status in (statuses.Undefined, statuses.NumericalError, statuses.Unbounded)
        return Outcome(Ending.FAILED if failed else Ending.STOPPED, message=f"CBC: {stats.status.name}")
    values = [variable.varValue for variable in columns]
    if any(value is None or not math.isfinite(value) for value in values):
        return Outcome(Ending.FAILED, message="CBC gave a value that is not a number")
    point[[variable.id for variable in columns]] = values
    reached = pulp.value(problem.objective)
    value = 0.0 if reached is None else float(reached)
    optimal = stats.status == statuses.Optimal
    bound = _bound(log, maximised=problem.sense == pulp.LpMaximize)
    if bound is None and optimal and not gap_asked:
        bound = value
    met = bound is not None and abs(bound - value) <= max(gap, DIGITS) * max(1.0, abs(value))
    ending = Ending.PROVEN if met else Ending.STOPPED
    return Outcome(ending, point, value, bound, f"CBC: {stats.status.name}")


def _bound(log: Path, *, maximised: bool) -> float | None:
    """The last bound that CBC's log states, with what its six digits may miss; None where it states none.

    PuLP takes the plan's own value for the bound where CBC stops at a gap, so its `best_bound` is none. CBC minimises
    always: what is maximised stands there with the sign turned.
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
