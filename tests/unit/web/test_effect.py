"""What a slider does, in the digits of the report."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.locale import speaking
from planner.report.wording.formats import Formats
from planner.web.effect import effect
from tests.scenarios import builders


@pytest.mark.parametrize(("closed", "said"), [(Fraction(1, 25), "<0,1 dari "), (Fraction(12345, 1000), "12,3 dari ")])
def test_gaps_closed_are_written_as_the_tile_of_the_report_writes_them(closed: Fraction, said: str) -> None:
    scenario, plan = builders.scenario(), builders.plan()
    with speaking("id"):
        shown = effect((scenario, plan), (scenario, replace(plan, gaps_closed=closed)), "Coba", Formats("id"))
    assert shown.figures[0].value == f"{said}{plan.total_need}"
