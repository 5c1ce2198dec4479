"""Lists of people as they are printed and added up: heads once more, and rows of sums, are nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.errors import InputError
from planner.scenario_io import read_located
from tests.unit.people.people_files import GOOD, HEAD, SCENARIO, write

HEADS = HEAD.strip()
FREE = SCENARIO.replace("columns:", "nip: false\n  columns:")
PASSED = "pegawai.csv: 2 rows that repeat the names of the columns were passed over: 3, 6."


def faults(file: Path) -> list[str]:
    with pytest.raises(InputError) as error:
        read_located(file)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("scenario", [SCENARIO, FREE])
def test_heads_within_a_list_are_passed_over_and_said(tmp_path: Path, scenario: str) -> None:
    read = read_located(write(tmp_path, [GOOD[0], HEADS, "", *GOOD[1:2], "NIP;Nama;;;;;", *GOOD[2:]], scenario))
    assert read.scenario.people is not None
    assert read.scenario.people.read is not None
    assert (read.scenario.people.read.people, read.scenario.people.read.rows_left_out) == (5, 0)
    assert any(PASSED in str(warning) for warning in read.warnings)


def test_heads_within_a_joined_table_and_a_sheet_are_passed_over(tmp_path: Path) -> None:
    rows = [row.rsplit(";", 2)[0] for row in GOOD]
    scenario = FREE.replace("table: pegawai.csv", "table: pegawai.csv\n  join: [{table: gap.xlsx}]")
    file = write(tmp_path, rows, scenario, "NIP;Nama;OPD;Jenis;JP\n")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "gap:keu"], [rows[1].split(";")[0], 1], ["id", "gap:keu"]):
        sheet.append(row)
    book.save(tmp_path / "gap.xlsx")
    read = read_located(file)
    assert sum(group.gaps.get("keu", 0) for group in read.scenario.groups) == 1
    told = "gap.xlsx: 1 row that repeats the names of the columns was passed over: 3."
    assert any(told in str(warning) for warning in read.warnings)
    assert not any("not in the list" in str(warning) for warning in read.warnings)


@pytest.mark.parametrize("scenario", [SCENARIO, FREE])
@pytest.mark.parametrize("row", ["Jumlah;;;;4;3;x", "TOTAL PEGAWAI :;;;;;;", ";Jumlah;;;4;;", ";;Rata-rata;;4;;"])
def test_a_row_of_sums_is_refused_by_its_row_alone(tmp_path: Path, scenario: str, row: str) -> None:
    told = faults(write(tmp_path, [*GOOD, row], scenario))
    assert len(told) == 2, "one fault, and how to plan without the row"
    assert "pegawai.csv:7: the row is a sum or a mean of others." in told[0]
    assert "Delete it." in told[0]


def test_names_that_begin_like_sums_are_people(tmp_path: Path) -> None:
    rows = ["T1;Totalia;BPKAD;PNS;0;1;1", "Jumlahi;Total;BPKAD;PNS;0;1;1", "NIP;Ani;BPKAD;PNS;0;1;1"]
    read = read_located(write(tmp_path, rows, FREE))
    assert sum(group.headcount for group in read.scenario.groups) == 3
