"""The small case of the scenarios over three years, small enough to be solved by hand.

Prices grow by 10% a year: a class costs Rp10, Rp11 and Rp12.1 million, a participant of it Rp1, Rp1.1 and Rp1.21
million; e-learning costs Rp3, Rp3.3 and Rp3.63 million, and Rp200, Rp220 and Rp242 thousand for each participant.

    2027  the APBD has Rp6 million: e-learning for all 15, 3 + 15 x 0.2 = 6; it closes 15 x 60% = 9 gaps
    2028  the APBD has Rp20 million, the campus Rp6 million for classes: one class for 11, of which it pays 6;
          15 are left for 13 participants at 1.1, which is 14.3, and 0.7 lapses; they close 13 x 80% = 10.4
    2029  the APBD has Rp3 million, for which there is no class: all of it lapses

In all 19.4 of 40 gaps, for 6 + 11 + 14.3 = Rp31.3 million, Rp25.3 million of which are own funds. A class in 2027
cannot be paid, and e-learning in 2028 would take 6.6 from people at 1.1 million each, who close more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from planner.domain.scenario import Scenario
from planner.scenario_io import read_scenario

SMALL: Final = Path(__file__).parents[2] / "scenarios" / "contoh-kecil.yaml"

CHANGES: Final = (
    "scenario.id=contoh-tiga-tahun",
    "scenario.floor={2027: {share: 1%, of: 600 juta}, 2028: {share: 1%, of: 3 miliar}}",
    "periods=[{id: awal, year: 2027}, {id: tengah, year: 2028}, {id: akhir, year: 2029}]",
    "price_growth=10%",
    "funds.apbd.amount=null",
    "funds.apbd.amounts={2027: 6 juta, 2028: 20 juta, 2029: 3 juta}",
    "funds.kampus.amount=null",
    "funds.kampus.amounts={2028: 6 juta}",
)


def three_years(*more: str) -> Scenario:
    """The scenario, with further settings as after --set."""
    return read_scenario(SMALL, (*CHANGES, *more))
