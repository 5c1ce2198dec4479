"""Sheets whose rows stand below free keys of a record of another sheet: seats of a fund in a programme, new gaps of a
group in a year and a competency. What is below which key, each such sheet says itself (`Sheet.under`)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from functools import cache
from typing import Any

from planner.domain.base import Record
from planner.domain.named_keys import KEYS_OF
from planner.scenario_io.fields import ROOT, Expected
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.columns import FormColumn, Sheet
from planner.scenario_io.scenario_workbook.layout import SHEETS
from planner.scenario_io.scenario_workbook.owners import Owners, tell_blank, tell_duplicate
from planner.scenario_io.scenario_workbook.records import tell_missing
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tables.sheet import InputCell, InputRow
from planner.scenario_io.tree import UNREADABLE, Mapping, Node
from planner.scenario_io.words import shown

UNDER = tuple(sheet for sheet in SHEETS if sheet.under)
"""All such sheets, in the order of the workbook."""


def rows_under(plain: Mapped[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each such sheet for a scenario (plain data)."""
    return {
        sheet.key: [
            {sheet.anchor.key: record["id"], **row}
            for record in plain.get(sheet.anchor.refers, ())
            for row in _rows(sheet, _named(sheet), record.get(sheet.under, {}))
        ]
        for sheet in UNDER
    }


def attach_under(root: Mapping, tables: Mapped[str, SheetTable], problems: Problems) -> None:
    """Put the rows of each such sheet into the records that they belong to."""
    for sheet in UNDER:
        if sheet.key in tables:
            _attach(root, tables[sheet.key], problems)


def owner_of(sheet: Sheet) -> type[Record] | None:
    """Return the record below which the rows of such a sheet stand."""
    return _record_at(sheet.anchor.refers, 0)


def record_under(sheet: Sheet) -> type[Record] | None:
    """Return the record that a row of such a sheet fills; None where it is a number."""
    return _record_at(sheet.anchor.refers, 0, sheet.under, *KEYS_OF[sheet.under])


@cache
def _record_at(*path: str | int) -> type[Record] | None:
    there: Expected | None = ROOT
    for step in path:
        there = None if there is None else there.below(step)
    return None if there is None else there.model


def _named(sheet: Sheet) -> tuple[FormColumn, ...]:
    """Return the columns of what the free keys name."""
    return sheet.columns[1 : 1 + len(KEYS_OF[sheet.under])]


def _values(sheet: Sheet) -> tuple[FormColumn, ...]:
    return sheet.columns[1 + len(KEYS_OF[sheet.under]) :]


def _rows(sheet: Sheet, named: tuple[FormColumn, ...], held: Any) -> Iterator[dict[str, Any]]:
    """Yield one row for each value below the free keys of a record."""
    if named:
        for name, inner in held.items():
            for row in _rows(sheet, named[1:], inner):
                yield {named[0].key: name, **row}
        return
    values = _values(sheet)
    record = {values[0].key: held} if len(values) == 1 else held
    words = {column.key: column.words for column in values if column.words}
    yield {key: shown(words[key], value) if key in words else value for key, value in record.items()}


def _attach(root: Mapping, table: SheetTable, problems: Problems) -> None:
    columns = columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    named = _named(table.sheet)
    owners = Owners(root, table.sheet.anchor.refers, problems)
    for row in table.rows:
        owner = owners.of(table, row)
        cells = [table.cell(row, column.key) for column in named]
        for cell, column in zip(cells, named, strict=True):
            if cell is None:
                tell_blank(table, row, column.key, problems)
        value = _value(table, row, columns, problems)
        names = [cell for cell in cells if cell is not None]
        if owner is None or value is None or len(names) < len(named):
            continue
        nodes = [node_of(cell, column, problems) for cell, column in zip(names, named, strict=True)]
        if all(getattr(node, "value", UNREADABLE) is not UNREADABLE for node in nodes):
            _put(owner[1], table.sheet.under, names, value, problems)


def _value(table: SheetTable, row: InputRow, columns: Mapped[int, FormColumn], problems: Problems) -> Node | None:
    """Return what a row says: a number, or a record; None where a number is not there."""
    values = _values(table.sheet)
    if len(values) == 1:
        if (cell := table.cell(row, values[0].key)) is None:
            tell_blank(table, row, values[0].key, problems)
        return None if cell is None else node_of(cell, values[0], problems)
    record = Mapping({}, {}, row.place)
    for at, column in columns.items():
        if column in values and (cell := row.cells.get(at)) is not None:
            record.put(column.key, node_of(cell, column, problems), cell.place)
    tell_missing(record, table, row, values, problems)
    return record


def _put(record: Mapping, under: str, names: list[InputCell], value: Node, problems: Problems) -> None:
    """Put a value into a record, below its key and all names."""
    for key, cell in zip((under, *map(text_of, names[:-1])), names, strict=True):
        inner = record.entries.setdefault(key, Mapping({}, {}, cell.place))
        record.keys.setdefault(key, cell.place)
        if not isinstance(inner, Mapping):
            return
        record = inner
    last = text_of(names[-1])
    if last in record.keys:
        tell_duplicate(names[-1], last, record.keys[last], problems)
    else:
        if isinstance(value, Mapping):
            value.place = names[-1].place
        record.put(last, value, names[-1].place)
