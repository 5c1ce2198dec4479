"""The sheets of training: participants by programme, and classes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from planner.locale import _
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet, address
from planner.report.wording import labels
from planner.report.wording.formats import places_of


@dataclass(frozen=True, slots=True)
class TrainingCells:
    """Addresses of the totals, for other sheets."""

    participants: str
    hours: str


def write_allocations(sheet: WorkbookSheet) -> TrainingCells:
    """Write participants by group, programme and period; JP = participants x JP of the programme."""
    material = sheet.book.material
    scenario, rows = material.scenario, material.plan.allocations
    columns = [
        SheetColumn(_("Group"), 36),
        SheetColumn(_("Agency"), 24),
        SheetColumn(_("Location"), 18),
        SheetColumn(_("Programme"), 42),
        SheetColumn(_("Form"), 20),
        SheetColumn(_("Period"), 12),
        SheetColumn(_("Participants"), 11, figures=True),
        SheetColumn(_("Of these, free seats"), 11, figures=True),
        SheetColumn(_("JP each"), 9, figures=True),
        SheetColumn(_("JP in all"), 12, figures=True),
    ]
    people, seats, each, hours = 6, 7, 8, 9
    head, first, last = _table(sheet, _("Participants by group, programme and period"), columns, len(rows))
    free: dict[tuple[str, str, str], int] = defaultdict(int)
    for seat in material.plan.seats:
        free[seat.group, seat.programme, seat.period] += seat.seats
    places = max((places_of(scenario.programme[row.programme].hours) for row in rows), default=0)
    for at, row in enumerate(rows, start=first):
        group, programme = scenario.group[row.group], scenario.programme[row.programme]
        words = (group.label, group.agency or "", group.location or "", programme.label, labels.form(programme.form))
        for column, text in enumerate((*words, row.period)):
            sheet.text(at, column, text)
        sheet.number(at, people, row.participants)
        sheet.number(at, seats, free[row.group, row.programme, row.period])
        sheet.number(at, each, programme.hours, places=places)
        product = f"{address(at, people)}*{address(at, each)}"
        sheet.formula(at, hours, product, programme.hours * row.participants, places=places)
    _total(sheet, last + 1, people)
    sheet.sum(last + 1, people, (first, last), material.measures.participants)
    sheet.sum(last + 1, seats, (first, last), sum(free.values()))
    sheet.blank(last + 1, (each,), "total")
    total = sum(material.measures.hours_by_group.values(), Fraction(0))
    sheet.sum(last + 1, hours, (first, last), total, places=places, rounded=True)
    sheet.printing(landscape=True, head=head)
    return TrainingCells(sheet.cell(last + 1, people), sheet.cell(last + 1, hours))


def write_classes(sheet: WorkbookSheet) -> str:
    """Write classes by programme and period with their occupancy; return the address of the total."""
    material = sheet.book.material
    rows = material.plan.classes
    columns = [
        SheetColumn(_("Programme"), 46),
        SheetColumn(_("Form"), 20),
        SheetColumn(_("Provider"), 28),
        SheetColumn(_("Period"), 12),
        SheetColumn(_("Classes"), 10, figures=True),
        SheetColumn(_("Participants"), 11, figures=True),
        SheetColumn(_("Per class on average"), 10, figures=True),
        SheetColumn(_("Smallest class"), 10, figures=True),
        SheetColumn(_("Largest class"), 10, figures=True),
    ]
    classes, people, average = 4, 5, 6
    head, first, last = _table(sheet, _("Classes by programme and period"), columns, len(rows))
    for at, row in enumerate(rows, start=first):
        programme = material.scenario.programme[row.programme]
        words = (programme.label, labels.form(programme.form), programme.provider or "", row.period)
        for column, text in enumerate(words):
            sheet.text(at, column, text)
        sheet.number(at, classes, row.classes)
        sheet.number(at, people, row.participants)
        quotient = f"{address(at, people)}/{address(at, classes)}"
        sheet.formula(at, average, quotient, Fraction(row.participants, row.classes), places=1)
        size = programme.class_size
        sheet.number(at, average + 1, size.min if size else 0)
        sheet.number(at, average + 2, size.max if size else 0)
    _total(sheet, last + 1, classes)
    sheet.sum(last + 1, classes, (first, last), material.measures.classes)
    sheet.sum(last + 1, people, (first, last), sum(row.participants for row in rows))
    sheet.blank(last + 1, (average, average + 1, average + 2), "total")
    in_classes, everybody = material.participants_in_classes, material.measures.participants
    for at, label, number in (
        (last + 3, _("In programmes without classes, such as e-learning and mentoring"), everybody - in_classes),
        (last + 4, _("Participants in all"), everybody),
    ):
        sheet.text(at, 0, label)
        sheet.number(at, people, number)
    sheet.printing(landscape=True, head=head)
    return sheet.cell(last + 1, classes)


def _table(sheet: WorkbookSheet, title: str, columns: list[SheetColumn], rows: int) -> tuple[int, int, int]:
    """Write title, headings, filter and frozen panes of a sheet with one table; return (row of the headings, first row,
    last row)."""
    sheet.widths(columns)
    head = sheet.opening(title)
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(head + 1, 1)
    if rows:
        sheet.worksheet.autofilter(head, 0, head + rows, len(columns) - 1)
    return head, head + 1, head + rows


def _total(sheet: WorkbookSheet, row: int, columns: int) -> None:
    """Write the total row, empty up to the first figure."""
    sheet.text(row, 0, _("Total"), "total")
    sheet.blank(row, range(1, columns), "total")
