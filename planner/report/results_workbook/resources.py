"""The sheet of resources: places, trainers and rooms, what there is and what the plan uses in each period."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

from planner.locale import _
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.wording.formats import places_of

RESOURCE, UNIT, PERIOD, AVAILABLE, USED, LEFT, SHARE = range(7)


def write_resources(sheet: WorkbookSheet) -> None:
    """Write a row for each resource and period; left = available - used, share = used / available."""
    material = sheet.book.material
    scenario, used = material.scenario, material.resource_use.used
    columns = [
        SheetColumn(_("Resource"), 36),
        SheetColumn(_("Unit"), 16),
        SheetColumn(_("Period"), 12),
        SheetColumn(_("Available"), 14, figures=True),
        SheetColumn(_("Used"), 14, figures=True),
        SheetColumn(_("Left"), 14, figures=True),
        SheetColumn(_("Share used"), 12, figures=True),
    ]
    sheet.widths(columns)
    head = sheet.opening(_("Places, trainers and rooms by period"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, 1)
    rows = [(resource, period) for resource in scenario.resources for period in scenario.horizon]
    sheet.worksheet.autofilter(head, 0, head + len(rows), len(columns) - 1)
    figures = chain.from_iterable((r.in_period(t), used[r.id, t]) for r, t in rows)
    places = max((places_of(figure) for figure in figures), default=0)
    for at, (resource, period) in enumerate(rows, start=head + 1):
        there, taken = resource.in_period(period), used[resource.id, period]
        for column, text in enumerate((resource.label, resource.unit or "", period)):
            sheet.text(at, column, text)
        sheet.number(at, AVAILABLE, there, places=places)
        sheet.number(at, USED, taken, places=places)
        difference = f"{address(at, AVAILABLE)}-{address(at, USED)}"
        sheet.formula(at, LEFT, difference, there - taken, places=places)
        quotient = f"IF({address(at, AVAILABLE)}>0,{address(at, USED)}/{address(at, AVAILABLE)},0)"
        sheet.formula(at, SHARE, quotient, taken / there if there else Fraction(0), share=True)
    sheet.printing(landscape=True, head=head)
