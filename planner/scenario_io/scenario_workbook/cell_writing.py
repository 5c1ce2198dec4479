"""One value into one cell: numbers as numbers where the cell gives them back exactly, anything else as text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from planner.errors import InputError
from planner.locale import _
from planner.scenario_io.scenario_workbook.columns import NUMERIC, FormColumn
from planner.scenario_io.scenario_workbook.contents import Value
from planner.scenario_io.scenario_workbook.looks import Looks
from planner.scenario_io.tables.cell_text import guarded
from planner.scenario_io.tables.numbers import cell_number
from planner.units.numbers import read_share

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS: Final = 32_767
"""Characters that a cell holds."""

LABEL_ROW: Final = 0
KEY_ROW: Final = 1
FIRST_ROW: Final = 2
"""Rows, counted from 0: labels for people, keys for the program, then data."""


LINE: Final = 15.5
"""Height of a line of text [points]."""


def write_value(
    sheet: Worksheet, row: int, at: int, value: Value, column: FormColumn, looks: Looks, *, example: bool
) -> None:
    """Write `value`; text is never taken for a formula. Raises InputError for a text that no cell holds."""
    if column.kind in NUMERIC or (column.kind in ("numbers", "product") and not isinstance(value, str)):
        percent = isinstance(value, str) and value.endswith("%")
        exact = cell_number(read_share(value) if percent else Fraction(value))
        if exact is not None:
            sheet.write_number(row, at, exact, looks.number(column, value, example=example))
            return
        value = format(value, "f") if isinstance(value, Decimal) else value
    text = guarded(str(value))
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            _("a text of this scenario has {count} characters; a cell holds at most {most}.").format(
                count=len(text), most=MOST_CHARACTERS
            )
        )
    sheet.write_string(row, at, text, looks.written(column, example=example))


def write_head(sheet: Worksheet, at: int, title: str, key: str, note: str, looks: Looks, *, look: Any) -> None:
    """Write the two heads of a column, with a note to point at."""
    sheet.write_string(LABEL_ROW, at, title, look)
    sheet.write_string(KEY_ROW, at, key, looks.key)
    if note:
        text = _(note)
        sheet.write_comment(LABEL_ROW, at, text, {"x_scale": 2.2, "y_scale": 0.6 + len(text) / 110})


def lines_needed(text: str, width: int) -> int:
    """Return the lines that a text takes in a column of `width` characters."""
    return sum(max(1, -(-len(part) * 21 // (20 * width))) for part in text.split("\n"))
