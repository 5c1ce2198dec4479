"""Lists of people as they are printed and added up: heads once more, and rows of sums, are nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_located
from tests.unit.people.people_files import GOOD, HEAD, SCENARIO, write

HEADS = HEAD.strip()
FREE = SCENARIO.replace("columns:", "nip: false\n  columns:")
PASSED = "pegawai.csv: 2 rows that repeat the column headings were left out: 3, 6."


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
    told = "gap.xlsx: 1 row that repeats the column headings was left out: 3."
    assert any(told in str(warning) for warning in read.warnings)
    assert not any("not in the list" in str(warning) for warning in read.warnings)


@pytest.mark.parametrize("scenario", [SCENARIO, FREE])
@pytest.mark.parametrize("row", ["Jumlah;;;;4;3;x", "TOTAL PEGAWAI :;;;;;;", ";Jumlah;;;4;;", ";;Rata-rata;;4;;"])
def test_a_row_of_sums_is_refused_by_its_row_alone(tmp_path: Path, scenario: str, row: str) -> None:
    told = faults(write(tmp_path, [*GOOD, row], scenario))
    assert len(told) == 2, "one fault, and how to plan without the row"
    assert "pegawai.csv:7: the row is a sum or a mean of others." in told[0]
    assert "Delete it." in told[0]


@pytest.mark.parametrize("row", ["Jumlah;;;;;4;3;x", "Total Pegawai: 5;;;;;;;"])
def test_a_row_of_sums_is_named_in_a_first_column_that_is_not_read(tmp_path: Path, row: str) -> None:
    rows = [f"{n};{each}" for n, each in enumerate(GOOD, start=1)]
    told = faults(write(tmp_path, [*rows, row], FREE, "No;NIP;Nama;OPD;Jenis;JP;gap:keu;gap:kom\n"))
    assert len(told) == 2
    assert "pegawai.csv:7: the row is a sum or a mean of others." in told[0]


def test_names_that_begin_like_sums_are_people(tmp_path: Path) -> None:
    rows = ["T1;Totalia;BPKAD;PNS;0;1;1", "Jumlahi;Total;BPKAD;PNS;0;1;1", "NIP;Ani;BPKAD;PNS;0;1;1"]
    read = read_located(write(tmp_path, rows, FREE))
    assert sum(group.headcount for group in read.scenario.groups) == 3


UNITS = SCENARIO.replace("table: pegawai.csv", "table: pegawai.csv\n  units: {table: unit.csv, layout: units}").replace(
    "OPD: agency", "OPD: unit_id"
)


def with_units(folder: Path, *rows: str) -> Path:
    file = write(folder, [row.replace("BPKAD", "b") for row in GOOD], UNITS)
    (folder / "unit.csv").write_text("".join(f"{row}\n" for row in ("id;nama_unit", *rows)), encoding="utf-8")
    return file


def test_heads_within_a_list_of_units_are_passed_over_and_said(tmp_path: Path) -> None:
    read = read_located(with_units(tmp_path, "a;Dinas", "id;nama_unit", "b;--BPKAD"))
    assert {group.agency for group in read.scenario.groups} == {"BPKAD"}
    assert any("unit.csv: 1 row that repeats the column headings was left out: 3." in str(w) for w in read.warnings)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("x;Jumlah", "unit.csv:3: the row is a sum or a mean of others."),
        ("x;-- Total unit :", ""),
        ("JUMLAH;", "unit.csv:3: the row is a sum or a mean of others."),
        (";Bidang II", "unit.csv:3: the row has no id of a unit."),
        ("c;", "unit.csv:3: the row has no name of a unit."),
        ("a;Badan", "unit.csv:3: an earlier row has this id for another unit."),
        ("a;Dinas", ""),
        ("c;Bidang;x", "unit.csv:3: the row has more cells than there are columns."),
    ],
)
def test_a_row_of_a_list_of_units_that_is_none_is_refused_by_its_row(tmp_path: Path, row: str, told: str) -> None:
    file = with_units(tmp_path, "a;Dinas", row, "b;--BPKAD")
    if told:
        assert told in faults(file)[0]
        groups = read_located(file, ["people.lenient=true"]).scenario.groups
    else:
        groups = read_located(file).scenario.groups
    assert {group.agency for group in groups} == {"BPKAD"}, "depth is counted without the row"


@pytest.mark.parametrize(
    ("typed", "told"), [("-3", "a negative number"), ("\u22123,5", "a negative number"), ("tiga", "text")]
)
def test_a_negative_number_of_jp_is_told_as_such(tmp_path: Path, typed: str, told: str) -> None:
    with speaking("en"):
        found = faults(write(tmp_path, [*GOOD, f"198001012005011009;Fajar;BPKAD;PNS;{typed};1;1"]))
    assert f"pegawai.csv:7: 'JP' cannot be read ({told}" in found[0]
