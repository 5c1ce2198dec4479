"""The matrix that HiGHS gets is the one that PuLP's own transfer would give it, number for number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pulp
import pytest

from benchmarks.sizes import scenario_of
from planner.highs.checked import CheckedHighs
from planner.highs.configured import EngineRefused, configured
from planner.model.build import build
from planner.scenario_io import read_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def of_a_scenario(name: str) -> pulp.LpProblem:
    return build(read_scenario(SCENARIOS / f"{name}.yaml")).problem


def of_every_kind() -> pulp.LpProblem:
    """Both senses of a bound missing, whole and 0/1 variables, an unused one, an offset, and rows of each sense."""
    problem = pulp.LpProblem("kinds", pulp.LpMinimize)
    problem.add_variable("unused", 0, 1)
    free = problem.add_variable("free")
    whole = problem.add_variable("whole", -3, 7, "Integer")
    binary = problem.add_variable("binary", cat="Binary")
    below = problem.add_variable("below", None, 2.5)
    problem.setObjective(2 * free - 0.5 * whole + 0 * binary + 11)
    problem.addConstraint(free + 3 * whole <= 4, "least")
    problem.addConstraint(whole - 0 * binary + below >= -1.25, "most")
    problem.addConstraint(free + binary + 1e-7 * below == 0, "same")
    return problem


def held(problem: pulp.LpProblem, transfer: Any, **settings: Any) -> dict[str, Any]:
    """All that HiGHS holds of the problem after a transfer, column by column."""
    problem.solverModel = configured({})
    transfer(CheckedHighs(msg=False, **settings), problem)
    highs: Any = problem.solverModel
    problem.solverModel = None
    lp = highs.getLp()
    highs.ensureColwise()
    matrix = highs.getLp().a_matrix_
    return {
        "column bounds": (np.array(lp.col_lower_), np.array(lp.col_upper_)),
        "row bounds": (np.array(lp.row_lower_), np.array(lp.row_upper_)),
        "cost": np.array(lp.col_cost_),
        "kinds": np.array([int(kind) for kind in lp.integrality_]),
        "sense and offset": np.array([int(lp.sense_), lp.offset_]),
        "starts": np.array(matrix.start_),
        "rows": np.array(matrix.index_),
        "coefficients": np.array(matrix.value_),
    }


@pytest.mark.parametrize("mip", [True, False])
@pytest.mark.parametrize(
    "made",
    [
        pytest.param(of_every_kind, id="kinds"),
        pytest.param(lambda: pulp.LpProblem("empty", pulp.LpMaximize), id="empty"),
        *(pytest.param(partial(of_a_scenario, name), id=name) for name in ("contoh-kecil", "jpt-2020")),
        pytest.param(partial(of_a_scenario, "jambi-2027-2029"), id="jambi-2027-2029"),
        pytest.param(lambda: build(scenario_of(30, 10, 12, 4, 4, 4)).problem, id="made"),
    ],
)
def test_the_matrix_is_that_of_pulp(made: Callable[[], pulp.LpProblem], mip: bool) -> None:
    problem = made()
    if problem.objective is None:
        problem.setObjective(0)
    ours = held(problem, CheckedHighs.buildSolverModel, mip=mip)
    theirs = held(problem, pulp.HiGHS.buildSolverModel, mip=mip)
    for part, numbers in theirs.items():
        assert np.array_equal(ours[part], numbers), part


def test_a_coefficient_that_highs_drops_is_missed() -> None:
    problem = pulp.LpProblem("tiny", pulp.LpMaximize)
    x, y = problem.add_variable("x", 0, 1), problem.add_variable("y", 0, 1)
    problem.setObjective(x + y)
    problem.addConstraint(x + 1e-12 * y <= 1, "row")
    with pytest.raises(EngineRefused, match="coefficients instead of"):
        held(problem, CheckedHighs.buildSolverModel)


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    problem = pulp.LpProblem("infinite", pulp.LpMaximize)
    problem.setObjective(pulp.LpAffineExpression.from_list([(problem.add_variable("x", 0, 1), number)]))
    with pytest.raises(EngineRefused, match="not finite"):
        held(problem, CheckedHighs.buildSolverModel)
