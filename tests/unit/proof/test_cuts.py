"""Cuts cut off fractions and never a whole point."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from planner.proof.cuts import cuts
from planner.proof.exact_model import ExactModel
from planner.proof.relaxation import Relaxation
from tests.sampled import few, some
from tests.unit.proof.programmes import points, random_model


@pytest.mark.parametrize("scale", [1, 851_371])
def test_every_whole_point_keeps_every_cut_and_the_fraction_does_not(scale: int) -> None:
    made = 0
    for seed in some(range(250)):
        model, objective = random_model(seed, scale=scale)
        relaxation = Relaxation(model, objective)
        hint = relaxation.solve()
        if hint.point is None:
            continue
        whole = list(points(model))
        for cut in cuts(model, relaxation, hint, list(model.lower), list(model.upper)):
            made += 1
            reached = sum(c * hint.point[column] for column, c in cut.terms.items())
            assert reached > cut.high, seed
            for point in whole:
                assert sum(c * point[column] for column, c in cut.terms.items()) <= cut.high, (seed, point)
    assert made > few(100)


def test_every_cut_holds_where_money_is_divided_at_will() -> None:
    """Columns that need not be whole, with bounds in fractions: tried in quarters and at their bounds."""
    made = 0
    for seed in some(range(60)):
        dice = random.Random(f"money {seed}")
        model = ExactModel()
        columns = [model.column(dice.randint(1, 3), whole=True) for _ in range(3)]
        columns += [model.column(Fraction(dice.randint(1, 9), dice.choice([3, 4, 7])), whole=False) for _ in range(2)]
        for _ in range(3):
            terms = [(c, Fraction(dice.randint(-3, 7), dice.choice([1, 2, 3]))) for c in columns]
            model.row(terms, high=Fraction(dice.randint(1, 25), 2))
        objective = [(c, dice.randint(1, 9)) for c in columns]
        relaxation = Relaxation(model, objective)
        hint = relaxation.solve()
        assert hint.point is not None
        found = cuts(model, relaxation, hint, list(model.lower), list(model.upper))
        made += len(found)
        values = [list(range(int(model.upper[c]) + 1)) for c in columns[:3]]
        parts = [[*(Fraction(n, 4) for n in range(int(4 * model.upper[c]) + 1)), model.upper[c]] for c in columns[3:]]
        rows = [(model.terms(row), model.high[row]) for row in range(len(model.high))]
        for point in product(*values, *parts):
            if all(sum(v * point[c] for c, v in terms) <= (high or 0) for terms, high in rows):
                for cut in found:
                    assert sum(v * point[c] for c, v in cut.terms.items()) <= cut.high, (seed, point)
    assert made > few(30)


def test_a_class_is_not_held_in_part() -> None:
    """25 y <= x <= 40 y and x <= 30: half a class of 15 people is cut off, and no plan is."""
    model = ExactModel()
    x, y = model.column(30, whole=True), model.column(3, whole=True)
    model.row([(x, 1), (y, -40)], high=0)
    model.row([(x, 1), (y, -25)], low=0)
    relaxation = Relaxation(model, [(x, 10), (y, -100)])
    hint = relaxation.solve()
    assert hint.point is not None
    assert hint.point[y] == pytest.approx(0.75)
    found = cuts(model, relaxation, hint, list(model.lower), list(model.upper))
    assert found
    for cut in found:
        for people in (0, *range(25, 31)):
            classes = int(people > 0)
            assert cut.terms.get(x, 0) * people + cut.terms.get(y, 0) * classes <= cut.high
