"""The workbook of a scenario, as bytes: sheets, drop-downs, notes and number formats.

Text of the scenario is written as text whatever it looks like, so it never becomes a formula or a link.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Final

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.scenario_workbook.cell_writing import (
    FIRST_ROW,
    KEY_ROW,
    LABEL_ROW,
    LINE,
    lines_needed,
    write_head,
    write_value,
)
from planner.scenario_io.scenario_workbook.columns import Sheet
from planner.scenario_io.scenario_workbook.contents import NAME_BESIDE, Filled, contents
from planner.scenario_io.scenario_workbook.example import example_scenario
from planner.scenario_io.scenario_workbook.front_pages import write_guide, write_identity
from planner.scenario_io.scenario_workbook.importing import imported
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.looks import Looks
from planner.scenario_io.scenario_workbook.validations import add_choices

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_NAMES: Final = 20_000
"""Rows of a sheet in which a name is looked for."""

_WIDEST_PAGE: Final = 190
"""Characters across that are still legible when a sheet is scaled to the width of one page."""


def workbook_bytes(scenario: Scenario | None = None) -> bytes:
    """The workbook of `scenario`, in the language in force; without one a template with example rows.

    Raises InputError where a worksheet cannot hold the scenario, or XlsxWriter is not installed. What
    is returned was read back and gave the identical scenario.
    """
    return written_and_read(scenario or example_scenario(), example=scenario is None)[0]


def written_and_read(scenario: Scenario, *, example: bool = False) -> tuple[bytes, Scenario]:
    """The workbook of `scenario`, and the scenario that was read back from it.

    Raises InputError as `workbook_bytes` does. With `example`, the rows are marked as an example.
    """
    data = _written(scenario, example=example)
    refused = _("this scenario cannot be written so that it reads back the same.")
    try:
        read = imported(data, "").scenario
    except InputError as error:
        raise InputError(f"{refused} {error.problems[0]}") from None
    if read.sha256 != scenario.sha256:
        raise InputError(refused)
    return data, read


def _written(scenario: Scenario, *, example: bool) -> bytes:
    try:
        import xlsxwriter
    except ImportError:
        message = _("Excel workbooks need the package XlsxWriter, which is not installed.")
        raise InputError([Problem(message, _("Install it with: pip install 'planner[xlsx]'"))]) from None
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        # A fixed date: the same scenario gives the same bytes.
        book.set_properties({"title": scenario.scenario.label, "created": datetime(2027, 1, 1)})
        looks = Looks(book)
        write_guide(book, looks, example=example)
        for filled in contents(scenario):
            sheet = book.add_worksheet(filled.sheet.name)
            sheet.set_comments_author("planner")
            if filled.sheet.key == "scenario":
                write_identity(sheet, filled, looks, example=example)
            else:
                _write_sheet(sheet, filled, looks, example=example)
    return file.getvalue()


def _write_sheet(sheet: Worksheet, filled: Filled, looks: Looks, *, example: bool) -> None:
    families: dict[str, int] = {"": 0}
    for at, column in enumerate(filled.columns):
        # Columns of one selector or one mapping have a colour of their own.
        family = ".".join(column.path[:-1]) if not filled.sheet.matrix else ""
        look = looks.label(families.setdefault(family, len(families)), required=column.required)
        sheet.set_column(at, at, column.width, looks.column(column))
        write_head(sheet, at, column.title, column.key, column.note, looks, look=look)
    for row, line in enumerate(filled.rows, FIRST_ROW):
        for at, column in enumerate(filled.columns):
            if column is NAME_BESIDE:
                words = name_formula(filled.sheet, row)
                sheet.write_formula(row, at, words, looks.written(column, example=example), str(line[column.key]))
            elif column.key in line:
                write_value(sheet, row, at, line[column.key], column, looks, example=example)
        wrapped = [lines_needed(str(line[c.key]), c.width) for c in filled.columns if c.wraps and c.key in line]
        if (lines := max(wrapped, default=1)) > 1:
            sheet.set_row(row, LINE * min(lines, 20))
    add_choices(sheet, filled.columns, first=FIRST_ROW, rows=len(filled.rows))
    _set_up(sheet, filled)


def name_formula(matrix: Sheet, row: int) -> str:
    """The name of the record whose id stands in the first column; nothing for an id that is not there."""
    there = SHEET[matrix.anchor.refers]
    ids, names = (f"'{there.name}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + MOST_NAMES}" for letter in "AB")
    return f'=IFERROR(INDEX({names},MATCH($A{row + 1},{ids},0))&"","")'


def _set_up(sheet: Worksheet, filled: Filled) -> None:
    """Row heights, panes that stay in view, and the way it prints: A4, landscape, heads on every page."""
    deepest = max(lines_needed(column.title, column.width) for column in filled.columns)
    kept = 2 if len(filled.columns) > 8 or filled.sheet.matrix else 1
    sheet.set_row(LABEL_ROW, 16 * min(6, max(2, deepest)))
    sheet.freeze_panes(FIRST_ROW, kept)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(LABEL_ROW, KEY_ROW)
    if sum(column.width for column in filled.columns) <= _WIDEST_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.repeat_columns(0, kept - 1)
        sheet.set_print_scale(70)
