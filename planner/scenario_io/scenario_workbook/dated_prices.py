"""Of which year the prices of a workbook are: from the lists of a scenario to its sheet, and what that sheet says."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Tables
from typing import Final

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.fields import PRICE_LISTS
from planner.scenario_io.price_lists.offering import VALIDITY, Entry
from planner.scenario_io.price_lists.price_table import PriceTable
from planner.scenario_io.price_lists.validity import Validity
from planner.scenario_io.price_lists.validity_words import begins_alone, day_alone, is_open_ended
from planner.scenario_io.price_lists.withdrawals import not_withdrawn, withdrawn
from planner.scenario_io.problems import located
from planner.scenario_io.reading import LoadedScenario
from planner.scenario_io.scenario_workbook.price_codes import ListsOfBook, all_entries
from planner.scenario_io.tables.sheet import number_of
from planner.scenario_io.tree import Mapping, Scalar

_SHOWN: Final = 5
"""Most rows that a message names."""


def dated_prices(loaded: LoadedScenario) -> list[Entry]:
    """Return the prices that a scenario takes from its lists, with what these say of their time; the scenario itself
    does not keep it."""
    named = loaded.tree.entries.get(PRICE_LISTS)
    nodes = named.entries if isinstance(named, Mapping) else {}
    tables = {name: node.value for name, node in nodes.items() if isinstance(node, Scalar)}
    return list(_dated(all_entries((), loaded.scenario.to_plain()["programmes"]), tables))


def _dated(entries: list[Entry], tables: Tables[str, object]) -> Iterator[Entry]:
    for entry in entries:
        table = tables.get(entry["from"])
        rows = table.rows_of(entry["code"]) if isinstance(table, PriceTable) else []
        said = table.validity_of(rows[0]) if isinstance(table, PriceTable) and rows else Validity()
        yield {**entry, VALIDITY: said.short} if said else entry


def tell_undated(codes: ListsOfBook, notices: list[Problem]) -> None:
    """Name the cells of the sheet under 'validity' that say neither a year nor a last day, and are not read."""
    for table in codes.tables.values():
        at = next((at for at, head in table.heads.items() if head.casefold() == VALIDITY), None)
        if at is None:
            continue
        unread = [
            row for listed in table.rows.values() for row in listed if _says_nothing(row.said().get(at, "").strip())
        ]
        days = [row for row in unread if day_alone(row.said()[at]) is not None]
        begun = [row for row in unread if row not in days and begins_alone(row.said()[at])]
        others = [row for row in unread if row not in days and row not in begun]
        for rows, message in (
            (others, _("what stands under '{column}' names neither a year nor a last day, and is not read: {rows}.")),
            (
                begun,
                _("what stands under '{column}' says since when prices hold, not until when, and is not read: {rows}."),
            ),
            (days, _("what stands under '{column}' may be the first day or the last, and is not read: {rows}.")),
        ):
            if rows:
                more = ", …" if len(rows) > _SHOWN else ""
                said = ", ".join(f"{number_of(row)} ({row.said()[at]})" for row in rows[:_SHOWN]) + more
                remedy = _("Write for example 2027, or s.d. 31-12-2027.")
                place = table.place(rows[0], "code")
                notices.append(located(place, message.format(column=VALIDITY, rows=said), remedy))


def _says_nothing(text: str) -> bool:
    """Return whether a cell is filled in and names no time; prices that hold until something happens name one, and
    those that hold no longer are told where they are taken."""
    open_ended = is_open_ended(f"berlaku {text}") or not_withdrawn(text) or withdrawn(text)
    return bool(text) and not Validity.of_row({VALIDITY: text}) and not open_ended
