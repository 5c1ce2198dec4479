"""Tables and figures as templates see them: cells are text that is ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from planner.locale import _, language_in_force, ngettext
from planner.report.charts.drawing import Drawing
from planner.report.views.column_widths import (
    LANDSCAPE,
    PORTRAIT,
    SIZE,
    SMALL,
    SMALLEST,
    ColumnKind,
    column_widths,
    room,
)
from planner.report.wording.formats import NOTHING, alike

LONG: Final = 24
"""Number of rows above which a table is folded on screen; in print it is unfolded."""

MOST_SHOWN: Final = 700
"""Maximum number of rows that a page shows of a table; it says so, and where the others are."""

WHOLE: Final = 12
"""Maximum number of rows of a table that is kept on one page."""
WIDE: Final = 7
VERY_WIDE: Final = 13
"""Numbers of columns above which a table is wide, or very wide."""

FIT_A_PHONE: Final = 3
"""Number of columns above which a table does not fit on a phone."""
PHONE: Final = 70.0
"""What fits there of a narrower one, as wide as it is in print [mm]."""
WORD: Final = 19.0
"""Width of a name or a text of which each word has its line [mm]."""

HEAD: Final = "head"
"""Marks a row with a single cell that introduces the rows below it; its second text is secondary."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and the alignment of its cells."""

    label: str
    kind: ColumnKind = "text"
    """name (row heading), text, number (right-aligned) or verdict."""
    mixed: bool = False
    """Whether its figures count different things from row to row; otherwise they have the same number of decimals."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: a text for each column."""

    cells: tuple[str, ...]
    mark: str = ""
    """"missed" where a rule does not hold; "account", "fund", "item" and "sum" in budget lines; "agency" for
    the sum of the rows below; HEAD."""


@dataclass(frozen=True)
class Table:
    """A table with its caption. A folded table opens on a click."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    total: TableRow | None = None
    note: str = ""
    folded: bool = False
    wide: bool = False
    """Many columns: smaller print."""
    upright: bool = False
    """So many columns that their headings read upwards."""
    printed_in: str = ""
    """The part of the document that has its figures on paper, where the table itself is on screen only."""

    @property
    def across(self) -> int:
        """The number of columns: what a cell spans that is a row of its own."""
        return len(self.columns)

    @property
    def landscape(self) -> bool:
        """Whether its figures, which do not break, need a page on its side."""
        return room(self._millimetres) > PORTRAIT

    @property
    def sideways(self) -> bool:
        """Whether it is wider than a phone, so that a hint says that it can be swiped."""
        figures = [
            width for width, column in zip(self._millimetres, self.columns, strict=True) if column.kind == "number"
        ]
        return self.across > FIT_A_PHONE or sum(figures) + WORD * (self.across - len(figures)) > PHONE

    @cached_property
    def widths(self) -> tuple[str, ...]:
        """The CSS class of each column for its width in print."""
        return tuple(f"w{width}" if width and self.fixed else "" for width in self._millimetres)

    @property
    def fixed(self) -> bool:
        """Whether columns have fixed widths: some share the remaining width, and all fit on a page."""
        return 0 in self._millimetres and room(self._millimetres) <= LANDSCAPE

    @cached_property
    def _millimetres(self) -> tuple[int, ...]:
        rows = [row for row in (*self.rows, *((self.total,) if self.total else ())) if row.mark != HEAD]
        return column_widths(
            [column.kind for column in self.columns],
            [column.label for column in self.columns],
            [max((row.cells[place] for row in rows), key=len, default="") for place in range(len(self.columns))],
            SMALLEST if self.upright else SMALL if self.wide else SIZE,
            upright=self.upright,
        )

    @property
    def look(self) -> str:
        """CSS classes of the table: wide, upright, whole if short enough for one page, and set if columns have fixed
        widths."""
        looks = {
            "wide": self.wide,
            "upright": self.upright,
            "whole": len(self.rows) <= WHOLE,
            "set": self.fixed,
        }
        return " ".join(look for look, holds in looks.items() if holds)

    @property
    def shown(self) -> tuple[TableRow, ...]:
        """The rows that a page shows: the first ones of very many."""
        return self.rows[:MOST_SHOWN]

    @property
    def cut(self) -> str:
        """Which rows a page leaves out, in words; empty where it shows all."""
        if len(self.rows) <= MOST_SHOWN:
            return ""
        words = _("These are the first {shown} rows of a longer table; the tables beside the report have all of them.")
        return words.format(shown=MOST_SHOWN)

    @property
    def elsewhere(self) -> str:
        """Where to find a table that is on screen only, for readers of paper."""
        words = _("The table '{caption}' is on screen only, in report.html; its figures are printed in: {place}.")
        return words.format(caption=self.caption, place=self.printed_in)

    @property
    def size(self) -> str:
        """The number of rows, in words."""
        return ngettext("({number} row)", "({number} rows)", len(self.rows)).format(number=len(self.rows))


@dataclass(frozen=True)
class Figure:
    """A chart of one or more drawings, and the tables with the same figures."""

    drawings: tuple[Drawing, ...]
    tables: tuple[Table, ...]
    note: str = ""


def table(
    id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[TableRow | Sequence[str]],
    *,
    total: TableRow | Sequence[str] | None = None,
    note: str = "",
    folded: bool | None = None,
    printed_in: str = "",
) -> Table:
    """Return a table of rows given as texts; a long one is folded unless `folded` is given. A column of text in which
    no row says anything is left out.

    Raises ValueError where a row has a different number of cells than there are columns.
    """
    made = tuple(_row(row) for row in rows)
    last = _row(total) if total is not None else None
    for row in (*made, *([last] if last else [])):
        if len(row.cells) != len(columns):
            raise ValueError(f"{id}: {len(row.cells)} cells for {len(columns)} columns: {row.cells}")
    if empty := _says_nothing(columns, (*made, *([last] if last else []))):
        columns = _without(columns, empty)
        made = tuple(TableRow(_without(row.cells, empty), row.mark) for row in made)
        last = TableRow(_without(last.cells, empty), last.mark) if last else None
    made, last = _alike(columns, made, last)
    fold = len(made) > LONG if folded is None else folded
    wide, very_wide = len(columns) > WIDE, len(columns) > VERY_WIDE
    return Table(id, caption, tuple(columns), made, last, note, fold, wide, very_wide, printed_in)


def _alike(
    columns: Sequence[Column], rows: tuple[TableRow, ...], total: TableRow | None
) -> tuple[tuple[TableRow, ...], TableRow | None]:
    """Return rows and total with the same number of decimals in all figures of a column."""
    every = (*rows, *((total,) if total else ()))
    changed: dict[int, list[str]] = {}
    for at, column in enumerate(columns):
        if column.kind == "number" and not column.mixed:
            figures = [row.cells[at] if row.mark != HEAD else "" for row in every]
            if (written := alike(figures, language_in_force())) != figures:
                changed[at] = written
    if not changed:
        return rows, total
    made = [
        row
        if row.mark == HEAD
        else replace(row, cells=tuple(changed[at][n] if at in changed else cell for at, cell in enumerate(row.cells)))
        for n, row in enumerate(every)
    ]
    return tuple(made[: len(rows)]), made[-1] if total else None


def _says_nothing(columns: Sequence[Column], rows: Sequence[TableRow]) -> frozenset[int]:
    """Return the columns of text with a dash or nothing in every row; none where a row spans several."""
    if not rows or any(row.mark == HEAD for row in rows):
        return frozenset()
    texts = (at for at, column in enumerate(columns) if at and column.kind == "text")
    return frozenset(at for at in texts if all(row.cells[at] in ("", NOTHING) for row in rows))


def _without[T](items: Sequence[T], left_out: frozenset[int]) -> tuple[T, ...]:
    return tuple(item for at, item in enumerate(items) if at not in left_out)


def _row(row: TableRow | Sequence[str]) -> TableRow:
    return row if isinstance(row, TableRow) else TableRow(tuple(row))
