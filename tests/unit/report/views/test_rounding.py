"""Figures of the report that end in a half are rounded up, as planners and spreadsheets do."""

from __future__ import annotations

from fractions import Fraction

from planner.plans.coverage import Coverage
from planner.report.material import material_of
from planner.report.wording.searching import sentence
from planner.solve.outcome import Progress, Stage
from tests.scenarios.builders import plan, scenario


def test_whole_gaps_are_rounded_up_from_a_half() -> None:
    material = material_of(scenario(), plan(), language="id")
    assert material.whole_coverage(Coverage(need=1000, closed=Fraction(5, 2))) == ("3", "0,3%")


def test_figures_of_a_running_search_are_the_decimals_that_their_floats_print() -> None:
    assert "terbaik Rp639.836.000" in sentence(Progress(Stage.OWN_COST, 639_835_999.4, None, 2.5), "id")
    said = sentence(Progress(Stage.GAPS_CLOSED, 0.345, 2.445, 2.5), "id")
    assert said == "kesenjangan tertutup (perkiraan): terbaik 0,35 · batas 2,45 · selisih 210% · 3 detik"
