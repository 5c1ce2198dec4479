"""Levels bounded in the relaxation of the first: no point that does as well in the first is better than the bound."""

from __future__ import annotations

import random
from fractions import Fraction

from planner.proof.lower_levels import LowerLevels
from planner.proof.search import Search
from tests.sampled import few, some
from tests.unit.proof.programmes import points, random_model, value


def test_no_point_that_keeps_the_first_level_is_better_than_the_bound_of_another() -> None:
    tight = bounded = 0
    for seed in some(range(300), 6):
        model, objective = random_model(seed)
        dice = random.Random(f"lower {seed}")
        other = [(column, dice.choice([-3, -1, 1, 2])) for column in range(len(model.upper))]
        first = Search(model.copy(), objective, lambda _: None)
        if first.root(rounds=2) is None:
            continue
        values = [(value(objective, point), value(other, point)) for point in points(model)]
        if not values:
            continue
        best = max(one for one, _ in values)
        lower = LowerLevels(first)
        lower.hold(objective, low=best, high=None)
        bound = lower.bound(other, Fraction(1))
        known = max(second for one, second in values if one == best)
        assert bound is not None
        assert bound >= known, seed
        bounded += 1
        tight += bound == known
        lower.hold(other, low=known, high=None)
        assert lower.bound([(0, -1)], Fraction(1)) is not None, seed
    assert bounded > few(150, 6)
    assert tight > bounded / 4
