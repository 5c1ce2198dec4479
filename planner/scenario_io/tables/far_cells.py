"""Refuses a sheet with a cell far from its table, before a reader sets aside room for all cells between the two."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from planner.locale import _
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from planner.scenario_io.tables.unseen_faults import part_of
from planner.scenario_io.tree import Place

_FAR: Final = re.compile(rb' r="(?:[A-Z]{2}|[A-Z]*\d{6})')
"""Rows from 100,000 and columns from AA on, as spreadsheets write them."""
_LETTERS: Final = re.compile(rb' r="([A-Z]+)')
_FIGURES: Final = re.compile(rb' r="[A-Z]*(\d+)')
_UNUSUAL: Final = re.compile(rb"<c[^ \w]|<row[^ \w]|<\w+:(?:c|row)\b")
"""Cells and rows as spreadsheets do not write them."""
_PLACE: Final = re.compile(r"([A-Za-z]+)(\d+)\Z")


MOST: Final = 4 * MAX_CELLS
"""Cells between the first and the last of a sheet, blank ones too."""


def refuse_far_cells(data: bytes, file: str, sheet: str) -> None:
    """Raise Refused where a cell with a value, of a sheet of the workbook in `data`, stands beyond what is read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in _parts(archive, sheet):
            content = archive.read(part)
            if not _is_usual(content) or (_FAR.search(content) and _is_large(content)):
                _refuse(content, Place(f"{file}:{sheet}"))


def _parts(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return the part that holds the sheet; all, where the workbook does not say it clearly."""
    try:
        return [part_of(archive, sheet)]
    except (KeyError, ValueError, ElementTree.ParseError):
        return archive.namelist()


def _is_usual(content: bytes) -> bool:
    """Return whether each row and each cell says where it stands."""
    said = content.count(b' r="')
    return said == content.count(b"<c ") + content.count(b"<row ") and not _UNUSUAL.search(content)


def _is_large(content: bytes) -> bool:
    """Return whether the cells of a sheet, blank ones too, stand further apart than is read."""
    columns = max((_number(letters.decode()) for letters in set(_LETTERS.findall(content))), default=0)
    rows = max(map(int, set(_FIGURES.findall(content))), default=0)
    return _is_beyond(rows, columns)


def _is_beyond(rows: int, columns: int) -> bool:
    return rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MOST


def _refuse(content: bytes, place: Place) -> None:
    from openpyxl.utils import get_column_letter

    rows = columns = 0
    for row, column in _filled(content):
        rows, columns = max(rows, row), max(columns, column)
        if _is_beyond(rows, columns):
            where = f"{get_column_letter(min(column, 18_278))}{row}"
            message = _("this cell stands so far from others that the table is too large to be read.")
            remedy = _("Clear it, or copy the table into a new workbook.")
            raise Refused(located(place._replace(file=f"{place.file}!{where}"), message, remedy))


def _filled(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the row and column, from 1, of each cell with a value; where a cell does not say it, it follows the one
    before."""
    row = column = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
            name = element.tag.rpartition("}")[2]
            if event == "start" and name == "row":
                said = element.get("r", "")
                row, column = int(said) if said.isdecimal() else row + 1, 0
            elif event == "start" and name == "c":
                found = _PLACE.match(element.get("r", ""))
                column = column + 1 if found is None else _number(found[1])
                row = row if found is None else int(found[2])
            elif event == "end" and name == "c":
                if any(text for text in element.itertext()):
                    yield row, column
                element.clear()
    except ElementTree.ParseError:
        return  # the reader says what is damaged


def _number(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + ord(letter) - 64
    return number
