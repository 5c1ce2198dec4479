"""Parquet files: typed columns, read exactly."""

from __future__ import annotations

import io
import math
from decimal import Decimal
from typing import Any

from planner.locale import _
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.sheet import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    InputCell,
    InputRow,
    RawSheet,
)
from planner.scenario_io.tree import UNREADABLE, Place, ScalarValue

_MAX_EXPANDED = 50 * 2**20


def read_parquet(data: bytes, file: str, problems: Problems) -> RawSheet:
    """Return the names of the columns in `data` and its rows, which are counted from 1; raises Refused."""
    import pyarrow
    from pyarrow import parquet

    place = Place(file)
    if not (data.startswith(b"PAR1") and data.endswith(b"PAR1")):
        raise Refused(
            located(place, _("this is not a Parquet file, or it was cut off."), _("Write it again, or save it as CSV."))
        )
    try:
        source = parquet.ParquetFile(io.BytesIO(data))
        described = source.metadata
        expanded = sum(described.row_group(group).total_byte_size for group in range(described.num_row_groups))
        too_large = (
            described.num_rows > MAX_ROWS
            or described.num_columns > MAX_COLUMNS
            or described.num_rows * described.num_columns > MAX_CELLS
            or expanded > _MAX_EXPANDED
        )
        if too_large:
            raise Refused(located(place, _("the table is too large to be read.")))
        table = source.read(use_threads=False)
        columns = [(str(name), table.column(position).to_pylist()) for position, name in enumerate(table.column_names)]
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError):
        message, remedy = _("this Parquet file is damaged."), _("Write it again, or save the table as CSV or XLSX.")
        raise Refused(located(place, message, remedy)) from None
    head = InputRow(
        {at: InputCell(name, Place(file, None, at + 1)) for at, (name, _values) in enumerate(columns)}, place
    )
    body = [
        InputRow({}, Place(f"{file}:{_('row {number}').format(number=number)}"), number)
        for number in range(1, table.num_rows + 1)
    ]
    for at, (name, values) in enumerate(columns):
        for row, value in zip(body, values, strict=True):
            if value is not None and value != "":
                cell = row.place._replace(note=_("column '{name}'").format(name=name))
                row.cells[at] = InputCell(_value(value, cell, problems), row.place)
    return RawSheet([head, *(row for row in body if row.cells)], place)


def _value(value: Any, place: Place, problems: Problems) -> ScalarValue:
    """Return a cell as exact data."""
    if isinstance(value, str | bool | int | Decimal):
        return value.strip() if isinstance(value, str) else value
    if isinstance(value, float):
        if math.isfinite(value) and abs(value) < 2**53:
            return Decimal(repr(value))
        problems.add(
            place,
            _("{value} is not a number that this column holds exactly.").format(value=value),
            _("Store whole numbers as integers, and leave blank cells null."),
        )
        return UNREADABLE
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    problems.add(
        place,
        _("a value of the type {type} cannot be read.").format(type=type(value).__name__),
        _("Store text or numbers."),
    )
    return UNREADABLE
