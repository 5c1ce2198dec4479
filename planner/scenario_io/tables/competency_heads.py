"""Heads of columns that are probably of a competency, and how such a column is called."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from planner.locale import _
from planner.scenario_io.fields import Expected
from planner.scenario_io.tables.numbers import number_of
from planner.scenario_io.tables.sheet import InputTable
from planner.scenario_io.tree import ScalarValue
from planner.units.sum_words import BEGINS_SUM

_MARKS: Final = {"gaps": "gap:", "closes": "closes.", "closed": "closed:"}
"""How a column by competency begins, by the attribute that it fills."""
_SUM: Final = re.compile(BEGINS_SUM, re.IGNORECASE)
_OF_GAPS: Final = re.compile(r"^(?:kesenjangan|gap)[\s:_-]+(?=\S)", re.IGNORECASE)


def by_competency(table: InputTable, at: int, record: Expected) -> str:
    """Return how a column of figures is called that are of one competency; empty where it cannot be such a column."""
    head = str(table.columns[at].value)
    mark = next((mark for key, mark in _MARKS.items() if key in record.known_keys()), None)
    values = [row.values[at] for row in table.rows if at in row.values]
    if mark is None or not values or _SUM.match(head) or not all(_is_figure(value, table) for value in values):
        return ""
    return _("If its figures are of a competency, call it '{name}'.").format(name=mark + _OF_GAPS.sub("", head)) + " "


def _is_figure(value: ScalarValue, table: InputTable) -> bool:
    number = number_of(value, commas=table.decimal_comma) if isinstance(value, str) else value
    if isinstance(number, str):
        return number.endswith("%")
    return isinstance(number, int | Decimal) and not isinstance(number, bool)
