"""The sheet of resources: there with resources only, its figures those of the plan and its formulas alive."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.report.results_workbook import workbook_bytes
from tests.scenarios.builders import plan_from
from tests.scenarios.hand import scenario


def test_each_resource_and_period_is_a_row_with_what_is_left() -> None:
    # 4 people in TW1 and 3 in TW2, each for 2.5 nights; 12 nights in TW1, none in TW2 of another resource
    plain = scenario(
        resources=[{"id": "asrama", "unit": "orang-malam", "amount": {"TW1": 12, "TW2": 9}}],
        programmes={"uses": {"asrama": {"per": "participant", "amount": 2.5}}},
    )
    read = Scenario.model_validate(plain)
    plan = plan_from(read, Decisions({("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3}))
    content = io.BytesIO(workbook_bytes(read, plan, "en"))
    values, formulas = (load_workbook(content, data_only=only) for only in (True, False))
    assert values.sheetnames[-2:] == ["Resources", "Scenario"]
    rows = [list(row) for row in values["Resources"].iter_rows(min_row=5, values_only=True)]
    assert [row[:6] for row in rows] == [
        ["asrama", "orang-malam", "TW1", 12, 10, 2],
        ["asrama", "orang-malam", "TW2", 9, 7.5, 1.5],
    ]
    assert [row[6] for row in rows] == [10 / 12, 7.5 / 9]
    assert formulas["Resources"]["F5"].value == "=D5-E5"
