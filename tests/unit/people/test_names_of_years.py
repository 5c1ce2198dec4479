"""The lines of people in a plan of several years: JP of each year, and whether its target is reached."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from planner import planning
from planner.locale import speaking
from planner.scenario_io import read_located
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027, hours_target: 20}
periods: [{id: A, year: 2027}, {id: B, year: 2027}, {id: C, year: 2028}, {id: D, year: 2028}]
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency, JP: hours}
programmes:
  - {id: lama, hours: 20, lasts: 3, closes: {keu: 0.9}, periods: [A, B], class_size: {max: 3}, classes: {per_period: 1}}
  - {id: el, hours: 16, closes: {kom: 0.8}, periods: [B, C, D], class_size: {max: 2}, classes: {per_period: 1}}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;JP;gap:keu;gap:kom\n"
# 13 1/3 JP of `lama` before the turn of the year, or 6 2/3: 6.66 JP before are not enough beside the first, 6.67 are
BEFORE = ("0", "6,66", "6,67", "13,33", "13,34", "4", "20", "3,5")
ROWS = [f"'1980010120050110{n:02d};Orang {n};BPKAD;{jp};1;{n % 2}" for n, jp in enumerate(BEFORE, start=1)]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> StoredPlan:
    folder = tmp_path_factory.mktemp("years")
    loaded = read_located(write(folder, ROWS, SCENARIO, HEAD))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "orang")
    return read_stored(folder / "orang")


@pytest.fixture(scope="module")
def lists(stored: StoredPlan) -> Path:
    folder = stored.path.parent.parent / "lists"
    with speaking("en"):
        write_name_lists(stored, stored.path.parent.parent, folder)
    return folder


def test_each_line_has_the_jp_of_each_year_and_whether_its_target_is_reached(stored: StoredPlan, lists: Path) -> None:
    shares = {"A": (2, 1), "B": (1, 2)}  # periods of `lama` in each year, by its start
    jp: dict[str, dict[int, Fraction]] = defaultdict(lambda: {2027: Fraction(0), 2028: Fraction(0)})
    for seat in pq.read_table(lists / "penugasan.parquet").to_pylist():
        if seat["programme"] == "el":
            jp[seat["id"]][2027 if seat["period"] == "B" else 2028] += 16
            continue
        for year, share in zip((2027, 2028), shares[seat["period"]], strict=True):
            jp[seat["id"]][year] += Fraction(20 * share, 3)
    before = {row.split(";")[0].strip("'"): Fraction(row.split(";")[3].replace(",", ".")) for row in ROWS}
    lines = pq.read_table(lists / "per-orang.parquet").to_pylist()
    assert len(lines) == len(ROWS)
    assert not {"hours", "hours_planned", "target_reached"} & {*lines[0]}, "no figure without its year"
    for line in lines:
        done, planned = before[line["id"]], jp[line["id"]]
        assert line["hours_before"] == pytest.approx(done)
        for year, early in ((2027, done), (2028, 0)):
            assert line[f"hours_planned_{year}"] == round(planned[year], 3)
            assert float(line[f"hours_{year}"]) == pytest.approx(float(planned[year] + early), abs=1e-3)
            assert line[f"target_reached_{year}"] == (planned[year] + early >= 20), (line["id"], year)
    for row in stored.data["hours_target"]:
        named = sum(line[f"target_reached_{row['year']}"] for line in lines if line["group"] == row["group"])
        assert row["reached"] <= named
    thirds = [line for line in lines if line["hours_before"] and line["hours_planned_2027"] % 1]
    assert thirds, "somebody has a course that runs over the turn of the year beside JP before"


def test_the_workbook_names_the_year_of_each_column(lists: Path) -> None:
    people = load_workbook(lists / "penugasan.xlsx").worksheets[1]
    assert [people.cell(1, column).value for column in range(10, 19)] == [
        "JP planned 2027", "JP planned 2028", "JP before 2027", "JP together 2027", "JP together 2028",
        "Target reached 2027", "Target reached 2028", "Gaps before the plan", "Gaps left",
    ]  # fmt: skip
