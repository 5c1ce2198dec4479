"""Cuts made again for a like model hold for every whole point of it, whatever has changed there."""

from __future__ import annotations

import random
from fractions import Fraction

from planner.proof.cuts import binding
from planner.proof.exact_model import ExactModel
from planner.proof.kept_cuts import KeptCuts
from planner.proof.search import Search
from tests.sampled import few, some
from tests.unit.proof.programmes import points, random_model


def changed(model: ExactModel, seed: int) -> ExactModel:
    """`model` with other sides of rows, coefficients and upper bounds."""
    dice, other = random.Random(f"changed {seed}"), model.copy()
    for row in range(len(other.high)):
        high, low = other.high[row], other.low[row]
        other.high[row] = None if high is None else high + dice.choice([-2, 0, 0, 3])
        other.low[row] = None if low is None else low - dice.choice([0, 1])
    for place in range(len(other.values)):
        other.values[place] += dice.choice([0, 0, 0, 1]) if other.values[place] != -1 else 0
    other.upper = [side + (1 if dice.random() < 0.2 else 0) for side in other.upper]
    return other


def kept_of(search: Search) -> KeptCuts:
    assert search.log is not None
    point = search.relaxation.solve().point
    holding = [] if point is None else binding(search.model, search.log.first, point)
    last = search.relaxation.basis(range(len(search.model.low)))
    return search.log.kept(holding, search.stood, last)


def test_cuts_made_again_exclude_no_whole_point_of_the_changed_model() -> None:
    again = 0
    for seed in some(range(300), 6):
        model, objective = random_model(seed)
        search = Search(model, objective, lambda _: None)
        if search.root(rounds=3) is None:
            continue
        kept, other = kept_of(search), changed(model, seed)
        made, _start = kept.again(other, list(other.lower), list(other.upper))
        again += len(made.low) - len(other.low)
        for point in points(other):
            for row in range(len(other.low), len(made.low)):
                high = made.high[row]
                assert high is not None
                assert sum(c * point[column] for column, c in made.terms(row)) <= high, (seed, point)
    assert again > few(120, 6)


def test_a_root_with_cuts_made_again_bounds_the_best_point_and_needs_no_round() -> None:
    for seed in some(range(200), 10):
        model, objective = random_model(seed)
        first = Search(model, objective, lambda _: None)
        if first.root(rounds=3) is None:
            continue
        other = changed(model, seed)
        best = max((sum(Fraction(f) * point[c] for c, f in objective) for point in points(other)), default=None)
        bounds = []
        for like in (kept_of(first), None):
            search = Search(other.copy(), objective, lambda _: None)
            search.root(again=like)
            bounds.append(search.bound)
        if best is not None:
            assert bounds[0] is not None
            assert best <= bounds[0], seed
        if bounds[0] is not None:
            assert bounds[1] is not None
            assert bounds[0] <= bounds[1], seed


def test_cuts_do_not_fit_a_model_of_another_shape() -> None:
    model, objective = random_model(1)
    search = Search(model, objective, lambda _: None)
    search.root(rounds=2)
    kept, other = kept_of(search), model.copy()
    other.row([(0, 1)], high=1)
    assert kept.fits(model)
    assert not kept.fits(other)
    wider = model.copy()
    wider.column(1, whole=True)
    assert bool(kept.points) != kept.fits(wider)
