"""A table as read from any kind of file: headers and rows of cells that know their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
class InputCell:
    """One cell that is not blank."""

    value: ScalarValue
    place: Place
    percent: bool = False
    """Whether a workbook shows the number with a percent sign."""
    fault: tuple[str, str] | None = None
    """Why the cell could not be read, and what to do; to be reported where the cell is used."""


class InputRow:
    """One row that is not blank: its cells by column, counted from 0."""

    __slots__ = ("_cells", "_place")

    def __init__(self, cells: dict[int, InputCell], place: Place) -> None:
        self._cells = cells
        self._place = place

    @property
    def cells(self) -> dict[int, InputCell]:
        """Its cells that are not blank."""
        return self._cells

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self._place

    @property
    def values(self) -> dict[int, ScalarValue]:
        """The values of its cells."""
        return {at: cell.value for at, cell in self._cells.items()}

    def keep(self, names: dict[int, str]) -> None:
        """Keep the cells of the columns `names`, and let messages name the column of a cell."""
        self._cells = {
            at: InputCell(cell.value, cell.place._replace(note=column_note(names[at])), cell.percent)
            for at, cell in self._cells.items()
            if at in names
        }


class TextRow(InputRow):
    """A row of a text file; places are worked out when somebody asks for them."""

    __slots__ = ("_file", "_line", "_names", "_texts")

    def __init__(self, texts: dict[int, ScalarValue], file: str, line: int) -> None:
        self._texts = texts
        self._file = file
        self._line = line
        self._names: dict[int, str] = {}

    @property
    def cells(self) -> dict[int, InputCell]:
        return {at: InputCell(text, self._place_in(at)) for at, text in self._texts.items()}

    @property
    def place(self) -> Place:
        return Place(self._file, self._line, 1)

    @property
    def values(self) -> dict[int, ScalarValue]:
        return self._texts

    def keep(self, names: dict[int, str]) -> None:
        self._names = names
        if not self._texts.keys() <= names.keys():
            self._texts = {at: text for at, text in self._texts.items() if at in names}

    def _place_in(self, at: int) -> Place:
        place = Place(self._file, self._line, at + 1)
        return place._replace(note=column_note(self._names[at])) if self._names else place


def tell_faults(rows: Iterable[InputRow], problems: Problems, *, unread: Collection[int] = ()) -> None:
    """Report each cell that could not be read, except in the columns `unread`, which nobody uses."""
    for row in rows:
        for at, cell in row.cells.items():
            if cell.fault is not None and at not in unread:
                problems.add(cell.place, *cell.fault)


@dataclass(slots=True)
class InputTable:
    """Column headers by position, and the rows in their order."""

    columns: dict[int, InputCell]
    rows: list[InputRow]
    place: Place
    typed: bool = True
    """Whether the file tells numbers from text; in a CSV all is text."""

    def names(self) -> dict[int, str]:
        """The header texts by position."""
        return {position: str(cell.value) for position, cell in self.columns.items()}


def with_headers(rows: Sequence[InputRow], place: Place, problems: Problems, *, typed: bool = True) -> InputTable:
    """The first row as headers of the others; refuses an empty file, faults of headers go to `problems`."""
    if not rows:
        raise Refused(located(place, _("the table is empty."), _("Its first row holds the names of the columns.")))
    head, *body = rows
    columns: dict[int, InputCell] = {}
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
    named = head.values.keys()
    for row in body:
        if not row.values.keys() <= named:
            nameless = next(cell for position, cell in row.cells.items() if position not in named)
            problems.add(
                nameless.place,
                _("this cell has a value, but its column has no name in the first row."),
                _("Name the column, or clear the cell."),
            )
    names = {position: str(cell.value) for position, cell in columns.items()}
    for row in body:
        row.keep(names)
    return InputTable(columns, body, place, typed)


def column_note(name: str) -> str:
    """How a message names the column of a cell."""
    return _("column '{name}'").format(name=name)
