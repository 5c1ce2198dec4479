"""CSV files: separated by commas, semicolons, tabs or |, UTF-8, every cell text until its column says otherwise."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from planner.locale import _
from planner.scenario_io.encoding import decode
from planner.scenario_io.file_kinds import ZIP, refuse_other_kinds
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.cell_text import PLAIN, Fault, is_marked, meant
from planner.scenario_io.tables.layout import Known
from planner.scenario_io.tables.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RawSheet, TextRow
from planner.scenario_io.tree import UNREADABLE, Place, ScalarValue
from planner.spreadsheets.quoted_cells import swallows_rows
from planner.spreadsheets.text_cells import rows_in_a_cell, wrong_separator

_MARKS: Final = ",;\t|"
_STATED: Final = re.compile(r'"?sep=([,;\t|])"?\s*\Z', re.IGNORECASE)
"""The first line by which a file tells Excel its separator."""

_LOOKED_AT: Final = 25
_LOOKED_IN: Final = 100_000
"""Lines and characters that are looked at to find the separator."""


def read_csv(data: bytes, file: str, known: Known | None = None) -> RawSheet:
    """Return all rows in `data` that are not blank; raises Refused.

    `known` columns tell which separator is meant, where the first line does not say it (sep=;).
    """
    if data.startswith((ZIP, b"PAR1")):
        raise Refused(
            located(
                Place(file),
                _("this is not text but a workbook or a Parquet file under the name of a CSV file."),
                _("Give it its own ending, or save it as CSV."),
            )
        )
    refuse_other_kinds(data, Place(file))
    text = decode(data, file)
    separator, skipped = _separator(text, file, known)
    sheet = RawSheet([], Place(file, 1, 1), False, separator != ",", separator)
    cells = 0
    for number, (line, record) in enumerate(_records(text, separator, file)):
        if number < skipped:
            continue
        found: dict[int, ScalarValue] = {}
        faults: dict[int, Fault] = {}
        marked: bool | None = None
        for position, value in enumerate(record):
            if value and (raw := value.strip()):
                if len(raw) < PLAIN and raw.isdigit():  # most cells: nothing to look for
                    marked = marked or False
                    found[position] = raw
                    continue
                marked = is_marked(raw) if marked is None else marked
                breaks = len(value.splitlines()) - 1
                if breaks and swallows_rows(value, position, len(record), separator):
                    raise Refused(located(Place(file, line, position + 1), *rows_in_a_cell(line + breaks)))
                content, fault = meant(raw, formulas=True)
                if content is not None:
                    found[position] = content if fault is None else UNREADABLE
                if fault is not None:
                    faults[position] = fault
        cells += len(found)
        if len(sheet.rows) > MAX_ROWS or len(record) > MAX_COLUMNS or cells > MAX_CELLS:
            raise Refused(located(Place(file, line), _("the table is too large to be read.")))
        if found:
            sheet.rows.append(TextRow(found, file, line, number, len(record), faults, marked=bool(marked)))
    return sheet


def _separator(text: str, file: str, known: Known | None) -> tuple[str, int]:
    """Return what separates cells, and how many lines say so: the mark under which most names of columns are known, or
    else the one that cuts the first lines into most cells. Refused where the first line says another one."""
    lines = text[:_LOOKED_IN].splitlines()[:_LOOKED_AT] or [""]
    stated = _STATED.match(lines[0])
    if stated:
        lines = lines[1:] or [""]

    def found(mark: str) -> tuple[int, int, int]:
        """Return the most names in one line, most cells in one line, and most lines of one width."""
        try:
            records = list(csv.reader(lines, delimiter=mark))
        except csv.Error:
            return 0, 0, 0
        names = [sum(known(cell.strip()) is not None for cell in record) for record in records] if known else []
        widths = Counter(len(record) for record in records if len(record) > 1)
        return max(names, default=0), max(map(len, records), default=0), max(widths.values(), default=0)

    best = max(_MARKS, key=lambda mark: found(mark)[:2])
    if stated and _is_wrong(found(stated[1]), found(best)):
        raise Refused(located(Place(file, 1, 1), *wrong_separator(stated[1], best)))
    return (stated[1], 1) if stated else (best, 0)


def _is_wrong(stated: tuple[int, int, int], best: tuple[int, int, int]) -> bool:
    """Return whether a mark finds what a stated one does not: names of columns, or more lines that have as many
    cells."""
    return best[0] > 1 >= stated[0] or (best[0] >= stated[0] and best[2] > stated[2])


def _records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise Refused(
                located(
                    Place(file, line, 1),
                    _("a cell of this row is too long.")
                    if "limit" in str(error)
                    else _("a double quote in this row is not closed, or stands in the middle of a cell."),
                    _("Check its double quotes; one inside a quoted cell is written twice."),
                )
            ) from None
        if record is None:
            return
        yield line, record
        line = reader.line_num + 1
