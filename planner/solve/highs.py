"""The engine of choice: HiGHS through PuLP, followed while it runs and believed only as far as its numbers agree."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any, Final

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from planner.checked_highs import CheckedHighs, EngineRefused
from planner.model.build import Model
from planner.solve.outcome import Ending, Outcome

SMALL: Final = 200
"""Up to so many integer columns, optimality is sought beyond the gap asked for."""

IN_STAGES: Final = True
"""HiGHS can be followed and stopped, and starts from a point."""

DIGITS: Final = 1e-9
"""Relative precision of its values."""

GRACE_NODES: Final = 2000
"""Nodes for which a small model is searched on after the gap is met. Nodes, not seconds: the same plan every time."""

ARITHMETIC: Final = 1e-9
"""Relative difference that is no difference in floating point."""

SAME: Final = 1e-6
"""Relative difference up to which a value is taken to be that of the point beside it."""

HEURISTICS: Final = tuple(
    f"mip_heuristic_run_{name}" for name in ("rens", "rins", "root_reduced_cost", "feasibility_jump")
)
"""Options of HiGHS for searches that only look for points; they take most of the time of a run."""

NEWS_SECONDS: Final = 0.25
"""Pause between reports of progress without a new point [seconds]."""

Report = Callable[[float | None, float | None, NDArray[np.float64] | None], bool]
"""Called with (best, bound, new point or None); returns True to stop."""


def run(
    model: Model,
    *,
    gap: float,
    seconds: float | None,
    start: NDArray[np.float64] | None = None,
    report: Report | None = None,
    most_nodes: int | None = None,
    known_bound: float | None = None,
    in_hand: tuple[float, float] | None = None,
    presolve: bool = True,
    heuristics: bool = True,
) -> Outcome:
    """Optimise the objective of `model.problem` until `gap` is proven or `seconds` are over.

    Single-threaded and with a fixed seed: the same model gives the same point. `start` is a point to
    start from, by variable, NaN where it says nothing; `most_nodes` ends a search that need not be complete;
    `known_bound` is a bound proven elsewhere, which counts like one of this run's own; `in_hand`, a value already
    reached and a distance, ends the run once its bound comes that near to the value; without `heuristics` no
    time goes to points beside the search, where it is the bound that is wanted.

    Tolerances are HiGHS's own, never tighter: with tighter ones its presolve has been seen to cut off the best plan.
    """
    problem = model.problem
    columns = problem.exported_variables()
    integers = sum(1 for variable in columns if variable.cat == pulp.LpInteger)
    small = is_small(model)
    options: dict[str, Any] = {
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0 if small else min(1e-6, gap),
    }
    if not presolve:
        options["presolve"] = "off"
    if not heuristics:
        options |= dict.fromkeys(HEURISTICS, False)
    if seconds is not None:
        options["time_limit"] = max(0.0, float(seconds))
    if most_nodes is not None:
        options["mip_max_nodes"] = most_nodes
    engine = CheckedHighs(msg=False, **options)
    try:
        engine.createAndConfigureSolver(problem)
        engine.buildSolverModel(problem)
    except EngineRefused as refused:
        return Outcome(Ending.FAILED, message=str(refused))
    highs: Any = problem.solverModel
    places = np.array([variable.id for variable in columns], dtype=np.int64)
    if start is not None:
        values = start[places]
        known = np.flatnonzero(np.isfinite(values)).astype(np.int32)
        highs.setSolution(len(known), known, values[known])
    watch = _Watch(gap, GRACE_NODES if small else 0, report, known_bound, in_hand, places, len(problem.variables()))
    highs.setCallback(watch.called, None)
    kinds = highspy.cb.HighsCallbackType
    for kind in (kinds.kCallbackMipImprovingSolution, kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt):
        highs.startCallback(kind)
    began = time.monotonic()
    highs.run()
    outcome = _outcome(highs, watch, integers > 0)
    problem.solverModel = None
    if outcome.ending == Ending.FAILED and not watch.stop and (start is not None or presolve):
        # once more without the start, or else without presolve
        return run(
            model,
            gap=gap,
            seconds=None if seconds is None else seconds - (time.monotonic() - began),
            report=report,
            most_nodes=most_nodes,
            known_bound=known_bound,
            in_hand=in_hand,
            presolve=presolve and start is not None,
            heuristics=heuristics,
        )
    return outcome


def is_small(model: Model) -> bool:
    """Whether the model is so small that its optimum is sought exactly."""
    return model.variables.decisions <= SMALL


class _Watch:
    """Follows a run through HiGHS's callbacks: passes on news and decides when it has gone far enough."""

    def __init__(
        self,
        gap: float,
        grace_nodes: int,
        report: Report | None,
        known_bound: float | None,
        in_hand: tuple[float, float] | None,
        places: NDArray[np.int64],
        size: int,
    ) -> None:
        self.places = places
        self.size = size
        self.gap = gap
        self.grace_nodes = grace_nodes
        self.report = report
        self.known_bound = known_bound
        self.in_hand = in_hand
        self.last_news = time.monotonic()
        self.stop = False

    def called(self, kind: Any, message: str, out: Any, asked: Any, data: Any) -> None:
        """What HiGHS calls."""
        if kind == highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution:
            self._tell(out, self.point(out.mip_solution))
        elif kind == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
            if time.monotonic() - self.last_news > NEWS_SECONDS:
                self._tell(out, None)
            met = self.met(_finite(out.mip_primal_bound), _finite(out.mip_dual_bound))
            if (
                self.stop
                or self.enough(_finite(out.mip_dual_bound))
                or (met and out.mip_node_count >= self.grace_nodes)
            ):
                asked.user_interrupt = True
        elif self.stop:
            asked.user_interrupt = True

    def point(self, values: Any) -> NDArray[np.float64]:
        """The values of HiGHS's columns as a value per variable of the problem; unused variables are 0."""
        point = np.zeros(self.size)
        point[self.places] = np.asarray(values, dtype=np.float64)
        return point

    def enough(self, bound: float | None) -> bool:
        """Whether `bound` proves what is in hand."""
        return bound is not None and self.in_hand is not None and abs(bound - self.in_hand[0]) <= self.in_hand[1]

    def met(self, best: float | None, bound: float | None) -> bool:
        """Whether `best` is proven to within the gap, by `bound` or by the bound known before."""
        return best is not None and any(
            limit is not None and abs(limit - best) <= max(self.gap, ARITHMETIC) * max(1.0, abs(best))
            for limit in (bound, self.known_bound)
        )

    def tighter(self, bound: float | None, value: float) -> float | None:
        """The better of this run's bound and the one known before, as seen from `value`."""
        bounds = [limit for limit in (bound, self.known_bound) if limit is not None]
        return min(bounds, key=lambda limit: abs(limit - value), default=None)

    def _tell(self, out: Any, point: NDArray[np.float64] | None) -> None:
        self.last_news = time.monotonic()
        if self.report is not None:
            best = out.objective_function_value if point is not None else out.mip_primal_bound
            if self.report(_finite(best), _finite(out.mip_dual_bound), point):
                self.stop = True


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) and abs(value) < 1e30 else None


def _outcome(highs: Any, watch: _Watch, is_mip: bool) -> Outcome:
    """HiGHS's answer, believed only as far as its own status and numbers agree."""
    status = highs.getModelStatus()
    statuses = highspy.HighsModelStatus
    if status == statuses.kModelEmpty:
        return Outcome(Ending.PROVEN, watch.point([]), 0.0, 0.0)
    if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
        return Outcome(Ending.INFEASIBLE, message=str(status))
    stopped = (statuses.kTimeLimit, statuses.kInterrupt, statuses.kSolutionLimit, statuses.kIterationLimit)
    if status != statuses.kOptimal and status not in stopped:
        return Outcome(Ending.FAILED, message=str(status))
    info = highs.getInfo()
    has_point = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    value = _finite(info.objective_function_value) if has_point else None
    bound = _finite(info.mip_dual_bound) if is_mip else (value if status == statuses.kOptimal else None)
    if value is None:
        return Outcome(Ending.STOPPED, bound=bound, message=str(status))
    values = np.asarray(highs.getSolution().col_value, dtype=np.float64)
    if not np.all(np.isfinite(values)):
        return Outcome(Ending.FAILED, message="HiGHS gave a value that is not a number")
    model = highs.getLp()
    reached = float(np.dot(np.asarray(model.col_cost_), values)) + model.offset_
    if abs(reached - value) > SAME * max(1.0, abs(reached)):  # seen: a better value, and the start as its point
        return Outcome(Ending.FAILED, message=f"HiGHS gave the value {value} and a point of value {reached}")
    point = watch.point(values)
    ending = Ending.PROVEN if watch.met(value, bound) else Ending.STOPPED
    return Outcome(ending, point, value, watch.tighter(bound, value), str(status))
