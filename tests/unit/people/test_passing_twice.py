"""Somebody who is found to have closed one gap twice closes it once: within the lists that come back, and later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from openpyxl import load_workbook

from planner import planning
from planner.report.actuals_form import blank_actuals
from planner.scenario_io import read_located
from planner.scenario_io.presence_counts import PresenceCounts
from planner.scenario_io.replanning import read_with_actuals
from planner.store.attended_lists import attended_in, presence_in
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import SCENARIO_FILE, StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027}
periods: [TW1, TW2, TW3]
competencies: [{id: keu, kind: technical}, {id: kom, kind: technical}]
people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency}}
programmes:
  - {id: z, hours: 8, closes: {keu: 0.5}, periods: [TW1]}
  - {id: b, hours: 8, closes: {keu: 0.5, kom: 1}, periods: [TW2]}
  - {id: c, hours: 8, closes: {keu: 0.1, kom: 0.1}, periods: [TW3], requires: [b]}
rules:
  - {name: awal, measure: participants, where: {programmes: {id: z}}, at_least: 4, at_most: 4}
  - {name: lalu, measure: participants, where: {programmes: {id: b}}, at_least: 6, at_most: 6}
  - {name: akhir, measure: participants, where: {programmes: {id: c}}, at_least: 6}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
ROWS = [f"'1980010120050110{n:02d};Orang {n};BPKAD;1;1" for n in range(1, 7)]
type Results = Mapping[tuple[str, str], Mapping[str, str]]
"""The result of each competency by (programme, id)."""


def test_who_passes_in_two_courses_closes_one_gap(tmp_path: Path) -> None:
    stored = planned(tmp_path)
    lists = tmp_path / "names"
    write_name_lists(stored, tmp_path, lists)
    both = sorted(attending(lists, "z") & attending(lists, "b"))
    assert len(both) >= 3
    first, second, _third = both[:3]
    passing = {("z", first): {"keu": "ya"}, ("b", first): {"keu": "ya"}, ("b", second): {"keu": "ya"}}
    fill(lists, passing)
    counts = presence_in(stored.scenario, lists, "TW2")
    (group,) = stored.scenario.listed_groups
    # the list of b is read before that of z, which came first
    assert counts.closed["z", "TW1", group] == {"keu": 1}
    assert counts.closed["b", "TW2", group] == {"keu": 1, "kom": 0}
    assert {one for (one, c), closed in counts.results.items() if closed} == {first, second}
    assert (counts.passed, counts.without_gap) == (2, 1)
    rest = replanned(stored, tmp_path, lists, "TW2", counts)
    assert rest.scenario.facts.measured[group, "keu"] == 2


def test_who_passes_again_in_a_plan_of_what_is_left_closes_nothing_more(tmp_path: Path) -> None:
    stored = planned(tmp_path)
    lists = tmp_path / "names"
    write_name_lists(stored, tmp_path, lists)
    (group,) = stored.scenario.listed_groups
    one, other = sorted(attending(lists, "z") & attending(lists, "b"))[:2]
    fill(lists, {("z", one): {"keu": "ya"}, ("z", other): {"keu": "ya"}})
    rest = replanned(stored, tmp_path, lists, "TW1", presence_in(stored.scenario, lists, "TW1"))
    write_name_lists(rest, tmp_path, tmp_path / "names-1", came_back=lists)
    assert {one, other} <= attending(tmp_path / "names-1", "b")
    fill(tmp_path / "names-1", {("b", one): {"keu": "ya", "kom": "ya"}, ("b", other): {"keu": "tidak"}})
    counts = presence_in(rest.scenario, tmp_path / "names-1", "TW2")
    assert counts.closed["b", "TW2", group] == {"keu": 0, "kom": 1}
    assert (counts.passed, counts.without_gap) == (1, 1), "keu was closed before"
    again = replanned(rest, tmp_path, tmp_path / "names-1", "TW2", counts)
    assert again.scenario.facts.measured[group, "keu"] == 2
    results = attended_in(again.scenario, tmp_path / "names-1").results
    assert results[one, "keu"], "what was closed stays closed"
    assert results[other, "keu"], "also where a later test is not passed"
    written = write_name_lists(again, tmp_path, tmp_path / "names-2", came_back=tmp_path / "names-1")
    assert written.closed_in_others <= written.counted_in_others


def planned(folder: Path) -> StoredPlan:
    loaded = read_located(write(folder, ROWS, SCENARIO, "NIP;Nama;OPD;gap:keu;gap:kom\n"))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "orang")
    return read_stored(folder / "orang")


def replanned(stored: StoredPlan, folder: Path, lists: Path, through: str, counts: PresenceCounts) -> StoredPlan:
    """The plan of what is left after `through`."""
    table = folder / f"realisasi-{through}.xlsx"
    table.write_bytes(blank_actuals(stored, through, dict(counts.rows())))
    found = read_with_actuals(stored.path.with_name(SCENARIO_FILE), table, through, stored.scenario.horizon)
    write_results(found.scenario, planning.plan(found.scenario, inline=True).plan, folder / found.scenario.id)
    return read_stored(folder / found.scenario.id)


def attending(lists: Path, programme: str) -> set[str]:
    rows: list[dict[str, Any]] = pq.read_table(lists / "penugasan.parquet").to_pylist()
    return {row["id"] for row in rows if row["programme"] == programme}


def fill(lists: Path, results: Results) -> None:
    """Fill in all lists: everybody is present, and passes nothing but what `results` says."""
    for file in (lists / "daftar-peserta").glob("*.xlsx"):
        programme = file.stem.split("-")[0]
        book = load_workbook(file)
        for row in rows_of(book.worksheets[0]):
            row[5].value = "ya"
            for at, c in enumerate(["keu"] if programme == "z" else ["keu", "kom"]):
                row[6 + at].value = results.get((programme, str(row[1].value)), {}).get(c, "tidak")
        book.save(file)


def rows_of(sheet: Any) -> Iterator[Any]:
    return (row for row in sheet.iter_rows() if isinstance(row[0].value, int))
