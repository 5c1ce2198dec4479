"""The part of a matrix that bounds leave open: its best points are those of the whole matrix within the bounds."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from planner.model.build import build
from planner.scenario_io import read_scenario
from planner.solve.engine import RunOptions
from planner.solve.guided.matrix import Matrix, Relaxed
from planner.solve.outcome import Ending

SMALL = Path(__file__).parents[4] / "scenarios" / "contoh-kecil.yaml"
EXACT = RunOptions(gap=0.0, most_nodes=1000)


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    model = build(read_scenario(SMALL))
    made = Matrix(model)
    goal = model.goals[0]
    made.aim(goal.terms, goal.sense)
    return made


@pytest.mark.parametrize("seed", range(6))
def test_the_best_point_of_the_open_part_is_that_of_the_whole_within_the_bounds(matrix: Matrix, seed: int) -> None:
    """Some whole columns are fixed where the relaxation is nearly whole, and others by chance."""
    dice = random.Random(seed)
    root = matrix.relaxed(matrix.lower, matrix.upper, EXACT)
    assert isinstance(root, Relaxed)
    near = np.rint(root.point)
    share = dice.choice([0.2, 0.5, 0.9])
    fixed = matrix.whole & np.array([dice.random() < share for _ in near])
    fixed &= (near >= matrix.lower) & (near <= matrix.upper)
    lower, upper = np.where(fixed, near, matrix.lower), np.where(fixed, near, matrix.upper)
    whole, apart = (search(lower, upper, matrix.whole, EXACT) for search in (matrix.searched, matrix.searched_apart))
    assert (whole.point is None) == (apart.point is None)
    if apart.point is not None:
        assert apart.value == pytest.approx(whole.value, abs=1e-6)
        assert np.array_equal(apart.point[matrix.places][fixed], near[fixed])
        assert float(np.dot(matrix.cost, apart.point[matrix.places])) == pytest.approx(apart.value)


def test_a_point_as_good_as_the_target_is_enough(matrix: Matrix) -> None:
    found = matrix.searched_apart(
        matrix.lower, matrix.upper, matrix.whole, RunOptions(gap=0.0, most_nodes=1000, target=1.0)
    )
    assert found.value is not None
    assert found.value >= 1.0


def test_where_fixed_columns_alone_break_a_row_there_is_no_point(matrix: Matrix) -> None:
    fixed = matrix.upper
    assert matrix.searched_apart(fixed, fixed, matrix.whole, EXACT).ending is Ending.INFEASIBLE


def test_where_nothing_is_open_the_point_is_that_of_the_bounds(matrix: Matrix) -> None:
    nothing = matrix.lower
    found = matrix.searched_apart(nothing, nothing, matrix.whole, EXACT)
    assert found.point is not None
    assert np.array_equal(found.point[matrix.places], nothing)
