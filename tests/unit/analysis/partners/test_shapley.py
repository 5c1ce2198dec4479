"""Fair shares: exact, complete, and the same for partners that are alike."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, permutations

import pytest

from planner.analysis.partners.shapley import shapley

Values = dict[frozenset[str], Fraction]


def game(seed: int, partners: str = "abcd") -> Values:
    """A value for every set of partners, nothing more."""
    dice = random.Random(seed)
    return {
        frozenset(some): Fraction(dice.randint(0, 100), dice.randint(1, 7))
        for size in range(len(partners) + 1)
        for some in combinations(partners, size)
    }


def over_all_orders(partners: str, value: Values) -> dict[str, Fraction]:
    """The share by its definition: what each adds when it joins, averaged over all orders."""
    shares = dict.fromkeys(partners, Fraction(0))
    orders = list(permutations(partners))
    for order in orders:
        for place, partner in enumerate(order):
            before = frozenset(order[:place])
            shares[partner] += (value[before | {partner}] - value[before]) / len(orders)
    return shares


@pytest.mark.parametrize("seed", range(5))
def test_a_share_is_the_average_addition_over_all_orders_of_joining(seed: int) -> None:
    value = game(seed)
    assert shapley("abcd", value) == over_all_orders("abcd", value)


@pytest.mark.parametrize("partners", ["", "a", "ab", "abcdefgh"])
def test_shares_add_up_exactly_to_what_all_add(partners: str) -> None:
    value = game(1, partners)
    assert sum(shapley(partners, value).values()) == value[frozenset(partners)] - value[frozenset()]


def test_partners_that_add_the_same_get_the_same_and_one_that_adds_nothing_gets_nothing() -> None:
    """a and b are worth 6 if one of them is there, and no more if both are; c adds nothing to anything."""
    value = {
        frozenset(some): Fraction(6 if {"a", "b"} & set(some) else 0)
        for size in range(4)
        for some in combinations("abc", size)
    }
    assert shapley("abc", value) == {"a": 3, "b": 3, "c": 0}


def test_the_glove_game_by_hand() -> None:
    """a has a left glove, b and c have right ones; a pair is worth 1: a gets 2/3, the others 1/6 each."""
    value = {
        frozenset(some): Fraction(int("a" in some and len(some) > 1))
        for n in range(4)
        for some in combinations("abc", n)
    }
    assert shapley("abc", value) == {"a": Fraction(2, 3), "b": Fraction(1, 6), "c": Fraction(1, 6)}
