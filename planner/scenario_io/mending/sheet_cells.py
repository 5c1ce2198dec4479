"""The XML of one sheet with other cells: what is not asked for keeps its bytes.

A program that reads a workbook and writes it anew loses what it does not know: pictures, rules of cells, results of
formulas. So only the bytes of the cells themselves are replaced.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from openpyxl.utils import column_index_from_string, get_column_letter

At = tuple[int, int]
"""Row and column of a cell, from 1."""
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold."""
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


class SharedFormula(ValueError):
    """Formulas of other cells are written in the one that would be replaced, which is named."""


@dataclass(frozen=True)
class CellContent:
    """What a cell holds from now on: a number as it is written in a file, a text, or nothing."""

    number: str = ""
    text: str = ""
    plain: bool = False
    """Whether it loses the looks that it has, such as a number format that would show something else."""

    def xml(self, prefix: str, at: At, style: str) -> bytes:
        """Return the element of the cell, in the style of the cell that was there."""
        place = f'r="{get_column_letter(at[1])}{at[0]}"'
        look = f' s="{style}"' if style and not self.plain else ""
        if self.number:
            inside = f"<{prefix}v>{self.number}</{prefix}v>"
        elif self.text:
            text = escape(_FORBIDDEN.sub("", self.text)).replace("\r", "&#13;")
            look += ' t="inlineStr"'
            inside = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        else:
            return f"<{prefix}c {place}{look}/>".encode()
        return f"<{prefix}c {place}{look}>{inside}</{prefix}c>".encode()


def with_cells(content: bytes, wanted: Mapping[At, CellContent], without_result: Collection[At] = ()) -> bytes:
    """Return the XML of a sheet with the `wanted` cells; formulas in `without_result` lose what they last gave.

    Raises SharedFormula, and ValueError where it is no XML.
    """
    sheet = _Sheet(content, dict(wanted), frozenset(without_result))
    try:
        sheet.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    made = content
    for start, end, new in reversed(sheet.edits):
        made = made[:start] + new + made[end:]
    return made


@dataclass
class _Sheet:
    """Finds where in the bytes of a sheet something is replaced, in the order in which it stands."""

    content: bytes
    wanted: dict[At, CellContent]
    without_result: frozenset[At]
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    """Start, end and new content."""
    parser: Any = field(default_factory=expat.ParserCreate)
    _row: int = 0
    _column: int = 0
    _cell: tuple[int, str] | None = None
    """Where the cell begins that is being read, and its style."""
    _result: int = 0
    """Where the result of its formula begins."""
    _inside: bool = False
    """Whether rows are being read."""

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        prefix, _colon, name = tag.rpartition(":")
        prefix = prefix and f"{prefix}:"
        here = self.parser.CurrentByteIndex
        if name == "sheetData":
            self._inside = True
        elif not self._inside:
            return
        elif name == "row":
            number = int(given.get("r", self._row + 1))
            self._put_rows(here, prefix, number)
            self._row, self._column = number, 0
        elif name == "c":
            found = _CELL.match(given.get("r", ""))
            column = column_index_from_string(found[1]) if found else self._column + 1
            self._put_cells(here, prefix, column)
            self._column, self._cell = column, (here, given.get("s", ""))
        elif name == "v" and self._cell is not None and (self._row, self._column) in self.without_result:
            self._result = here
        elif name == "f" and self._cell is not None and given.get("ref") and (self._row, self._column) in self.wanted:
            raise SharedFormula(f"{get_column_letter(self._column)}{self._row}")

    def _end(self, tag: str) -> None:
        prefix, _colon, name = tag.rpartition(":")
        prefix = prefix and f"{prefix}:"
        if not self._inside or name not in ("sheetData", "row", "c", "v"):
            return
        at, end, closed = self._after(tag)
        if name == "v" and self._result:
            self._edit(self._result, end, b"")
            self._result = 0
        elif name == "c" and self._cell is not None:
            (start, style), self._cell = self._cell, None
            new = self.wanted.pop((self._row, self._column), None)
            if new is not None:
                self.edits = [each for each in self.edits if each[0] < start]
                self._edit(start, end, new.xml(prefix, (self._row, self._column), style))
        elif name == "row":
            cells = b"".join(self.wanted.pop(each).xml(prefix, each, "") for each in self._left_of(self._row))
            self._fill(cells, tag, at, end, closed)
        elif name == "sheetData":
            self._inside = False
            rows = b"".join(self._rows_of(sorted({row for row, _column in self.wanted}), prefix))
            self._fill(rows, tag, at, end, closed)

    def _after(self, tag: str) -> tuple[int, int, bool]:
        """Return where the end of an element begins and ends, and whether it is an element without anything in it."""
        here = self.parser.CurrentByteIndex
        if re.match(rb"</" + re.escape(tag.encode()) + rb"[\s>]", self.content[here : here + len(tag) + 8]):
            return here, self.content.index(b">", here) + 1, False
        return here, here, True  # of an empty element the parser tells what follows

    def _fill(self, inside: bytes, tag: str, at: int, end: int, empty: bool) -> None:
        """Put something in at the end of an element, which may have been an empty one."""
        if not inside:
            return
        if empty:
            start = self.content.rindex(b"/", 0, end)
            self._edit(start, end, b">" + inside + b"</" + tag.encode() + b">")
        else:
            self._edit(at, at, inside)

    def _put_rows(self, here: int, prefix: str, number: int) -> None:
        """Put in rows that are not there and belong before the row `number`."""
        missing = sorted({row for row, _column in self.wanted if self._row < row < number})
        if missing:
            self._edit(here, here, b"".join(self._rows_of(missing, prefix)))

    def _rows_of(self, numbers: list[int], prefix: str) -> list[bytes]:
        made = []
        for number in numbers:
            cells = b"".join(self.wanted.pop(each).xml(prefix, each, "") for each in self._left_of(number))
            made.append(f'<{prefix}row r="{number}">'.encode() + cells + f"</{prefix}row>".encode())
        return made

    def _put_cells(self, here: int, prefix: str, column: int) -> None:
        """Put in cells of this row that are not there and belong before the `column`."""
        missing = [each for each in self._left_of(self._row) if self._column < each[1] < column]
        if missing:
            self._edit(here, here, b"".join(self.wanted.pop(each).xml(prefix, each, "") for each in missing))

    def _left_of(self, row: int) -> list[At]:
        return sorted(each for each in self.wanted if each[0] == row)

    def _edit(self, start: int, end: int, new: bytes) -> None:
        insort(self.edits, (start, end, new))
