"""What HiGHS says of a run is read as far as its status and numbers agree; values that it leaves behind are no plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import highspy
import numpy as np
import pytest

from planner.solve.engine import RunOptions
from planner.solve.highs_run import Watch, outcome_of
from planner.solve.outcome import Ending, Outcome

STATUS: Any = highspy.HighsModelStatus
NO_POINT = (highspy.SolutionStatus.kSolutionStatusNone, highspy.SolutionStatus.kSolutionStatusInfeasible)
FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible


def answered(status: Any, solution: Any, value: float = 3.5, values: tuple[float, ...] = (1.5, 2.0)) -> Outcome:
    """The outcome of a run with two columns of cost 1 whose variables hold `values`."""
    numbers = {"objective_function_value": value, "mip_dual_bound": 9.0, "mip_node_count": 7}
    info = SimpleNamespace(primal_solution_status=int(solution), **numbers)
    highs = SimpleNamespace(
        getModelStatus=lambda: status,
        getInfo=lambda: info,
        getSolution=lambda: SimpleNamespace(col_value=list(values)),
        getLp=lambda: SimpleNamespace(col_cost_=[1.0] * len(values), offset_=0.0),
    )
    return outcome_of(highs, Watch(RunOptions(gap=0.0), 0, np.arange(2), 2), True)


@pytest.mark.parametrize("solution", NO_POINT)
@pytest.mark.parametrize("status", [STATUS.kTimeLimit, STATUS.kInterrupt, STATUS.kSolutionLimit, STATUS.kOptimal])
def test_a_stop_without_a_solution_has_no_point_whatever_stands_in_the_columns(status: Any, solution: Any) -> None:
    found = answered(status, solution)
    assert (found.ending, found.point, found.value, found.bound) == (Ending.STOPPED, None, None, 9.0)


def test_a_stop_with_a_solution_has_its_point() -> None:
    found = answered(STATUS.kTimeLimit, FEASIBLE)
    assert (found.ending, found.value, found.bound) == (Ending.STOPPED, 3.5, 9.0)
    assert found.point is not None
    assert found.point.tolist() == [1.5, 2.0]


@pytest.mark.parametrize("status", [STATUS.kInfeasible, STATUS.kUnboundedOrInfeasible])
def test_an_infeasible_model_has_no_point(status: Any) -> None:
    found = answered(status, FEASIBLE)
    assert (found.ending, found.point) == (Ending.INFEASIBLE, None)


@pytest.mark.parametrize("status", [STATUS.kUnknown, STATUS.kSolveError, STATUS.kUnbounded, STATUS.kMemoryLimit])
def test_any_other_status_is_a_failure_without_a_point(status: Any) -> None:
    found = answered(status, FEASIBLE)
    assert (found.ending, found.point) == (Ending.FAILED, None)


@pytest.mark.parametrize(("value", "values"), [(4.0, (1.5, 2.0)), (3.5, (1.5, float("nan")))])
def test_a_value_that_is_not_that_of_the_point_is_a_failure(value: float, values: tuple[float, ...]) -> None:
    found = answered(STATUS.kOptimal, FEASIBLE, value, values)
    assert (found.ending, found.point) == (Ending.FAILED, None)


@pytest.mark.parametrize(
    ("best", "bound", "known", "nodes", "ends"),
    [
        (20.0, 20.9, None, 10, True),
        (20.0, 25.0, 20.9, 10, True),
        (20.0, 20.9, None, 9, False),
        (20.0, 21.0, None, 10, False),
        (None, 20.9, None, 10, False),
        (20.0, None, None, 10, False),
    ],
)
def test_a_run_ends_after_so_many_nodes_once_little_is_open(
    best: float | None, bound: float | None, known: float | None, nodes: int, ends: bool
) -> None:
    watch = Watch(RunOptions(gap=0.0, settled=(1.0, 10), known_bound=known), 0, np.arange(2), 2)
    assert watch.settled(best, bound, nodes) is ends
    assert not Watch(RunOptions(gap=0.0, known_bound=known), 0, np.arange(2), 2).settled(best, bound, nodes)
