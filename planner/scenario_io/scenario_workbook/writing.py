"""The workbook of a scenario, as bytes: sheets, drop-downs, notes and number formats.

Text of the scenario is written as text whatever it looks like, so it never becomes a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter

from planner.domain.scenario import Scenario
from planner.errors import InputError
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
from planner.scenario_io.scenario_workbook.price_codes import LOOKED_UP, PRICE_CODE, PRICE_LISTS, Entry
from planner.scenario_io.scenario_workbook.programme_sheets import ACTIVITIES
from planner.scenario_io.scenario_workbook.validations import add_choices
from planner.spreadsheets.new_workbook import new_workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_NAMES: Final = 20_000
"""Rows of a sheet in which a name is looked for."""

_LOOKED_UP_ROWS: Final = 200
"""Blank rows below the data in which the code of a price is looked up."""

_WIDEST_PAGE: Final = 190
"""Characters across that are still legible when a sheet is scaled to the width of one page."""


def workbook_bytes(
    scenario: Scenario | None = None, offered: Sequence[Entry] = (), activities: Sequence[Entry] = ()
) -> bytes:
    """Return the workbook of `scenario`, in the language in force; without one a template with example rows.

    `offered` are entries of price lists, whose codes the cost lines can be given; `activities` programmes can name.

    Raises InputError where a worksheet cannot hold the scenario, or XlsxWriter is not installed. What
    is returned was read back and gave the identical scenario.
    """
    return written_and_read(scenario or example_scenario(), offered, activities, example=scenario is None)[0]


def template_bytes() -> bytes:
    """Return the template with its example rows, in the language in force, as it is written."""
    return _written(example_scenario(), (), (), example=True)


def written_and_read(
    scenario: Scenario, offered: Sequence[Entry] = (), activities: Sequence[Entry] = (), *, example: bool = False
) -> tuple[bytes, Scenario]:
    """Return the workbook of `scenario`, and the scenario that was read back from it.

    Raises InputError as `workbook_bytes` does. With `example`, the rows are marked as an example.
    """
    data = _written(scenario, offered, activities, example=example)
    refused = _("this scenario cannot be written so that it reads back the same.")
    try:
        read = imported(data, "").scenario
    except InputError as error:
        raise InputError(f"{refused} {error.problems[0]}") from None
    if read.sha256 != scenario.sha256:
        raise InputError(refused)
    return data, read


def _written(scenario: Scenario, offered: Sequence[Entry], activities: Sequence[Entry], *, example: bool) -> bytes:
    file = io.BytesIO()
    with new_workbook(file, scenario.scenario.label) as book:
        from planner.spreadsheets.plain_worksheet import PlainWorksheet  # loads XlsxWriter, which need not be installed

        looks = Looks(book)
        write_guide(book, looks, example=example)
        sheets = contents(scenario, offered, activities)
        lengths = {filled.sheet.key: len(filled.rows) for filled in sheets}
        for filled in sheets:
            sheet = book.add_worksheet(filled.sheet.name, PlainWorksheet)
            sheet.set_comments_author("planner")
            if filled.sheet.key == "scenario":
                write_identity(sheet, filled, looks, example=example)
            else:
                _write_sheet(
                    sheet, filled, looks, lengths, example=example and filled.sheet not in (PRICE_LISTS, ACTIVITIES)
                )
                if filled.columns[-1] is LOOKED_UP[-1]:
                    _look_up(sheet, filled, sheets, looks)
    return file.getvalue()


def _write_sheet(sheet: Worksheet, filled: Filled, looks: Looks, lengths: Mapping[str, int], *, example: bool) -> None:
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
    add_choices(sheet, filled.columns, first=FIRST_ROW, rows=len(filled.rows), lengths=lengths)
    _set_up(sheet, filled)


def _look_up(sheet: Worksheet, filled: Filled, sheets: Sequence[Filled], looks: Looks) -> None:
    """Write formulas beside the code of a price that show what the list says of it; also in the blank rows below."""
    listed = next(each for each in sheets if each.sheet is PRICE_LISTS)
    entries = {str(row["code"]): row for row in reversed(listed.rows)}
    code_at = next(at for at, column in enumerate(filled.columns) if column.key == PRICE_CODE)
    last = FIRST_ROW + len(listed.rows)
    codes = f"'{listed.sheet.name}'!$A${FIRST_ROW + 1}:$A${last}"
    for at, column in enumerate(filled.columns):
        if column not in LOOKED_UP:
            continue
        key = column.key.removeprefix("#")
        there = get_column_letter(1 + next(n for n, other in enumerate(listed.columns) if other.key == key))
        values = f"'{listed.sheet.name}'!${there}${FIRST_ROW + 1}:${there}${last}"
        look = looks.written(column, example=False) if column.kind == "name" else looks.column(column)
        for row in range(FIRST_ROW, FIRST_ROW + len(filled.rows) + _LOOKED_UP_ROWS):
            line = filled.rows[row - FIRST_ROW] if row - FIRST_ROW < len(filled.rows) else {}
            shown = entries.get(str(line.get(PRICE_CODE)), {}).get(key, "")
            code = f"${get_column_letter(1 + code_at)}{row + 1}"
            sheet.write_formula(
                row, at, f'=IF({code}="","",IFERROR(INDEX({values},MATCH({code},{codes},0)),""))', look, shown
            )


def name_formula(matrix: Sheet, row: int) -> str:
    """Return the name of the record whose id stands in the first column; nothing for an id that is not there."""
    there = SHEET[matrix.anchor.refers]
    ids, names = (f"'{there.name}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + MOST_NAMES}" for letter in "AB")
    return f'=IFERROR(INDEX({names},MATCH($A{row + 1},{ids},0))&"","")'


def _set_up(sheet: Worksheet, filled: Filled) -> None:
    """Set row heights, panes that stay in view, and the way a sheet prints: A4, landscape, heads on every page."""
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
