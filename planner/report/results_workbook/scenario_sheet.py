"""The sheet of the scenario: every value that the plan was made from, and the programs that made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from planner.locale import _
from planner.report.results_workbook.book import SheetColumn, WorkbookSheet
from planner.report.wording.formats import places_of
from planner.report.wording.scenario_words import ScenarioWords
from planner.version import VERSION

PART, FIELD, VALUE, PATH = range(4)


def write_scenario(sheet: WorkbookSheet) -> None:
    """Write the sheet: identity and fingerprint, then every value in words and by its path in the file.

    Only the identity is printed: the values fill tens of pages, and the scenario file has them.
    """
    columns = [
        SheetColumn(_("Part of the scenario"), 46),
        SheetColumn(_("Field"), 46),
        SheetColumn(_("Value"), 50),
        SheetColumn(_("Path in the scenario file"), 64),
    ]
    sheet.widths(columns)
    row = sheet.opening(_("Scenario"))
    printing = _("The values below are not printed; scenario.yaml has them.")
    for label, text in (*_facts(sheet), (_("Printing"), printing)):
        sheet.text(row, PART, label, "medium")
        sheet.text(row, FIELD, text)
        row += 1
    head = row + 1
    sheet.head(head, columns)
    sheet.worksheet.freeze_panes(0, 1)
    scenario = sheet.book.material.scenario
    words = ScenarioWords(scenario)
    printed = row - 1
    for row, (path, value) in enumerate(values(scenario.to_plain()), start=head + 1):
        part, field = words.place(path)
        sheet.text(row, PART, part)
        sheet.text(row, FIELD, field)
        sheet.text(row, PATH, ".".join(path))
        _value(sheet, row, value)
    sheet.worksheet.autofilter(head, PART, row, PATH)
    sheet.printing(landscape=True, last=(printed, VALUE))


def _facts(sheet: WorkbookSheet) -> list[tuple[str, str]]:
    plan = sheet.book.material.plan
    return [
        (_("Scenario"), plan.scenario_id),
        (_("Fingerprint of the scenario (SHA-256)"), plan.scenario_sha256),
        (_("Solver"), f"{plan.solver.name} {plan.solver.version}"),
        (_("Version of the planner"), plan.planner_version),
        (_("Version that wrote this workbook"), VERSION),
        (_("To check again"), "planner verify"),
    ]


def values(plain: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield (path, value) for plain data; records are named by id, name or item, other parts by position."""
    if isinstance(plain, Mapping):
        for key, part in plain.items():
            yield from values(part, (*path, str(key)))
    elif isinstance(plain, list | tuple):
        for key, part in zip(_names(plain), plain, strict=True):
            yield from values(part, (*path, key))
    else:
        yield path, plain


def _names(parts: list[Any] | tuple[Any, ...]) -> list[str]:
    """Return names for the parts of a list: id, name or item where these differ, otherwise the position from 1."""
    for key in ("id", "name", "item"):
        names = [str(part[key]) for part in parts if isinstance(part, Mapping) and key in part]
        if len(names) == len(set(names)) == len(parts):
            return names
    return [str(number) for number in range(1, len(parts) + 1)]


def _value(sheet: WorkbookSheet, row: int, value: Any) -> None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = Fraction(value)
        whole = exact.denominator == 1
        sheet.number(row, VALUE, int(exact) if whole else exact, places=places_of(exact))
    else:
        sheet.text(row, VALUE, "" if value is None else str(value))
