"""The cells of a workbook that problems name, each as it stands among its neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from planner.errors import InputError, Problem
from planner.locale import language_in_force
from planner.scenario_io.problems import Refused
from planner.scenario_io.tables.sheet import InputCell, RawSheet
from planner.scenario_io.tables.xlsx_table import read_sheets
from planner.scenario_io.tree import UNREADABLE
from planner.web.workspace import ScenarioFile

MOST_ROWS: Final = 24
"""Most rows that are shown of a sheet; the problems beyond them are named all the same."""
MOST_COLUMNS: Final = 10
"""Most columns that are shown of a sheet."""
_HEADS: Final = (1, 2)
"""Rows of the template that say what a column is."""
_PLACE: Final = re.compile(r"(?:.*:)?([^:!]+)!([A-Z]{1,3})?([0-9]{1,7})")


class CellPlace(NamedTuple):
    """Where a problem is: a sheet, a row and a column, both from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet calls it."""
        return f"{get_column_letter(self.column)}{self.row}"


def place_of(problem: Problem) -> CellPlace | None:
    """Return the cell that a problem names; of a row that it names the first one, where a mark takes the row out."""
    found = _PLACE.fullmatch(problem.file)
    if found is None:
        return None
    sheet, column, row = found.groups()
    return CellPlace(sheet, int(row), column_index_from_string(column or "A"))


@dataclass(frozen=True)
class ShownCell:
    """A cell: what is in it, and the numbers, from 1, of the problems that name it."""

    text: str
    problems: tuple[int, ...] = ()


@dataclass(frozen=True)
class Excerpt:
    """A part of a sheet around its faulty cells."""

    sheet: str
    letters: tuple[str, ...]
    """Letters of its columns."""
    rows: tuple[tuple[int, tuple[ShownCell, ...]], ...]
    """Number and cells of each row that is shown."""


def excerpts(data: bytes, problems: Sequence[Problem]) -> list[Excerpt]:
    """Return the parts of the workbook `data` around the cells that `problems` name, in their order.

    None where no problem names a cell, or the workbook cannot be read at all.
    """
    named: dict[str, dict[tuple[int, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, problem in enumerate(problems, start=1):
        if at := place_of(problem):
            named[at.sheet][at.row, at.column - 1].append(number)
    if not named:
        return []
    sheets = _sheets(data, named)
    return [_excerpt(sheets[name], name, at) for name, at in named.items() if name in sheets]


def texts_at(data: bytes, places: Collection[str]) -> dict[str, str]:
    """Return what cells hold, by their places such as Kelompok!H4; none of sheets that are not there."""
    found = {place: place_of(Problem("", file=place)) for place in places}
    sheets = _sheets(data, {at.sheet for at in found.values() if at})
    rows = {name: {row.number: row.cells for row in sheet.rows} for name, sheet in sheets.items()}
    texts = {}
    for place, at in found.items():
        if at is not None and at.sheet in rows:
            cell = rows[at.sheet].get(at.row, {}).get(at.column - 1)
            texts[place] = "" if cell is None else _whole_text(cell)
    return texts


def _sheets(data: bytes, wanted: Collection[str]) -> dict[str, RawSheet]:
    try:
        return read_sheets(data, "", lambda names: [name for name in names if name in wanted], [])
    except (Refused, InputError):
        return {}


def faulty_cells(file: ScenarioFile) -> list[Excerpt]:
    """Return the parts of a scenario workbook around its faulty cells; none of a file that is in order, or is text."""
    if file.is_text:
        return []
    try:
        file.load()
    except InputError as error:
        return excerpts(file.path.read_bytes(), error.problems)
    return []


def _excerpt(sheet: RawSheet, name: str, faulty: dict[tuple[int, int], list[int]]) -> Excerpt:
    """Return the part of a sheet around the cells `faulty`: problems by row from 1 and column from 0."""
    texts = {row.number: {at: _text(cell) for at, cell in row.cells.items()} for row in sheet.rows}
    around = (number + step for number, _column in sorted(faulty) for step in (0, -1, 1))
    numbers = sorted(list(dict.fromkeys((*_HEADS, *(number for number in around if number > 0))))[:MOST_ROWS])
    columns = _columns({at for number in numbers for at in texts.get(number, {})}, [at for _row, at in sorted(faulty)])
    with_faults = {number for number, _column in faulty}
    rows = tuple(
        (number, tuple(_cell(texts.get(number, {}).get(at, ""), faulty.get((number, at), ())) for at in columns))
        for number in numbers
        if number in texts or number in with_faults
    )
    return Excerpt(name, tuple(get_column_letter(at + 1) for at in columns), rows)


def _cell(text: str, problems: Sequence[int]) -> ShownCell:
    return ShownCell(text, tuple(problems))


def _columns(used: Iterable[int], faulty: Sequence[int]) -> list[int]:
    """Return the columns that are shown: the first two, those of problems and, as far as there is room, all others."""
    order = dict.fromkeys((0, 1, *faulty, *sorted(used)))
    return sorted(list(order)[:MOST_COLUMNS])


def _text(cell: InputCell) -> str:
    text = _whole_text(cell)
    return text if len(text) <= 60 else text[:59] + "…"


def _whole_text(cell: InputCell) -> str:
    """Return what a cell holds as a reader would type it; of one that cannot be read its day, or nothing.

    What such a cell holds, its problem says.
    """
    value = cell.value
    if value is None or value is UNREADABLE:
        return cell.day
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    number = Decimal(str(value)) * (100 if cell.percent else 1)
    told = format(number.normalize(), "f")
    return (told.replace(".", ",") if language_in_force() == "id" else told) + ("%" if cell.percent else "")
