"""The first two sheets, which are read from top to bottom: the guide, and the scenario's identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.locale import LANGUAGES, _, language_in_force
from planner.scenario_io.scenario_workbook.cell_writing import FIRST_ROW, LINE, lines_needed, write_head, write_value
from planner.scenario_io.scenario_workbook.contents import Filled
from planner.scenario_io.scenario_workbook.guide import guide_lines
from planner.scenario_io.scenario_workbook.layout import GUIDE
from planner.scenario_io.scenario_workbook.looks import Looks
from planner.scenario_io.scenario_workbook.people_sheets import scenario_key
from planner.scenario_io.scenario_workbook.validations import add_identity_choices
from planner.scenario_io.tables.cell_text import NOT_READ

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_MEANING, _KEY, _VALUE, _HOW = range(4)
_WIDTHS: Final = (38, 24, 60, 70)


def write_guide(book: Any, looks: Looks, *, example: bool) -> None:
    """Write the sheet that says how the others are filled in."""
    sheet = book.add_worksheet(GUIDE[LANGUAGES.index(language_in_force())])
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22, looks.text)
    sheet.set_column(1, 1, 100, looks.text)
    for row, (name, text) in enumerate(guide_lines(example=example)):
        sheet.set_row(row, LINE * max(lines_needed(name, 22), lines_needed(text, 100), 2 if row == 0 else 1) + 2)
        if row == 0:
            sheet.write_string(row, 0, name, looks.title)
            continue
        sheet.write_string(row, 0, name, looks.strong)
        sheet.write_string(row, 1, text, looks.text)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)


def write_identity(sheet: Worksheet, filled: Filled, looks: Looks, *, example: bool) -> None:
    """Write one row per figure: what it means, its key, its value, and how it is filled in."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width, looks.text)
    key, value = filled.columns
    plain = looks.label(0, required=False)
    write_head(sheet, _MEANING, _("Meaning"), NOT_READ, "", looks, look=plain)
    write_head(sheet, _KEY, key.title, key.key, key.note, looks, look=plain)
    write_head(sheet, _VALUE, value.title, value.key, value.note, looks, look=plain)
    write_head(sheet, _HOW, _("How to fill it in"), NOT_READ * 2, "", looks, look=plain)
    for row, line in enumerate(filled.rows, FIRST_ROW):
        column = scenario_key(str(line["key"]))
        note = _(column.note) if column.note else ""
        sheet.write_string(row, _MEANING, column.title, looks.strong if column.required else looks.text)
        sheet.write_string(row, _KEY, column.key, looks.key)
        sheet.write_string(row, _HOW, note, looks.text)
        if "value" in line:
            write_value(sheet, row, _VALUE, line["value"], column, looks, example=example)
        else:
            sheet.write_blank(row, _VALUE, None, looks.column(column))
        texts = {_MEANING: column.title, _VALUE: str(line.get("value", "")), _HOW: note}
        lines = max(lines_needed(text, _WIDTHS[at]) for at, text in texts.items())
        sheet.set_row(row, LINE * min(lines, 20) + 2)
    add_identity_choices(sheet, [str(line["key"]) for line in filled.rows], first=FIRST_ROW, keys_at=_KEY, at=_VALUE)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
