"""Removes a person from the files below a folder, and says where: rows of tables are removed, other files are named.

A row is the person's where one of its cells is the id, in any spelling: with spaces around it, an apostrophe before it,
as a number, or as a NIP is printed, 19800101 200501 1 001. Where somebody else's id of the same form comes before it,
as in the pairs of mentees and mentors, the row is that person's, and only the cell is emptied. Results that were made
with the person stay: they hold counts and no people.

A NIP is recognised wherever it stands, even as the name of a folder. Any other id is compared letter by letter, since
`a budi` and `abudi` are two people. An id that may equally be a year, an amount, or the name of an agency counts only
in columns whose heading says that they hold ids of people.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import zipfile
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.tables.xlsx_archive import check_archive
from planner.whole_file import write_whole

SHORTEST: Final = 4
"""Fewest characters of an id: shorter ones also occur as other numbers."""
SHORTEST_OF_OTHERS: Final = 10
"""Fewest characters by which another id in the same row is recognised: years and days are shorter."""
SURE: Final = 16
"""Fewest digits of an id that cannot be an amount of rupiah, a day or a period: a NIP has 18, a NIK 16."""
OF_PEOPLE: Final = frozenset(
    {"id", "nip", "nipbaru", "niplama", "pnsid", "idpegawai", "pengenal", "mentor", "mentorid", "mentee", "idmentor"}
)
"""Headings of columns with ids of people, in small letters without spaces and underscores."""
OF_OTHERS: Final = frozenset({"kind", "amount", "headcount", "form", "closes", "price", "account", "need"})
"""Headings of tables of funds, groups, programmes and prices, whose `id` is not a person's."""
EXACT: Final = 15
"""Most digits of a number that a spreadsheet keeps."""
LARGEST_PART: Final = 256 * 1024 * 1024
"""Files that unpack to more are not searched but named [bytes]."""
DEEPEST: Final = 4
"""Depth of nested archives that are searched; deeper ones are named."""


BETWEEN: Final = " \t\r\n\u00a0\u2007\u2009\u202f.-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Spaces, dots and hyphens that may be printed between the digits of a NIP."""
_NIP: Final = re.compile(f"(?i)(?:nip[:{re.escape(BETWEEN)}]*)?([0-9](?:[{re.escape(BETWEEN)}]*[0-9]){{17}})")
"""A whole text that is nothing but a NIP, as it is printed."""


@dataclass(frozen=True)
class PlaceOfPerson:
    """A file that holds the person, or a folder whose name does.

    `rows` were removed, `cells` in rows of others were emptied; `left` says whether the id is still in it, or may be.
    """

    file: Path
    rows: int
    left: bool
    cells: int = 0


@dataclass
class _Counts:
    """What was removed from a table, and whether it has numbers that may once have been the id."""

    rows: int = 0
    cells: int = 0
    rounded: bool = False
    columns: frozenset[int] = frozenset()
    """Columns with ids of people in the table that is being read."""

    @property
    def any(self) -> bool:
        return bool(self.rows or self.cells)

    def places(self, row: Sequence[object], wanted: str) -> list[int] | None:
        """Return the cells of a row to empty, or None where the row is the person's and is removed; count either."""
        cells = [plain_person(cell) for cell in row]
        if not is_sure(wanted):
            return self._places_in_columns(cells, wanted)
        self.rounded |= any(isinstance(cell, int | float) and _may_be(cell, wanted) for cell in row)
        if wanted not in cells:
            return []
        before = cells[: cells.index(wanted)]
        if len(wanted) < SHORTEST_OF_OTHERS or _form(wanted) not in map(_form, before):
            self.rows += 1
            return None
        found = [number for number, cell in enumerate(cells) if cell == wanted]
        self.cells += len(found)
        return found

    def _places_in_columns(self, cells: Sequence[str], wanted: str) -> list[int] | None:
        """Return the same for an id that counts only in columns of ids; the first of them says whose the row is."""
        heads = ["".join(re.split(r"[\s_.]", cell.casefold())) for cell in cells]
        if found := frozenset(number for number, head in enumerate(heads) if head in OF_PEOPLE):
            self.columns = frozenset() if OF_OTHERS & {*heads} else found
            return []
        held = sorted(number for number in self.columns if number < len(cells) and cells[number] == wanted)
        if held and held[0] == min(self.columns):
            self.rows += 1
            return None
        self.cells += len(held)
        return held


def is_sure(wanted: str) -> bool:
    """Return whether an id cannot be anything else."""
    return wanted.isdecimal() and len(wanted) >= SURE


def _form(cell: str) -> str:
    """Return the digits and letters of an id as kinds."""
    return "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in cell)


def _may_be(cell: float, wanted: str) -> bool:
    """Return whether a number may be an id that was too long for a spreadsheet, which has rounded it."""
    if not wanted.isdecimal() or len(wanted) <= EXACT or isinstance(cell, bool) or str(cell) == wanted:
        return False
    return bool(abs(cell - int(wanted)) < 10 ** (len(wanted) - EXACT))


def forget(person: str, folder: Path, *, only_look: bool = False) -> tuple[PlaceOfPerson, ...]:
    """Remove the person with this id from every table below `folder`, even hidden ones; return where the id was found.

    Each file is replaced whole; with `only_look` none is. Raises InputError where the id is too short to be
    distinguished from other numbers, or a file cannot be read or written.
    """
    wanted = plain_person(person)
    if len(wanted) < SHORTEST:
        message = _("an id of fewer than {count} characters cannot be told from other numbers.")
        raise InputError([Problem(message.format(count=SHORTEST))])
    if not folder.is_dir():
        raise InputError([Problem(_("there is no such folder."), file=str(folder))])
    named = _spellings(wanted) if is_sure(wanted) else None
    found = [PlaceOfPerson(folder, 0, True)] if named and named.search(os.fsencode(folder.resolve().name)) else []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            place = _taken_out(path, wanted, only_look)
            found += [] if place is None else [place]
        elif named and named.search(os.fsencode(path.name)):
            found.append(PlaceOfPerson(path, 0, True))
    return tuple(found)


def _taken_out(file: Path, wanted: str, only_look: bool) -> PlaceOfPerson | None:
    """Remove the person from one file, or `only_look`; return what was found, None where the id is not in it."""
    content = file.read_bytes()
    counts = _Counts()
    if (change := _CHANGES.get(file.suffix.lower())) and not file.is_symlink():  # a link's file may be shared
        try:
            changed = change(content, wanted, counts)
        except Exception:  # a damaged file may make a library raise anything; its bytes are searched below
            counts, changed = _Counts(rounded=not is_sure(wanted)), content  # named as a place where the id may be
        if counts.any and not only_look:
            write_whole(file, changed)
        content = changed
    left = counts.rounded or (is_sure(wanted) and _holds(file.name, content, _spellings(wanted), wanted))
    return PlaceOfPerson(file, counts.rows, left, counts.cells) if counts.any or left else None


def _spellings(wanted: str) -> re.Pattern[bytes]:
    """Return a pattern of the digits of an id in the encodings of texts, also with spaces, dots, hyphens or line
    ends."""
    ways = []
    for encoding in ("utf-8", "cp1252", "utf-16-le", "utf-16-be"):
        signs = {sign.encode(encoding, "ignore") for sign in BETWEEN + "_"} - {b""}
        between = b"|".join(map(re.escape, sorted(signs)))
        ways.append((b"(?:" + between + b")*+").join(re.escape(figure.encode(encoding)) for figure in wanted))
    return re.compile(b"|".join(ways))


def _holds(name: str, content: bytes, spellings: re.Pattern[bytes], wanted: str, depth: int = 0) -> bool:
    """Return whether the id is anywhere in a file, in its name, or in what is packed in it, whatever the file is
    called."""
    if spellings.search(os.fsencode(name)) or spellings.search(content):
        return True
    if depth and Path(name).suffix.lower() == ".parquet":  # its columns are packed too
        try:
            _without_rows_of_parquet(content, wanted, counts := _Counts())
        except Exception:  # whatever a damaged file makes the library raise
            return False
        return counts.any or counts.rounded
    try:
        for part, inside in _unpacked(content):
            if inside is None or depth == DEEPEST or _holds(part, inside, spellings, wanted, depth + 1):
                return True
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        return False
    return False


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Yield what is packed in an archive, by its name; None instead of what is too large to unpack."""
    if content[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(content)) as packed:
            inside = packed.read(LARGEST_PART + 1)
        yield "", None if len(inside) > LARGEST_PART else inside
    elif content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.infolist():
                yield part.filename, None if part.file_size > LARGEST_PART else packed.read(part)


def plain_person(cell: object) -> str:
    """Return a cell as ids are compared: a number without its decimals, a NIP as its digits, other text without the
    spaces around it, and without an apostrophe in front or one on each side."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip(" \t\r\n\u00a0\ufeff")
    between = len(text) > 1 and text[0] == text[-1] and text[0] in "'\u2019`"
    text = (text[1:-1] if between else text.lstrip("'\u2019`")).strip()
    return re.sub("[^0-9]", "", nip[1]) if (nip := _NIP.fullmatch(text)) else text


def _without_rows_of_csv(content: bytes, wanted: str, counts: _Counts) -> bytes:
    """Return the rest of a CSV, byte for byte."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = content.decode(encoding, "surrogateescape")
    head = text.partition("\n")[0]
    separator = max(";,\t|", key=head.count)
    kept: list[str] = []
    for row in _rows(text):
        cells = next(csv.reader([row], delimiter=separator), [])
        empty = counts.places([cell.removeprefix("=").strip('"\ufeff') for cell in cells], wanted)
        kept += [] if empty is None else [_emptied(row, cells, empty, separator) if empty else row]
    return "".join(kept).encode(encoding, "surrogateescape") if counts.any else content


def _emptied(row: str, cells: list[str], empty: list[int], separator: str) -> str:
    """Return a row with these cells emptied, with its line end."""
    written = io.StringIO()
    rest = ["" if number in empty else cell for number, cell in enumerate(cells)]
    csv.writer(written, delimiter=separator, lineterminator=row[len(row.rstrip("\r\n")) :]).writerow(rest)
    return written.getvalue()


def _rows(text: str) -> Iterator[str]:
    """Yield the rows of a CSV with their line ends; a line break within quotes does not end a row."""
    row = ""
    for line in text.splitlines(keepends=True):
        row += line
        if row.count('"') % 2 == 0:
            yield row
            row = ""
    if row:
        yield row


def _without_rows_of_xlsx(content: bytes, wanted: str, counts: _Counts) -> bytes:
    import openpyxl

    check_archive(content, "")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        gone, counts.columns = [], frozenset()
        for number, row in _filled_rows(sheet):
            empty = counts.places(row, wanted)
            if empty is None:
                gone.append(number)
            for column in empty or ():
                sheet.cell(number, column + 1).value = None
        _take_out(sheet, gone)
    if not counts.any:
        return content
    book.save(written := io.BytesIO())
    return written.getvalue()


def _take_out(sheet: Any, rows: Sequence[int]) -> None:
    """Delete rows of a sheet, given in order; openpyxl would create every cell between the first and the last."""
    gone, cells = {*rows}, sheet._cells
    sheet._cells = {}
    for (row, column), cell in cells.items():
        if row not in gone:
            cell.row = row - bisect_left(rows, row)
            sheet._cells[cell.row, column] = cell


def _filled_rows(sheet: Any) -> list[tuple[int, list[object]]]:
    """Return the rows of a sheet that hold cells, by number, without the empty rows between the table and far cells."""
    rows: dict[int, dict[int, object]] = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        rows[row][column] = cell.value
    return [(row, [cells.get(column) for column in range(1, max(cells) + 1)]) for row, cells in sorted(rows.items())]


def _without_rows_of_parquet(content: bytes, wanted: str, counts: _Counts) -> bytes:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(content))
    columns: list[list[Any]] = [column.to_pylist() for column in table.columns]
    counts.places(table.column_names, wanted)
    mask = []
    for number, row in enumerate(zip(*columns, strict=True)):
        empty = counts.places(row, wanted)
        mask.append(empty is not None)
        for column in empty or ():
            columns[column][number] = None
    if not counts.any:
        return content
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, table.schema, strict=True)]
    rest = pyarrow.Table.from_arrays(arrays, schema=table.schema).filter(pyarrow.array(mask))
    pyarrow.parquet.write_table(rest, written := io.BytesIO(), compression="zstd")
    return written.getvalue()


_CHANGES: Final[dict[str, Callable[[bytes, str, _Counts], bytes]]] = {
    ".csv": _without_rows_of_csv,
    ".tsv": _without_rows_of_csv,
    ".xlsx": _without_rows_of_xlsx,
    ".parquet": _without_rows_of_parquet,
}
