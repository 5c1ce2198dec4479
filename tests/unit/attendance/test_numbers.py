"""Numbers of people by pattern: the best of all that keep the rows, whatever the order of the rows."""

from __future__ import annotations

import random
from itertools import product

from planner.attendance.numbers import Numbers
from tests.sampled import some


def test_the_numbers_found_are_the_best_of_all_that_keep_the_rows() -> None:
    for seed in some(range(200), 10):
        dice = random.Random(f"numbers {seed}")
        patterns, people = dice.randint(1, 4), dice.randint(1, 4)
        rows = [([dice.randint(0, 2) for _ in range(patterns)], dice.randint(0, 6)) for _ in range(dice.randint(0, 3))]
        least, goal = dice.randint(0, 3), [dice.randint(-2, 5) for _ in range(patterns)]
        numbers = Numbers(patterns, people)
        for factors, high in rows:
            numbers.row(factors, high=high)
        numbers.row([1] * patterns, low=least)
        kept = [
            point
            for point in product(range(people + 1), repeat=patterns)
            if sum(point) >= least and all(_sum(factors, point) <= high for factors, high in rows)
        ]
        found = numbers.best(goal)
        assert (found is None) == (not kept), seed
        if found is not None:
            assert tuple(found) in kept
            for _again in range(2):  # from nothing, and from where another goal ended
                relaxed = numbers.in_fractions(goal)
                assert relaxed is not None
                assert _sum(goal, found) <= relaxed[0] + 1e-6, seed
                if relaxed[1] is not None:
                    assert tuple(relaxed[1]) in kept
                    assert _sum(goal, relaxed[1]) == _sum(goal, found), seed
                assert numbers.in_fractions([-factor for factor in goal]) is not None
            assert _sum(goal, found) == max(_sum(goal, point) for point in kept), seed


def test_numbers_of_nothing_are_none() -> None:
    assert Numbers(0, 3).best([]) is None
    assert Numbers(0, 3).in_fractions([]) is None


def _sum(factors: list[int], point: tuple[int, ...] | list[int]) -> int:
    return sum(factor * number for factor, number in zip(factors, point, strict=True))
