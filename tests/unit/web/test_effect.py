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


def test_fewer_gaps_that_weigh_more_are_told_as_what_is_sought() -> None:
    """A cut of money may close more gaps, each counted as one, of those that weigh less."""
    scenario, plan = builders.scenario(), builders.plan()
    first, *others = scenario.competencies
    scenario = scenario.changed(competencies=(first.model_copy(update={"weight": 2}), *others))
    levels = [
        replace(level, value=level.value + 2, bound=float(level.value + 2)) if level.goal == "gaps_closed" else level
        for level in plan.objective
    ]
    other = replace(plan, gaps_closed=plan.gaps_closed - 3, objective=tuple(levels))
    with speaking("id"):
        shown = effect((scenario, plan), (scenario, other), "Coba", Formats("id"))
    assert shown.sentence.endswith(
        "('Kesenjangan tertutup menurut bobot (perkiraan), dikurangi penalti sasaran') 2 lebih tinggi."
    )
    assert [(each.label, each.change, each.tone) for each in shown.figures[:2]] == [
        ("Kesenjangan tertutup (perkiraan)", "\N{MINUS SIGN}3", "bad"),
        ("Kesenjangan tertutup menurut bobot (perkiraan), dikurangi penalti sasaran", "+2", "good"),
    ]
    assert shown.cost.label == "Jumlah biaya"


def test_what_is_sought_has_the_digits_of_a_report() -> None:
    scenario, plan = builders.scenario(), builders.plan()
    levels = [
        replace(level, value=level.value + Fraction("0.37")) if level.goal == "gaps_closed" else level
        for level in plan.objective
    ]
    with speaking("en"):
        formats = Formats("en")
        shown = effect((scenario, plan), (scenario, replace(plan, objective=tuple(levels))), "Coba", formats)
        value = formats.number(plan.gaps_level.value + Fraction("0.37"))
    figure = next(each for each in shown.figures if each.label.endswith("net of penalties"))
    assert (figure.value, figure.change) == (value, "+0.37")
