"""Tables of people as the database sees them: column headings, a relation of cells, and the line of each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from planner.locale import N_, _
from planner.people.database import identifier, literal
from planner.people.ids import NIP
from planner.people.layouts import key_of
from planner.people.sheet_cells import SheetCells
from planner.spreadsheets.quoted_cells import cell_after, swallowed
from planner.spreadsheets.text_cells import rows_in_a_cell, wrong_separator

_LOOKED_IN: Final = 200_000
"""Bytes that are searched for the column headings."""
_ROWS_LOOKED_AT: Final = 20
"""Rows below the headings that are read to check whether a stated separator is right."""


_REFUSED: Final = {
    "MISSING COLUMNS": N_("the row has fewer cells than there are columns"),
    "TOO MANY COLUMNS": N_("the row has more cells than there are columns"),
    "UNQUOTED VALUE": N_("a double quote in the row is not closed, or stands in the middle of a cell"),
    "INVALID ENCODING": N_("the row is not UTF-8"),
    "LINE SIZE OVER MAXIMUM": N_("the row is too long; a double quote before it may not be closed"),
}
"""Message for each thing that the database says about a line that is not a row."""
REMEDIES: Final = {
    "the row is not UTF-8": N_(
        "Save the file as UTF-8 (in Excel: CSV UTF-8); in another encoding its letters are lost."
    ),
}
"""Remedies for lines that are not rows, by message."""


_NIP: Final = re.compile(NIP)


class UnreadableTable(Exception):
    """A table that cannot be read at all: what is wrong with it, and what to do."""

    def __init__(self, message: str, remedy: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.remedy, self.line = message, remedy, line


@dataclass
class Rejected:
    """A line of a CSV file that is not a row."""

    line: int
    lines: int
    """How many lines it spans."""
    reason: str


@dataclass
class TableSource:
    """One table: a relation of the database, with its headings and row numbers."""

    file: Path
    relation: str
    """SQL after FROM."""
    columns: Mapping[str, str]
    """The columns of the relation by heading, as SQL."""
    types: Mapping[str, str]
    """Types of the columns by heading."""
    first_row: int = 2
    """Number of the first row of data, as a spreadsheet counts."""
    numbers: Sequence[int] | None = None
    """Numbers of the rows, where some rows are blank."""
    rejected: list[Rejected] = field(default_factory=list)
    separator: str = ""
    as_codes: Mapping[str, str] = field(default_factory=dict)
    """Columns of which some cells show another code than they hold, by head, as SQL for whoever reads codes."""
    as_numbers: Mapping[str, str] = field(default_factory=dict)
    """The same of cells that show another number, for whoever reads numbers."""
    rounded: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Rows, as a sheet counts, whose cells show another number than they hold, by head."""

    def lines(self, rows: Collection[int]) -> dict[int, int]:
        """Return the lines, or rows of a sheet, of rows that are counted from 0."""
        if self.numbers is not None:
            return {row: self.numbers[row] for row in rows}
        if not self.separator:
            return {row: row + self.first_row for row in rows}
        return self._lines_of_text(rows)

    def _lines_of_text(self, rows: Collection[int]) -> dict[int, int]:
        """Return the lines of rows in a CSV file; cells may hold line breaks, and lines may be blank or not be rows."""
        skipped = {reject.line: reject.lines for reject in self.rejected}
        found: dict[int, int] = {}
        row, last, begin = 0, max(rows, default=-1), 0
        quoted: int | None = None
        with self.file.open("r", encoding="utf-8-sig", errors="replace", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if row > last:
                    break
                if number < self.first_row or number < begin:
                    continue
                if quoted is None and number in skipped:
                    begin = number + skipped[number]
                    continue
                if quoted is None:
                    begin = 0
                    if not line.strip():
                        continue
                    start = number
                if '"' in line:
                    quoted, _begins = cell_after(line.rstrip("\r\n"), self.separator, quoted)
                if quoted is None:
                    if row in rows:
                        found[row] = start
                    row += 1
        return found


def source_of(connection: Any, file: Path, cells: SheetCells | None, number: int = 0) -> TableSource:
    """Return the table in a file; `cells` are those of a sheet that was read already.

    `number` is that of the table among those of a connection: two may be sheets of one workbook.
    """
    if cells is not None:
        return _of_cells(connection, file, f"sheet{number}", cells)
    if file.suffix.lower() == ".parquet":
        return _of_parquet(connection, file)
    if file.suffix.lower() in (".csv", ".tsv", ".tab", ".txt"):
        return _of_text(connection, file)
    raise UnreadableTable(
        _("'{name}' is not a kind of table that can be read.").format(name=file.name),
        _("Save it as .csv, .parquet or .xlsx."),
    )


def _of_cells(connection: Any, file: Path, name: str, cells: SheetCells) -> TableSource:
    import pyarrow

    known = dict(enumerate(_unique(cells.heads)))
    held = {f"c{at}": [row[at] for row in cells.rows] for at in known}
    codes = {at: f"k{at}" for at in sorted({at for _row, at in cells.as_codes})}
    numbers = {at: f"n{at}" for at in sorted({at for _row, at in cells.as_numbers})}
    held |= {column: cells.changed(at, cells.as_codes) for at, column in codes.items()}
    held |= {column: cells.changed(at, cells.as_numbers) for at, column in numbers.items()}
    connection.register(
        name, pyarrow.table({key: pyarrow.array(column, pyarrow.string()) for key, column in held.items()})
    )
    rounded: dict[str, list[int]] = {}
    for row, at in sorted(cells.rounded):
        rounded.setdefault(known[at], []).append(cells.numbers[row])
    return TableSource(
        file,
        name,
        {head: f"c{at}" for at, head in known.items()},
        dict.fromkeys(known.values(), "VARCHAR"),
        numbers=cells.numbers,
        as_codes={known[at]: column for at, column in codes.items()},
        as_numbers={known[at]: column for at, column in numbers.items()},
        rounded=rounded,
    )


def _of_parquet(connection: Any, file: Path) -> TableSource:
    relation = f"read_parquet({literal(str(file.absolute()))})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    except Exception:
        message = _("this is not a Parquet file, or it is damaged.")
        raise UnreadableTable(message, _("Write it again.")) from None
    types = {str(name): str(kind) for name, kind, *_rest in described}
    return TableSource(file, relation, {head: identifier(head) for head in types}, types, first_row=1)


def _of_text(connection: Any, file: Path) -> TableSource:
    with file.open("rb") as opened:
        data = opened.read(_LOOKED_IN)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise UnreadableTable(_("the file is not UTF-8."), _("Save the file as UTF-8."), 1)
    if data.startswith((b"PK\x03\x04", b"PAR1")):
        message = _("this is not text but a workbook or a Parquet file under the name of a CSV file.")
        raise UnreadableTable(message, _("Give it its own ending, or save it as CSV."))
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    skipped, stated = 0, ""
    if lines and lines[0].strip('"').lower().startswith("sep=") and len(lines[0].strip('"')) == 5:
        skipped, stated = 1, lines[0].strip('"')[4]
    while skipped < len(lines) and not lines[skipped].strip():
        skipped += 1
    if skipped == len(lines):
        raise UnreadableTable(_("the table is empty."))
    first, head_line = skipped, lines[skipped]
    while head_line.count('"') % 2 and skipped + 1 < len(lines):  # a heading may have line breaks
        skipped += 1
        head_line += "\n" + lines[skipped]
    if "\ufffd" in head_line:
        raise UnreadableTable(_("the file is not UTF-8."), _("Save the file as UTF-8."), first + 1)
    by_mark = {mark: next(csv.reader(io.StringIO(head_line), delimiter=mark)) for mark in (stated, *";,\t|") if mark}
    below = lines[skipped + 1 : skipped + 1 + _ROWS_LOOKED_AT]

    def fitting(mark: str) -> tuple[int, int]:
        """Return how many rows have as many cells as the headings (more than one), and that number of cells."""
        width = len(by_mark[mark])
        return sum(len(row) == width > 1 for row in csv.reader(below, delimiter=mark)), width

    best = max(by_mark, key=fitting if stated else lambda mark: len(by_mark[mark]))
    separator = stated or best
    heads = by_mark[separator]
    if len(heads) == 1 < len(by_mark[best]) or (stated and fitting(stated)[0] < fitting(best)[0]):
        raise UnreadableTable(*wrong_separator(stated, best), 1)
    known = _unique([head if head.strip() else "" for head in heads])
    if len(known) < 2:
        message = _("the first line has no columns separated by semicolons, commas, tabs or |.")
        raise UnreadableTable(message, _("Begin the file with its column headings."), first + 1)
    _refuse_swallowed(file, separator, len(known))
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(known)))
    relation = (
        f"read_csv({literal(str(file.absolute()))}, delim={literal(separator)}, header=false, skip={first + 1},"
        f" auto_detect=false, quote='\"', escape='\"', columns={{{columns}}}, ignore_errors=true,"
        " store_rejects=true, rejects_table='refused_lines', rejects_scan='refused_scans', strict_mode=true)"
    )
    return TableSource(
        file,
        relation,
        {head: f"c{at}" for at, head in enumerate(known)},
        dict.fromkeys(known, "VARCHAR"),
        first_row=skipped + 2,
        separator=separator,
    )


def _refuse_swallowed(file: Path, separator: str, width: int) -> None:
    """Refuse a file in which one cell contains whole rows: their people would be lost."""
    with file.open("r", encoding="utf-8-sig", errors="replace", newline="\n") as lines:
        if (found := next(swallowed(lines, separator, width), None)) is not None:
            raise UnreadableTable(*rows_in_a_cell(found.last), found.line)


def _unique(heads: Sequence[str]) -> list[str]:
    """Return the headings, blank ones named by position. Raises UnreadableTable where two are equal, or one is a
    NIP."""
    if any(_NIP.search(head) for head in heads):
        message = _("the first row has a NIP, but it must have the column headings.")
        raise UnreadableTable(message, _("Begin the file with its column headings."))
    if len(heads) > 1 and sum(bool(head.strip()) for head in heads) == 1:
        message = _("the first row has a single cell, like a title, instead of column headings.")
        raise UnreadableTable(message, _("Delete the rows above the column headings."))
    seen: dict[str, str] = {}
    result = []
    for at, head in enumerate(heads):
        text = head.strip().lstrip("\ufeff")
        key = text or f"\0{at}"
        if key in seen:
            message = _("the column '{name}' occurs twice.").format(name=text)
            raise UnreadableTable(message, _("Remove or rename one of them."))
        seen[key] = text
        result.append(text or f"\0{at}")
    return result


def note_rejected(connection: Any, source: TableSource) -> None:
    """Record the lines of a CSV file that were not rows, once it has been read."""
    if not source.separator:
        return
    found = connection.execute(
        "SELECT line, error_type, csv_line FROM refused_lines ORDER BY line, byte_position"
    ).fetchall()
    texts: dict[str, list[tuple[str, int]]] = {}
    for _line, kind, text in dict.fromkeys(found):
        kept = text.strip("\r\n")
        first, *more = kept.split("\n")
        texts.setdefault(first.rstrip("\r"), []).append((_REFUSED.get(kind, kind), 1 + len(more)))
    if texts:
        _place(source, texts, [(line, _REFUSED.get(kind, kind)) for line, kind, _text in found])
    forget_rejected(connection, source)


def forget_rejected(connection: Any, source: TableSource) -> None:
    """Drop the lines that a further reading of a CSV file refused again, so that they are not taken for another
    file's."""
    if source.separator:
        connection.execute("DELETE FROM refused_lines")


def _place(source: TableSource, texts: Mapping[str, list[tuple[str, int]]], stated: Sequence[tuple[int, str]]) -> None:
    """Find the lines of what was refused by their text, since the database ignores blank lines and breaks within
    cells."""
    waiting = {text: list(reasons) for text, reasons in texts.items()}
    with source.file.open("r", encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            reasons = waiting.get(line.rstrip("\r\n"))
            if reasons and number >= source.first_row:
                reason, lines = reasons.pop(0)
                source.rejected.append(Rejected(number, lines, reason))
    left = sum(map(len, waiting.values()))
    source.rejected.extend(Rejected(line, 1, reason) for line, reason in stated[:left])


def matching(source: TableSource, name: str) -> str | None:
    """Return the heading that a name means: the equal one, or one with the same key."""
    if name in source.columns:
        return name
    return next((head for head in source.columns if key_of(head) == key_of(name) and key_of(name)), None)
