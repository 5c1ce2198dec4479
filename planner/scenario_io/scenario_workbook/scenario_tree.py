"""The tables of a workbook put together as one scenario document, each value with the cell it stands in."""

from __future__ import annotations

from collections.abc import Mapping as Record
from typing import Final

from planner.domain.checks.did_you_mean import suggestion
from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.attachments import attach_costs, attach_seats
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.matrices import attach_closes, attach_gaps
from planner.scenario_io.scenario_workbook.people_sheets import IDENTITY_KEYS, REPEATED
from planner.scenario_io.scenario_workbook.records import put, records
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar

_LISTS: Final = ("competencies", "groups", "programmes", "mentor_pools", "funds", "rules", "objective")
"""Sheets of which each row is a record."""


def scenario_tree(tables: Record[str, SheetTable], file: str, problems: Problems) -> Mapping:
    """The document of a scenario; report what is wrong in a cell, and mark it as unreadable."""
    root = Mapping({}, {}, Place(file))
    root.put("format", Scalar(1, root.place), root.place)
    if "scenario" in tables:
        _put(root, "scenario", _identity(tables["scenario"], problems), tables["scenario"])
    if "periods" in tables and (periods := _periods(tables["periods"], problems)).items:
        _put(root, "periods", periods, tables["periods"])
    for key in _LISTS:
        if key in tables:
            listed = records(tables[key], problems)
            if listed.items or SHEET[key].needed:
                _put(root, key, listed, tables[key])
    for key, sheet in SHEET.items():
        # Told already: the workbook does not have the sheet, or its heads are missing.
        if sheet.needed and key not in root.entries and key != "closes":
            root.put(key, Scalar(UNREADABLE, root.place), root.place)
    attach_gaps(root, tables.get("gaps"), problems)
    attach_closes(root, tables.get("closes"), problems)
    attach_costs(root, tables.get("costs"), tables.get("prices"), problems)
    attach_seats(root, tables.get("seats"), problems)
    return root


def _put(root: Mapping, key: str, node: Node, table: SheetTable) -> None:
    root.put(key, node, table.place)


def _periods(table: SheetTable, problems: Problems) -> Listing:
    column = SHEET["periods"].anchor
    columns_of(table, {column.key: column}, problems)
    cells = [table.cell(row, column.key) for row in table.rows]
    return Listing([node_of(cell, column, problems) for cell in cells if cell is not None], table.place)


def _identity(table: SheetTable, problems: Problems) -> Mapping:
    """Rows of key and value; the keys of lists may stand in several rows."""
    columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    known = {column.key: column for column in IDENTITY_KEYS}
    identity = Mapping({}, {}, table.place)
    for row in table.rows:
        key_cell, value_cell = table.cell(row, "key"), table.cell(row, "value")
        if key_cell is None:
            problems.add(table.place_in(row, "key"), _("this row has a value but no key."), _("Fill in the key."))
            continue
        key = text_of(key_cell)
        column = known.get(key)
        if column is None:
            problems.add(key_cell.place, _("unknown key '{key}'.").format(key=key), suggestion(key, known))
        elif value_cell is None:
            if column.required:
                place = table.place_in(row, "value")
                problems.add(place, _("'{key}' is missing.").format(key=key), _("Fill in this cell."))
                identity.put(key, Scalar(UNREADABLE, place), key_cell.place)
        elif key in REPEATED:
            node = node_of(value_cell, column, problems)
            listed = identity.entries.setdefault(key, Listing([], value_cell.place))
            identity.keys.setdefault(key, key_cell.place)
            if isinstance(listed, Listing):
                listed.items.append(node)
        elif not put(identity, column.path, node_of(value_cell, column, problems), value_cell.place):
            problems.add(key_cell.place, _("'{name}' is defined twice.").format(name=key), _("Remove one of them."))
    for column in IDENTITY_KEYS:
        if column.required and column.key not in identity.entries:
            problems.add(
                table.place,
                _("'{key}' is missing.").format(key=column.key),
                _("Add a row with this key and its value."),
            )
            identity.put(column.key, Scalar(UNREADABLE, table.place), table.place)
    return identity
