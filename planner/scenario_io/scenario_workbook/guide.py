"""The first sheet: how the workbook is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from planner.locale import _
from planner.scenario_io.scenario_workbook.layout import SHEETS


def guide_lines(*, example: bool) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of each line; `example` for a template that holds example rows."""
    yield _("Scenario for planner"), ""
    yield "", ""
    yield (
        _("What to do"),
        _(
            "Fill in the sheets from left to right, save the workbook as XLSX, then run: planner check FILE.xlsx, and"
            " planner plan FILE.xlsx"
        ),
    )
    if example:
        yield (
            _("Example rows"),
            _(
                "Rows in blue italics are an example. They are passed over when the workbook is imported; a row that"
                " you change needs an id of its own. The periods TW1 to TW4 are read."
            ),
        )
    yield (
        _("Two rows of heads"),
        _(
            "The first row is for you: point at it for an explanation; underlined columns must be filled in. The second"
            " row, in grey, is for the program: do not change it. Columns may be moved, and those you do not need may"
            " be deleted."
        ),
    )
    yield _("Blank cells"), _("A blank cell is not filled in: the value named in the note of the column holds.")
    yield (
        _("Lists"),
        _(
            "Several values in one cell are separated by semicolons: BPKAD; Inspektorat. A value that holds a semicolon"
            ' stands in double quotes: "a; b".'
        ),
    )
    yield (
        _("Columns that select"),
        _(
            "Columns such as for.agency or pays.items.account select part of the scenario. All of them that are filled"
            " in must match; of several values one is enough; all blank selects everything. A star (*)"
            " selects everything, too."
        ),
    )
    yield (
        _("Money and shares"),
        _(
            "Money in whole rupiah: 2500000, or as text '2,5 juta' or 'Rp50.000,-'. Shares as 70% or 0.7. No guess is"
            " ever made."
        ),
    )
    yield (
        _("Your own notes"),
        _(
            "Columns whose grey head begins with #, rows whose first cell does, and sheets whose name does are not"
            " read; use them for notes and sums."
        ),
    )
    yield _("Formulas"), _("A formula counts with its stored result. Do not merge cells.")
    yield "", ""
    yield _("Sheet"), _("What it holds")
    for sheet in SHEETS:
        yield sheet.name, _(sheet.note)
