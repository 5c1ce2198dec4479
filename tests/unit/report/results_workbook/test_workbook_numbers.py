"""Every number of the workbook, read again, is the plan's; every formula, computed again, is what the file shows."""

from __future__ import annotations

import pytest

from tests.unit.report.results_workbook.agreement import CHECKS
from tests.unit.report.results_workbook.cases import NAMES, SHEETS, Case, case


@pytest.fixture(params=NAMES)
def made(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


def test_there_are_the_sheets_in_order(made: Case) -> None:
    some = ("By year",) * bool(made.plan.years) + ("Resources",) * bool(made.scenario.resources)
    assert tuple(made.book.shown) == SHEETS[:-1] + some + SHEETS[-1:]


@pytest.mark.parametrize("check", CHECKS)
def test_the_workbook_agrees_with_the_plan(made: Case, check: str) -> None:
    CHECKS[check](made)
