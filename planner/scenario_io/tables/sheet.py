"""A table as read from any kind of file: headers and rows of cells that know their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from planner.locale import _
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tree import Place, ScalarValue

MAX_BYTES: Final = 20_000_000
"""Largest table file."""

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 1_000_000


@dataclass(slots=True)
class Cell:
    """One cell that is not blank."""

    value: ScalarValue
    place: Place
    percent: bool = False
    """Whether a workbook shows the number with a percent sign."""
    fault: tuple[str, str] | None = None
    """Why the cell could not be read, and what to do; to be told where the cell is used."""


@dataclass(slots=True)
class Row:
    """One row that is not blank: its cells by column, counted from 0."""

    cells: dict[int, Cell]
    place: Place


def tell_faults(rows: Iterable[Row], problems: Problems, *, unread: Collection[int] = ()) -> None:
    """Tell of each cell that could not be read, but for those in the columns `unread`, which nobody uses."""
    for row in rows:
        for at, cell in row.cells.items():
            if cell.fault is not None and at not in unread:
                problems.add(cell.place, *cell.fault)


@dataclass(slots=True)
class Table:
    """Column headers by position, and the rows in their order."""

    columns: dict[int, Cell]
    rows: list[Row]
    place: Place
    typed: bool = True
    """Whether the file tells numbers from text; in a CSV all is text."""

    def names(self) -> dict[int, str]:
        """The header texts by position."""
        return {position: str(cell.value) for position, cell in self.columns.items()}


def with_headers(rows: list[Row], place: Place, problems: Problems, *, typed: bool = True) -> Table:
    """The first row as headers of the others; refuses an empty file, faults of headers go to `problems`."""
    if not rows:
        raise Refused(located(place, _("the table is empty."), _("Its first row holds the names of the columns.")))
    head, *body = rows
    columns: dict[int, Cell] = {}
    first: dict[str, Place] = {}
    for position, cell in head.cells.items():
        if not isinstance(cell.value, str):
            problems.add(cell.place, _("the name of a column must be text."), _("Check the first row."))
            continue
        if cell.value in first:
            problems.add(
                cell.place,
                _("the column '{name}' is there twice; the other is at {place}.").format(
                    name=cell.value, place=first[cell.value]
                ),
                _("Remove or rename one of them."),
            )
            continue
        first[cell.value] = cell.place
        columns[position] = cell
    for row in body:
        for position, cell in row.cells.items():
            if position not in head.cells:
                problems.add(
                    cell.place,
                    _("this cell has a value, but its column has no name in the first row."),
                    _("Name the column, or clear the cell."),
                )
                break
    for row in body:
        row.cells = {
            position: Cell(cell.value, cell.place._replace(note=note))
            for position, cell in row.cells.items()
            if position in columns and (note := column_note(str(columns[position].value)))
        }
    return Table(columns, body, place, typed)


def column_note(name: str) -> str:
    """How a message names the column of a cell."""
    return _("column '{name}'").format(name=name)
