"""Twice the groups make twice the work: calls are counted, not seconds, in the check and in all documents of a plan.

A resumed generator counts as a call too, so that a sum or a search over all groups for each group shows.
"""

from __future__ import annotations

from cProfile import Profile
from pathlib import Path
from typing import Final

import pytest

import planner
from planner.check import check_plan
from planner.domain.checks.warnings import dubious
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.report import report_of
from planner.report.csv_tables import write_tables
from planner.report.material import material_of
from planner.report.results_workbook import workbook_of
from tests.scenarios.builders import large, plan_from

OURS: Final = str(Path(planner.__file__).parent)
MOST: Final = 2.3
"""Times as many calls of a function for twice the groups: twice, with a margin for what the dice have made."""
MANY: Final = 2000
"""Calls from which on a function counts."""


def of_one_agency(scenario: Scenario, plan: Plan) -> tuple[Scenario, Plan]:
    """The same with all groups in one agency, where all of them share what they may attend."""
    groups = tuple(group.model_copy(update={"agency": "Dinas"}) for group in scenario.groups)
    together = scenario.changed(groups=groups)
    return together, plan_from(together, plan.decisions(scenario))


def calls(scenario: Scenario, plan: Plan, folder: Path) -> dict[str, int]:
    """Calls of each function of the planner, by its place and name."""
    plain = plan.to_plain()
    folder.mkdir()
    counted = Profile(builtins=False)
    with counted:
        dubious(scenario)
        check_plan(scenario, plain)
        write_tables(scenario, plan, folder, None)
        data = material_of(scenario, plan, ())
        report_of(data, length="full")
        workbook_of(data)
    found: dict[str, int] = {}
    for entry in counted.getstats():
        code = entry.code
        if not isinstance(code, str) and code.co_filename.startswith(OURS):
            name = f"{code.co_filename.removeprefix(OURS)}:{code.co_firstlineno} {code.co_qualname}"
            found[name] = found.get(name, 0) + entry.callcount
    return found


@pytest.mark.parametrize("together", [False, True])
def test_twice_the_groups_make_twice_the_work(together: bool, tmp_path: Path) -> None:
    few, many = (large(groups, 12, 16) for groups in (40, 80))
    if together:
        few, many = of_one_agency(*few), of_one_agency(*many)
    before, after = calls(*few, tmp_path / "few"), calls(*many, tmp_path / "many")  # in this order: words are kept
    grown = {
        name: (before.get(name, 0), number)
        for name, number in after.items()
        if number > MANY and number > MOST * before.get(name, 0)
    }
    assert grown == {}
