"""What the fast reader of price lists does not see is told of the prices that are used, and of no others."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from planner.errors import InputError
from planner.scenario_io.tables.xlsx_table import read_xlsx
from tests.unit.scenario_io.price_lists.lists import reading, saved

CODE = "1.1.12.03.01.0001"
HEADS = ["Kode", "Uraian", "Satuan", "Harga"]
LISTS = "{ssh: {table: ssh.xlsx}}"


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        reading(folder, f"price: {{from: ssh, code: {CODE}}}", LISTS)
    return "\n".join(map(str, caught.value.problems))


def changed(folder: Path, cell: str, value: Any, number_format: str = "General") -> None:
    path = saved(folder, [HEADS, [CODE, "a", "OJ", 500], ["1.1.2", "b", "OJ", 600]], "ssh.xlsx")
    book = openpyxl.load_workbook(path)
    book["SSH"][cell] = value
    book["SSH"][cell].number_format = number_format
    book.save(path)


@pytest.mark.parametrize("number_format", ["[$$-409]#,##0.00", "[$USD] #,##0", '"EUR" 0'])
def test_a_price_in_a_foreign_currency_is_refused_where_it_is_used(tmp_path: Path, number_format: str) -> None:
    changed(tmp_path, "D2", 500, number_format)
    assert "SSH!D2: the price of '1.1.12.03.01.0001': this cell shows its number as money in a" in refusal(tmp_path)
    changed(tmp_path, "D3", 600, number_format)
    assert reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", LISTS).scenario.programmes[0].costs[0].price == 500


@pytest.mark.parametrize("number_format", ['"Rp"#,##0', "[$Rp-421]#,##0", "#,##0.00", "[$-421]0"])
def test_rupiah_are_rupiah_in_every_format(tmp_path: Path, number_format: str) -> None:
    changed(tmp_path, "D2", 500, number_format)
    assert reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", LISTS).scenario.programmes[0].costs[0].price == 500


def test_a_formula_without_a_result_says_so(tmp_path: Path) -> None:
    changed(tmp_path, "D2", "=250*2")
    assert "this formula has no stored result. Open and save the workbook" in refusal(tmp_path)


@pytest.mark.parametrize("value", [datetime.date(2027, 1, 1), datetime.datetime(2027, 1, 1, 8), datetime.time(12, 30)])
def test_a_price_that_is_a_date_is_told_as_such_at_its_cell(tmp_path: Path, value: object) -> None:
    changed(tmp_path, "D2", value, "dd/mm/yyyy hh:mm")
    assert "SSH!D2: the price of '1.1.12.03.01.0001': this cell holds a date or a time. Format the cell" in refusal(
        tmp_path
    )


def test_a_price_that_is_an_error_of_a_formula_is_told_as_such(tmp_path: Path) -> None:
    changed(tmp_path, "D2", "#N/A")
    assert "SSH!D2: the price of '1.1.12.03.01.0001': this cell holds the error #N/A." in refusal(tmp_path)


def test_a_code_that_is_a_date_is_told_where_a_code_is_missing(tmp_path: Path) -> None:
    changed(tmp_path, "A2", datetime.date(2027, 1, 1), "yyyy-mm-dd")
    assert "has no code '1.1.12.03.01.0001'. These rows have a price and no code, and are not used: 2." in refusal(
        tmp_path
    )


def test_prices_of_two_years_under_one_head_are_chosen_by_name(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[*HEADS, ""], ["", "", "", "2026", "2027"], [CODE, "a", "OJ", 500, 600]]
    saved(tmp_path, rows, "ssh.xlsx")
    assert "SSH!D2: under 'Harga' prices stand in several columns: '2026', '2027'." in refusal(tmp_path)
    lists = "{ssh: {table: ssh.xlsx, column: 2027}}"
    assert reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", lists).scenario.programmes[0].costs[0].price == 600


def test_a_note_below_the_list_that_prices_are_in_thousands_refuses_it(tmp_path: Path) -> None:
    saved(tmp_path, [HEADS, [CODE, "a", "OJ", 500], [], ["*) harga dalam ribuan rupiah", "", "", ""]], "ssh.xlsx")
    assert "SSH!A4: 'dalam ribuan rupiah': by this remark amounts of the table are in thousands" in refusal(tmp_path)


@pytest.mark.parametrize("head", ["Harga (Rp/10 orang)", "Harga (10 orang)", "Harga (Rp, untuk 10 orang)"])
def test_prices_for_several_units_by_their_head_are_refused(tmp_path: Path, head: str) -> None:
    saved(tmp_path, [[*HEADS[:3], head], [CODE, "a", "orang", 500]], "ssh.xlsx")
    assert "amounts of the column are for several units together" in refusal(tmp_path)


def test_a_column_of_prices_for_several_units_is_refused_where_it_is_asked_for(tmp_path: Path) -> None:
    saved(tmp_path, [[*HEADS[:3], "Harga per 10 orang", "Lain"], [CODE, "a", "orang", 500, 600]], "ssh.xlsx")
    with pytest.raises(InputError, match="'per 10 orang': by this remark amounts of the column are for several units"):
        reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", "{ssh: {table: ssh.xlsx, column: Harga per 10 orang}}")


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ([CODE, "a", "OH (x Rp1.000)", 500, ""], "C2", "(x Rp1.000)"),
        ([CODE, "a", "OH", 500, "harga dalam ribuan"], "E2", "harga dalam ribuan"),
        ([CODE, "a (dalam ribuan rupiah)", "OH", 500, "Dalam jutaan Rp"], "E2", "Dalam jutaan Rp"),
    ],
)
def test_a_row_whose_own_words_say_thousands_is_refused_where_it_is_used(
    tmp_path: Path, row: list[Any], place: str, words: str
) -> None:
    other = ["1.1.12.03.01.0002", "b", "OH", 700, "pagu sampai 250 juta rupiah"]
    saved(tmp_path, [[*HEADS, "Spek"], row, other], "ssh.xlsx")
    told = f"SSH!{place}: by '{words}' the price of '{CODE}' is in thousands or millions, but it is read in rupiah."
    assert told in refusal(tmp_path)
    assert (
        reading(tmp_path, f"price: {{from: ssh, code: {other[0]}}}", LISTS).scenario.programmes[0].costs[0].price == 700
    )


def hiding(folder: Path, change: Any) -> list[str]:
    """The notices of a scenario that takes a price from a workbook in which something is hidden."""
    rows: list[list[Any]] = [
        [*HEADS, "Spek", "Catatan"],
        [CODE, "a", "OJ", 500, "s", "n"],
        ["1.1.2", "b", "OJ", 600, "s", "n"],
    ]
    path = saved(folder, rows, "ssh.xlsx")
    book = openpyxl.load_workbook(path)
    change(book["SSH"])
    book.save(path)
    lists = "{ssh: {table: ssh.xlsx, sheet: SSH}}"
    return [str(told) for told in reading(folder, f"price: {{from: ssh, code: {CODE}}}", lists).warnings]


def test_hidden_rows_and_columns_that_are_read_of_a_list_are_told(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[40].hidden = True
        sheet.column_dimensions.group("C", "D", hidden=True)
        for unread in "FH":
            sheet.column_dimensions[unread].hidden = True

    told = hiding(tmp_path, hide)
    assert any(each.endswith("ssh.xlsx:SSH: 1 hidden row was read: 2.") for each in told)
    assert any(each.endswith("ssh.xlsx:SSH: hidden columns were read: C, D.") for each in told)


def rewritten(path: Path, old: str, new: str) -> None:
    """Change the part of a workbook that holds its sheet, to what openpyxl does not write."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    changed_sheet = parts[sheet].decode().replace(old, new)
    assert changed_sheet != parts[sheet].decode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | {sheet: changed_sheet.encode()}).items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('<row r="2"', '<row r="2" ht="0" customHeight="1"', "1 hidden row was read: 2."),
        ('<row r="2"', '<row r="2" ht="0.0"', "1 hidden row was read: 2."),
        ("<sheetData>", '<cols><col min="4" max="4" width="0" customWidth="1"/></cols><sheetData>', "read: D."),
    ],
)
def test_rows_without_height_and_columns_without_width_are_hidden(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = saved(tmp_path, [HEADS, [CODE, "a", "OJ", 500], ["1.1.2", "b", "OJ", 600]], "ssh.xlsx")
    rewritten(path, old, new)
    read = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", LISTS)
    assert any(str(each).endswith(words) for each in read.warnings)
    notices: list[Any] = []
    read_xlsx(path.read_bytes(), "ssh.xlsx", None, notices)
    assert any(str(each).endswith(words) for each in notices)


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [(";;;", "(nothing)"), ("[Red];;", "(nothing)"), ('""', "(nothing)"), ("#,##0,", "25"), ("0.0,,", "0")],
)
def test_prices_that_cells_show_otherwise_are_told(tmp_path: Path, number_format: str, shown: str) -> None:
    changed(tmp_path, "D2", 25_000, number_format)
    read = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", LISTS)
    assert read.scenario.programmes[0].costs[0].price == 25_000
    (told,) = [str(each) for each in read.warnings if "shows another number" in str(each)]
    assert "SSH!D2: 1 cell shows another number than it holds; what it holds is read: 25" in told
    assert f", not {shown}." in told
    table = read_xlsx((tmp_path / "ssh.xlsx").read_bytes(), "ssh.xlsx", None, [])
    assert table.rows[1].cells[3].rounded is not None


@pytest.mark.parametrize("number_format", ["#,##0", "#,##0;-#,##0;", "#,##0;;", "0;;;@", '"Rp"#,##0', "#,##0.00"])
def test_prices_that_cells_show_as_they_are_are_not_told(tmp_path: Path, number_format: str) -> None:
    changed(tmp_path, "D2", 25_000, number_format)
    read = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", LISTS)
    assert not [each for each in read.warnings if "shows another number" in str(each)]


def test_a_hidden_sheet_with_the_list_is_told(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("Lain")
        sheet.sheet_state = "hidden"

    assert any(each.endswith("SSH: this sheet is hidden, and was read.") for each in hiding(tmp_path, hide))


def test_of_a_list_in_which_all_is_seen_nothing_is_told(tmp_path: Path) -> None:
    assert not [each for each in hiding(tmp_path, lambda sheet: None) if "hidden" in each]


TITLES = ["Harga dalam Rp x 1.000", "(dalam '000 Rp)", "Nilai: Jutaan", "dlm rb"]


@pytest.mark.parametrize("title", TITLES)
def test_titles_in_thousands_refuse_the_list_however_they_are_written(tmp_path: Path, title: str) -> None:
    saved(tmp_path, [[title], HEADS, [CODE, "a", "OJ", 7_500]], "ssh.xlsx")
    assert "amounts of the table are in thousands or millions" in refusal(tmp_path)


def test_a_remark_below_the_numbers_of_the_columns_is_heeded(tmp_path: Path) -> None:
    saved(tmp_path, [HEADS, ["1", "2", "3", "4"], ["", "", "", "ribuan"], [CODE, "a", "OJ", 500]], "ssh.xlsx")
    assert "SSH!D3: 'ribuan': by this remark amounts of the table are in thousands" in refusal(tmp_path)


@pytest.mark.parametrize(
    "rows",
    [
        [["Harga sudah termasuk PPN"], HEADS, [CODE, "a", "OJ", 555_000]],
        [HEADS, [CODE, "a", "OJ", 555_000], [], ["Catatan: harga termasuk PPN"]],
        [[*HEADS, "Keterangan"], [CODE, "a", "OJ", 555_000, "sudah termasuk PPN"]],
        [[*HEADS[:3], "Harga (termasuk PPN)"], [CODE, "a", "OJ", 555_000]],
    ],
)
def test_a_tax_on_a_price_that_includes_it_is_told_at_the_tax(tmp_path: Path, rows: list[list[Any]]) -> None:
    saved(tmp_path, rows, "ssh.xlsx")
    line = f"price: {{from: ssh, code: {CODE}}}"
    taxed = "has a tax on a price that includes it by 'termasuk PPN'"
    assert any(taxed in str(each) for each in reading(tmp_path, f"tax: 12%, {line}", LISTS).warnings)
    assert not any(taxed in str(each) for each in reading(tmp_path, line, LISTS).warnings)


def test_a_further_column_says_that_a_price_is_for_several_people(tmp_path: Path) -> None:
    saved(tmp_path, [[*HEADS, "Keterangan"], [CODE, "Snack", "paket", 555_000, "untuk 10 orang"]], "ssh.xlsx")
    lines = f"price: {{from: ssh, code: {CODE}}}"
    told = "is priced for several people or pieces together by '10 orang'"
    each = f"price: {{from: ssh, code: {CODE}}}" + "}\n      - {item: Snack, per: participant, " + lines
    assert sum(told in str(warning) for warning in reading(tmp_path, each, LISTS).warnings) == 1


def test_prices_that_are_struck_through_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADS, [CODE, "a", "OJ", 500], ["1.1.12.03.01.0002", "b", "OJ", 600]], "ssh.xlsx")
    book = openpyxl.load_workbook(path)
    book["SSH"]["D3"].font = Font(strike=True)
    book["SSH"]["D4"].font = Font(strike=True)
    book.save(path)
    read = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", LISTS)
    assert any("SSH: 1 row with values struck through was read: 3." in str(each) for each in read.warnings)


def test_a_price_that_its_cell_shows_in_thousands_is_refused_where_it_is_used(tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADS, [CODE, "a", "OJ", 500]], "ssh.xlsx")
    book = openpyxl.load_workbook(path)
    book["SSH"]["D2"].number_format = '#,##0" ribu"'
    book.save(path)
    assert "this cell shows its number with 'ribu' behind it, but holds it without." in refusal(tmp_path)
