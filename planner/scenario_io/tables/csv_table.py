"""CSV files: separated by commas or semicolons, UTF-8, every cell text until its column says otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from planner.locale import _
from planner.scenario_io.encoding import decode
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, InputTable, TextRow, with_headers
from planner.scenario_io.tree import Place, ScalarValue


def read_csv(data: bytes, file: str, problems: Problems) -> InputTable:
    """The table in `data`; raises Refused."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1")):
        raise Refused(
            located(
                Place(file),
                _("this is not text but a workbook or a Parquet file under the name of a CSV file."),
                _("Give it its own ending, or save it as CSV."),
            )
        )
    text = decode(data, file)
    separator = _separator(text)
    rows: list[TextRow] = []
    width = cells = 0
    for line, record in _records(text, separator, file):
        width = width or len(record)
        found: dict[int, ScalarValue] = {
            position: content for position, value in enumerate(record) if value and (content := value.strip())
        }
        cells += len(found)
        if len(rows) > MAX_ROWS or width > MAX_COLUMNS or cells > MAX_CELLS:
            raise Refused(located(Place(file, line), _("the table is too large to be read.")))
        if found and len(record) != width:
            problems.add(
                Place(file, line, 1),
                _("this row has {count} cells, but there are {width} columns.").format(count=len(record), width=width),
                _("Put cells that hold '{separator}' in double quotes.").format(separator=separator),
            )
        elif found:
            rows.append(TextRow(found, file, line))
    return with_headers(rows, Place(file, 1, 1), problems, typed=False)


def _separator(text: str) -> str:
    """The comma or the semicolon, whichever cuts the first row into more cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise Refused(
                located(
                    Place(file, line, 1),
                    _("this row is not CSV ({reason}).").format(reason=error),
                    _("Check its double quotes; one inside a quoted cell is written twice."),
                )
            ) from None
        if record is None:
            return
        yield line, record
        line = reader.line_num + 1
