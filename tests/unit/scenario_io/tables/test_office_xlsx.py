"""Workbooks as offices make them: merged titles, hidden columns, formulas, formats, text for numbers, sums."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from planner.domain.scenario import Scenario
from planner.scenario_io import read_located
from tests.unit.scenario_io.minimal import MINIMAL, problems, write

TEXT = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :] + "groups: {table: t.xlsx}\n"
ROWS: list[list[Any]] = [
    ["No", "id", "headcount", "gap:keu", "uptake", "weight"],
    [1, "analis", 100, 60, 0.7, 1.25],
    [2, "arsip", 41, 25, 0.9, 1],
]
type Change = Callable[[Worksheet], object]
type Rows = list[list[Any]]


def sheet_of(rows: list[list[Any]], *changes: Change) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    for change in changes:
        change(sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def cell(place: str, value: Any, number_format: str = "") -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[place] = value
        if number_format:
            sheet[place].number_format = number_format

    return change


def with_results(data: bytes, cell: str, formula: str, value: str) -> bytes:
    """The workbook with a formula and its stored result in a cell that held a number."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                pattern = rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>'.encode()
                content, count = re.subn(pattern, rf"\1<f>{formula}</f><v>{value}</v>".encode(), content)
                assert count == 1
            new.writestr(name, content)
    return target.getvalue()


def read(folder: Path, data: bytes, text: str = TEXT) -> tuple[Scenario, list[str]]:
    write(folder, data, "t.xlsx")
    loaded = read_located(write(folder, text))
    return loaded.scenario, [str(notice).partition("t.xlsx:")[2] for notice in loaded.noticed]


def refused(folder: Path, data: bytes, text: str = TEXT) -> list[str]:
    write(folder, data, "t.xlsx")
    return [str(problem).partition("t.xlsx:")[2] for problem in problems(write(folder, text))]


def figures(scenario: Scenario) -> list[tuple[object, ...]]:
    return [(g.id, g.headcount, g.gaps.get("keu"), str(g.uptake), str(g.weight)) for g in scenario.groups]


PLAIN = [("analis", 100, 60, "7/10", "5/4"), ("arsip", 41, 25, "9/10", "1")]


def test_titles_in_merged_cells_notes_and_hidden_columns_are_told_apart_and_said(tmp_path: Path) -> None:
    rows = [
        ["DAFTAR KEBUTUHAN PENGEMBANGAN KOMPETENSI"], ["PEMERINTAH PROVINSI JAMBI"], [], ROWS[0],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *ROWS[1:], ["# dicoret", "x", 5, 5], [],
        ["Sumber: BKD"], [None, None, None, "Jambi, 29 November 2026"], [None, None, None, "NIP 197001011995032001"],
    ]  # fmt: skip

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A2:F2")
        sheet.merge_cells("D11:F11")
        sheet.column_dimensions["E"].hidden = True

    scenario, notices = read(tmp_path, sheet_of(rows, change))
    assert figures(scenario) == PLAIN
    assert [notice.split(":")[0] for notice in notices] == ["Data", "Data!1", "Data!8", "Data!5", "Data!10"]
    assert "hidden columns were read: E" in notices[0]


def test_numbers_are_taken_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    share = with_results(sheet_of(ROWS), "E3", "1-0.9", "9.9999999999999978E-2")
    assert read(tmp_path, share)[0].group["arsip"].uptake * 60 == 6
    count = with_results(sheet_of(ROWS), "C3", "0.58*100", "57.999999999999993")
    assert read(tmp_path, count)[0].group["arsip"].headcount == 58
    third = with_results(sheet_of(ROWS), "F3", "1/3", "0.33333333333333331")
    assert str(read(tmp_path, third)[0].group["arsip"].weight) == "333333333333333/1000000000000000"
    percent = sheet_of(ROWS, cell("E3", 0.1, "0%"), cell("F3", 1.5, '#,##0.00" kali"'))
    assert figures(read(tmp_path, percent)[0])[1] == ("arsip", 41, 25, "1/10", "3/2")


ROUNDED = [
    (cell("E3", 0.904, "0%"), "90.4%, not 90%."),
    (cell("F3", 2.5, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'), "2.5, not 3."),
    (cell("C3", 41_000, "#,##0,"), "41000, not 41."),
    (cell("E3", 1 - 0.9, "0%"), ""),
    (cell("C3", 41, "#,##0.00"), ""),
    (cell("F3", 2.5, "General"), ""),
]


@pytest.mark.parametrize(("change", "words"), ROUNDED)
def test_a_number_that_its_cell_shows_rounded_is_read_as_it_is_held_and_said(
    tmp_path: Path, change: Change, words: str
) -> None:
    notices = read(tmp_path, sheet_of(ROWS, change))[1]
    assert [notice.partition("is read: ")[2] for notice in notices] == ([words] if words else [])


SHOWN = [
    (cell("B3", 12, "000"), "Data!B3: column 'id': this cell shows 012 but holds the number 12."),
    (cell("B3", 5102, "#,##0"), "Data!B3: column 'id': this cell shows 5.102 but holds the number 5102."),
    (cell("B3", 503, '0"."00'), "Data!B3: column 'id': this cell shows 5.03 but holds the number 503."),
    (cell("B3", 50203, "0\\.00\\.000"), "Data!B3: column 'id': this cell shows 0.50.203 but holds the number 50203."),
    (cell("B3", 2.5, "0"), "Data!B3: column 'id': this cell shows 3 but holds the number 2.5."),
    (cell("B3", 0.125, "0.00"), "Data!B3: column 'id': this cell shows 0.13 but holds the number 0.125."),
    (cell("B3", 1234.5, "#,##0"), "Data!B3: column 'id': this cell shows 1.235 but holds the number 1234.5."),
    (cell("B3", 1.1, "0.00"), "Data!B3: column 'id': this cell shows 1.10 but holds the number 1.1."),
    (cell("B3", 7, '"A-"000'), "Data!B3: column 'id': this cell shows \"A-\"000 but holds the number 7."),
    (cell("B3", 198803152010121003), "Data!B3: this number is larger than a worksheet holds exactly: of more than 15"),
    (cell("B3", 3175012345670001), "Data!B3: this number is larger than a worksheet holds exactly"),
    (cell("B3", "1,98803E+17"), "Data!B3: '1,98803E+17' is a number shortened to a power of ten"),
    (cell("B3", datetime.date(2027, 2, 1)), "Data!B3: this cell holds a date or a time."),
    (cell("C3", "01-02-2027"), "Data!C3: column 'headcount': 'arsip': expected a number, not '01-02-2027'"),
    (cell("C3", "41"), "Data!C3: column 'headcount': the number '41' is stored as text."),
    (cell("C3", "1.250"), "Data!C3: column 'headcount': the number '1.250' is stored as text."),
    (cell("E3", "0,9"), "Data!E3: column 'uptake': the number '0,9' is stored as text."),
    (cell("C3", 0.41, "0%"), "Data!C3: column 'headcount': this cell shows 41%, but a number belongs here."),
    (cell("E3", 90, "0%"), "Data!E3: column 'uptake': 'arsip': a share lies between 0 and 1"),
    (cell("C3", 41.4, "0"), "Data!C3: column 'headcount': 'arsip': 41.4 is not a whole number."),
    (cell("C3", "=50+50"), "Data!C3: this formula has no stored result."),
    (cell("C3", "#REF!"), "Data!C3: this cell holds the error #REF!."),
    (lambda sheet: sheet.merge_cells("B2:B3"), "Data!B2:B3: these cells are merged."),
    (lambda sheet: sheet.merge_cells("C1:D1"), "Data!C1:D1: these cells are merged."),
    (cell("C3", 41, "[$$-409]#,##0"), "Data!C3: column 'headcount': this cell shows its number as money in a foreign"),
    (cell("C3", 41, "[$Rp-421]#,##0"), "Data!C3: column 'headcount': this cell shows its number as money, but no"),
    (cell("C3", 41, '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)'), "Data!C3: column 'headcount': this"),
    (cell("E3", 0.9, '"Rp"#,##0'), "Data!E3: column 'uptake': this cell shows its number as money, but no amount"),
    (cell("C3", 41, '0".000"'), "Data!C3: column 'headcount': this cell shows its number with '.000' behind it, but"),
    (cell("E3", 0.9, '0" rb"'), "Data!E3: column 'uptake': this cell shows its number with 'rb' behind it, but holds"),
    (cell("F3", 2, '0" juta"'), "Data!F3: column 'weight': this cell shows its number with 'juta' behind it, but"),
    (cell("B3", True), "Data!B3: column 'id': this cell holds TRUE or FALSE."),
    (cell("B3", None), "Data!3: 'id' is missing. Fill in the column 'id'."),
    (cell("H3", "x"), "Data!H3: this cell has a value, but its column has no name."),
    (cell("A4", "JUMLAH"), "Data!4: this row is a sum or a mean of others ('JUMLAH')."),
    (lambda sheet: sheet.append([None, "semua", 141, 85]), "Data!4: the numbers of this row add up"),
    (lambda sheet: sheet.append([3, "kota", 5, 600]), "Data!D4: column 'gap:keu': 'kota' has 600 people with a gap"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), SHOWN, ids=[words[:70] for _change, words in SHOWN])
def test_what_could_be_misread_is_refused_at_its_cell(tmp_path: Path, change: Change, words: str) -> None:
    found = refused(tmp_path, sheet_of(ROWS, change))
    assert any(text.startswith(words) for text in found), found


def test_a_sum_is_known_by_its_formula_and_a_sum_along_its_own_row_is_none(tmp_path: Path) -> None:
    rows = [*ROWS, [3, "kota", 9, 5], [4, "semua", 300, 2]]
    (found,) = refused(tmp_path, with_results(sheet_of(rows), "C5", "SUM(C2:C4)", "150"))
    assert found.startswith("Data!5: this row is a sum or a mean of others (=SUM(…)).")
    for formula in ("C2+C3", "SUBTOTAL(109,Tabel1[headcount])", "+$C$2+$C$3+C4"):
        (found,) = refused(tmp_path, with_results(sheet_of(rows), "C5", formula, "150"))
        assert "(=SUM(…))" in found
    for formula in ("D3+E3", "SUM(Tabel1[[#This Row],[a]:[b]])", "C3*2"):
        assert read(tmp_path, with_results(sheet_of(ROWS), "C3", formula, "77"))[0].group["arsip"].headcount == 77
    along = with_results(sheet_of(ROWS), "C3", "SUM(D3:F3)", "77")
    assert read(tmp_path, along)[0].group["arsip"].headcount == 77
    other = with_results(sheet_of(ROWS), "C3", "SUM('Per OPD'!C2:C9)", "77")
    assert read(tmp_path, other)[0].group["arsip"].headcount == 77


def test_a_head_of_two_rows_is_refused_and_never_read_as_one(tmp_path: Path) -> None:
    rows: Rows = [
        ["id", "Orang", None, "uptake"],
        [None, "headcount", "gap:keu", None],
        ["a", 5, 3, 0.7],
        ["b", 6, 2, 0.8],
    ]

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")

    found = refused(tmp_path, sheet_of(rows, change))
    assert any("has no name" in text or "merged" in text for text in found), found


def test_a_workbook_saved_as_a_web_page_is_called_so(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, b"\xef\xbb\xbf<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>")
    assert "this is a web page (HTML), even if it is called .xls" in found


FUNDS = MINIMAL[: MINIMAL.index("funds:")] + "funds: {table: t.xlsx}\n"


def test_amounts_as_text_are_read_or_refused_and_titles_in_thousands_too(tmp_path: Path) -> None:
    head = ["id", "kind", "amount"]
    rows: Rows = [
        head,
        ["a", "own", "1.250.000,00"],
        ["b", "mitra", "Rp50.000,-"],
        ["c", "partner", 2500],
        ["d", "own", "-"],
    ]
    scenario, _notices = read(tmp_path, sheet_of(rows[:4]), FUNDS)
    assert [fund.amount for fund in scenario.funds] == [1_250_000, 50_000, 2_500]
    bad: Rows = [head, ["a", "own", "1.250.000"], ["b", "own", "Rp 500,000.00"], ["c", "own", 2500.5], rows[4]]
    found = refused(tmp_path, sheet_of(bad), FUNDS)
    words = ("two ways", "no Rp", "fraction", "is missing")
    assert [next(word for word in words if word in text) for text in found] == [
        "no Rp",
        "two ways",
        "fraction",
        "is missing",
    ]
    (told,) = refused(tmp_path, sheet_of([["Pagu (dalam jutaan rupiah)"], head, ["a", "own", 2_500]]), FUNDS)
    assert told.startswith(
        "Data!A1: 'dalam jutaan rupiah': by this remark amounts of the table are in thousands or millions"
    )
    dollars = [
        cell("C2", 9, "[$$-409]#,##0"),
        cell("C3", 9, "[$Rp-421]#,##0"),
        cell("C4", 9, '"$"#,##0_);("$"#,##0)'),
    ]
    (told,) = refused(tmp_path, sheet_of(rows[:4], *dollars), FUNDS)  # what is built in shows the money of the country
    assert told.startswith("Data!C2: column 'amount': this cell shows its number as money in a foreign currency.")
    percent = sheet_of([head, ["a", "own", 1]], cell("C2", 1, "0%"))
    assert refused(tmp_path, percent, FUNDS)[0].startswith("Data!C2: column 'amount': this cell shows 100%")


def test_rows_that_are_struck_through_are_read_and_told(tmp_path: Path) -> None:
    def strike(sheet: Worksheet) -> None:
        for place in ("A1", "C3", "A9"):  # a head, a number, and a cell without a value
            sheet[place].font = Font(strike=place != "A1")

    scenario, notices = read(tmp_path, sheet_of(ROWS, strike))
    assert len(scenario.groups) == 2
    assert any("Data: 1 row with values struck through was read: 3." in text for text in notices)
    assert not any("struck" in text for text in read(tmp_path, sheet_of(ROWS))[1])


def test_an_agency_in_the_first_row_of_a_block_alone_is_told(tmp_path: Path) -> None:
    head = ["id", "agency", "headcount", "gap:keu"]
    block: Rows = [head, ["a", "BPKAD", 10, 5], ["b", None, 9, 4], ["c", "Dinas", 8, 3], ["d", None, 7, 2]]
    _scenario, notices = read(tmp_path, sheet_of(block))
    assert any("Data!3: 2 rows leave 'agency' blank below one that fills it: 3, 5." in text for text in notices)
    _scenario, notices = read(tmp_path, sheet_of([head, ["a", None, 10, 5], ["b", None, 9, 4]]))
    assert not any("blank below" in text for text in notices)
