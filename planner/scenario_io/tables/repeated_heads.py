"""Rows that say the names of the columns once more, as each page of a printed table does, or those of another table."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import Problem
from planner.locale import ngettext
from planner.scenario_io.problems import located
from planner.scenario_io.tables.notes import is_figure
from planner.scenario_io.tables.sheet import InputRow, numbers_of


def repeats(head: InputRow, row: InputRow) -> bool:
    """Return whether a row has nothing but the names of the columns again, as at the top of a printed page."""
    names = head.values
    return len(row.values) > 1 and all(names.get(at) == value for at, value in row.values.items())


def begins_another(head: InputRow, rows: Sequence[InputRow], at: int) -> int | None:
    """Return where another table begins whose names stand in row `at`: there, or at its title right above; None where
    the row is none of names.

    Behind a blank row, they are texts where all rows above have figures, and rows follow.
    """
    row, first = rows[at], at
    if at > 0 and len(rows[at - 1].values) == 1 and rows[at - 1].number == row.number - 1:
        first = at - 1
    before = rows[first - 1] if first > 0 else head
    if first == 0 or rows[first].number - before.number < 2 or at + 1 == len(rows) or len(row.values) < 2:
        return None
    if any(is_figure(value) for value in row.values.values()):
        return None
    found = [[each.values[column] for each in rows[:first] if column in each.values] for column in row.values]
    figures = any(above and all(map(is_figure, above)) for above in found)
    return first if figures else None


def tell_heads(again: Sequence[InputRow], notices: list[Problem]) -> None:
    """Say which rows repeat the names of the columns."""
    message = ngettext(
        "{count} row that repeats the column headings was left out: {rows}.",
        "{count} rows that repeat the column headings were left out: {rows}.",
        len(again),
    ).format(count=len(again), rows=numbers_of(again))
    notices.append(located(again[0].place, message))
