"""Drop-downs and the limits of what may be typed into a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from planner.domain.identity import DOCUMENT_KEYS
from planner.locale import _
from planner.scenario_io.scenario_workbook.columns import FormColumn
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.people_sheets import SCENARIO_KEYS, scenario_key
from planner.scenario_io.words import choices
from planner.units.numbers import MAX_COUNT, MAX_RUPIAH

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROOM: Final = 1_000
"""Blank rows below the data that have drop-downs too."""

_LIST_NAMES: Final = 2_000
"""Rows of another sheet that a drop-down offers."""


def add_choices(
    sheet: Worksheet, columns: Sequence[FormColumn], *, first: int, rows: int, lengths: Mapping[str, int]
) -> None:
    """Validate each column from its first data row to well below the last; `lengths` are the rows of each sheet."""
    for at, column in enumerate(columns):
        if (rule := _rule(column, first, lengths)) is not None:
            sheet.data_validation(first, at, first + rows + ROOM, at, rule)


def add_identity_choices(sheet: Worksheet, keys: Sequence[str], *, first: int, keys_at: int, at: int) -> None:
    """Validate each value on the sheet of the identity, where keys stand in one column and each value has a rule of its
    own."""
    offered = [
        column.key for column in SCENARIO_KEYS if column.key not in DOCUMENT_KEYS
    ]  # Excel takes 255 characters of a list
    sheet.data_validation(first, keys_at, first + len(keys) + 100, keys_at, _one_of(offered, "warning"))
    for row, key in enumerate(keys, first):
        if (rule := _rule(scenario_key(key), first, {})) is not None:
            sheet.data_validation(row, at, row, at, rule)


def _rule(column: FormColumn, first: int, lengths: Mapping[str, int]) -> dict[str, Any] | None:
    if column.kind == "choice":
        return _one_of(choices(column.words), "stop")
    if column.refers and column.kind == "name":
        if column.refers not in lengths:
            return None
        name, last = SHEET[column.refers].name, first + max(_LIST_NAMES, lengths[column.refers])
        source = f"='{name}'!$A${first + 1}:$A${last}"
        return _one_of(source, "warning")
    match column.kind:
        case "count":
            return _between("integer", 0, MAX_COUNT - 1, _("Type a whole number."), "stop")
        case "number":
            return _between("decimal", 0, MAX_RUPIAH, _("Type a number of at least 0."), "stop")
        case "share":
            return _between("decimal", 0, 1, _("Type a share between 0% and 100%, such as 70%."), "stop")
        case "amount":
            return _between("decimal", 0, MAX_RUPIAH - 1, _("Type whole rupiah, without dots."), "warning")
    return None


def _one_of(source: str | list[str], strictness: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": strictness,
        "error_title": "planner",
        "error_message": _("Choose one of the list."),
    }


def _between(what: str, least: int, most: int, message: str, strictness: str) -> dict[str, Any]:
    return {
        "validate": what,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_type": strictness,
        "error_title": "planner",
        "error_message": message,
    }
