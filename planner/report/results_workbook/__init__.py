"""A checked plan as an Excel workbook: tables to read and print, with totals that the spreadsheet recalculates.

XlsxWriter (the extra `xlsx`) is imported only when a workbook is made.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from planner.locale import _, speaking
from planner.spreadsheets.new_workbook import new_workbook

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan
    from planner.report.material import Material
    from planner.report.results_workbook.book import Book

__all__ = ["workbook_bytes", "workbook_of"]


def workbook_bytes(
    scenario: Scenario, plan: Plan, language: str | None = None, *, year: str = "", before: Plan | None = None
) -> bytes:
    """Return the workbook of a checked plan; the same plan gives the same bytes.

    The sheet of the RKA is that of `year`, else of the first year of the plan. `before` is the first plan, of a plan of
    what was left of it.
    """
    from planner.report.material import material_of

    return workbook_of(material_of(scenario, plan, before=before, language=language, year=year))


def workbook_of(material: Material) -> bytes:
    """Return the workbook of a plan from the material of its documents."""
    from planner.report.results_workbook.book import Book

    scenario, plan = material.scenario, material.plan
    stream = io.BytesIO()
    identity = scenario.scenario
    with speaking(material.formats.language):
        told = _("Scenario {id}, SHA-256 {sha256}").format(id=scenario.id, sha256=plan.scenario_sha256)
        with new_workbook(
            stream,
            identity.label,
            created=datetime(identity.fiscal_year or 2000, 1, 1),
            company=identity.agency or "",
            comments=told,
            author="planner",
        ) as workbook:
            _write_sheets(Book(workbook, material))
    return stream.getvalue()


def _write_sheets(book: Book) -> None:
    """Write the sheets, budget lines first, because the summary refers to all others."""
    from planner.domain.periods import has_days
    from planner.report.results_workbook import (
        activity_forms,
        actuals,
        attendance,
        class_days,
        funding,
        gaps,
        rab,
        resources,
        rka,
        rules,
        scenario_sheet,
        sipd,
        summary,
        training,
        unit_prices,
        years,
    )
    from planner.report.views import rka_form

    names = (
        *(_("Summary"), _("Allocation"), _("Classes"), _("Attendance"), _("Budget lines"), _("RKA"), _("Unit prices")),
        *(_("Funding"), _("Gaps"), _("Rules")),
    )
    sheets = [book.sheet(name) for name in names]
    sheets.append(book.sheet("SIPD"))
    if book.material.plan.years:
        sheets.append(book.sheet(_("By year")))
        years.write_years(sheets[-1])
    if has_days(book.material.scenario):
        sheets.append(book.sheet(_("Calendar")))
        class_days.write_class_days(sheets[-1])
    capacity = [book.sheet(_("Resources"))] if book.material.scenario.resources else []
    inputs = book.sheet(_("Scenario"))
    first, allocation, classes, attending, lines, form, prices, funds, needs, conditions = sheets[:10]
    paid = book.material.budget_lines
    forms = [(book.sheet(f"RKA {each.code}"), each) for each in rka_form.forms(book.material)]
    price_cells = unit_prices.price_cells(prices, paid)
    budget = rab.write_budget(lines, paid, price_cells)
    unit_prices.write_unit_prices(price_cells, budget.units)
    sources = summary.Sources(
        budget=budget,
        prices=price_cells,
        funding=funding.write_funding(funds, budget),
        training=training.write_allocations(allocation),
        classes=training.write_classes(classes),
        gaps=gaps.write_gaps(needs),
    )
    attendance.write_attendance(attending)
    rka.write_rka(form, budget)
    sipd.write_sipd(sheets[10], budget)
    for sheet, each in forms:
        activity_forms.write_form(sheet, each, budget)
    rules.write_rules(conditions)
    for sheet in capacity:
        resources.write_resources(sheet)
    scenario_sheet.write_scenario(inputs)
    if book.material.scenario.facts:
        sheets.append(book.sheet(_("What has happened")))
        actuals.write_actuals(sheets[-1])
    summary.write_summary(first, sources)
    first.worksheet.activate()
    for sheet in (*sheets, *capacity, inputs, *(sheet for sheet, _form in forms)):
        sheet.finish()
