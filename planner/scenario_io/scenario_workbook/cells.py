"""Cells as values of a scenario: each kind of column says what its cells mean, and what they may not hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from planner.domain.checks.did_you_mean import did_you_mean
from planner.locale import _
from planner.scenario_io.problems import Problems
from planner.scenario_io.scenario_workbook.columns import NUMERIC, FormColumn
from planner.scenario_io.scenario_workbook.lists import separated
from planner.scenario_io.tables.numbers import (
    disguised,
    long_number,
    looks_like_figures,
    number_of,
    percentage,
    shown_otherwise,
    stored_as_text,
)
from planner.scenario_io.tables.sheet import InputCell
from planner.scenario_io.tree import UNREADABLE, Listing, Node, Scalar
from planner.scenario_io.words import choices, understood

_TEXTS: Final = ("name", "names", "text")


def node_of(cell: InputCell, column: FormColumn, problems: Problems) -> Node:
    """Return the value of a cell under `column`; report what cannot be read, and mark it as unreadable."""
    if isinstance(cell.value, bool) and column.kind == "flag":
        return Scalar(cell.value, cell.place)
    if isinstance(cell.value, bool):
        problems.add(cell.place, _("this cell holds TRUE or FALSE."), _("Type a text or a number."))
        return Scalar(UNREADABLE, cell.place)
    if cell.value is UNREADABLE:
        return Scalar(UNREADABLE, cell.place)
    if column.kind in _TEXTS and (fault := disguised(cell)) is not None:
        problems.add(cell.place, *fault)
        return Scalar(UNREADABLE, cell.place)
    if column.kind == "names":
        return _listing(cell, column, problems)
    if column.kind == "numbers" and isinstance(cell.value, str):
        parts = [part.strip() for part in cell.value.split(";") if part.strip()]
        numbers: list[Node] = [Scalar(number_of(part, commas=True), cell.place) for part in parts]
        return Listing(numbers, cell.place) if ";" in cell.value else numbers[0]
    if column.kind in ("choice", "flag"):
        return _choice(cell, column, problems)
    if column.kind == "product" and isinstance(cell.value, str) and not looks_like_figures(cell.value):
        return Scalar(cell.value, cell.place)
    if column.kind in NUMERIC or column.kind in ("numbers", "product"):
        return _number(cell, column, problems)
    return Scalar(text_of(cell), cell.place)


def text_of(cell: InputCell) -> str:
    """Return a cell as text: a code or an id may have been typed as a number."""
    return format(cell.value, "f") if isinstance(cell.value, Decimal) else str(cell.value)


def _number(cell: InputCell, column: FormColumn, problems: Problems) -> Scalar:
    value = cell.value
    if isinstance(value, str) and column.kind != "amount":
        if column.kind != "count" and (long := long_number(value)) is not None:
            return Scalar(long, cell.place)
        if column.kind != "bound" and looks_like_figures(value):
            problems.add(cell.place, *stored_as_text(value))
            return Scalar(UNREADABLE, cell.place)
    if (fault := shown_otherwise(cell, "hours" if column.key.endswith("hours") else column.kind)) is not None:
        problems.add(cell.place, *fault)
        return Scalar(UNREADABLE, cell.place)
    beyond = column.kind == "share" and isinstance(value, int | Decimal) and value > 1  # told as shown: 6100%, not 61
    if cell.percent and (column.kind == "bound" or beyond) and isinstance(value, int | Decimal):
        return Scalar(percentage(value), cell.place)
    return Scalar(value, cell.place)


def _listing(cell: InputCell, column: FormColumn, problems: Problems) -> Node:
    try:
        values = separated(text_of(cell))
    except ValueError:
        problems.add(
            cell.place,
            _("a double quote in this list is not closed, or stands in the middle of a value."),
            _('Write for example: first; "second; with a semicolon"'),
        )
        return Scalar(UNREADABLE, cell.place)
    if column.words:
        values = [understood(column.words, value) or value for value in values]
    return Listing([Scalar(value, cell.place) for value in values], cell.place)


def _choice(cell: InputCell, column: FormColumn, problems: Problems) -> Scalar:
    text = text_of(cell)
    key = understood(column.words, text)
    if key is None:
        known = choices(column.words)
        shown = text if len(text) <= 60 else text[:57] + "…"
        problems.add(
            cell.place,
            _("{value} is not one of: {names}.").format(
                value=f"'{shown}'", names=", ".join(f"'{name}'" for name in known)
            ),
            did_you_mean(text, known),
        )
        return Scalar(UNREADABLE, cell.place)
    return Scalar(key == "true" if column.kind == "flag" else key, cell.place)
