"""One run of HiGHS, followed through its callbacks; its answer is used only as far as its status and numbers agree."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from planner.highs.checked import CheckedHighs
from planner.highs.configured import EngineRefused
from planner.model.build import Model
from planner.solve.model_size import is_small
from planner.solve.outcome import Ending, Outcome, certified

if TYPE_CHECKING:
    from planner.solve.engine import RunOptions

GRACE_NODES: Final = 2000
"""Nodes for which a small model is searched on after the gap is met. Nodes rather than seconds, so that the plan is the
same every time."""

SAME: Final = 1e-6
"""Relative difference up to which a reported value counts as the value of the reported point."""

NEWS_SECONDS: Final = 0.25
"""Pause between reports of progress without a new point [s]."""


def run_highs(model: Model, options: RunOptions, settings: Mapping[str, Any]) -> tuple[Outcome, bool]:
    """Optimise once with these HiGHS options; return the outcome, and whether it is final.

    A failed run is final where its report asked to stop, or where HiGHS refused the model or an option.
    """
    problem = model.problem
    columns = problem.exported_variables()
    integers = sum(1 for variable in columns if variable.cat == pulp.LpInteger)
    engine = CheckedHighs(msg=False, **settings)
    try:
        engine.createAndConfigureSolver(problem)
        engine.buildSolverModel(problem)
    except EngineRefused as refused:
        return Outcome(Ending.FAILED, message=str(refused)), True
    highs: Any = problem.solverModel
    places = np.array([variable.id for variable in columns], dtype=np.int64)
    if options.start is not None:
        values = options.start[places]
        known = np.flatnonzero(np.isfinite(values)).astype(np.int32)
        highs.setSolution(len(known), known, values[known])
    watch = Watch(options, GRACE_NODES if options.thorough and is_small(model) else 0, places, len(problem.variables()))
    watch.follow(highs)
    problem.solverModel = None
    return outcome_of(highs, watch, integers > 0), watch.stop


class Watch:
    """Follows a run through HiGHS's callbacks: passes on progress and decides when to end the run."""

    def __init__(
        self,
        options: RunOptions,
        grace_nodes: int,
        places: NDArray[np.int64],
        size: int,
        others: NDArray[np.float64] | None = None,
    ) -> None:
        self.options = options
        self.grace_nodes = grace_nodes
        self.places = places
        """The id of the variable of each HiGHS column."""
        self.size = size
        """The number of variables of the problem."""
        self.others = others
        """The values of the variables that HiGHS has no column of; all 0 where none are given."""
        self.last_news = time.monotonic()
        self.stop = False
        """Whether the run is to end at the next opportunity."""
        self.error: BaseException | None = None
        """What was raised in a callback, such as by Ctrl-C: HiGHS would take it for a failure of its own."""

    def follow(self, highs: Any) -> None:
        """Run HiGHS and follow it. Raises what callbacks raise."""
        kinds = highspy.cb.HighsCallbackType
        highs.setCallback(self.called, None)
        for kind in (kinds.kCallbackMipImprovingSolution, kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt):
            highs.startCallback(kind)
        highs.run()
        if self.error is not None:
            raise self.error

    def called(self, kind: Any, message: str, out: Any, asked: Any, data: Any) -> None:
        """Answer a callback of HiGHS."""
        try:
            self._answer(kind, out, asked)
        except BaseException as error:
            self.error, self.stop = error, True

    def _answer(self, kind: Any, out: Any, asked: Any) -> None:
        if kind == highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution:
            self._tell(out, self.point(out.mip_solution))
        elif kind == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
            if not self.stop and time.monotonic() - self.last_news > NEWS_SECONDS:
                self._tell(out, None)
            met = self.met(_finite(out.mip_primal_bound), _finite(out.mip_dual_bound))
            if (
                self.stop
                or self.enough(_finite(out.mip_dual_bound))
                or self.settled(_finite(out.mip_primal_bound), _finite(out.mip_dual_bound), out.mip_node_count)
                or (met and out.mip_node_count >= self.grace_nodes)
            ):
                asked.user_interrupt = True
        elif self.stop:
            asked.user_interrupt = True

    def point(self, values: Any) -> NDArray[np.float64]:
        """Turn the values of HiGHS's columns into a value per variable of the problem; unused variables are 0."""
        point = np.zeros(self.size) if self.others is None else self.others.copy()
        point[self.places] = np.asarray(values, dtype=np.float64)
        return point

    def enough(self, bound: float | None) -> bool:
        """Return whether `bound` is near enough to the value reached elsewhere."""
        if bound is None or self.options.reached is None:
            return False
        value, distance = self.options.reached
        return abs(bound - value) <= distance

    def settled(self, best: float | None, bound: float | None, nodes: int) -> bool:
        """Return whether so much has been searched that a small distance between `best` and the bound is enough."""
        if best is None or self.options.settled is None or nodes < self.options.settled[1]:
            return False
        tightest = self.tighter(bound, best)
        return tightest is not None and abs(tightest - best) < self.options.settled[0]

    def met(self, best: float | None, bound: float | None) -> bool:
        """Return whether `best` is proven to within the gap, by `bound` or by the known bound."""
        bounds = (bound, self.options.known_bound)
        return any(certified(best, limit, self.options.gap) for limit in bounds)

    def tighter(self, bound: float | None, value: float) -> float | None:
        """Return the tighter of this run's bound and the known bound: the one nearer to `value`."""
        bounds = [limit for limit in (bound, self.options.known_bound) if limit is not None]
        return min(bounds, key=lambda limit: abs(limit - value), default=None)

    def _tell(self, out: Any, point: NDArray[np.float64] | None) -> None:
        self.last_news = time.monotonic()
        if self.options.report is not None:
            best = out.objective_function_value if point is not None else out.mip_primal_bound
            if self.options.report(_finite(best), _finite(out.mip_dual_bound), point):
                self.stop = True


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) and abs(value) < 1e30 else None


def outcome_of(highs: Any, watch: Watch, is_mip: bool) -> Outcome:
    """Read HiGHS's answer as far as its own status and numbers agree."""
    status = highs.getModelStatus()
    statuses = highspy.HighsModelStatus
    if status == statuses.kModelEmpty:
        return Outcome(Ending.PROVEN, watch.point([]), 0.0, 0.0)
    if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
        return Outcome(Ending.INFEASIBLE, message=str(status))
    limits = (statuses.kTimeLimit, statuses.kSolutionLimit, statuses.kIterationLimit, statuses.kObjectiveTarget)
    stopped = (statuses.kInterrupt, *limits)
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
    if abs(reached - value) > SAME * max(
        1.0, abs(reached)
    ):  # HiGHS has been seen to report a better value with the start as its point
        return Outcome(Ending.FAILED, message=f"HiGHS gave the value {value} and a point of value {reached}")
    point = watch.point(values)
    ending = Ending.PROVEN if watch.met(value, bound) else Ending.STOPPED
    nodes = max(0, int(info.mip_node_count))
    return Outcome(ending, point, value, watch.tighter(bound, value), str(status), nodes)
