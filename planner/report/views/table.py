"""Tables and figures as templates see them: text in cells, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from planner.locale import ngettext
from planner.report.charts.drawing import Drawing
from planner.report.views.column_widths import LANDSCAPE, PORTRAIT, SIZE, SMALL, SMALLEST, column_widths, room

LONG: Final = 24
"""A table of more rows than this is folded on screen; in print it is open."""

WHOLE: Final = 12
"""A table of so many rows is kept on one page."""
WIDE: Final = 7
VERY_WIDE: Final = 13
"""With more columns than this a table is wide, or very wide."""

HEAD: Final = "head"
"""Marks a row that is one cell: what the rows below it are of. Its second text is said in passing."""

ColumnKind = Literal["name", "text", "number", "verdict"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and how its cells stand."""

    label: str
    kind: ColumnKind = "text"
    """name (heads the row), text, number (to the right) or verdict."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text for each column."""

    cells: tuple[str, ...]
    mark: str = ""
    """"missed" where a rule does not hold; "account", "fund", "item" and "sum" in budget lines; HEAD."""


@dataclass(frozen=True)
class Table:
    """A table with its caption. A folded table opens on a click."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
    folded: bool = False
    wide: bool = False
    """Many columns: smaller print."""
    upright: bool = False
    """So many columns that their headings read upwards."""
    on_paper: bool = True
    """Whether it is printed; if not, its figures stand in another table of the document."""

    @property
    def across(self) -> int:
        """The number of columns: what a cell spans that is a row of its own."""
        return len(self.columns)

    @property
    def landscape(self) -> bool:
        """Whether its figures, which do not break, need a page on its side."""
        return room(self._millimetres) > PORTRAIT

    @cached_property
    def widths(self) -> tuple[str, ...]:
        """The class of each column that says how wide it is in print."""
        return tuple(f"w{width}" if width and self.fixed else "" for width in self._millimetres)

    @property
    def fixed(self) -> bool:
        """Whether its columns have widths of their own: some share what is left, and a page has room for all."""
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
        """How it is set: wide, upright, whole when it is short enough not to be cut by a page, and whether its
        columns have widths of their own."""
        looks = {
            "wide": self.wide,
            "upright": self.upright,
            "whole": len(self.rows) <= WHOLE,
            "set": self.fixed,
        }
        return " ".join(look for look, holds in looks.items() if holds)

    @property
    def size(self) -> str:
        """The number of rows, in words."""
        return ngettext("({number} row)", "({number} rows)", len(self.rows)).format(number=len(self.rows))


@dataclass(frozen=True)
class Figure:
    """A chart, in one or more drawings, and the tables with the same figures."""

    drawings: tuple[Drawing, ...]
    tables: tuple[Table, ...]
    note: str = ""


def table(
    id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Row | Sequence[str]],
    *,
    total: Row | Sequence[str] | None = None,
    note: str = "",
    folded: bool | None = None,
    on_paper: bool = True,
) -> Table:
    """A table of rows given as texts; folded when it is long, unless said otherwise.

    Raises ValueError when a row has another number of cells than there are columns.
    """
    made = tuple(_row(row) for row in rows)
    last = _row(total) if total is not None else None
    for row in (*made, *([last] if last else [])):
        if len(row.cells) != len(columns):
            raise ValueError(f"{id}: {len(row.cells)} cells for {len(columns)} columns: {row.cells}")
    fold = len(made) > LONG if folded is None else folded
    wide, very_wide = len(columns) > WIDE, len(columns) > VERY_WIDE
    return Table(id, caption, tuple(columns), made, last, note, fold, wide, very_wide, on_paper)


def _row(row: Row | Sequence[str]) -> Row:
    return row if isinstance(row, Row) else Row(tuple(row))
