"""A table as read from any kind of file: headers and rows of cells that know their place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, NamedTuple

from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tree import Place, ScalarValue

MAX_BYTES: Final = 20_000_000
"""Largest table file."""

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 1_000_000


@dataclass(slots=True, eq=False)
class InputCell:
    """One cell that is not blank."""

    value: ScalarValue
    place: Place
    percent: bool = False
    """Whether a workbook shows the number with a percent sign."""
    foreign: bool = False
    """Whether a workbook shows the number as money of another country."""
    fault: Fault | None = None
    """Why the cell could not be read, and what to do; to be reported where the cell is used."""
    day: str = ""
    """The date in it as text, 2027-01-04; it is a fault except where a date belongs."""
    shown: str | None = None
    """What a workbook shows of a number, where that is another code than is stored: 012 of 12."""
    rounded: tuple[str, str] | None = None
    """What a workbook shows of a number and what it holds, where the two differ: 3 of 2.5."""
    adds_rows: bool = False
    """Whether its formula adds up cells of other rows."""
    rupiah: bool = False
    """Whether a workbook shows the number as money of this country."""
    digits: str = ""
    """The text that it holds, where a spreadsheet may have thrown its last digits away; a fault except where an id
    belongs."""
    scaled: str = ""
    """The word by which a workbook shows the number as thousands or millions, where it holds them not."""


class InputRow:
    """One row that is not blank: its cells by column, counted from 0."""

    __slots__ = ("_cells", "_place", "marked", "number")

    def __init__(self, cells: dict[int, InputCell], place: Place, number: int = 0, *, marked: bool = False) -> None:
        self._cells = cells
        self._place = place
        self.number = number
        """Its number among all rows of the sheet, blank ones too."""
        self.marked = marked
        """Whether it begins with a mark that keeps it from being read."""

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

    @property
    def faults(self) -> dict[int, Fault]:
        """Why cells could not be read."""
        return {at: cell.fault for at, cell in self._cells.items() if cell.fault is not None}

    def said(self) -> dict[int, str]:
        """Return what its cells say as text, days as 04-01-2027, by column."""
        return {
            at: "-".join(reversed(cell.day.split("-"))) or str(cell.value) for at, cell in sorted(self._cells.items())
        }

    def adds_rows(self, columns: Iterable[int]) -> bool:
        """Return whether a formula in one of these columns adds up cells of other rows."""
        return any(self._cells[at].adds_rows for at in columns if at in self._cells)

    def put(self, at: int, value: ScalarValue) -> None:
        """Put another value into a cell that is filled in."""
        self._cells[at].value = value

    def keep(self, names: dict[int, str]) -> None:
        """Keep the cells of the columns `names`, and let messages name the column of a cell."""
        self._cells = {
            at: replace(cell, place=cell.place._replace(note=column_note(names[at])), fault=None)
            for at, cell in self._cells.items()
            if at in names
        }


class TextRow(InputRow):
    """A row of a text file; places are worked out when somebody asks for them."""

    __slots__ = ("_faults", "_file", "_line", "_names", "_texts", "width")

    def __init__(
        self, texts: dict[int, ScalarValue], file: str, line: int, number: int, width: int, faults: dict[int, Fault],
        *, marked: bool,
    ) -> None:  # fmt: skip
        super().__init__({}, Place(), number, marked=marked)
        self._texts = texts
        self._file = file
        self._line = line
        self._faults = faults
        self._names: dict[int, str] = {}
        self.width = width
        """Cells between its separators, blank ones too."""

    @property
    def cells(self) -> dict[int, InputCell]:
        return {at: InputCell(text, self.place_in(at), fault=self._faults.get(at)) for at, text in self._texts.items()}

    @property
    def place(self) -> Place:
        return Place(self._file, self._line, 1)

    def said(self) -> dict[int, str]:
        return {at: str(text) for at, text in sorted(self._texts.items())}

    @property
    def values(self) -> dict[int, ScalarValue]:
        return self._texts

    @property
    def faults(self) -> dict[int, Fault]:
        return self._faults

    def adds_rows(self, columns: Iterable[int]) -> bool:
        return False

    def put(self, at: int, value: ScalarValue) -> None:
        self._texts[at] = value

    def keep(self, names: dict[int, str]) -> None:
        self._names, self._faults = names, {}
        if not self._texts.keys() <= names.keys():
            self._texts = {at: text for at, text in self._texts.items() if at in names}

    def place_in(self, at: int) -> Place:
        """Return where the cell of a column is or would be."""
        place = Place(self._file, self._line, at + 1)
        return place._replace(note=column_note(self._names[at])) if self._names else place


class MergedCells(NamedTuple):
    """Cells that a workbook shows as one: only the first of them has the value."""

    first: int
    """Number of the first row."""
    last: int
    columns: frozenset[int]
    """Their columns, counted from 0."""
    place: Place


class HiddenCells(NamedTuple):
    """What a worksheet hides or strikes out."""

    rows: Collection[int] = ()
    """Numbers of rows, from 1."""
    columns: Collection[range] = ()
    """Columns, from 1."""
    sheet: bool = False
    """Whether the sheet itself is hidden."""
    struck: Collection[int] = ()
    """Numbers of rows with a value that is struck through, from 1."""
    pale: Collection[int] = ()
    """Numbers of rows with a value in the colour of its cell, from 1."""
    tiny: Collection[int] = ()
    """Numbers of rows with a value in letters too small to be seen, from 1."""
    masked: Collection[int] = ()
    """Numbers of rows with a value that its format hides, or a conditional one, from 1."""
    otherwise: Collection[int] = ()
    """Numbers of rows with a number that a conditional format shows as another one, from 1."""
    maybe: Collection[int] = ()
    """Numbers of rows with a value that a conditional format may hide, from 1."""


@dataclass(slots=True, eq=False)
class RawSheet:
    """All rows of a file or a sheet that are not blank, before anybody knows which of them are data."""

    rows: list[InputRow]
    place: Place
    typed: bool = True
    """Whether the file tells numbers from text; in a CSV all is text."""
    decimal_comma: bool = False
    """Whether numbers of a text file have a decimal comma, as its separator says."""
    separator: str = ""
    merged: list[MergedCells] = field(default_factory=list)
    unseen: Callable[[int], dict[int, Fault]] = field(default=lambda _at: {})
    """Why cells of a column cannot be taken, by the numbers of their rows, where the reader of the file has not seen
    it."""
    disguised: Callable[[int], dict[int, str]] = field(default=lambda _at: {})
    """Number formats of cells of a column that may show another number than they hold, by the numbers of their rows."""
    hidden: Callable[[], HiddenCells] = field(default=HiddenCells)
    """What nobody sees of it, where its reader has not told so."""


def tell_faults(rows: Iterable[InputRow], problems: Problems, *, unread: Collection[int] = ()) -> None:
    """Report each cell that could not be read, except in the columns `unread`, which nobody uses."""
    for row in rows:
        if row.faults:
            cells = row.cells
            for at, fault in row.faults.items():
                if at not in unread:
                    problems.add(cells[at].place, *fault)


@dataclass(slots=True, eq=False)
class InputTable:
    """Column headers by position, and the rows in their order."""

    columns: dict[int, InputCell]
    rows: list[InputRow]
    place: Place
    typed: bool = True
    """Whether the file tells numbers from text; in a CSV all is text."""
    decimal_comma: bool = False
    """Whether numbers of a text file have a decimal comma, as its separator says."""
    called: dict[str, str] = field(default_factory=dict)
    """What the file calls its columns, by the names that they are known under."""

    def names(self) -> dict[int, str]:
        """Return the header texts by position."""
        return {position: str(cell.value) for position, cell in self.columns.items()}


def number_of(row: InputRow) -> str:
    """Return the number of a row as a spreadsheet or an editor counts."""
    return str(row.place.line or row.number)


def numbers_of(rows: Iterable[InputRow]) -> str:
    """Return the first few rows by number, as a spreadsheet or an editor counts them."""
    shown = [number_of(row) for row in islice(rows, 9)]
    return ", ".join(shown[:8]) + (", …" if len(shown) > 8 else "")


def column_note(name: str) -> str:
    """Return how a message names the column of a cell."""
    return _("column '{name}'").format(name=name)
