"""Plans that count what they seek by other weights or penalties are not told apart by it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.comparison import compare
from planner.plans.plan import Plan
from planner.report.views.compared import ComparedPlans, key_figures
from planner.report.wording.formats import Formats
from tests.scenarios import builders

NAME = "Weighted gaps closed (expected), net of penalties"


def with_level(plan: Plan, value: Fraction) -> Plan:
    levels = [replace(row, value=value) if row.goal == "gaps_closed" else row for row in plan.objective]
    return replace(plan, objective=tuple(levels))


def weighing(scenario: Scenario, weight: int) -> Scenario:
    first, *others = scenario.competencies
    return scenario.changed(competencies=(first.model_copy(update={"weight": Fraction(weight)}), *others))


@pytest.mark.parametrize(("weight", "said"), [(2, "50.25 (+1.25)"), (3, "50.25")])
def test_what_is_sought_differs_only_where_it_is_counted_alike(weight: int, said: str) -> None:
    scenario, plan = weighing(builders.scenario(), 2), builders.plan()
    other = replace(with_level(plan, Fraction("50.25")), gaps_closed=plan.gaps_closed - 3)
    with speaking("en"):
        made = compare([(scenario, with_level(plan, Fraction(49))), (weighing(scenario, weight), other)])
        compared = ComparedPlans(made, Formats("en"))
        rows = {row[0]: row[1:] for row in key_figures(compared).rows}
        sentence = compared.sentence(made.items[1])
    assert rows[NAME] == ("49", said)
    assert ("50.25" in sentence) == (weight == 2)
    assert "an expected 3 fewer gaps" in sentence
