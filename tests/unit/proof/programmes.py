"""Small integer programmes, random by seed, and the best of them found by trying every point.

random_model(seed) -> ExactModel       2 to 5 whole columns and perhaps one that is not, 2 to 4 rows
best_of(model, objective) -> Fraction  the best value over all points whose columns are all whole, None where none keeps
                                       the rows
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from planner.proof.exact_model import ExactModel, Term


def random_model(seed: int, *, scale: int = 1) -> tuple[ExactModel, list[Term]]:
    """A model of whole columns with small bounds, and an objective to maximise; `scale` makes coefficients long."""
    dice = random.Random(f"programme {seed}")
    model = ExactModel()
    columns = [model.column(dice.randint(0, 4), whole=True, rank=dice.randint(0, 2)) for _ in range(dice.randint(2, 5))]
    for _ in range(dice.randint(2, 4)):
        terms = [(c, Fraction(dice.randint(-4, 7) * scale, dice.choice([1, 1, 2, 3]))) for c in columns]
        high = Fraction(dice.randint(0, 30) * scale + dice.choice([-1, 0, 0, 1]), dice.choice([1, 2]))
        low = high - dice.randint(0, 20 * scale) if dice.random() < 0.4 else None
        model.row(terms, low=low, high=high)
    objective: list[Term] = [(c, Fraction(dice.randint(-2, 9), dice.choice([1, 1, 4]))) for c in columns]
    return model, objective


def points(model: ExactModel) -> Iterator[tuple[int, ...]]:
    """Every point of whole columns that keeps the rows."""
    for point in product(*(range(int(most) + 1) for most in model.upper)):
        if model.keeps(point):
            yield point


def value(objective: Sequence[Term], point: Sequence[int]) -> Fraction:
    return sum((Fraction(factor) * point[column] for column, factor in objective), Fraction(0))


def best_of(model: ExactModel, objective: Sequence[Term]) -> Fraction | None:
    return max((value(objective, point) for point in points(model)), default=None)
