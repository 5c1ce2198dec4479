"""Hazards of XLSX and Parquet files: bombs are refused before parsing, faults name the cell."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planner.scenario_io import read_located, read_scenario
from planner.scenario_io.scenario_workbook.writing import template_bytes
from planner.scenario_io.tables import number_formats, xlsx_table
from planner.scenario_io.tables.number_formats import Shown
from tests.unit.scenario_io.minimal import MINIMAL, only, problems, write

TEXT = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :]
ROWS: list[list[Any]] = [["id", "headcount", "gap:keu", "uptake"], ["analis", 100, 60, 0.7], ["guru", 7, None, 1]]


def scenario(folder: Path, table: str = "buku.xlsx") -> Path:
    return write(folder, f"{TEXT}groups: {{table: {table}}}\n")


def book(change: Callable[[Worksheet], object] = lambda sheet: None) -> bytes:
    """A workbook with the rows above, changed."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Kelompok"
    for row in ROWS:
        sheet.append(row)
    change(sheet)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The same archive with its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def sheet_with(old: bytes, replacement: bytes) -> bytes:
    """The workbook with a passage of its sheet replaced."""

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        content = content.replace(b" />", b"/>")  # as lxml writes it, where that is installed
        assert content.count(old) == 1, content
        return content.replace(old, replacement)

    return repacked(book(), change)


def setting(cell: str, value: Any) -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return change


CELL_FAULTS: list[tuple[Callable[[], bytes], str, str]] = [
    (lambda: book(setting("B2", "=50+50")), "B2", "this formula has no stored result"),
    (lambda: book(setting("B2", "100")), "B2", "the number '100' is stored as text"),
    (lambda: book(setting("B2", 100.5)), "B2", "not a whole number"),
    (lambda: book(setting("B2", "seratus")), "B2", "column 'headcount'"),
    (lambda: book(setting("B2", "#N/A")), "B2", "the error #N/A"),
    (lambda: book(setting("C2", 600)), "C2", "600 people with a gap"),
    (lambda: book(setting("B3", True)), "B3", "expected a number, not 'True'"),
    (
        lambda: book(lambda sheet: sheet.__setitem__("B2", __import__("datetime").date(2027, 1, 1))),
        "B2",
        "a date or a time",
    ),
    (lambda: book(setting("C1", "headcount")), "C1", "'headcount' is there twice; the other is at"),
    (lambda: book(setting("B1", "hedcount")), "B1", "Did you mean 'headcount'?"),
    (lambda: book(setting("F2", "x")), "F2", "its column has no name"),
    (lambda: book(setting("XFD1048576", "x")), "XFD1048576", "its column has no name"),
    (lambda: book(setting("B1", 5)), "B1", "the name of a column must be text"),
    (lambda: book(lambda sheet: sheet.merge_cells("A2:A3")), "A2:A3", "these cells are merged"),
    (lambda: sheet_with(b"<v>100</v>", b"<v>1e400</v>"), "B2", "larger than a worksheet holds exactly"),
    (lambda: sheet_with(b"<v>100</v>", b"<v>1e17</v>"), "B2", "larger than a worksheet holds exactly"),
    (lambda: sheet_with(b"<v>100</v>", b"<v>" + b"9" * 5_000 + b"</v>"), "B2", "cannot be read"),
    (lambda: sheet_with(b"<v>100</v>", b"<v>abc</v>"), "B2", "cannot be read"),
    (lambda: sheet_with(b"<v>100</v>", b"<v>1_00</v>"), "B2", "cannot be read"),
    (lambda: sheet_with(b"<v>100</v>", "<v>\uff11\uff10\uff10</v>".encode()), "B2", "cannot be read"),
]


@pytest.mark.parametrize(("data", "cell", "words"), CELL_FAULTS, ids=[f"{f[1]} {f[2]}" for f in CELL_FAULTS])
def test_a_fault_in_a_workbook_names_the_cell(tmp_path: Path, data: Callable[[], bytes], cell: str, words: str) -> None:
    workbook = write(tmp_path, data(), "buku.xlsx")
    told = [str(problem) for problem in problems(scenario(tmp_path))]

    assert any(text.startswith(f"{workbook}:Kelompok!{cell}: ") and words in text for text in told), told


def bomb(size: int) -> bytes:
    return repacked(book(), lambda name, content: content, {"xl/media/x.xml": b"<x>" + b" " * size + b"</x>"})


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def entity_bomb(name: str, content: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return content
    return ENTITIES + content.split(b"?>")[-1].replace(b"<v>100</v>", b"<v>&b;</v>")


def encoded_late(name: str, content: bytes) -> bytes:
    """Declared behind more blanks than a reader may look through."""
    if not name.endswith("sheet1.xml"):
        return content
    return b'<?xml version="1.0"' + b" " * 300 + b'encoding="cp1252"?>' + content[content.index(b"<worksheet") :]


def crowded(part: str, before: bytes, entry: bytes) -> bytes:
    """Seventy thousand entries, each of its own so that they do not pack well."""
    entries = b"".join(entry % number for number in range(70_001))
    return repacked(book(), lambda name, c: c.replace(before, entries + before) if name.endswith(part) else c)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: bomb(60 * 2**20), "zip bomb"),  # more than is unpacked at all
    "steep ratio": (lambda: bomb(5 * 2**20), "zip bomb"),
    "entity bomb": (lambda: repacked(book(), entity_bomb), "declares entities"),
    "encoding behind blanks": (lambda: repacked(book(), encoded_late), "foreign encoding"),
    "a part in two spellings": (
        lambda: repacked(book(), lambda name, c: c, {"XL/worksheets\\Sheet1.xml": b"<x/>"}),
        "one of its parts twice",
    ),
    "styles": (lambda: crowded("styles.xml", b"</cellXfs>", b'<xf numFmtId="%d"/>'), "more styles, names and merged"),
    "names": (lambda: crowded("workbook.xml", b"</sheets>", b'<definedName name="n%d"/>'), "more styles, names and"),
    "other encoding": (
        lambda: repacked(book(), lambda name, c: c.decode().encode("utf-16") if name.endswith("sheet1.xml") else c),
        "foreign encoding",
    ),
    "old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old XLS"),
    "renamed csv": (lambda: b"id,headcount\nanalis,100\n", "not an XLSX workbook"),
    "renamed zip": (
        lambda: repacked(book(), lambda name, c: c).replace(b"[Content_Types].xml", b"[Content_Types].xm_"),
        "zip",
    ),
    "macros": (lambda: repacked(book(), lambda name, c: c, {"xl/vbaProject.bin": b"x"}), "macros"),
    "truncated": (lambda: book()[:-500], "damaged or was cut off"),
    "truncated to its head": (lambda: book()[:100], "damaged or was cut off"),
    "empty": (lambda: b"", "not an XLSX workbook"),
    "broken sheet": (lambda: sheet_with(b"</sheetData>", b"</sheetDat>"), "damaged"),
    "no sheet": (lambda: repacked(book(), lambda name, c: b"<x/>" if name.endswith("workbook.xml") else c), "workbook"),
    "blank sheet": (lambda: book(lambda sheet: sheet.delete_rows(1, 9)), "the table is empty"),
    "bad styles": (lambda: repacked(book(), lambda name, c: b"<" if name.endswith("styles.xml") else c), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_harmful_or_broken_workbook_is_refused(tmp_path: Path, name: str) -> None:
    build, words = REFUSED[name]
    write(tmp_path, build(), "buku.xlsx")
    path = scenario(tmp_path)
    began = time.process_time()
    problem = only(path)

    assert problem.file.startswith(str(tmp_path / "buku.xlsx"))
    assert words in problem.message
    assert time.process_time() - began < 2


def test_a_part_that_is_there_twice_is_not_read_as_either(tmp_path: Path) -> None:
    data = io.BytesIO(book())
    with zipfile.ZipFile(data, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = archive.read("xl/worksheets/sheet1.xml").replace(b"<v>100</v>", b"<v>999</v>")
        archive.writestr("xl/worksheets/sheet1.xml", other)
    write(tmp_path, data.getvalue(), "buku.xlsx")

    assert "one of its parts twice" in only(scenario(tmp_path)).message


def test_cells_that_are_merged_over_the_whole_sheet_are_told_in_no_time(tmp_path: Path) -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="F1:XFD1048576"/></mergeCells>'
    write(tmp_path, sheet_with(b"</sheetData>", merged), "buku.xlsx")
    path = scenario(tmp_path)
    began = time.process_time()

    assert "these cells are merged" in " ".join(problem.message for problem in problems(path))
    assert time.process_time() - began < 1


def test_a_false_dimension_costs_nothing(tmp_path: Path) -> None:
    data = sheet_with(b'<dimension ref="A1:D3"/>', b'<dimension ref="A1:XFD1048576"/>')
    write(tmp_path, data, "buku.xlsx")
    path = scenario(tmp_path)
    read_scenario(path)
    began = time.process_time()

    assert len(read_scenario(path).groups) == 2
    assert time.process_time() - began < 0.5


def test_what_is_damaged_in_how_a_sheet_prints_hides_none_of_its_cells(tmp_path: Path) -> None:
    data = sheet_with(b'<pageMargins left="', b'<pageMargins left="wide')
    assert b"wide" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    write(tmp_path, data, "buku.xlsx")

    assert len(read_scenario(scenario(tmp_path)).groups) == 2


def test_the_looks_of_a_workbook_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def shown(workbook: object) -> Shown:
        asked.append(workbook)
        return number_formats.shown_by_style(workbook)

    monkeypatch.setattr(xlsx_table, "shown_by_style", shown)
    assert len(xlsx_table.read_sheets(template_bytes(), "buku.xlsx", lambda names: names, [])) > 10
    assert len(asked) == 1


def test_too_many_cells_are_refused_before_parsing(tmp_path: Path) -> None:
    cells = b"<row>" + b"<c><v>1</v></c>" * 1_000_100 + b"</row>"

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", cells + b"</sheetData>") if name.endswith("sheet1.xml") else content

    # Stored as it is: compressed, it would be refused as a bomb.
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    write(tmp_path, target.getvalue(), "buku.xlsx")

    assert "more than the 1000000 that are read" in only(scenario(tmp_path)).message


def test_a_sheet_is_named_where_there_are_several(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Kelompok")
    workbook.save(tmp_path / "buku.xlsx")

    problem = only(scenario(tmp_path))
    assert "several sheets" in problem.message
    assert "'Sheet', 'Kelompok'" in problem.remedy
    assert "Did you mean 'Kelompok'?" in only(scenario(tmp_path, "buku.xlsx, sheet: Kelompk")).remedy


def test_hidden_and_blank_rows_are_read_or_passed_over_and_listed(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.append([])
        sheet.append(["akhir", 5])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["D"].hidden = True

    write(tmp_path, book(change), "buku.xlsx")
    loaded = read_located(scenario(tmp_path))

    assert list(loaded.scenario.group) == ["analis", "guru", "akhir"]
    noticed = " ".join(warning.message for warning in loaded.noticed)
    assert "1 hidden row was read: 2" in noticed
    assert "hidden columns were read: D" in noticed
    assert "1 blank row within" in noticed


def test_stored_results_of_formulas_are_read(tmp_path: Path) -> None:
    write(tmp_path, sheet_with(b"<v>100</v>", b"<f>50+50</f><v>100</v>"), "buku.xlsx")

    assert read_scenario(scenario(tmp_path)).group["analis"].headcount == 100


def test_numbers_of_a_workbook_are_exact(tmp_path: Path) -> None:
    write(tmp_path, sheet_with(b"<v>0.7</v>", b"<v>0.69999999999999996</v>"), "buku.xlsx")

    assert str(read_scenario(scenario(tmp_path)).group["analis"].uptake) == "7/10"


def parquet(columns: dict[str, list[object]]) -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"id,headcount\n", "", "not a Parquet file"),
        (parquet({"id": ["a"], "headcount": [5]})[:-8], "", "not a Parquet file, or it was cut off"),
        (b"PAR1" + b"x" * 50 + b"PAR1", "", "damaged"),
        (parquet({"id": ["a", "b"], "headcount": [5, None]}), ":row 2", "'headcount' is missing"),
        (
            parquet({"id": ["a", "b"], "headcount": [5.0, float("nan")]}),
            ":row 2",
            "column 'headcount': nan is not a number",
        ),
        (parquet({"id": ["a"], "headcount": [2.0**60]}), ":row 1", "holds exactly"),
        (parquet({"id": ["a"], "headcount": [__import__("datetime").date(2027, 1, 1)]}), ":row 1", "the type date"),
        (parquet({"id": ["a"], "hedcount": [5]}), "", "Did you mean 'headcount'?"),
        (parquet({"id": ["a"], "headcount": ["x"]}), ":row 1", "column 'headcount'"),
        (parquet({"id": [], "headcount": []}), "", "at least one entry"),
    ],
)
def test_a_fault_in_a_parquet_file_names_the_row(tmp_path: Path, data: bytes, place: str, words: str) -> None:
    table = write(tmp_path, data, "groups.parquet")
    told = [str(problem) for problem in problems(scenario(tmp_path, "groups.parquet"))]

    assert any(words in text for text in told), told
    assert all(text.startswith(f"{table}{place}") or "at least one" in text for text in told), told


def test_a_parquet_file_with_too_many_rows_is_refused(tmp_path: Path) -> None:
    write(tmp_path, parquet({"id": ["a"] * 200_000, "headcount": [5] * 200_000}), "groups.parquet")

    assert "too large" in only(scenario(tmp_path, "groups.parquet")).message


def test_lists_and_decimals_of_parquet_are_read(tmp_path: Path) -> None:
    columns = {"id": ["a"], "headcount": [5.0], "tags": [["x", "y"]], "uptake": [0.7]}
    write(tmp_path, parquet(columns), "groups.parquet")  # type: ignore[arg-type]  # lists of several types
    group = read_scenario(scenario(tmp_path, "groups.parquet")).groups[0]

    assert (group.headcount, group.tags, str(group.uptake)) == (5, ("x", "y"), "7/10")
