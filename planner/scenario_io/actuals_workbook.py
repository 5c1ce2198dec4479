"""The workbook of actuals to fill in: the plan's own rows, to be changed to what really happened.

Sheets and columns are called as in the workbook of a scenario: a title for people, and the name in grey below it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from planner.domain.scenario import Scenario
from planner.locale import N_, _
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS
from planner.scenario_io.tables.actuals_tables import GUIDE
from planner.spreadsheets.new_workbook import new_workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
"""Rows of each sheet, by column; a column that a row lacks stays empty."""

_FIGURES: Final = frozenset({"participants", "classes", "amount", "seats"})

_GUIDE: Final = (
    N_("What really happened until the end of {through}"),
    N_("Each sheet holds what was planned until then. Change it to what happened, add rows, and delete what did not"
       " happen. Leave the grey names of the columns as they are."),
    N_("{attended}: who started a programme in which period. closed:… is how many of them reached the standard, where"
       " it was measured; left empty, it counts as expected."),
    N_("{held}: how many classes were held."),
    N_("{paid}: what was paid, one row for each item. For a socialization, leave the programme empty and write"
       " socialization as the item; for an agreement, agreement:<fund>. A payment of 0 says that nothing more is due."),
    N_("{committed}: classes of later periods that are promised already."),
    N_("{seats}: free seats that were given."),
    N_("Then: planner replan FOLDER --actuals THIS-FILE"),
)  # fmt: skip


def actuals_workbook(scenario: Scenario, through: str, rows: Rows) -> bytes:
    """Return the workbook with `rows` on its sheets, in the language in force.

    Text is written as text whatever it looks like. Raises InputError where XlsxWriter is not installed.
    """
    file = io.BytesIO()
    with new_workbook(file, scenario.scenario.label) as book:
        grey = book.add_format({"font_color": "#808080", "italic": True})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        figures = book.add_format({"num_format": "#,##0"})
        guide = book.add_worksheet(GUIDE)
        guide.set_column(0, 0, 110)
        names = {key: sheet.name for key, sheet in ACTUALS.items()}
        for number, sentence in enumerate(_GUIDE):
            guide.write_string(number, 0, _(sentence).format(through=through, **names), wrapped if number else bold)
        for name, columns in columns_of_sheets(scenario).items():
            sheet = book.add_worksheet(names[name])
            for at, (column, (title, width)) in enumerate(columns.items()):
                sheet.set_column(at, at, width)
                sheet.write_string(0, at, title, bold)
                sheet.write_string(1, at, column, grey)
            sheet.freeze_panes(2, 0)
            for number, row in enumerate(rows.get(name, ()), start=2):
                for at, column in enumerate(columns):
                    _write(sheet, number, at, row.get(column), figures if column in _FIGURES else None)
    return file.getvalue()


def columns_of_sheets(scenario: Scenario) -> dict[str, dict[str, tuple[str, int]]]:
    """Return the title and width of each column of each sheet; closings have a column for each competency that is
    closed."""
    closes = dict.fromkeys(c for programme in scenario.programmes for c in programme.closes)
    found = {name: {c.key: (c.title, c.width) for c in sheet.columns} for name, sheet in ACTUALS.items()}
    reached = _("Reach the standard: {competency}")
    for id in closes:
        title = reached.format(competency=scenario.competency[id].label)
        found["attended"][f"closed:{id}"] = title, min(max(14, len(title)), 40)
    return found


def _write(sheet: Worksheet, row: int, at: int, value: Any, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, int | Fraction):
        sheet.write_number(row, at, float(value) if isinstance(value, Fraction) else value, look)
    else:
        sheet.write_string(row, at, str(value))
