"""Long lists are read with room for every cell between the first and the last: a far one is refused before."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import openpyxl
import pytest

from planner.scenario_io.problems import Refused
from planner.scenario_io.tables import far_cells
from planner.scenario_io.tables.long_lists import sheets_of

ROWS: list[list[Any]] = [["Kode", "Harga"], ["1.1", 500], ["1.2", 600]]


def book(far: str = "", sheet: str = "SSH") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "SSH"  # type: ignore[union-attr]
    for row in ROWS:
        made.active.append(row)  # type: ignore[union-attr]
    if sheet not in made.sheetnames:
        made.create_sheet(sheet).append(["lain"])
    if far:
        made[sheet][far] = "x"
    made.save(data := io.BytesIO())
    return data.getvalue()


def with_sheet(old: bytes, new: bytes, every: bool = False) -> bytes:
    """The workbook with a passage of its sheet replaced."""
    with (
        zipfile.ZipFile(io.BytesIO(book())) as source,
        zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name).replace(b" />", b"/>")
            if name.endswith("sheet1.xml"):
                assert old in content
                content = content.replace(old, new) if every else content.replace(old, new, 1)
            target.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "ZZ99999", "CVC3"])
def test_a_far_cell_is_refused_by_name_in_no_time(cell: str) -> None:
    data = book(cell)
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        list(sheets_of(data, "ssh.xlsx", None))
    assert str(refused.value.problem).startswith(f"ssh.xlsx:SSH!{cell}: this cell stands so far from others")
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="3"><c r="A3"', b"<row r='1048576'><c"),
        (b' r="B3"', b" r = 'XFD3'"),
        (b' r="B3"', b"\nr='xfd3'"),
        (b'<row r="3">', b'<row r="3">' + b"<c/>" * 2_000 + b"<c><v>7</v></c>"),
    ],
)
def test_a_far_cell_is_seen_however_its_place_is_written(old: bytes, new: bytes) -> None:
    with pytest.raises(Refused, match="so far from others"):
        list(sheets_of(with_sheet(old, new), "ssh.xlsx", None))


def test_a_far_cell_that_holds_nothing_or_stands_on_a_sheet_that_is_not_read_is_no_matter() -> None:
    blank = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    for data in (book(), with_sheet(b"</sheetData>", blank), with_sheet(b' r="', b' r = "', every=True)):
        (sheet,) = sheets_of(data, "ssh.xlsx", "SSH")
        assert [row.values for row in sheet.rows] == [{0: "Kode", 1: "Harga"}, {0: "1.1", 1: 500}, {0: "1.2", 1: 600}]
    (sheet,) = sheets_of(book("XFD1048576", "Lain"), "ssh.xlsx", "SSH")
    assert len(sheet.rows) == 3


def test_more_rows_and_columns_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_cells, "MAX_ROWS", 2)
    with pytest.raises(Refused, match=r"SSH!A3: this cell"):
        list(sheets_of(with_sheet(b' r="', b' r = "', every=True), "ssh.xlsx", None))


def damaged(harm: str) -> bytes:
    """A workbook whose sheet is missing, or is not what the archive says of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            if harm != "missing" or "sheet1" not in name:
                target.writestr(name, source.read(name))
    data = made.getvalue()
    if harm == "changed":
        return data.replace(b"<sheetData>", b"<sheetDbta>")
    return data


@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_a_sheet_that_the_archive_cannot_give_is_a_damaged_workbook(harm: str) -> None:
    with pytest.raises(Refused, match="damaged"):
        list(sheets_of(damaged(harm), "ssh.xlsx", None))
