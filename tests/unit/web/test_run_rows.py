"""Runs in a row, with the figures of their reports in the same digits."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from planner.locale import speaking
from planner.web.run_rows import row_of

MADE = datetime(2026, 11, 30, 12, tzinfo=UTC)


def run(**figures: Any) -> Any:
    usual = {"total_cost": 0, "partner_cost": 0, "participants": 1, "seconds": 1.0, "findings": 0, "review": ""}
    return SimpleNamespace(**usual | figures, made_at=MADE, checked_at=MADE)


@pytest.mark.parametrize(
    ("closed", "need", "said", "share"),
    [
        (9884.8825, 20531, "9.884,9 dari 20.531", "48,1%"),
        (20.0, 40, "20 dari 40", "50,0%"),
        (0.04, 40, "<0,1 dari 40", "0,1%"),
        (0.0, 40, "0 dari 40", "0%"),
        (0.0, 0, "0 dari 0", "\N{EN DASH}"),
    ],
)
def test_gaps_are_written_as_the_tile_of_the_report_writes_them(
    closed: float, need: int, said: str, share: str
) -> None:
    with speaking("id"):
        row = row_of(run(gaps_closed=closed, total_need=need))
    assert (row.closed, row.share) == (said, share)


@pytest.mark.parametrize(
    ("claim", "making", "quality", "origin"),
    [
        ("proven", {}, "", ""),
        ("claimed", {"gap": 0.0123}, "selisih paling banyak 1,2%", ""),
        ("agreed", {"gap": 0.0, "searched_on": True}, "selisih paling banyak 0% menurut dua pencarian",
         "hasil pencarian lanjutan"),
    ],
)  # fmt: skip
def test_two_plans_of_one_scenario_are_told_apart(
    claim: str, making: dict[str, Any], quality: str, origin: str
) -> None:
    with speaking("id"):
        row = row_of(run(gaps_closed=1.0, total_need=4, claim=claim), making)
    assert (row.quality, row.origin) == (quality, origin)
