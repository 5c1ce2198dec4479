"""CBC through PuLP, by choice: a second opinion. It reports no news while it runs."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.locale import _
from planner.model.build import Model
from planner.solve.outcome import Ending, Outcome

DIGITS: Final = 1e-7
"""Relative precision of the values in CBC's solution file, which has eight digits."""


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
    exact: bool = False,
    heuristics: bool = True,
) -> Outcome:
    """Optimise the objective of `model.problem` until `gap` is proven or `seconds` are over.

    CBC cannot be told of news, of bounds known before or of tighter tolerances; it leaves all three aside, and its
    heuristics as they are.
    """
    del report, known_bound, in_hand, exact, heuristics
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
    engine: pulp.LpSolver = pulp.COIN_CMD(  # type: ignore[no-untyped-call]  # PuLP leaves it untyped
        msg=False,
        threads=1,
        gapRel=0.0 if len(columns) < 1500 else gap / 2,
        timeLimit=None if seconds is None else max(1, math.ceil(seconds)),
        options=options,
        warmStart=start is not None,
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
    bound = getattr(stats, "best_bound", None)
    if bound is None or not math.isfinite(bound):
        bound = value if optimal else None
    met = bound is not None and abs(bound - value) <= max(gap, DIGITS) * max(1.0, abs(value))
    ending = Ending.PROVEN if optimal or met else Ending.STOPPED  # GapLimit, too, is a proof
    return Outcome(ending, point, value, bound, f"CBC: {stats.status.name}")
