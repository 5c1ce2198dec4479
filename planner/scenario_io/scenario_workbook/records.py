"""Sheets of which each row is one record: groups, competencies, programmes, mentors, funds, rules, levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.columns import FormColumn, Kind
from planner.scenario_io.scenario_workbook.lists import EVERYTHING, alternatives
from planner.scenario_io.scenario_workbook.money_sheets import AMOUNTS_NOTE, RELEASES_NOTE
from planner.scenario_io.scenario_workbook.owners import tell_blank
from planner.scenario_io.scenario_workbook.resource_sheets import AMOUNT_NOTE
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tables.sheet import InputCell, InputRow
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar

_RELEASES: Final = "releases."
_AMOUNTS: Final = "amount."
_YEARS: Final = "amounts."
_CLOSED: Final = "closed."


def records(table: SheetTable, problems: Problems) -> Listing:
    """Return the rows of a sheet as records."""
    known = {column.key: column for column in table.sheet.columns}
    if table.sheet.key == "funds":
        known |= {column.key: column for column in _by_period(table, _RELEASES, "share", RELEASES_NOTE)}
        known |= {column.key: column for column in _by_period(table, _YEARS, "amount", AMOUNTS_NOTE)}
    if table.sheet.key == "resources":
        known |= {column.key: column for column in _by_period(table, _AMOUNTS, "number", AMOUNT_NOTE)}
    if table.sheet.key == "attended":
        known |= {column.key: column for column in _by_period(table, _CLOSED, "number", "")}
    columns = columns_of(table, known, problems)
    return Listing([_record(table, row, columns, problems) for row in table.rows], table.place)


def _by_period(table: SheetTable, mark: str, kind: Kind, note: str) -> list[FormColumn]:
    """Return a column for each head such as releases.<period>, whatever the period; the scenario knows which there
    are."""
    heads = [str(head.value) for head in table.heads.values()]
    names = [head.removeprefix(mark) for head in heads if head.startswith(mark)]
    return [FormColumn(f"{mark}{n}", kind, (), note, free=n.strip()) for n in names if n.strip()]


def _record(table: SheetTable, row: InputRow, columns: dict[int, FormColumn], problems: Problems) -> Mapping:
    anchor = table.cell(row, table.sheet.anchor.key)
    record = Mapping({}, {}, anchor.place if anchor is not None else row.place)
    for at, column in columns.items():
        if (cell := row.cells.get(at)) is not None:
            _fill(record, cell, column, table.heads[at].place, problems)
    if table.sheet.key == "mentor_pools":
        # Blank columns of the selector select everybody; the format wants that stated.
        put(record, ("from",), Mapping({}, {}, record.place), record.place)
    if table.sheet.key == "resources":
        # Blank amounts are those of no period; the format wants a key.
        put(record, ("amount",), Mapping({}, {}, record.place), record.place)
    needed: list[FormColumn] = list(table.sheet.columns)
    if table.sheet.key == "funds" and "amounts" not in record.entries:
        needed = [replace(column, required=True) if column.key == "amount" else column for column in needed]
    tell_missing(record, table, row, needed, problems)
    return record


def _fill(record: Mapping, cell: InputCell, column: FormColumn, head: Place, problems: Problems) -> None:
    if column.selects and text_of(cell) == EVERYTHING:
        put(record, column.path[:-1], Mapping({}, {}, cell.place), cell.place)
        return
    node = node_of(cell, column, problems)
    if column.key == "requires" and isinstance(node, Listing):
        node.items[:] = map(_any_of, node.items)
    there = _at(record, column.path)
    if isinstance(there, Listing) and isinstance(node, Listing):
        there.items.extend(node.items)
    elif put(record, column.path, node, head if column.free else cell.place):
        return
    elif column.key == "amount" or column.key.startswith(_AMOUNTS):
        problems.add(
            cell.place,
            _("the amount of every period and that of a single one are both filled in."),
            _("Clear one of the two."),
        )


def _any_of(node: Node) -> Node:
    """Return a prerequisite: an id, or several written "b | c" of which any is enough."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or "|" not in node.value:
        return node
    names = Listing([Scalar(name, node.place) for name in alternatives(node.value)], node.place)
    return Mapping({"any": names}, {"any": node.place}, node.place)


def tell_missing(
    record: Mapping, table: SheetTable, row: InputRow, columns: Iterable[FormColumn], problems: Problems
) -> None:
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
