"""Rows that nobody sees since their letters have the colour of their cells: read, and told as hidden rows are."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from planner.scenario_io import read_located
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from tests.unit.scenario_io.minimal import MINIMAL, write

GROUPS = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :] + "groups: {table: t.xlsx}\n"
LISTED = MINIMAL + "price_lists: {ssh: {table: t.xlsx}}\n"
TOLD = "1 row with values in the colour of their cells, which nobody sees, was read: 3."
SMALL = "1 row with values in letters too small to be seen was read: 3."


def book(path: Path, font: Font, fill: PatternFill | None = None) -> None:
    """A table of groups, and one of prices below other heads, whose third row has other letters."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Data"
    for row in (["id", "headcount", "gap:keu"], ["a", 10, 5], ["b", 9, 4]):
        sheet.append(row)
    for cell in sheet[3]:
        cell.font = font
        if fill is not None:
            cell.fill = fill
    made.save(path / "t.xlsx")


def notices(path: Path) -> str:
    return "\n".join(map(str, read_located(write(path, GROUPS)).noticed))


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color="FFFFFFFF"), None),
        (Font(color=Color(theme=0)), None),
        (Font(color=Color(indexed=9)), None),
        (Font(color="FFFDFDFD"), PatternFill("solid", fgColor="FFFFFFFF")),
        (Font(color="FF1F4E78"), PatternFill("solid", fgColor="FF1F4E78")),
    ],
)
def test_letters_in_the_colour_of_their_cell_are_told(tmp_path: Path, font: Font, fill: PatternFill | None) -> None:
    book(tmp_path, font, fill)
    assert TOLD in notices(tmp_path)


def test_letters_too_small_to_be_seen_are_told_as_such(tmp_path: Path) -> None:
    book(tmp_path, Font(size=1))
    assert SMALL in notices(tmp_path)
    assert "nobody sees" not in notices(tmp_path)


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E78")),
        (Font(color=Color(theme=0, tint=-0.5)), None),
        (Font(color=Color(theme=1)), None),
        (Font(color="FFFF0000"), None),
        (Font(color="FFFFFFFF"), PatternFill("darkGrid", fgColor="FF000000")),
    ],
)
def test_letters_that_are_seen_are_not_told(tmp_path: Path, font: Font, fill: PatternFill | None) -> None:
    book(tmp_path, font, fill)
    assert "nobody sees" not in notices(tmp_path)


@pytest.mark.parametrize(
    ("font", "fill", "told"),
    [
        (Font(color=Color(theme=0)), None, TOLD),
        (Font(size=1), None, SMALL),
        (Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E78"), ""),
    ],
)
def test_prices_in_the_colour_of_their_cells_are_told(
    tmp_path: Path, font: Font, fill: PatternFill | None, told: str
) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["Kode", "Uraian", "Satuan", "Harga"], ["1.1", "a", "OJ", 500_000], ["1.2", "b", "OJ", 600_000]):
        sheet.append(row)
    sheet["D3"].font = font
    sheet["D3"].fill = fill or PatternFill()
    made.save(tmp_path / "t.xlsx")
    text = "\n".join(map(str, read_located(write(tmp_path, LISTED)).warnings))
    assert [each for each in (TOLD, SMALL) if each in text] == [told] * bool(told)


def test_the_template_hides_nothing() -> None:
    data = workbook_bytes()
    assert "nobody sees" not in "\n".join(map(str, imported(data, "b.xlsx").noticed))
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames
