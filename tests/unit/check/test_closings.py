"""Gaps closed, recounted: whoever was measured has used their chance, whatever a plan does with them afterwards."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.check.closings import closed_gaps
from planner.check.eligible import Eligible
from planner.check.rows import StatedDecisions
from planner.domain.scenario import Scenario


def begun(groups: tuple[str, ...], attended: int, closed: int | None) -> Scenario:
    """Ten people with a gap in each group of one agency; of the first some attended in TW1."""
    row: dict[str, Any] = {"group": groups[0], "programme": "b", "period": "TW1", "participants": attended}
    if closed is not None:
        row["closed"] = {"k": closed}
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "uji", "fiscal_year": 2027},
            "periods": ["TW1", "TW2"],
            "competencies": [{"id": "k", "kind": "technical"}],
            "groups": [{"id": g, "agency": "A", "headcount": 10, "gaps": {"k": 10}} for g in groups],
            "programmes": [{"id": "b", "closes": {"k": 0.5}, "costs": [], "hours": 8}],
            "funds": [{"id": "apbd", "kind": "own", "amount": 10**6}],
            "actuals": {"through": "TW1", "attended": [row]},
        }
    )


@pytest.mark.parametrize(
    ("attended", "closed", "later", "expected"),
    [
        (6, 3, 10, Fraction(3) + Fraction(4, 2)),
        (10, 3, 10, Fraction(3)),
        (6, 0, 4, Fraction(4, 2)),
        (6, 6, 0, Fraction(6)),
        (6, None, 10, Fraction(10, 2)),
    ],
)
def test_who_was_measured_has_used_the_chance(
    attended: int, closed: int | None, later: int, expected: Fraction
) -> None:
    decisions = StatedDecisions(participants={("g", "b", "TW1"): attended, ("g", "b", "TW2"): later})
    scenario = begun(("g",), attended, closed)
    assert closed_gaps(scenario, decisions, Eligible(scenario)) == {("g", "k"): expected}


def test_the_chances_of_an_agency_are_used_by_what_was_measured_in_any_of_its_groups() -> None:
    decisions = StatedDecisions(participants={("g", "b", "TW1"): 10, ("g", "b", "TW2"): 10, ("h", "b", "TW2"): 10})
    scenario = begun(("g", "h"), 10, 2)
    found = closed_gaps(scenario, decisions, Eligible(scenario))
    assert found == {("g", "k"): Fraction(2), ("h", "k"): Fraction(5)}


def test_the_chances_of_an_agency_go_to_those_whose_gap_is_worth_most_when_closed() -> None:
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "uji", "fiscal_year": 2027},
            "competencies": [{"id": "k", "kind": "technical"}],
            "groups": [
                {"id": "g", "agency": "A", "headcount": 1, "gaps": {"k": 1}, "uptake": "50%", "weight": 10},
                {"id": "h", "agency": "A", "headcount": 1, "gaps": {"k": 1}, "uptake": "50%", "weight": 1.2},
            ],
            "programmes": [{"id": "little", "closes": {"k": 0.1}}, {"id": "all", "closes": {"k": 1}}],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )
    period = scenario.horizon[0]
    decisions = StatedDecisions(participants={("g", "little", period): 1, ("h", "all", period): 1})
    found = closed_gaps(scenario, decisions, Eligible(scenario))
    assert {gap: number for gap, number in found.items() if number} == {("h", "k"): 1}
