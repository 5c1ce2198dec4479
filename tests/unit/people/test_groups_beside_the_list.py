"""Names for a plan with written groups beside its list of people: those of the list are named, the others counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from planner import planning
from planner.check.names import NamedSeat, check_names
from planner.cli.assign import command
from planner.domain.checks.warnings import dubious
from planner.domain.people import UnnamedSeats
from planner.locale import speaking
from planner.report.actuals_form import blank_actuals
from planner.scenario_io import read_located
from planner.scenario_io.replanning import read_with_actuals
from planner.store.attended_lists import presence_in
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import SCENARIO_FILE, StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027}
periods: [TW1, TW2]
competencies: [{id: keu, name: Keuangan, kind: technical}]
people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency}}
groups:
  - {id: guru, name: Guru, agency: Aset, headcount: 5, gaps: {keu: 4}}
  - {id: camat, agency: Cakung, headcount: 2, gaps: {keu: 2}}
programmes:
  - {id: dua, hours: 16, closes: {keu: 0.9}, class_size: {min: 2, max: 4}, classes: {per_period: 2}}
  - {id: bina, form: mentoring, hours: 10, closes: {keu: 0.5}, mentors: {pool: senior, mentees_each: 2}}
mentor_pools: [{id: senior, from: {}, share: 30%}]
rules:
  - {name: semua, measure: participants, where: {programmes: {id: dua}, periods: [TW1]}, at_most: 7}
  - {name: guru, measure: participants, where: {programmes: {id: dua}, periods: [TW1], groups: {id: guru}}, at_least: 3}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;gap:keu\n"
ROWS = [f"'1980010120050110{n:02d};Orang {n};{'Dinas' if n % 2 else 'BPKAD'};{int(n < 8)}" for n in range(1, 10)]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> StoredPlan:
    folder = tmp_path_factory.mktemp("beside")
    loaded = read_located(write(folder, ROWS, SCENARIO, HEAD))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "orang")
    return read_stored(folder / "orang")


@pytest.fixture(scope="module")
def lists(stored: StoredPlan) -> Path:
    folder = stored.path.parent.parent / "lists"
    with speaking("en"):
        write_name_lists(stored, stored.path.parent.parent, folder)
    return folder


def counted(lists: Path) -> list[UnnamedSeats]:
    return [UnnamedSeats(*row.values()) for row in pq.read_table(lists / "tanpa-nama.parquet").to_pylist()]


def named(lists: Path) -> list[NamedSeat]:
    rows: list[dict[str, Any]] = pq.read_table(lists / "penugasan.parquet").to_pylist()
    return [NamedSeat(r["id"], r["group"], r["programme"], r["period"], r["class"]) for r in rows]


def planned(stored: StoredPlan, *, written: bool) -> int:
    groups = {"guru", "camat"}
    return sum(row["participants"] for row in stored.data["allocations"] if (row["group"] in groups) is written)


def test_those_of_the_list_are_named_and_the_others_counted(stored: StoredPlan, lists: Path) -> None:
    assert stored.scenario.listed_groups == {group.id for group in stored.scenario.groups} - {"guru", "camat"}
    assert len(named(lists)) == planned(stored, written=False) > 0
    assert sum(each.people for each in counted(lists)) == planned(stored, written=True) > 0
    listed = stored.scenario.listed_groups
    assert check_names(stored.scenario, stored.data, named(lists), counted(lists), listed).passed


def test_the_recount_finds_every_count_that_is_not_the_plans(stored: StoredPlan, lists: Path) -> None:
    seats, right = named(lists), counted(lists)
    listed = stored.scenario.listed_groups

    def passed(seats: list[NamedSeat], unnamed: list[UnnamedSeats]) -> bool:
        return check_names(stored.scenario, stored.data, seats, unnamed, listed).passed

    for at, each in enumerate(right):
        for change in ({"people": each.people + 1}, {"people": 0}, {"group": "?"}, {"period": "2030"}):
            assert not passed(seats, [*right[:at], each._replace(**change), *right[at + 1 :]])
        assert not passed(seats, right[:at] + right[at + 1 :])
    one = seats[0]
    whole = [*right, UnnamedSeats(one.group, one.programme, one.period, one.number, 1, False)]
    assert not passed(seats[1:], whole), "somebody of the list is named, and not counted"


def test_every_list_tells_them_by_count(stored: StoredPlan, lists: Path) -> None:
    book = load_workbook(lists / "penugasan.xlsx")
    rows = [row for row in book["Seats without names"].iter_rows(values_only=True) if row[1] in ("Guru", "camat")]
    assert sum(row[5] for row in rows) == planned(stored, written=True)  # type: ignore[misc]
    annex = load_workbook(lists / "lampiran.xlsx")
    for agency, words in (("Aset", "people of 'Guru', without names"), ("Cakung", "of 'camat', without name")):
        cells = [str(row[2]) for row in annex[agency].iter_rows(values_only=True)]
        assert any(words in cell for cell in cells)
    found: Counter[tuple[str, str, int | None]] = Counter()
    for each in counted(lists):
        found[each.programme, each.period, each.number] += each.people
    assert found.keys() & {tuple(seat[2:]) for seat in named(lists)}, "in a class some are named and some are counted"
    for (programme, period, number), people in found.items():
        sheet = load_workbook(lists / "daftar-peserta" / f"{programme}-{period}.xlsx")[f"Class {number}"]
        told = [str(row[0]) for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("And ")]
        assert sum(int(line.split()[1]) for line in told) == people


def test_the_terminal_says_how_many_have_no_name(stored: StoredPlan, tmp_path: Path) -> None:
    folder = stored.path.parent
    options = ["--people", str(folder.parent), "--out", str(tmp_path / "x")]
    told = CliRunner().invoke(command, [str(folder), *options])
    assert told.exit_code == 0, told.output
    assert f"{planned(stored, written=True)} more seats belong to groups beside the list" in told.output


def test_lists_come_back_and_the_rest_is_named(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    for file in (lists / "daftar-peserta").glob("*-TW1.xlsx"):
        book = load_workbook(file)
        for sheet in book:
            for row in sheet.iter_rows():
                if isinstance(row[0].value, int):
                    row[5].value = "ya"
        book.save(file)
    counts = presence_in(stored.scenario, lists, "TW1", stored.data)
    assert counts.as_planned == sum(each.people for each in counted(lists) if each.period == "TW1") > 0
    of_plan = {(r["programme"], r["period"]): r["classes"] for r in stored.data["classes"] if r["classes"]}
    assert counts.held == {course: n for course, n in of_plan.items() if course[1] == "TW1" and course[0] == "dua"}
    table = tmp_path / "realisasi.xlsx"
    table.write_bytes(blank_actuals(stored, "TW1", dict(counts.rows())))
    loaded = read_with_actuals(stored.path.with_name(SCENARIO_FILE), table, "TW1", stored.scenario.horizon)
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, tmp_path / "rest")
    rest = read_stored(tmp_path / "rest")
    written = write_name_lists(rest, stored.path.parent.parent, tmp_path / "names", came_back=lists)
    assert written.happened == sum(counts.attended.values()) - counts.as_planned
    assert written.unnamed == planned(rest, written=True)
    assert any(each.happened for each in counted(tmp_path / "names"))


@pytest.mark.parametrize(("agency", "warned"), [("bpkad", True), ("Sekolah", False)])
def test_agencies_of_the_list_with_groups_of_their_own_are_warned_of(agency: str, warned: bool, tmp_path: Path) -> None:
    scenario = SCENARIO.replace("agency: Cakung", f"agency: {agency}")
    found = [str(doubt) for doubt in dubious(read_located(write(tmp_path, ROWS, scenario, HEAD)).scenario)]
    told = "4 people of the list + 2 of written groups = 6 people (bpkad)"
    assert any(told in each for each in found) is warned
