"""The tables of a workbook put together as one scenario document, each value with the cell it stands in."""

from __future__ import annotations

from collections.abc import Mapping as Record
from typing import Final

from planner.domain.checks.did_you_mean import suggestion
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.replaced_keys import replaced_by
from planner.scenario_io.scenario_workbook.activities import choose_activities
from planner.scenario_io.scenario_workbook.actuals_rows import attach_actuals
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.choices import attach_choices
from planner.scenario_io.scenario_workbook.cost_lines import attach_costs
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.matrices import attach_closes, attach_gaps
from planner.scenario_io.scenario_workbook.owners import tell_blank
from planner.scenario_io.scenario_workbook.people_sheets import (
    IDENTITY_KEYS,
    REPEATED,
    SCENARIO_KEYS,
    THROUGH,
    TOP_KEYS,
    scenario_key,
)
from planner.scenario_io.scenario_workbook.price_codes import ListsOfBook
from planner.scenario_io.scenario_workbook.records import put, records
from planner.scenario_io.scenario_workbook.rows_under import attach_under
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar

_LISTS: Final = (
    "competencies",
    "groups",
    "activities",
    "programmes",
    "mentor_pools",
    "resources",
    "funds",
    "rules",
    "objective",
)
"""Sheets of which each row is a record."""


def scenario_tree(
    tables: Record[str, SheetTable], file: str, codes: ListsOfBook, problems: Problems, notices: list[Problem]
) -> Mapping:
    """Return the document of a scenario; report what is wrong in a cell, and mark it as unreadable."""
    root = Mapping({}, {}, Place(file))
    root.put("format", Scalar(1, root.place), root.place)
    through: Node | None = None
    if "scenario" in tables:
        identity = _identity(tables["scenario"], problems)
        _put(root, "scenario", identity, tables["scenario"])
        through = identity.entries.pop(THROUGH, None)
        identity.keys.pop(THROUGH, None)
        for key in TOP_KEYS:
            if key in identity.entries:
                root.put(key, identity.entries.pop(key), identity.keys.pop(key))
    if "periods" in tables and (periods := _periods(tables["periods"], problems)).items:
        _put(root, "periods", periods, tables["periods"])
    for key in _LISTS:
        if key in tables:
            listed = records(tables[key], problems)
            if listed.items or SHEET[key].needed:
                _put(root, key, listed, tables[key])
    if "activities" in tables:
        choose_activities(root)
    for key, sheet in SHEET.items():
        # Told already: the workbook does not have the sheet, or its heads are missing.
        if sheet.needed and key not in root.entries and key != "closes":
            root.put(key, Scalar(UNREADABLE, root.place), root.place)
    attach_gaps(root, tables.get("gaps"), problems, notices)
    attach_closes(root, tables.get("closes"), problems)
    attach_costs(root, tables.get("costs"), tables.get("prices"), codes, problems, notices)
    attach_choices(root, tables.get("choices"), problems)
    attach_under(root, tables, problems)
    attach_actuals(root, tables, through, problems)
    return root


def _put(root: Mapping, key: str, node: Node, table: SheetTable) -> None:
    root.put(key, node, table.place)


def _periods(table: SheetTable, problems: Problems) -> Listing:
    """Return the periods: names, or records where more is filled in."""
    anchor = SHEET["periods"].anchor
    columns = columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    periods: list[Node] = []
    for row in table.rows:
        cell = table.cell(row, anchor.key)
        more = {at: column for at, column in columns.items() if column is not anchor and at in row.cells}
        if cell is None:
            if more:
                tell_blank(table, row, anchor.key, problems)
            continue
        name = node_of(cell, anchor, problems)
        if more:
            record = Mapping({"id": name}, {"id": cell.place}, cell.place)
            for at, column in more.items():
                record.put(column.key, node_of(row.cells[at], column, problems), row.cells[at].place)
            name = record
        periods.append(name)
    return Listing(periods, table.place)


def _identity(table: SheetTable, problems: Problems) -> Mapping:
    """Return the rows of key and value; the keys of lists may stand in several rows."""
    columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    known = [column.key for column in SCENARIO_KEYS]
    identity = Mapping({}, {}, table.place)
    for row in table.rows:
        key_cell, value_cell = table.cell(row, "key"), table.cell(row, "value")
        if key_cell is None:
            problems.add(table.place_in(row, "key"), _("this row has a value but no key."), _("Fill in the key."))
            continue
        key = text_of(key_cell)
        try:
            column = scenario_key(key)
        except KeyError:
            remedy = replaced_by(("scenario", *key.split("."))) or suggestion(key, known)
            problems.add(key_cell.place, _("unknown key '{key}'.").format(key=key), remedy)
            continue
        if value_cell is None:
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
