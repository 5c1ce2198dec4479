"""Cells of a workbook get other values; everything else of it keeps its bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from planner.errors import InputError
from planner.scenario_io.mending import TypedCell, mended_workbook
from planner.scenario_io.mending.sheet_cells import CellContent, SharedFormula, with_cells
from tests.scenarios.changed_books import with_parts, with_results

SHEET = "xl/worksheets/sheet1.xml"


def book(**cells: Any) -> bytes:
    """A workbook of one sheet, Data, and an empty one beside it."""
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Data"
    for place, value in cells.items():
        sheet[place] = value
    made.create_sheet("Lain-lain")
    made.save(content := BytesIO())
    return content.getvalue()


def cells_of(content: bytes, *, results: bool = False) -> dict[str, Any]:
    sheet: Any = load_workbook(BytesIO(content), data_only=results)["Data"]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def put(content: bytes, **typed: str) -> bytes:
    return mended_workbook(content, [TypedCell("Data", cell, text) for cell, text in typed.items()])


def test_cells_are_replaced_made_and_emptied_and_all_else_stays() -> None:
    before = book(A1="id", B1=1, C1="x", A3="y", D3=4)
    made = put(before, B1="20", C1="", B2="<&> 'apa' ", C3="Rp2.500", Z3="akhir", A2="a", AA9="jauh")
    assert cells_of(made) == {
        "A1": "id", "B1": 20, "A2": "a", "B2": "<&> 'apa'",
        "A3": "y", "C3": 2500, "D3": 4, "Z3": "akhir", "AA9": "jauh",
    }  # fmt: skip
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        assert [name for name in old.namelist() if old.read(name) != new.read(name)] == [SHEET]
    assert cells_of(put(book(), B2="1")) == {"B2": 1}, "a sheet with nothing on it"
    assert cells_of(mended_workbook(before, [TypedCell("Tidak ada", "A1", "x")])) == cells_of(before)


@pytest.mark.parametrize(
    "xml",
    [
        "<x:sheetData/>",
        '<x:sheetData><x:row r="2"/></x:sheetData>',
        '<x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c/><x:c r="C2" s="3"/></x:row></x:sheetData>',
        '<x:sheetData><!-- <c r="B2"> --><x:row r="2"><x:c r="A2"><x:f>"&lt;/c>"</x:f></x:c></x:row></x:sheetData>',
    ],
)
def test_xml_of_any_writer_is_changed_where_it_is_meant(xml: str) -> None:
    top = f'<x:worksheet xmlns:x="urn:s">{xml}<x:pageMargins left="1"/></x:worksheet>'
    made = with_cells(top.encode(), {(2, 2): CellContent(number="7")}).decode()
    assert made.count('<x:c r="B2"><x:v>7</x:v></x:c>') == 1
    assert made.endswith('</x:sheetData><x:pageMargins left="1"/></x:worksheet>')
    again = with_cells(made.encode(), {(2, 2): CellContent(text="lagi")}).decode()
    assert again == made.replace(
        '<x:c r="B2"><x:v>7</x:v></x:c>',
        '<x:c r="B2" t="inlineStr"><x:is><x:t xml:space="preserve">lagi</x:t></x:is></x:c>',
    )


@pytest.mark.parametrize(
    ("typed", "number_format", "value", "keeps"),
    [
        ("20", "General", 20, True), ("-3", "0", -3, True), ("0", "0", 0, True), ("012", "General", "012", True),
        ("12", "@", 12, False), ("2.10", "@", "2.10", True), ("0,7", "General", 0.7, True), ("2.5", "0", 2.5, False),
        ("Rp1.200", "#,##0", 1200, True),
        ("1.200", "#,##0", "1.200", True), ("2.500.000", "#,##0", 2_500_000, True), ("1,2,3", "General", "1,2,3", True),
        ("70%", "0%", 0.7, True), ("70", "0%", "70", True), ("70%", "General", "70%", True),
        ("5", "yyyy-mm-dd", 5, False), ("5000", '#,##0,"rb"', 5000, False), ("=1+1", "General", "=1+1", True),
        ("9" * 16, "General", "9" * 16, True),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_as_a_spreadsheet_would(typed: str, number_format: str, value: Any, keeps: bool) -> None:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Data"
    sheet["B2"] = 1.5
    sheet["B2"].number_format = number_format
    made.save(content := BytesIO())
    found: Any = load_workbook(BytesIO(put(content.getvalue(), B2=typed)))["Data"]["B2"]
    assert found.value == value
    assert type(found.value) is type(value)
    assert found.data_type != "f", "text stays text"
    assert (found.number_format == number_format) == keeps


def test_a_number_that_was_struck_through_is_seen_again() -> None:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Data"
    sheet["B2"], sheet["B2"].font = 1, Font(strike=True)
    made.save(content := BytesIO())
    found: Any = load_workbook(BytesIO(put(content.getvalue(), B2="3")))["Data"]["B2"]
    assert not found.font.strike


FORMULAS = {
    "B1": "=A1+1", "B2": "=B1*2", "B3": "=SUM(A:A)", "B4": "=SUM($A$1:$A$9)", "B5": '=INDIRECT("A1")', "B6": "=nama",
    "B7": "=Data!A1", "B8": "=A2+1", "B9": "='Lain-lain'!A1", "C1": "=A9", "C2": "='[1]Data'!A1", "C3": '="A1"',
}  # fmt: skip


def test_results_of_formulas_that_read_a_changed_cell_are_taken_out() -> None:
    results = {formula.removeprefix("="): "5" for formula in FORMULAS.values()}
    before = with_results(book(A1=4, A2=2, **FORMULAS), results)
    assert cells_of(before, results=True).keys() == {"A1", "A2", *FORMULAS}
    made = put(before, A1="7")
    assert cells_of(made) == cells_of(before) | {"A1": 7}, "formulas themselves stay"
    assert cells_of(made, results=True).keys() == {"A1", "A2", "B8", "B9", "C1", "C2", "C3"}
    replaced = put(before, B1="9", A1="7")
    assert cells_of(replaced, results=True)["B1"] == 9, "what is typed takes the place of a formula"


def test_the_order_of_formulas_goes_with_those_it_names() -> None:
    chain = '<calcChain xmlns="urn:s"><c r="B1" i="1"/></calcChain>'
    with zipfile.ZipFile(BytesIO(book(A1=1, B1="=A1"))) as old, zipfile.ZipFile(made := BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/calcChain.xml", chain)
    changed = with_parts(
        made.getvalue(),
        {
            "[Content_Types].xml": ("</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'),
            "xl/_rels/workbook.xml.rels": (
                "</Relationships>",
                '<Relationship Id="r99" Type="calcChain" Target="calcChain.xml"/></Relationships>',
            ),
        },
    )
    with zipfile.ZipFile(BytesIO(put(changed, B1="2"))) as archive:
        assert b"calcChain" not in b"".join(archive.read(name) for name in archive.namelist())
        assert "xl/calcChain.xml" not in archive.namelist()


def test_a_cell_that_others_hang_on_and_a_damaged_workbook_are_refused() -> None:
    shared = '<s><sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f></c></row></sheetData></s>'
    with pytest.raises(SharedFormula, match="A1"):
        with_cells(shared.encode(), {(1, 1): CellContent(number="1")})
    hangs = with_parts(book(A1="=B1", A2="=B2"), {SHEET: ("<f>B1</f>", '<f t="shared" ref="A1:A2" si="0">B1</f>')})
    with pytest.raises(InputError, match="hang on this one"):
        put(hangs, A1="1")
    for damaged in (b"", b"PK\x03\x04 none", with_parts(book(A1=1), {SHEET: ("</row>", "")})):
        with pytest.raises(InputError):
            put(damaged, A1="1")
