"""Lists of mixed groups that came back: a gap counts as closed where the person who passed has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner import planning
from planner.scenario_io import read_located
from planner.scenario_io.presence_counts import PresenceCounts
from planner.store.attended_lists import presence_in
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027}
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people: {table: pegawai.csv, columns: {NIP: id, OPD: agency}, most_groups: 1}
programmes: [{id: dua, hours: 16, closes: {keu: 0.9, kom: 0.5}, class_size: {min: 2, max: 9}}]
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
LACKS = {f"1980010120050110{n:02d}": lacks for n, lacks in enumerate(("1;1", "1;0", "0;1", "1;0", "0;1", "0;0"), 1)}


@pytest.fixture
def stored(tmp_path: Path) -> StoredPlan:
    rows = [f"'{one};BPKAD;{lacks}" for one, lacks in LACKS.items()]
    loaded = read_located(write(tmp_path, rows, SCENARIO, "NIP;OPD;gap:keu;gap:kom\n"))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, tmp_path / "orang")
    found = read_stored(tmp_path / "orang")
    write_name_lists(found, tmp_path, tmp_path / "names")
    return found


def came_back(stored: StoredPlan, folder: Path, passed: str | None) -> PresenceCounts:
    """What the lists say where everybody was there and has this result in everything."""
    for file in (folder / "names" / "daftar-peserta").glob("*.xlsx"):
        book = load_workbook(file)
        for sheet in book:
            for row in sheet.iter_rows(min_row=6):
                if isinstance(row[0].value, int):
                    row[5].value, row[6].value, row[7].value = "ya", passed, passed
        book.save(file)
    return presence_in(stored.scenario, folder / "names")


def people_in(folder: Path) -> Iterator[str]:
    """Ids in the lists."""
    for file in (folder / "names" / "daftar-peserta").glob("*.xlsx"):
        for sheet in load_workbook(file):
            yield from (str(row[1].value) for row in sheet.iter_rows(min_row=6) if isinstance(row[0].value, int))


def test_only_those_close_a_gap_who_have_it(stored: StoredPlan, tmp_path: Path) -> None:
    counts = came_back(stored, tmp_path, "ya")
    attended = list(people_in(tmp_path))
    gaps = {
        (one, c)
        for one in attended
        for c, said in zip(("keu", "kom"), LACKS[one].split(";"), strict=True)
        if said == "1"
    }
    lacking = Counter(c for _one, c in gaps)
    closed = Counter({c: int(n) for of_group in counts.closed.values() for c, n in of_group.items()})
    assert closed == lacking
    assert sum(lacking.values()) < 2 * len(attended), "some lack one alone"
    assert counts.without_gap == 2 * len(attended) - sum(lacking.values())
    assert counts.results.keys() == gaps


def test_where_nobody_was_tested_those_without_a_gap_are_told(stored: StoredPlan, tmp_path: Path) -> None:
    counts = came_back(stored, tmp_path, None)
    attended = list(people_in(tmp_path))
    without = {
        c: sum(LACKS[one].split(";")[place] == "0" for one in attended) for place, c in enumerate(("keu", "kom"))
    }
    assert counts.closed == {}
    assert {key[3]: people for key, people in counts.untested.items()} == {c: n for c, n in without.items() if n}
