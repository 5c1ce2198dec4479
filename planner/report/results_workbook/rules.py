"""The sheet of rules: bounds, values in the plan, and by how much a goal is missed."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.rules import Rule
from planner.locale import _
from planner.plans.plan_rows import RuleResult
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.views.duties import bought, duties_met
from planner.report.views.rules_table import missed_by
from planner.report.wording import labels
from planner.report.wording.formats import places_of

RULE, SORT, MEASURED, AT_LEAST, AT_MOST, IN_PLAN, MISSED, UNIT, VERDICT = range(9)


def write_rules(sheet: WorkbookSheet) -> None:
    """Write the sheet: the planner's rules, then the duties set by law with their sources."""
    material = sheet.book.material
    columns = [
        SheetColumn(_("Rule"), 44),
        SheetColumn(_("Rule or goal"), 10),
        SheetColumn(_("What is measured"), 46),
        SheetColumn(_("At least"), 18, figures=True),
        SheetColumn(_("At most"), 18, figures=True),
        SheetColumn(_("In the plan"), 18, figures=True),
        SheetColumn(_("Missed by"), 14, figures=True),
        SheetColumn(_("Unit"), 14),
        SheetColumn(_("Verdict"), 16),
    ]
    sheet.widths(columns)
    head = sheet.opening(_("Rules of this scenario"))
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, 1)
    by_name = {rule.name: rule for rule in material.scenario.rules}
    row = head
    for row, result in enumerate(material.plan.rules, start=head + 1):
        _row(sheet, row, by_name[result.rule], result)
    if material.plan.rules:
        sheet.worksheet.autofilter(head, 0, row, VERDICT)
    else:
        row += 1
        sheet.free(row, 0, _("The scenario sets no rules of its own."))
    for sentence in bought(material):
        row += 1
        sheet.free(row + 1, 0, sentence)
    _duties(sheet, row + 2)
    sheet.printing(landscape=True, head=head)


def _row(sheet: WorkbookSheet, row: int, rule: Rule, result: RuleResult) -> None:
    name = labels.unit_of_rule(sheet.book.material.scenario, rule, result.of)
    sheet.text(row, RULE, f"{result.rule}: {name}" if name else result.rule)
    sheet.text(row, SORT, _("rule") if rule.hard else _("goal"))
    sheet.text(row, MEASURED, labels.measured(sheet.book.material.scenario, rule))
    missed: list[str] = []
    for column, bound in ((AT_LEAST, result.at_least), (AT_MOST, result.at_most)):
        if bound is None:
            sheet.text(row, column, "")
            continue
        _value(sheet, row, column, bound)
        ends = (column, IN_PLAN) if column == AT_LEAST else (IN_PLAN, column)
        missed.append("-".join(address(row, end) for end in ends))
    _value(sheet, row, IN_PLAN, result.measure)
    value = missed_by(result)
    words = f"ROUND(MAX(0,{','.join(missed)}),6)" if missed else "0"
    sheet.formula(row, MISSED, words, value, places=places_of(value, 2))
    sheet.text(row, UNIT, unit(rule))
    sheet.text(row, VERDICT, _("✓ Holds") if result.held else _("✗ Missed"), "plain" if result.held else "strong")


def _value(sheet: WorkbookSheet, row: int, column: int, value: Fraction) -> None:
    sheet.number(row, column, value, places=places_of(value, 2))


def unit(rule: Rule) -> str:
    """Return the unit of what a rule measures."""
    return {
        "cost": _("rupiah"),
        "participants": _("participants"),
        "hours": _("JP"),
        "classes": _("classes"),
        "gaps_closed": _("gaps"),
    }[rule.measure]


def _duties(sheet: WorkbookSheet, row: int) -> None:
    """Write the legal duties, met or not, and their sources."""
    found = duties_met(sheet.book.material)
    if not found:
        return
    identity = sheet.book.material.scenario.scenario
    floors = dict.fromkeys(floor.citation for floor in sheet.book.material.scenario.floors.values())
    sheet.free(row, 0, _("Duties set by law"), "section")
    for at, (title, verdict) in enumerate(found, start=row + 1):
        sheet.text(at, RULE, title)
        sheet.text(at, SORT, verdict)
    sources = [source for source in (*floors, identity.citations.hours_target) if source]
    for at, source in enumerate(sources, start=row + len(found) + 2):
        sheet.free(at, 0, _("Source: {citation}").format(citation=source))
