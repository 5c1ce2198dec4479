"""Rows of the sheet of uses, put into the programmes they belong to."""

from __future__ import annotations

from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.owners import Owners, tell_duplicate
from planner.scenario_io.scenario_workbook.records import tell_missing
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tree import UNREADABLE, Mapping, Scalar


def attach_uses(root: Mapping, table: SheetTable | None, problems: Problems) -> None:
    """Put each use into its programme, by the resource it names."""
    if table is None:
        return
    columns = columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    own = {at: column for at, column in columns.items() if column.key not in ("programme", "resource")}
    owners = Owners(root, "programmes", problems)
    for row in table.rows:
        owner = owners.of(table, row)
        use = Mapping({}, {}, row.place)
        for at, column in own.items():
            if (cell := row.cells.get(at)) is not None:
                use.put(column.key, node_of(cell, column, problems), cell.place)
        resource = table.cell(row, "resource")
        if resource is not None:
            use.put("resource", Scalar(text_of(resource), resource.place), resource.place)
        tell_missing(use, table, row, table.sheet.columns[1:], problems)
        named = use.entries.pop("resource")
        use.keys.pop("resource")
        if owner is None or resource is None or not isinstance(named, Scalar) or resource.value is UNREADABLE:
            continue
        use.place = resource.place
        uses = owner[1].entries.setdefault("uses", Mapping({}, {}, row.place))
        owner[1].keys.setdefault("uses", row.place)
        name = text_of(resource)
        if isinstance(uses, Mapping):
            if name in uses.keys:
                tell_duplicate(resource, name, uses.keys[name], problems)
            else:
                uses.put(name, use, resource.place)
