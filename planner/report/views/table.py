"""Tables and figures as templates see them: text in cells, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from planner.locale import ngettext
from planner.report.charts.drawing import Drawing

LONG: Final = 24
"""A table of more rows than this is folded on screen; in print it is open."""

WHOLE: Final = 12
"""A table of so many rows is kept on one page."""
WIDE: Final = 7
VERY_WIDE: Final = 13
"""With more columns than this a table is wide, or very wide."""

_PORTRAIT: Final = 499.0
"""Room across an upright page [points]."""
_DIGIT: Final = 3.9
_PADDING: Final = 6.8
_NAME: Final = 112.0
_TEXT: Final = 66.0
"""About what a figure, the space around it, a name and a text take in small print [points]."""

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
    """"missed" where a rule does not hold."""


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

    @property
    def landscape(self) -> bool:
        """Whether its figures, which do not break, need a page on its side."""
        rows = (*self.rows, *((self.total,) if self.total else ()))
        needed = 0.0
        for place, column in enumerate(self.columns):
            if column.kind == "number":
                needed += max((len(row.cells[place]) for row in rows), default=0) * _DIGIT + _PADDING
            else:
                needed += _NAME if column.kind == "name" else _TEXT
        return needed > _PORTRAIT

    @property
    def look(self) -> str:
        """How it is set: wide, upright, and whole when it is short enough not to be cut by a page."""
        looks = {"wide": self.wide, "upright": self.upright, "whole": len(self.rows) <= WHOLE}
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
    total: Sequence[str] | None = None,
    note: str = "",
    folded: bool | None = None,
) -> Table:
    """A table of rows given as texts; folded when it is long, unless said otherwise.

    Raises ValueError when a row has another number of cells than there are columns.
    """
    made = tuple(row if isinstance(row, Row) else Row(tuple(row)) for row in rows)
    last = Row(tuple(total)) if total is not None else None
    for row in (*made, *([last] if last else [])):
        if len(row.cells) != len(columns):
            raise ValueError(f"{id}: {len(row.cells)} cells for {len(columns)} columns: {row.cells}")
    fold = len(made) > LONG if folded is None else folded
    return Table(id, caption, tuple(columns), made, last, note, fold, len(columns) > WIDE, len(columns) > VERY_WIDE)
