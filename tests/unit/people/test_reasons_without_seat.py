"""Why somebody of a list has no seat: "all who are willing take part" only where that is so of people, not of seats."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from planner import planning
from planner.locale import speaking
from planner.report.open_gap_words import reasons_of_open_gaps
from planner.scenario_io import read_located
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, name: Keuangan, kind: technical}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency}
  each: [{uptake: UPTAKE}]
programmes:
  - {id: p, hours: 10, closes: {keu: 0.8}, class_size: {max: 5}, CLASSES}
  - {id: r, hours: 10, closes: {keu: 0.8}, class_size: {max: 5}, CLASSES}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
ROWS = [f"'1980010120050110{n:02d};Orang {n};BPKAD;1" for n in range(1, 11)]

ALL_TAKE_PART = "all who are willing take part already"


@pytest.mark.parametrize(
    ("uptake", "classes", "said"),
    [
        ("100%", "classes: {max: 1}", "Keuangan: no seat; all classes are full and no more are allowed"),
        ("80%", "classes: {max: 1}", "Keuangan: no seat; not everybody gets one in this plan"),
        (
            "50%",
            "classes: {max: 2}",
            "Keuangan: no seat; all who are willing take part already",
        ),
    ],
)
def test_the_reason_holds_for_who_has_no_seat(tmp_path: Path, uptake: str, classes: str, said: str) -> None:
    """Five of ten have seats, some of them two, and the plan counts all chances of the willing: others of them have
    none. Only where five are willing do all of them take part."""
    loaded = read_located(
        write(tmp_path, ROWS, SCENARIO.replace("UPTAKE", uptake).replace("CLASSES", classes), "NIP;Nama;OPD;gap:keu\n")
    )
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, tmp_path / "orang")
    stored = read_stored(tmp_path / "orang")
    with speaking("en"):
        write_name_lists(stored, tmp_path, tmp_path / "lists", reasons_of_open_gaps(stored))
    lines = pq.read_table(tmp_path / "lists" / "per-orang.parquet").to_pylist()
    told = [text for line in lines for text in line.values() if isinstance(text, str) and "no seat" in text]
    assert told == [said] * 5
