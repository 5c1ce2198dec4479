"""Plans and their workbooks, written once: by hand, of moderate size, solved from a random scenario, and empty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits
from planner.planning import plan as planned
from planner.plans.plan import Plan
from planner.report.results_workbook import workbook_bytes
from tests.oracle.generate import random_scenarios
from tests.scenarios.builders import large, plan, scenario
from tests.unit.report.results_workbook.evaluator import Spreadsheet

NAMES = ("by hand", "moderate", "random", "nothing")
SHEETS = (
    *("Summary", "Allocation", "Classes", "Attendance", "Budget lines", "RKA", "Unit prices"),
    *("Funding", "Gaps", "Rules", "SIPD", "Scenario"),
)


@dataclass(frozen=True)
class Case:
    """A plan and its workbook in English."""

    scenario: Scenario
    plan: Plan
    content: bytes
    book: Spreadsheet

    def rows(self, sheet: str, head: str, columns: int) -> list[list[Any]]:
        """The rows below the one whose first cell is `head`, as far as their first cell or their second is filled."""
        found: list[list[Any]] = [list(row[:columns]) for row in self.book.shown[sheet].iter_rows(values_only=True)]
        start = next(n for n, row in enumerate(found) if row[0] == head) + 1
        rows: list[list[Any]] = []
        for row in found[start:]:
            if row[0] is None and row[1] is None:
                break
            rows.append(row)
        return rows


@cache
def case(name: str) -> Case:
    """One of NAMES."""
    if name == "by hand":
        made = scenario(), plan()
    elif name == "moderate":
        made = large(30, 12, 20)
    elif name == "random":
        built = Scenario.model_validate(random_scenarios(3, (5, 4, 2, 4)))
        made = built, planned(built, SearchLimits(gap=0.01, time_limit=20), inline=True).plan
    else:
        made = scenario(), plan(None, Decisions())
    content = workbook_bytes(*made, language="en")
    return Case(*made, content, Spreadsheet(content))
