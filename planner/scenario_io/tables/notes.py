"""Rows around a table that are no data: notes and signatures below it, and a row that numbers its columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from planner.scenario_io.tables.sheet import InputRow
from planner.scenario_io.tree import ScalarValue

_NOTE: Final = re.compile(
    r"\*+\)?|\(\*+\)|\d{1,2}\)|(?:catatan|keterangan|ket|sumber|source|notes?|mengetahui|menyetujui|disetujui|disahkan"
    r"|diperiksa|diolah|dibuat|disusun|penyusun|nip|ttd|tertanda|terbilang|data per|per tanggal|dicetak|halaman)\b",
    re.IGNORECASE,
)
_DATE_LINE: Final = re.compile(
    r"[^\d]{2,40},?\s+(?:\d{1,2}\s+)?(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november"
    r"|nopember|desember)\s+\d{4}\Z",
    re.IGNORECASE,
)
"""A place and a date, as above a signature: Jambi, 29 November 2026."""

_MOST_CELLS: Final = 3
"""Most cells of a row below a table that is a note."""

_COLUMN_NUMBER: Final = re.compile(r"(\()?(\d{1,3}|[a-z])\)?(\s*=.*)?\Z", re.IGNORECASE)


def notes_below(rows: Sequence[InputRow], columns: Collection[int]) -> int:
    """Return how many of the last rows are notes or signatures.

    They begin with a row that a note's word or a line of place and date begins, or, behind a blank row, with one that
    leaves the first column blank; from there on no row has a number or more than a few cells.
    """
    first, last = min(columns, default=0), max(columns, default=0)
    start = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        values = rows[at].values
        if len(values) > _MOST_CELLS or max(values) > last or any(is_figure(value) for value in values.values()):
            break
        behind_blank = at > 0 and rows[at].number - rows[at - 1].number > 1
        if _begins_notes(values) or (behind_blank and first not in values):
            start = at
    return len(rows) - start


def _begins_notes(values: dict[int, ScalarValue]) -> bool:
    text = values[min(values)]
    return isinstance(text, str) and bool(_NOTE.match(text) or _DATE_LINE.match(text))


def is_figure(value: ScalarValue) -> bool:
    """Return a number of at most 15 digits; longer ones are those of a person, such as a NIP."""
    if not isinstance(value, str):
        return True
    digits = re.sub(r"[\s.,%]", "", value.removeprefix("Rp"))
    return digits.isdigit() and len(digits) <= 15


def numbers_columns(row: InputRow, head: InputRow) -> bool:
    """Return whether a row counts the columns under their names: (1) (2) (3), or 1 2 3, or a b c."""
    if row.values.keys() != head.values.keys():
        return False
    found = [_COLUMN_NUMBER.match(str(row.values[at])) for at in sorted(row.values)]
    marks = [match for match in found if match is not None]
    if len(marks) < len(found) or len(marks) < 2:
        return False
    counted = [match[2].casefold() for match in marks]
    numbers = [int(text) if text.isdigit() else ord(text) - ord("a") + 1 for text in counted]
    certain = any(match[1] or match[3] for match in marks)
    return numbers == list(range(1, len(numbers) + 1)) and (certain or len(marks) >= 3)
