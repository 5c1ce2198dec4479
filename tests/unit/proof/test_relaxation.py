"""Relaxations that go on from where another stood."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest

from planner.proof.exact_model import ExactModel, Term
from planner.proof.relaxation import Relaxation
from tests.sampled import few
from tests.unit.proof.programmes import random_model


def rows_of(model: ExactModel) -> range:
    return range(model.size[0])


def test_one_that_goes_on_from_another_has_the_same_value() -> None:
    """The same rows and one more that the point keeps, under another objective: as the levels of a plan are."""
    compared = 0
    for seed in range(60):
        model, objective = random_model(seed)
        first = Relaxation(model, objective)
        hint = first.solve()
        stood = first.basis(rows_of(model))
        if hint.point is None or stood is None:
            continue
        below = model.copy()
        below.row(objective, low=floor(hint.value) - 1)
        second: list[Term] = [(column, -1 - column % 3) for column, _ in objective]
        cold, warm = Relaxation(below, second).solve(), Relaxation(below, second, stood).solve()
        assert cold.value == pytest.approx(warm.value, abs=1e-7), seed
        compared += 1
    assert compared > few(20, 1)


def test_one_that_goes_on_below_rows_that_cut_off_its_point_has_the_same_value() -> None:
    compared = 0
    for seed in range(60):
        model, objective = random_model(seed)
        first = Relaxation(model, objective)
        hint = first.solve()
        stood = first.basis(rows_of(model), keeps_added=False)
        if hint.point is None or stood is None:
            continue
        cut = model.copy()
        cut.row(objective, high=Fraction(hint.value).limit_denominator(100) - Fraction(1, 2))
        cold, warm = Relaxation(cut, objective).solve(), Relaxation(cut, objective, stood).solve()
        assert (cold.point is None) == (warm.point is None), seed
        if cold.point is not None:
            assert abs(cold.value - warm.value) < 1e-7, seed
            compared += 1
    assert compared > few(20, 1)


def test_one_that_is_stopped_gives_no_hint() -> None:
    model = ExactModel()
    columns = [model.column(10, whole=True) for _ in range(6)]
    for shift in range(6):
        model.row([(column, 1 + (column + shift) % 5) for column in columns], high=17 + shift)
    objective: list[Term] = [(column, 3 + column % 2) for column in columns]
    assert Relaxation(model, objective).solve(stop=lambda: False).duals is not None
    stopped = Relaxation(model, objective).solve(stop=lambda: True)
    assert stopped.duals is None
    assert stopped.point is None
