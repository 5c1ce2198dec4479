"""Indicators of an RKA form: what the plan counts in the unit of the target, and gaps that others help to close."""

from __future__ import annotations

from typing import Any

import pytest

from planner.locale import speaking
from planner.report.material import material_of
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.wording.formats import BLANK
from tests.scenarios.builders import SMALL, plan, scenario

CODE = "5.04.02.1.01.0003"


def part(unit: str | None = "orang", **of_others: Any) -> PlanPart:
    """The sub-activity of the first programme; `of_others` changes the other programmes."""
    programmes = [dict(programme) | (of_others if n else {"activity": CODE}) for n, programme in enumerate(PROGRAMMES)]
    activity = {"code": CODE, "indicator": "Jumlah", "target_unit": unit}
    built = scenario(programmes=programmes, activities=[activity])
    return rka_form.forms(material_of(built, plan(built), language="en"))[0]


PROGRAMMES = SMALL["programmes"]


def measures(of: PlanPart) -> dict[str, str]:
    with speaking("en"):
        return {each.measure: each.target for each in rka_form.indicators(of, partners=False)}


@pytest.mark.parametrize(
    ("unit", "target", "said_once"),
    [
        ("Orang", "110 Orang", "Participants in competency development"),
        ("angkatan", "3 angkatan", "Classes held"),
        ("JP", "2,640 JP", "Lesson hours given"),
        ("dokumen", f"{BLANK} dokumen", ""),
        (None, BLANK, ""),
    ],
)
def test_a_target_is_counted_in_its_unit_and_dotted_where_the_plan_does_not_count_it(
    unit: str | None, target: str, said_once: str
) -> None:
    found = measures(part(unit))
    assert found["Jumlah"] == target
    assert said_once not in found


def test_gaps_that_other_sub_activities_help_to_close_are_said_to_be_common() -> None:
    alone = "Competency gaps expected to be closed in what it teaches"
    assert alone in measures(part())
    assert f"{alone}, together with other sub-activities" in measures(part(closes=PROGRAMMES[0]["closes"]))
