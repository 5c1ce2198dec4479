"""Rows of the sheet of cost lines, put into the programmes they belong to, with the prices that they name."""

from __future__ import annotations

from typing import Final

from planner.errors import Problem
from planner.scenario_io.fields import PRICE_LISTS as FILE_KEY
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.cells import node_of
from planner.scenario_io.scenario_workbook.owners import Owners
from planner.scenario_io.scenario_workbook.price_codes import CEILING_CODE, PRICE_CODE, ListsOfBook
from planner.scenario_io.scenario_workbook.prices import PriceLists
from planner.scenario_io.scenario_workbook.records import tell_missing
from planner.scenario_io.scenario_workbook.sheet_tables import SheetTable, columns_of
from planner.scenario_io.tree import Listing, Mapping

_OTHERWISE: Final = ("programme", "price_list", PRICE_CODE, CEILING_CODE)
"""Columns of a cost line that do not simply fill one of its keys."""


def attach_costs(
    root: Mapping,
    table: SheetTable | None,
    prices: SheetTable | None,
    codes: ListsOfBook,
    problems: Problems,
    notices: list[Problem],
) -> None:
    """Put each cost line into its programme, with the prices it names; say which lists no line names."""
    lists = PriceLists(prices, codes, problems)
    lists.check_values(root)
    if codes.tables:
        root.put(FILE_KEY, codes.node(root.place), root.place)
    if table is None:
        return
    columns = columns_of(table, {column.key: column for column in table.sheet.columns}, problems)
    own = {at: column for at, column in columns.items() if column.key not in _OTHERWISE}
    owners = Owners(root, "programmes", problems)
    for row in table.rows:
        owner = owners.of(table, row)
        line = Mapping({}, {}, row.place)
        for at, column in own.items():
            if (cell := row.cells.get(at)) is not None:
                line.put(column.key, node_of(cell, column, problems), cell.place)
        tell_missing(line, table, row, table.sheet.columns[1:], problems)
        line.place = line.entries["item"].place
        lists.looked_up(line, table, row)
        lists.price(line, table, row)
        lists.ceiling(line, table, row)
        if owner is not None:
            lines = owner[1].entries.setdefault("costs", Listing([], row.place))
            owner[1].keys.setdefault("costs", row.place)
            if isinstance(lines, Listing):
                lines.items.append(line)
    lists.tell_unused(notices)
