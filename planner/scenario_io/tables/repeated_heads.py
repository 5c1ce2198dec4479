"""Rows that say the names of the columns once more, as each page of a printed table does."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import Problem
from planner.locale import ngettext
from planner.scenario_io.problems import located
from planner.scenario_io.tables.sheet import InputRow, numbers_of


def repeats(head: InputRow, row: InputRow) -> bool:
    """Return whether a row has nothing but the names of the columns again, as at the top of a printed page."""
    names = head.values
    return len(row.values) > 1 and all(names.get(at) == value for at, value in row.values.items())


def tell_heads(again: Sequence[InputRow], notices: list[Problem]) -> None:
    """Say which rows repeat the names of the columns."""
    message = ngettext(
        "{count} row that repeats the column headings was left out: {rows}.",
        "{count} rows that repeat the column headings were left out: {rows}.",
        len(again),
    ).format(count=len(again), rows=numbers_of(again))
    notices.append(located(again[0].place, message))
