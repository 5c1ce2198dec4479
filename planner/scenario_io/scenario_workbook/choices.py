"""The sheet of choices between programmes: one relation in each row."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Record
from typing import Any

from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of
from planner.scenario_io.scenario_workbook.lists import joined
from planner.scenario_io.scenario_workbook.owners import tell_duplicate
from planner.scenario_io.scenario_workbook.records import tell_missing
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tables.sheet import InputCell
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Scalar
from planner.scenario_io.words import shown


def choice_rows(choices: Record[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the sheet for the block `choices` of a scenario as plain data."""
    for key in ("together", "at_most_one_of"):
        for names in choices.get(key, ()):
            yield {"relation": shown("relation", key), "programmes": joined(names)}
    for name, needed in choices.get("only_if", {}).items():
        yield {"relation": shown("relation", "only_if"), "programmes": joined([name]), "needed": needed}


def attach_choices(root: Mapping, table: SheetTable | None, problems: Problems) -> None:
    """Put the rows into the block `choices`."""
    if table is None or not table.rows:
        return
    columns = columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    choices = Mapping({}, {}, table.place)
    for row in table.rows:
        record = Mapping({}, {}, row.place)
        for at, column in columns.items():
            if (cell := row.cells.get(at)) is not None:
                record.put(column.key, node_of(cell, column, problems), cell.place)
        tell_missing(record, table, row, table.sheet.columns, problems)
        relation, names, needed = (record.entries.get(key) for key in ("relation", "programmes", "needed"))
        if not isinstance(relation, Scalar) or relation.value is UNREADABLE or not isinstance(names, Listing):
            continue
        if (relation.value == "only_if") != (needed is not None):
            problems.add(
                table.place_in(row, "needed"),
                _("this cell belongs to the relation '{relation}', and only to it.").format(
                    relation=shown("relation", "only_if")
                ),
                _("Fill it in for that relation, and clear it for another."),
            )
        elif needed is None:
            listed = choices.entries.setdefault(str(relation.value), Listing([], names.place))
            choices.keys.setdefault(str(relation.value), relation.place)
            if isinstance(listed, Listing):
                listed.items.append(names)
        else:
            _add_pairs(choices, names, needed, table.cell(row, "programmes"), problems)
    if choices.entries:
        root.put("choices", choices, table.place)


def _add_pairs(choices: Mapping, names: Listing, needed: Node, cell: InputCell | None, problems: Problems) -> None:
    """Add a line programme -> needed for each of `names`, which stand in `cell`."""
    pairs = choices.entries.get("only_if")
    if not isinstance(pairs, Mapping):
        pairs = Mapping({}, {}, names.place)
        choices.put("only_if", pairs, names.place)
    for name in names.items:
        text = str(name.value) if isinstance(name, Scalar) else ""
        if text not in pairs.keys:
            pairs.put(text, needed, name.place)
        elif cell is not None:
            tell_duplicate(cell, text, pairs.keys[text], problems)
