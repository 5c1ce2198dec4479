"""Takes a person out of the files below a folder, and says where: rows of tables go, what is no table is named.

A row is the person's where one of its cells is the id, however a spreadsheet has written it: with blanks around it, an
apostrophe before it, or as a number. Results that were made with the person stay: they hold counts and no people.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planner.errors import InputError, Problem
from planner.locale import _
from planner.whole_file import write_whole

SHORTEST: Final = 4
"""Fewest characters of an id: a shorter one is also a number of something else."""
PACKED: Final = frozenset({".zip", ".docx", ".xlsx", ".ods"})
"""Kinds of files that are archives: what lies in them is looked at too."""


@dataclass(frozen=True)
class PlaceOfPerson:
    """A file that holds the person: how many rows were taken out, and whether the id is in it still."""

    file: Path
    rows: int
    left: bool


def forget(person: str, folder: Path, *, only_look: bool = False) -> tuple[PlaceOfPerson, ...]:
    """Take the person with this id out of every table below `folder`, hidden folders too; where the id was found.

    Each file is replaced whole; with `only_look` none is. Raises InputError where the id is too short to be told from
    other numbers, or a file cannot be read or written.
    """
    wanted = _plain(person)
    if len(wanted) < SHORTEST:
        message = _("an id of fewer than {count} characters cannot be told from other numbers.")
        raise InputError([Problem(message.format(count=SHORTEST))])
    if not folder.is_dir():
        raise InputError([Problem(_("there is no such folder."), file=str(folder))])
    found = (_taken_out(file, wanted, only_look) for file in sorted(folder.rglob("*")) if _is_ordinary(file))
    return tuple(place for place in found if place is not None)


def _is_ordinary(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _taken_out(file: Path, wanted: str, only_look: bool) -> PlaceOfPerson | None:
    """What was found in one file; None where the id is not in it."""
    content = file.read_bytes()
    rows = 0
    if change := _CHANGES.get(file.suffix.lower()):
        try:
            rows, changed = change(content, wanted)
        except Exception:  # whatever a damaged file makes a library raise: it is looked through as bytes below
            rows, changed = 0, content
        if rows and not only_look:
            write_whole(file, changed)
        content = changed
    left = _holds(file, content, wanted)
    return PlaceOfPerson(file, rows, left) if rows or left else None


def _holds(file: Path, content: bytes, wanted: str) -> bool:
    """Whether the id is anywhere in a file, or in what is packed in it; also in a file name."""
    texts = {wanted.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    if wanted in file.name or any(text in content for text in texts):
        return True
    if file.suffix.lower() not in PACKED:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(_holds(Path(name), packed.read(name), wanted) for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return False


def _plain(cell: object) -> str:
    """A cell as an id is compared: a number without its decimals, text without blanks and leading apostrophe."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else "".join(str(cell).split()).lstrip("'\u2019`")


def _without_rows_of_csv(content: bytes, wanted: str) -> tuple[int, bytes]:
    """(rows taken out, the rest, byte for byte)."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = content.decode(encoding, "surrogateescape")
    head = text.partition("\n")[0]
    separator = max(";,\t|", key=head.count)
    kept, gone = [], 0
    for row in _rows(text):
        cells = next(csv.reader([row], delimiter=separator), [])
        mine = any(_plain(cell.removeprefix("=").strip('"\ufeff')) == wanted for cell in cells)
        gone += mine
        kept += [] if mine else [row]
    return gone, "".join(kept).encode(encoding, "surrogateescape") if gone else content


def _rows(text: str) -> Iterator[str]:
    """The rows of a CSV with their line ends; a line break within quotes ends none."""
    row = ""
    for line in text.splitlines(keepends=True):
        row += line
        if row.count('"') % 2 == 0:
            yield row
            row = ""
    if row:
        yield row


def _without_rows_of_xlsx(content: bytes, wanted: str) -> tuple[int, bytes]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    gone = 0
    for sheet in book.worksheets:
        rows = [number for number, row in enumerate(sheet.iter_rows(values_only=True), 1) if wanted in map(_plain, row)]
        for number in reversed(rows):
            sheet.delete_rows(number)
        gone += len(rows)
    if not gone:
        return 0, content
    book.save(written := io.BytesIO())
    return gone, written.getvalue()


def _without_rows_of_parquet(content: bytes, wanted: str) -> tuple[int, bytes]:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(content))
    columns: list[list[Any]] = [column.to_pylist() for column in table.columns]
    mask = [wanted not in map(_plain, row) for row in zip(*columns, strict=True)]
    gone = len(mask) - sum(mask)
    if not gone:
        return 0, content
    pyarrow.parquet.write_table(table.filter(pyarrow.array(mask)), written := io.BytesIO(), compression="zstd")
    return gone, written.getvalue()


_CHANGES: Final[dict[str, Callable[[bytes, str], tuple[int, bytes]]]] = {
    ".csv": _without_rows_of_csv,
    ".tsv": _without_rows_of_csv,
    ".xlsx": _without_rows_of_xlsx,
    ".parquet": _without_rows_of_parquet,
}
