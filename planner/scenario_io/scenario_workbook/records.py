"""Sheets of which each row is one record: groups, competencies, programmes, mentors, funds, rules, levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.columns import Column
from planner.scenario_io.scenario_workbook.lists import EVERYTHING
from planner.scenario_io.scenario_workbook.money_sheets import RELEASES_NOTE
from planner.scenario_io.scenario_workbook.owners import tell_blank
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tables.sheet import Cell, Row
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar

_RELEASES: Final = "releases."


def records(table: SheetTable, problems: Problems) -> Listing:
    """The rows of a sheet as records."""
    known = {column.key: column for column in table.sheet.columns}
    if table.sheet.key == "funds":
        known |= {column.key: column for column in _releases(table)}
    columns = columns_of(table, known, problems)
    return Listing([_record(table, row, columns, problems) for row in table.rows], table.place)


def _releases(table: SheetTable) -> list[Column]:
    """A column for each head releases.<period>, whatever the period; the scenario knows which there are."""
    names = [str(head.value).removeprefix(_RELEASES) for head in table.heads.values()
             if str(head.value).startswith(_RELEASES)]  # fmt: skip
    return [Column(f"{_RELEASES}{n}", "share", (), RELEASES_NOTE, free=n.strip()) for n in names if n.strip()]


def _record(table: SheetTable, row: Row, columns: dict[int, Column], problems: Problems) -> Mapping:
    anchor = table.cell(row, table.sheet.anchor.key)
    record = Mapping({}, {}, anchor.place if anchor is not None else row.place)
    for at, column in columns.items():
        if (cell := row.cells.get(at)) is not None:
            _fill(record, cell, column, table.heads[at].place, problems)
    if table.sheet.key == "mentor_pools":
        # Blank columns of the selector select everybody; the format wants that stated.
        put(record, ("from",), Mapping({}, {}, record.place), record.place)
    tell_missing(record, table, row, table.sheet.columns, problems)
    return record


def _fill(record: Mapping, cell: Cell, column: Column, head: Place, problems: Problems) -> None:
    if column.selects and text_of(cell) == EVERYTHING:
        put(record, column.path[:-1], Mapping({}, {}, cell.place), cell.place)
        return
    node = node_of(cell, column, problems)
    there = _at(record, column.path)
    if isinstance(there, Listing) and isinstance(node, Listing):
        there.items.extend(node.items)
    else:
        put(record, column.path, node, head if column.free else cell.place)


def tell_missing(record: Mapping, table: SheetTable, row: Row, columns: Iterable[Column], problems: Problems) -> None:
    """Name each cell that must not be blank, and let the checks of the records pass over it.

    A missing column was reported already.
    """
    for column in columns:
        if column.required and _at(record, column.path) is None:
            tell_blank(table, row, column.key, problems)
            place = table.place_in(row, column.key)
            put(record, column.path, Scalar(UNREADABLE, place), place)


def _at(record: Mapping, path: Sequence[str]) -> Node | None:
    node: Node | None = record
    for step in path:
        node = node.entries.get(step) if isinstance(node, Mapping) else None
    return node


def put(record: Mapping, path: Sequence[str], node: Node, place: Place) -> bool:
    """Put `node` at `path`, whose key is at `place`; False where something stands already.

    An empty mapping may be put where a mapping is.
    """
    for step in path[:-1]:
        if step not in record.entries:
            record.put(step, Mapping({}, {}, node.place), node.place)
        inner = record.entries[step]
        if not isinstance(inner, Mapping):
            return False
        record = inner
    there = record.entries.get(path[-1])
    if there is not None:
        return isinstance(there, Mapping) and isinstance(node, Mapping) and not node.entries
    record.put(path[-1], node, place)
    return True
