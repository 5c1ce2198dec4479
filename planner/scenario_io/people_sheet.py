"""Lists of people in workbooks: cells as text, and cells that show another code or number than they hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.domain.people import UNREAD
from planner.errors import Problem
from planner.locale import _
from planner.people.sheet_cells import SheetCells
from planner.scenario_io.paths import read_bytes
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tree import UNREADABLE, Place

if TYPE_CHECKING:
    from planner.scenario_io.tables.sheet import InputCell, RawSheet

MOST_LISTED: Final = 20
"""Most merged cells that are named."""
MAX_SHEET: Final = 60_000_000
"""Largest workbook that is read as a list of people [bytes]."""
_QUOTES: Final = re.compile(r"'|=|[0-9]{3}|[eE]\+")
"""What a message has that tells what stands in a cell."""


def cells_of(sheet: str | None, file: Path, notices: list[Problem]) -> SheetCells | None:
    """Return the cells of a sheet as text; None for a file that the database reads itself."""
    if file.suffix.lower() != ".xlsx":
        return None
    from planner.scenario_io.tables.xlsx_table import read_xlsx

    raw = read_xlsx(read_bytes(file, MAX_SHEET, Place(str(file))), str(file), sheet, notices)
    if not raw.rows:
        raise Refused(located(Place(str(file)), _("the table is empty.")))
    heads = {at: str(cell.value) for at, cell in raw.rows[0].cells.items()}
    width = max(heads) + 1
    _refuse_title_and_merged(raw)
    found = SheetCells([heads.get(at, "") for at in range(width)], [], [row.number for row in raw.rows[1:]])
    for number, row in enumerate(raw.rows[1:]):
        cells: list[str | None] = [None] * width
        for at, cell in row.cells.items():
            if at < width:
                cells[at] = cell.day or _text(cell)
                _note_shown(found, (number, at), cell)
        found.rows.append(cells)
    return found


def _refuse_title_and_merged(raw: RawSheet) -> None:
    if len(raw.rows[0].cells) == 1 and any(len(row.cells) > 1 for row in raw.rows[1:]):
        message = _("the first row has a single cell, like a title, instead of column headings.")
        raise Refused(located(raw.rows[0].place, message, _("Delete the rows above the column headings.")))
    if raw.merged:
        places = [merge.place.file.rpartition("!")[2] for merge in raw.merged]
        told = ", ".join(places[:MOST_LISTED]) + (", …" if len(places) > MOST_LISTED else "")
        message = _("merged cells: {places}. Only the first of them has the value.").format(places=told)
        raise Refused(located(raw.merged[0].place, message, _("Unmerge them and fill in each cell.")))


def _note_shown(found: SheetCells, place: tuple[int, int], cell: InputCell) -> None:
    """Note a cell that shows something else than it holds; whether codes or numbers belong there is not known yet."""
    from planner.scenario_io.tables.numbers import holds_a_date, shown_otherwise

    if cell.day:
        found.as_numbers[place] = UNREAD + holds_a_date()[0].rstrip(".")
    if cell.value is UNREADABLE or isinstance(cell.value, str | bool):
        return
    if cell.shown is not None:
        found.as_codes[place] = UNREAD + _("this cell shows another code than it holds; type it as text")
    if (fault := shown_otherwise(cell, "hours")) is not None:
        found.as_numbers[place] = UNREAD + (
            _("this cell cannot be read.") if _QUOTES.search(fault[0].replace(f"'{cell.scaled}'", "")) else fault[0]
        ).rstrip(".")
    elif cell.rounded:
        found.rounded.add(place)


def _text(cell: InputCell) -> str:
    """Return a cell as text, also of digits that another table would doubt, as a CSV gives them.

    Of what could not be read a mark that no column takes, and why, unless that quotes the cell.
    """
    value = cell.digits or cell.value
    if value is not UNREADABLE:
        return str(value).lower() if isinstance(value, bool) else str(value)
    why = cell.fault[0] if cell.fault else ""
    return UNREAD + (why if why and not _QUOTES.search(why) else _("this cell cannot be read.")).rstrip(".")
