"""Tables as exports and offices spoil them: what would be read in silence, and wrongly, is told or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_located

SCENARIO = """
format: 1
scenario: {id: uji, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, kind: technical}]
people: {table: %s, columns: {tgl: last_training}%s}
programmes: [{id: bimtek, hours: 12, closes: {keu: 1}}]
funds: [{id: apbd, kind: own, amount: 1}]
"""
ONE, TWO, THREE = "198001012005011001", "198002282005011002", "198003152005011003"
HISTORY = ", join: [{table: d.csv, layout: training}]"
LIST = f"nip;agency;gap:keu;tgl\n{ONE};A;1;\n"


def file(folder: Path, more: str = "", name: str = "p.csv", **tables: str) -> Path:
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    columns = SCENARIO if "tgl" in tables.get("p", "tgl") else SCENARIO.replace(", columns: {tgl: last_training}", "")
    (folder / "uji.yaml").write_text(columns % (name, more), encoding="utf-8")
    return folder / "uji.yaml"


def refused(scenario: Path) -> str:
    with speaking("en"), pytest.raises(InputError) as error:
        read_located(scenario)
    return "\n".join(map(str, error.value.problems))


def told(scenario: Path) -> tuple[Any, str]:
    with speaking("en"):
        read = read_located(scenario)
    assert read.scenario.people is not None
    return read.scenario.people.read, "\n".join(map(str, read.warnings))


def book(folder: Path, rows: list[list[Any]], change: Callable[[Any], Any]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    change(sheet)
    made.save(folder / "p.xlsx")
    (folder / "uji.yaml").write_text(SCENARIO.replace(", columns: {tgl: last_training}", "") % ("p.xlsx", ""))
    return folder / "uji.yaml"


def test_the_same_training_exported_twice_counts_once(tmp_path: Path) -> None:
    rows = f"no;nip;diklat;jp;tanggalSelesai\n1;{ONE};PKA;10;05-03-2027\n2;{ONE};PKA;10;05-03-2027\n"
    rows += f"3;{ONE};PKP;10;05-03-2027\n"
    scenario = file(tmp_path, HISTORY, p=LIST, d=rows)
    assert "d.csv:3: the row is equal to another, so its JP would count twice." in refused(scenario)
    read, _warnings = told(file(tmp_path, HISTORY + ", lenient: true", p=LIST, d=rows))
    assert [*read.hours_done.values()] == [{"20": 1}]


def test_trainings_that_nothing_tells_apart_add_up_and_it_is_said(tmp_path: Path) -> None:
    rows = f"nip;jp;tanggalSelesai\n{ONE};4;05-03-2027\n{ONE};4;05-03-2027\n"
    read, warnings = told(file(tmp_path, HISTORY, p=LIST, d=rows))
    assert [*read.hours_done.values()] == [{"8": 1}]
    assert "d.csv: 1 row is the same as another, and the JP of both are counted: 3." in warnings


def test_a_history_without_days_is_told(tmp_path: Path) -> None:
    _read, warnings = told(file(tmp_path, HISTORY, p=LIST, d=f"nip;jp;tahun\n{ONE};5;2025\n"))
    assert "d.csv: no column says when a training ended, so that all its JP count as those of 2027." in warnings


def test_attributes_that_some_lack_are_told(tmp_path: Path) -> None:
    rows = f"nip;agency;employment;gap:keu\n{ONE};A;PNS;1\n{TWO};;null;1\n{THREE};A;;1\n"
    _read, warnings = told(file(tmp_path, p=rows))
    assert "some people have no agency (1), employment (2): they are groups of their own" in warnings
    _read, warnings = told(file(tmp_path, ", fill: {agency: B, employment: pns}", p=rows))
    assert "some people" not in warnings


@pytest.mark.parametrize(("day", "known"), [("3-1-25", False), ("3-1-2025", True), ("03-01-1025", False)])
def test_a_year_has_four_figures(tmp_path: Path, day: str, known: bool) -> None:
    scenario = file(tmp_path, p=f"nip;agency;gap:keu;tgl\n{ONE};A;1;{day}\n")
    if known:
        told(scenario)
    else:
        assert "p.csv:2: 'tgl' cannot be read" in refused(scenario)


@pytest.mark.parametrize(("level", "lacking"), [(2.999, 1), (3.0, 0), (2.9999, None), (float("nan"), None)])
def test_levels_are_not_rounded_to_the_standard(tmp_path: Path, level: float, lacking: int | None) -> None:
    pq.write_table(
        pa.table({"nip": [ONE], "agency": ["A"], "measured:keu": [level], "standard:keu": [3.0]}),
        tmp_path / "p.parquet",
    )
    scenario = file(tmp_path, name="p.parquet", p="")
    if lacking is None:
        assert "p.parquet:1: 'measured:keu' cannot be read" in refused(scenario)
    else:
        with speaking("en"):
            assert sum(sum(group.gaps.values()) for group in read_located(scenario).scenario.groups) == lacking


LEVELS = f"nip;agency;measured:keu;standard:keu\n{ONE};A;2;3\n{TWO};A;1;\n{THREE};A;;\n"


def test_a_level_without_a_standard_beside_it_is_told_by_row(tmp_path: Path) -> None:
    known = "has a level that was measured and no standard beside it, which counts as no gap: 3."
    _read, warnings = told(file(tmp_path, p=LEVELS))
    assert f"p.csv: 1 row {known}" in warnings
    _read, warnings = told(file(tmp_path, ", join: [{table: d.csv}]", p=f"nip;agency\n{ONE};A\n{TWO};A\n",
                                d=LEVELS.replace("agency", "x").replace(";A;", ";;")))  # fmt: skip
    assert f"d.csv: 1 row {known}" in warnings
    _read, warnings = told(file(tmp_path, p=LEVELS.replace("A;1;", "A;1;3")))
    assert "no standard beside it" not in warnings


def test_levels_and_their_standard_stand_in_one_table(tmp_path: Path) -> None:
    rows = f"nip;agency;measured:keu\n{ONE};A;1\n"
    found = refused(file(tmp_path, ", join: [{table: d.csv}]", p=rows, d=f"nip;standard:keu\n{ONE};3\n"))
    assert "of 'keu' the levels measured stand in another table than the standard." in found


def test_agencies_that_look_the_same_are_not_two(tmp_path: Path) -> None:
    rows = f"nip;agency;gap:keu\n{ONE};BPKAD;1\n{TWO};Bpkad;0\n{THREE};A;1\n198007072005011005;A;1\n"
    found = refused(file(tmp_path, p=rows))
    assert "agency: 'Bpkad' (1 person, row 3) and 'BPKAD' (1 person, row 2) differ only in case" in found
    many = f"nip;agency;gap:keu\n{ONE};BPKAD;1\n{TWO};Bpkad: X;0\n{THREE};bpkad;1\n198007072005011005;bpkad;1\n"
    assert "values: {agency: {BPKAD: bpkad}}" in refused(file(tmp_path, p=many)), "what most people have is meant"
    read, _warnings = told(file(tmp_path, ", values: {agency: {Bpkad: BPKAD}}", p=rows))
    assert read.people == 4


@pytest.mark.parametrize(
    "spaced", ["Dinas  A", "Dinas\u00a0A", " Dinas \u2009A\u00a0", "Dinas A\u200b", "\ufeffDinas A"]
)
def test_spaces_of_any_kind_make_no_other_agency(tmp_path: Path, spaced: str) -> None:
    rows = f"nip;agency;gap:keu\n{ONE};Dinas A;1\n{TWO};{spaced};1\n"
    with speaking("en"):
        groups = read_located(file(tmp_path, p=rows)).scenario.groups
        assert [(group.agency, group.headcount) for group in groups] == [("Dinas A", 2)]
        meant = file(tmp_path, ", values: {agency: {Dinas  A: Dinas B}}", p=rows)
        assert [group.agency for group in read_located(meant).scenario.groups] == ["Dinas B"]


def test_headings_with_spaces_are_known_where_they_stand_again(tmp_path: Path) -> None:
    head = "nip;agency;Catatan  lain;gap:keu\n"
    _read, warnings = told(
        file(tmp_path, ", columns: {Catatan  lain: level}", p=f"{head}{ONE};A;x;1\n{head}{TWO};A;x;1\n")
    )
    assert "1 row that repeats the column headings was left out: 3." in warnings


@pytest.mark.parametrize("day", ["45000", "45000.5", "45000,375"])
def test_a_day_that_a_spreadsheet_counts_is_called_that(tmp_path: Path, day: str) -> None:
    found = refused(file(tmp_path, p=f"nip;agency;gap:keu;tgl\n{ONE};A;1;{day}\n{TWO};A;1;450\n"))
    assert "p.csv:2: 'tgl' has the number by which a spreadsheet counts days, not a date. Format" in found
    assert "p.csv:3: 'tgl' cannot be read (3 figures). Write it as 31-12-2026." in found
    assert found.count("p.csv:2") == 1


def test_headings_in_another_encoding_are_called_that(tmp_path: Path) -> None:
    scenario = file(tmp_path, p="")
    (tmp_path / "p.csv").write_bytes(f"nip;instansi\xa0kerja;gap:keu\n{ONE};A;1\n".encode("cp1252"))
    assert "p.csv:1: people: the file is not UTF-8. Save the file as UTF-8." in refused(scenario)


def test_nobody_is_appointed_after_the_year_of_the_plan(tmp_path: Path) -> None:
    rows = f"nip;agency;gap:keu\n{ONE};A;1\n203001012050011001;A;1\n"
    assert "p.csv:3: figures 9 to 12 of the NIP are no year of appointment." in refused(file(tmp_path, p=rows))


@pytest.mark.parametrize("identifier", ["Jumlah B: 1 orang", "Sub total bidang umum"])
def test_an_id_that_begins_as_a_sum_is_none(tmp_path: Path, identifier: str) -> None:
    rows = f"id;agency;gap:keu\nA1;A;1\n{identifier};;1\n"
    found = refused(file(tmp_path, ", nip: false", p=rows))
    assert "p.csv:3: the row is a sum or a mean of others." in found


def test_a_note_below_a_list_is_nobody(tmp_path: Path) -> None:
    rows = "id;agency;gap:keu\nA1;A;1\nKeterangan: per 1 Januari;;\n"
    found = refused(file(tmp_path, ", nip: false", p=rows))
    assert "p.csv:3: the row has nothing but a text where its id belongs." in found


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["NIP", "agency", "gap:keu"], [ONE, "BPKAD", 1], [TWO, None, 1], [THREE, "Dinas", 1]]
    found = refused(book(tmp_path, rows, lambda sheet: sheet.merge_cells("B2:B3")))
    assert "p.xlsx:Sheet!B2:B3: merged cells: B2:B3. Only the first of them has the value." in found


def test_a_title_above_the_heads_is_told(tmp_path: Path) -> None:
    title = "the first row has a single cell, like a title"
    rows: list[list[Any]] = [["DAFTAR PEGAWAI"], ["NIP", "agency", "gap:keu"], [ONE, "A", 1]]
    assert title in refused(book(tmp_path, rows, lambda sheet: sheet.merge_cells("A1:C1")))
    assert title in refused(file(tmp_path, p=f"DAFTAR;;\nnip;agency;gap:keu\n{ONE};A;1\n"))


def test_heads_with_line_breaks_are_read(tmp_path: Path) -> None:
    rows = f'"NIP";"Perangkat\nDaerah";gap:keu\n{ONE};A;1\n{TWO};B;1\nx;B;1\n'
    columns = ", columns: {Perangkat Daerah: agency}"
    _read, warnings = told(file(tmp_path, p=rows.replace("x;B;1\n", "")))
    assert "column Perangkat Daerah is not read" in warnings
    scenario = file(tmp_path, p=rows)
    scenario.write_text(scenario.read_text().replace("table: p.csv", "table: p.csv" + columns))
    assert "p.csv:5: the id is not a NIP" in refused(scenario)
    (tmp_path / "p.csv").write_text(rows.replace("x;B;1\n", ""))
    with speaking("en"):
        assert sorted(group.agency or "" for group in read_located(scenario).scenario.groups) == ["A", "B"]


def test_rows_that_are_not_utf8_say_how_to_save_the_file(tmp_path: Path) -> None:
    scenario = file(tmp_path)
    (tmp_path / "p.csv").write_bytes(
        f"nip;agency;gap:keu;tgl;name\n{ONE};A;1;;José\n{TWO};A;1;;Budi\n".encode("cp1252")
    )
    said = refused(scenario)
    assert "p.csv:2: the row is not UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8)" in said
    assert "Jos" not in said
