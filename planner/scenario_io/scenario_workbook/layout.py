"""All sheets of the workbook in their order, and how one is found by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS
from planner.scenario_io.scenario_workbook.columns import Sheet
from planner.scenario_io.scenario_workbook.money_sheets import FUNDS, OBJECTIVE, RULES, SEATS
from planner.scenario_io.scenario_workbook.people_sheets import (
    COMPETENCIES,
    COMPLETED,
    GAPS,
    GROUPS,
    IDENTITY,
    MENTORS,
    NEW_GAPS,
    PERIODS,
)
from planner.scenario_io.scenario_workbook.price_codes import PRICE_LISTS
from planner.scenario_io.scenario_workbook.programme_sheets import ACTIVITIES, CLOSES, COSTS, PRICES, PROGRAMMES
from planner.scenario_io.scenario_workbook.resource_sheets import CHOICES, RESOURCES, USES

SHEETS: Final = (
    IDENTITY, PERIODS, COMPETENCIES, GROUPS, GAPS, ACTIVITIES, PROGRAMMES, CLOSES, COSTS, PRICES, PRICE_LISTS,
    COMPLETED, NEW_GAPS, MENTORS, RESOURCES, USES, CHOICES, FUNDS, SEATS, RULES, OBJECTIVE, *ACTUALS.values(),
)  # fmt: skip
"""In the order of a planner's work."""

SHEET: Final = {sheet.key: sheet for sheet in SHEETS}

GUIDE: Final = ("Petunjuk", "Guide")
"""Names of the sheet that explains the others; it is not read."""

RESULTS: Final = "RKA"
"""A sheet that a workbook of results has, in either language, and none to fill in has."""


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet of that name in whatever language and case."""
    sought = name.strip().casefold()
    return next((sheet for sheet in SHEETS if sought in [known.casefold() for known in sheet.names]), None)


def called_beside(sheet: Sheet, names: Iterable[str]) -> str:
    """Return what a sheet is called in the language in which most sheets of a workbook are; else in that in force."""
    folded = {name.strip().casefold() for name in names}
    counts = [sum(known.names[at].casefold() in folded for known in SHEETS) for at in range(len(sheet.names))]
    return sheet.names[counts.index(max(counts))] if len(set(counts)) > 1 else sheet.name
