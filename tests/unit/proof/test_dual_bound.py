"""Bounds from multipliers: true whatever they are, and tight where they are the duals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.proof.dual_bound import Bounder
from planner.proof.exact_model import ExactModel
from planner.proof.relaxation import Relaxation
from tests.sampled import few
from tests.unit.proof.programmes import best_of, random_model

SEEDS = 60


def test_a_bound_by_hand() -> None:
    """Maximise 3x + 2y with 2x + y <= 10, x + 3y <= 15, x, y <= 8: the corner (3, 4), duals 7/5 and 1/5."""
    model = ExactModel()
    x, y = model.column(8, whole=False), model.column(8, whole=False)
    model.row([(x, 2), (y, 1)], high=10)
    model.row([(x, 1), (y, 3)], high=15)
    bounder = Bounder(model, [(x, 3), (y, 2)])
    exact = bounder.bound(np.array([1.4, 0.2]), model.lower, model.upper)
    assert abs(exact.value - 17) < Fraction(1, 10**14)
    assert exact.value >= 17
    half = bounder.bound(np.array([1.0, 0.0]), model.lower, model.upper)
    assert half.value == 10 + 8 * 1 + 8 * 1, "10 * 1, and 1 x + 1 y at their upper bounds"
    assert bounder.bound(np.array([0.0, 0.0]), model.lower, model.upper).value == 3 * 8 + 2 * 8


def test_a_multiplier_of_a_side_that_bounds_nothing_counts_nothing() -> None:
    model = ExactModel()
    x = model.column(5, whole=False)
    model.row([(x, 1)], low=2)
    assert Bounder(model, [(x, 1)]).bound(np.array([7.0]), model.lower, model.upper).value == 5


@given(
    seed=st.integers(0, SEEDS),
    duals=st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=4, max_size=4),
)
def test_whatever_the_multipliers_are_no_point_is_better(seed: int, duals: list[float]) -> None:
    model, objective = random_model(seed)
    best = best_of(model, objective)
    bound = Bounder(model, objective).bound(np.array(duals[: len(model.low)]), model.lower, model.upper)
    assert best is None or bound.value >= best


@pytest.mark.parametrize("scale", [1, 10**9])
def test_the_duals_of_the_relaxation_give_its_value(scale: int) -> None:
    for seed in range(SEEDS):
        model, objective = random_model(seed, scale=scale)
        hint = Relaxation(model, objective).solve()
        if hint.duals is not None:
            exact = Bounder(model, objective).bound(hint.duals, model.lower, model.upper).value
            assert float(exact) == pytest.approx(hint.value, rel=1e-7, abs=1e-7), seed
            best = best_of(model, objective)
            assert best is None or exact >= best, seed


def test_no_ray_speaks_against_a_model_that_has_points_and_the_solvers_does_against_one_that_has_none() -> None:
    empty = 0
    for seed in range(few(400, 2)):
        model, objective = random_model(seed)
        hint = Relaxation(model, objective).solve()
        bounder = Bounder(model, objective)
        if model.contradictory:
            assert best_of(model, objective) is None, seed
        elif hint.ray is not None:
            assert bounder.infeasible(hint.ray, model.lower, model.upper), seed
            assert best_of(model, objective) is None, seed
            empty += 1
        elif best_of(model, objective) is not None:
            some = np.random.default_rng(seed).normal(size=len(model.low))
            assert not bounder.infeasible(some, model.lower, model.upper), seed
    assert empty > few(3, 2)


def test_what_a_column_is_worth_says_how_far_it_can_go() -> None:
    model = ExactModel()
    x, y = model.column(8, whole=True), model.column(8, whole=True)
    model.row([(x, 1), (y, 1)], high=8)
    exact = Bounder(model, [(x, 3), (y, 2)]).bound(np.array([3.0]), model.lower, model.upper)
    assert exact.value == 24
    assert exact.worth(y) == 1, "each unit of y costs 1"
