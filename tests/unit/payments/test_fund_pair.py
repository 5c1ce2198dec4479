"""What two funds can exchange: whole units of two lots make an amount up where both funds pay enough of them."""

from __future__ import annotations

import pytest

from planner.payments.fund_pair import FundPair
from planner.payments.lots import CostLot

SIX, FOUR = 0, 1
LOTS = [CostLot(0, 6, ()), CostLot(1, 4, ())]


@pytest.mark.parametrize(
    ("theirs", "ways"),
    [
        (8, [((FOUR, 8), (SIX, -6)), ((FOUR, -4), (SIX, 6))]),
        (4, [((FOUR, -4), (SIX, 6))]),  # the other fund pays too little for eight more
    ],
)
def test_whole_units_of_two_lots_make_an_amount_that_neither_makes(
    theirs: int, ways: list[tuple[tuple[int, int], ...]]
) -> None:
    parts = {("mitra", SIX): 12, ("apbd", SIX): 12, ("mitra", FOUR): 4, ("apbd", FOUR): theirs}
    keys = {(fund, lot.pool) for fund in ("mitra", "apbd") for lot in LOTS}
    pair = FundPair(LOTS, parts, keys, "mitra", "apbd")
    assert list(pair.made_up(2, SIX))[: len(ways)] == ways
    assert all(pair.can(n, more) for way in pair.made_up(2, SIX) for n, more in way)
