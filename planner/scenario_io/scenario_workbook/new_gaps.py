"""The sheet of new gaps: each row is people of one group who fall below the standard in one year."""

from __future__ import annotations

from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of, text_of
from planner.scenario_io.scenario_workbook.owners import Owners, tell_blank, tell_duplicate
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tree import UNREADABLE, Mapping


def attach_new_gaps(root: Mapping, table: SheetTable | None, problems: Problems) -> None:
    """Put the new gaps into their groups, by year and competency."""
    if table is None:
        return
    columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    owners = Owners(root, "groups", problems)
    _group, year_column, competency_column, people_column = table.sheet.columns
    for row in table.rows:
        owner = owners.of(table, row)
        cells = [table.cell(row, column.key) for column in table.sheet.columns[1:]]
        for cell, column in zip(cells, table.sheet.columns[1:], strict=True):
            if cell is None:
                tell_blank(table, row, column.key, problems)
        year, competency, people = cells
        if owner is None or year is None or competency is None or people is None:
            continue
        named = (node_of(year, year_column, problems), node_of(competency, competency_column, problems))
        if any(getattr(node, "value", UNREADABLE) is UNREADABLE for node in named):
            continue
        by_year = owner[1].entries.setdefault("new_gaps", Mapping({}, {}, year.place))
        owner[1].keys.setdefault("new_gaps", year.place)
        if not isinstance(by_year, Mapping):
            continue
        gaps = by_year.entries.setdefault(text_of(year), Mapping({}, {}, year.place))
        by_year.keys.setdefault(text_of(year), year.place)
        name = text_of(competency)
        if isinstance(gaps, Mapping) and name in gaps.keys:
            tell_duplicate(competency, name, gaps.keys[name], problems)
        elif isinstance(gaps, Mapping):
            gaps.put(name, node_of(people, people_column, problems), competency.place)
