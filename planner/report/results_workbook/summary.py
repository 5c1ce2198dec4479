"""The first sheet: key figures as formulas on the other sheets, and the gaps by competency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.locale import _
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.results_workbook.funding import FundingCells
from planner.report.results_workbook.gaps import CLOSED as GAPS_CLOSED
from planner.report.results_workbook.gaps import NEED as GAPS_NEEDED
from planner.report.results_workbook.gaps import GapCells, coverage, left
from planner.report.results_workbook.rab import BudgetCells
from planner.report.results_workbook.training import TrainingCells
from planner.report.results_workbook.unit_prices import PriceCells
from planner.report.views.quality import quality
from planner.report.wording import labels
from planner.report.wording.formats import Number

NUMBER, NAME, KIND, NEED, CLOSED, LEFT, COVERAGE = range(7)
MOST_BARS: Final = 40
"""Maximum number of competencies in the chart; the table shows all."""


@dataclass(frozen=True)
class Sources:
    """Addresses of the figures that the summary refers to."""

    budget: BudgetCells
    prices: PriceCells
    funding: FundingCells
    training: TrainingCells
    classes: str
    gaps: GapCells


@dataclass(frozen=True, slots=True)
class _Figure:
    """One headline figure: label, formula, value and how it is shown."""

    label: str
    formula: str
    value: Number
    places: int = 0
    share: bool = False


def write_summary(sheet: WorkbookSheet, sources: Sources) -> None:
    """Write the sheet."""
    material = sheet.book.material
    columns = [
        SheetColumn(_("No."), 6, figures=True),
        SheetColumn(_("Competency"), 44),
        SheetColumn(_("Kind"), 16),
        SheetColumn(_("Needed"), 18, figures=True),
        SheetColumn(_("Closed (expected)"), 13, figures=True),
        SheetColumn(_("Left open (expected)"), 13, figures=True),
        SheetColumn(_("Coverage"), 11, figures=True),
    ]
    sheet.widths(columns)
    row = sheet.opening(_("Summary"))
    width = sum(column.width for column in columns)
    sheet.prose(row, COVERAGE, quality(material), width)
    checked = _("An independent checker has recomputed this plan in whole people and whole rupiah, without tolerance.")
    sheet.prose(row + 1, COVERAGE, checked, width)
    if material.approval:
        row += 1
        sheet.prose(row + 1, COVERAGE, _("Approved by {words}").format(words=material.approval), width)
    row = _figures(sheet, row + 3, sources)
    notes = (
        _("Sums, products and shares in this workbook are live formulas: change a blue price or coefficient, and see."),
        _("Such a change is a calculation only; whether the plan is still possible is found by planning again."),
    )
    for note in notes:
        sheet.free(row, NUMBER, note)
        row += 1
    row = _competencies(sheet, row + 1, columns, sources.gaps)
    sheet.printing(landscape=False, last=(row, COVERAGE))


def _figures(sheet: WorkbookSheet, row: int, sources: Sources) -> int:
    """Write the key figures; return the next row."""
    found = _headline(sheet, sources)
    at = {figure.label: row + number for number, figure in enumerate(found)}
    for figure in found:
        number = at[figure.label]
        sheet.merged(number, (NUMBER, KIND), figure.label)
        sheet.formula(number, NEED, figure.formula, figure.value, "strong", figure.places, figure.share)
    return row + len(found) + 1


def _headline(sheet: WorkbookSheet, sources: Sources) -> list[_Figure]:
    material = sheet.book.material
    plan, measures = material.plan, material.measures
    gaps, total = sources.gaps, sources.budget.total
    need, closed = gaps.total(GAPS_NEEDED), gaps.total(GAPS_CLOSED)
    own, partner = sources.funding.used_by("own"), sources.funding.used_by("partner")
    figures = [
        _Figure(_("Gaps needed"), need, plan.total_need),
        _Figure(_("Gaps closed (expected)"), closed, plan.gaps_closed, material.gap_places),
        _Figure(_("Coverage"), f"IF({need}>0,{closed}/{need},1)", measures.coverage.share, share=True),
        _Figure(_("Total cost (Rp)"), total, plan.total_cost),
        _Figure(_("Paid by own funds (Rp)"), own, plan.own_cost),
        _Figure(_("Paid by partners (Rp)"), partner, plan.partner_cost),
        _Figure(_("Budget lines less what funds pay (Rp): must be 0"), f"{total}-({own})-({partner})", 0),
        _Figure(_("Units x unit prices less budget lines (Rp): must be 0"), f"{sources.prices.total}-{total}", 0),
        _Figure(_("Participants"), sources.training.participants, measures.participants),
        _Figure(_("Classes"), sources.classes, measures.classes),
    ]
    if material.counts_hours:
        label = _("JP per civil servant and year") if material.several_years else _("JP per civil servant")
        shares = max(1, measures.headcount) * len(material.scenario.years)
        words = f"IF({measures.headcount}>0,{sources.training.hours}/{shares},0)"
        figures.append(_Figure(label, words, measures.hours_per_person, 1))
    if plan.cost_of_a_gap is not None:
        figures.append(_Figure(_("Cost of a closed gap (Rp)"), f"ROUND({total}/{closed},0)", plan.cost_of_a_gap))
    return figures


def _competencies(sheet: WorkbookSheet, row: int, heads: list[SheetColumn], gaps: GapCells) -> int:
    """Write gaps by competency as a table and a chart; return the last row."""
    material = sheet.book.material
    sheet.free(row, NUMBER, _("Gaps needed and closed by competency"), "section")
    head = row + 1
    sheet.head(head, heads)
    first, last = head + 1, head + len(material.scenario.competencies)
    places = material.gap_places
    for at, competency in enumerate(material.scenario.competencies, start=first):
        done = material.measures.coverage_by_competency[competency.id]
        sheet.number(at, NUMBER, at - head)
        sheet.text(at, NAME, competency.label)
        sheet.text(at, KIND, labels.competency_kind(competency.kind))
        key = address(at, NUMBER)
        sheet.formula(at, NEED, gaps.of_competency(key, GAPS_NEEDED), done.need)
        rounded = f"ROUND({gaps.of_competency(key, GAPS_CLOSED)},6)"
        sheet.formula(at, CLOSED, rounded, done.closed, places=places)
        left(sheet, at, NEED, CLOSED, done.left)
        coverage(sheet, at, NEED, CLOSED, done.need, done.closed)
    plan = material.plan
    sheet.blank(last + 1, (NUMBER, KIND), "total")
    sheet.text(last + 1, NAME, _("Total"), "total")
    sheet.sum(last + 1, NEED, (first, last), plan.total_need)
    sheet.sum(last + 1, CLOSED, (first, last), plan.gaps_closed, places=places, rounded=True)
    sheet.sum(last + 1, LEFT, (first, last), plan.total_need - plan.gaps_closed, places=places, rounded=True)
    coverage(sheet, last + 1, NEED, CLOSED, plan.total_need, plan.gaps_closed, total=True)
    return _chart(sheet, last + 3, head, last)


def _chart(sheet: WorkbookSheet, row: int, head: int, last: int) -> int:
    """Draw gaps closed and left open as bars; return the last row that the chart covers."""
    first, last = head + 1, min(last, head + MOST_BARS)
    chart = sheet.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in ((CLOSED, "#1F4E79"), (LEFT, "#E0A458")):
        chart.add_series(
            {
                "name": [sheet.name, head, column],
                "categories": [sheet.name, first, NAME, last, NAME],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 50,
            }
        )
    chart.set_title({"name": _("Gaps needed and closed by competency"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
    chart.set_legend({"position": "bottom"})
    height = 130 + 26 * (last - first + 1)
    chart.set_size({"width": 880, "height": height})
    description = _("One bar per competency: its length is the number of gaps, the filled part those that are closed.")
    sheet.worksheet.insert_chart(row, NUMBER, chart, {"description": description})
    return row + height // 18 + 1
