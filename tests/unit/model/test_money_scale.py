"""The unit of money: whole coefficients where they fit, none too small or too large."""

from __future__ import annotations

import random

import pytest

from planner.model.money_scale import LARGEST_AMOUNT, money_unit


@pytest.mark.parametrize(
    ("amounts", "unit"),
    [
        ([], 1),
        ([0, 0], 1),
        ([7], 7),
        ([6, 10], 2),
        ([900_000, 55_000, 2_500_000_000], 5_000),
        ([1, 10**6], 1),
        ([1, 10**6 + 1], 10),
        ([3, 10**14], 10**8),
        ([10**14], 10**14),
        ([999_999_999_999_999, 1], 10**9),
    ],
)
def test_the_unit_of_amounts(amounts: list[int], unit: int) -> None:
    assert money_unit(amounts) == unit


def test_no_amount_is_beyond_what_a_solver_bears() -> None:
    dice = random.Random(1)
    for _ in range(500):
        amounts = [dice.randrange(10 ** dice.randint(1, 15)) for _ in range(dice.randint(1, 6))]
        unit = money_unit(amounts)
        assert max(amounts) <= unit * LARGEST_AMOUNT
        whole = all(amount % unit == 0 for amount in amounts)
        assert whole or unit in {10**n for n in range(16)}


def test_the_order_of_amounts_does_not_matter() -> None:
    amounts = [900_000, 0, 55_000, 2_500_000_000, 12]
    assert money_unit(amounts) == money_unit(reversed(amounts)) == money_unit(set(amounts))
