"""Rows of the sheets of what has happened, from a scenario and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.locale import N_
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS, CLOSED_NOTE
from planner.scenario_io.scenario_workbook.columns import FormColumn
from planner.scenario_io.scenario_workbook.records import records
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable
from planner.scenario_io.tree import Mapping as Tree
from planner.scenario_io.tree import Node


def actual_rows(plain: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each sheet for the block `actuals` of a scenario as plain data."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, sheet in ACTUALS.items():
        found[sheet.key] = [
            {key: value for key, value in row.items() if key != "closed"}
            | {f"closed.{c}": number for c, number in row.get("closed", {}).items()}
            for row in plain.get(name, ())
        ]
    return found


def closed_columns(plain: Mapping[str, Any]) -> Iterator[FormColumn]:
    """Yield one column for each competency of which closings were measured."""
    named = (c for row in plain.get("attended", ()) for c in row.get("closed", {}))
    for competency in dict.fromkeys(named):
        yield FormColumn(f"closed.{competency}", "number", (N_("Closed"),), CLOSED_NOTE, free=competency, width=12)


def attach_actuals(root: Tree, tables: Mapping[str, SheetTable], through: Node | None, problems: Problems) -> None:
    """Put the rows of the sheets, and the last period that is over, into the block `actuals`."""
    there = {name: tables[sheet.key] for name, sheet in ACTUALS.items() if sheet.key in tables}
    if through is None and not there:
        return
    place = through.place if through is not None else next(iter(there.values())).place
    actuals = Tree({}, {}, place)
    if through is not None:
        actuals.put("through", through, through.place)
    for name, table in there.items():
        actuals.put(name, records(table, problems), table.place)
    root.put("actuals", actuals, place)
