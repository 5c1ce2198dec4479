"""Chances that several years share: the most that they are worth, and of equals those of the earlier programme."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.check.chances import YearSeats, largest_use


@pytest.mark.parametrize(
    ("worths", "used"),
    [([2, 1, 3], [0, 0, 1]), ([2, 2, 2], [1, 0, 0]), ([1, 2, 2], [0, 1, 0]), ([4, 1, 4], [1, 0, 0])],
)
def test_a_chance_goes_to_the_most_worth_and_of_equals_to_the_first(worths: list[int], used: list[int]) -> None:
    seats = [YearSeats("g", 0, 1, Fraction(worth)) for worth in worths]
    assert largest_use(seats, [{"g": Fraction(1)}], [Fraction(1)]) == used


def test_fractions_of_worth_count_exactly() -> None:
    seats = [YearSeats("g", 0, 2, Fraction(1, 3)), YearSeats("g", 0, 2, Fraction(2, 5))]
    assert largest_use(seats, [{"g": Fraction(5, 2)}], [Fraction(3)]) == [Fraction(1, 2), 2]
