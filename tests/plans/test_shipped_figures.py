"""Every shipped scenario is solved to the default gap, passes the check, and gives the figures pinned here.

A figure that changes without a reason is a defect. Whoever changes a scenario or the model writes
the new figure down, and why.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from planner.check import check_plan
from planner.solve.outcome import SearchLimits
from tests.plans.shipped import Plain, planned, shipped

GAP = SearchLimits().gap


class Pin(NamedTuple):
    """Weighted gaps that the best plan closes lie between a plan once found and a bound once proven."""

    found: float
    proven: float
    need: int
    """Sum of all gaps."""
    cost: int | None
    """Total cost of the best plan, where it is the only one [rupiah]."""
    reason: str
    claim: str = "proven"
    """Whether exact arithmetic confirms the bound, or two searches agree on it."""


PINS = {
    "contoh-kecil": Pin(20.2, 20.2, 40, 30_000_000, "by hand in the file: 15 x 60% + 14 x 80%"),
    "contoh-kecil-perubahan": Pin(27.4, 27.4, 40, 50_000_000, "by hand in the file: 8 + 6 + 5 x 60% + 13 x 80%"),
    "tabanan-2018": Pin(36, 36, 594, 792_000_000, "800 : 22 = 36.4 heads at 22 million"),
    "padang-pariaman-2017": Pin(93, 93, 93, 773_274_960, "673_275_000 for the Diklatpim, 60 x 1_666_666"),
    "kudus-2021": Pin(382, 382, 382, 2_009_320_000, "online: 382 x 5_260_000"),
    "manokwari-2021": Pin(382, 382, 570, 5_997_400_000, "6_000 : 15.7 = 382.2 heads"),
    "jpt-2020": Pin(735, 735, 735, 5_840_455_000, "155 x 30_261_000 + 115 x 10_000_000, worked out in the file"),
    "kabupaten-2027": Pin(1901.964, 1902.080, 2916, None, "plan and exact bound at a gap of 1e-4"),
    "ntb-2025": Pin(200, 200, 200, 11_380_000_000, "both activities, as quoted: Rp2.23 + 9.15 billion"),
    "jambi-2027": Pin(11220.071, 11220.920, 20531, None, "plan and bound of HiGHS 1.16.0 at a gap of 1e-4", "agreed"),
    "jambi-2027-tanpa-mitra": Pin(9447.981, 9448.860, 20531, None, "own funds alone; the same", "agreed"),
    "jambi-2027-mitra-penuh": Pin(11944.794, 11945.848, 20531, None, "more partners; the same", "agreed"),
    "jambi-2027-pemotongan-15": Pin(10534.933, 10535.987, 20531, None, "85% of own funds; the same"),
    "jambi-2027-perubahan": Pin(10589.040, 10590.098, 20531, None, "the rest of a year; the same", "agreed"),
    "jambi-2027-2029": Pin(17647.796, 17648.589, 22321, None, "three years; the same"),
}


def test_every_shipped_scenario_is_pinned() -> None:
    assert sorted(PINS) == shipped()


@pytest.mark.parametrize("name", PINS)
def test_a_shipped_scenario_has_a_proven_and_checked_plan(
    name: str, more: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scenario, plan = planned(name, tmp_path_factory, more=more)
    assert plan["status"] == "optimal"
    assert plan["claim"] in ("proven", PINS[name].claim), "confirmed in exact arithmetic, unless two searches agree"
    assert plan["relative_gap"] <= GAP
    assert check_plan(scenario, plan).findings == ()


@pytest.mark.parametrize("name", PINS)
def test_a_shipped_scenario_gives_its_figures(name: str, more: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    _scenario, plan = planned(name, tmp_path_factory, more=more)
    pin = PINS[name]
    assert plan["total_need"] == pin.need
    assert pin.found / (1 + GAP) <= plan["weighted_gaps_closed"] <= pin.proven
    assert plan["bound"] >= pin.found
    if pin.cost is not None:
        assert plan["weighted_gaps_closed"] == pin.found
        assert plan["total_cost"] == pin.cost


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("jambi-2027-tanpa-mitra", "jambi-2027"),
        ("jambi-2027", "jambi-2027-mitra-penuh"),
        ("jambi-2027-pemotongan-15", "jambi-2027"),
        ("jambi-2027-tanpa-mitra", "jambi-2027-pemotongan-15"),
    ],
)
def test_more_funds_close_more_gaps(
    worse: str, better: str, more: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """So far apart that even the proven bound of one is below what the other reaches."""
    poorer, richer = (planned(name, tmp_path_factory, more=more)[1] for name in (worse, better))
    assert poorer["bound"] < richer["weighted_gaps_closed"]


def spent(plan: Plain, fund: str) -> int:
    return sum(int(row["spent"]) for row in plan["funds"] if row["fund"] == fund)


def test_jambi_spends_own_funds_to_the_last_class_and_partners_pay_what_they_may(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    scenario, plan = planned("jambi-2027", tmp_path_factory)
    own = [fund for fund in scenario.funds if fund.own]
    left = sum(fund.amount - spent(plan, fund.id) for fund in own)
    assert left < 2_000_000  # less than one more participant costs
    assert plan["partner_cost"] > 0
    assert plan["own_cost"] + plan["partner_cost"] == plan["total_cost"]
