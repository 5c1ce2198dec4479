"""Gaps closed, counted person by person, where the patterns send the same people twice for the same gap."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import adopt
from planner.plans.closed_by_people import closed_by_people
from planner.report.material import Material
from planner.report.views.duties import duties
from planner.report.views.heading import Heading
from planner.report.views.hours_reached import hours_held_by
from planner.report.views.likely import by_people_sentence
from planner.report.views.summary import summary
from planner.report.wording.formats import Formats

FIVE = Decisions({("a", "p", "TW1"): 5, ("a", "r", "TW2"): 5}, {("p", "TW1"): 1, ("r", "TW2"): 1})
"""Five people of ten attend both courses, and so reach 20 JP."""


def material(group: dict[str, Any], closed: dict[str, float] | None = None, **more: Any) -> Material:
    """The plan of five seats in each of two courses that close the same gap of group `a`; `closed` was measured."""
    course = {"hours": 10, "closes": {"keu": 0.8}, "class_size": {"max": 5}, "classes": {"max": 1}}
    scenario: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "twice", "fiscal_year": 2027, "hours_target": 20, **more},
        "periods": ["TW1", "TW2"],
        "competencies": [{"id": "keu", "kind": "technical"}],
        "groups": [{"id": "a", "headcount": 10, "gaps": {"keu": 10}} | group],
        "programmes": [{"id": "p", "periods": ["TW1"], **course}, {"id": "r", "periods": ["TW2"], **course}],
        "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
    }
    if closed is not None:
        row = {"programme": "p", "period": "TW1", "group": "a", "participants": 5, "closed": closed}
        held = {"programme": "p", "period": "TW1", "classes": 1}
        scenario["actuals"] = {"through": "TW1", "attended": [row], "held": [held]}
    read = Scenario.model_validate(scenario)
    return Material(read, adopt(read, FIVE), Formats("en"))


@pytest.mark.parametrize(
    ("group", "closed", "counted", "by_people"),
    [
        ({}, None, 8, 4),
        ({"gaps": {"keu": 5}}, None, 4, 4),  # the five who lack it are those who come
        ({"gaps": {"keu": 8}}, None, Fraction(32, 5), 4),
        ({}, {}, 8, 4),
        ({}, {"keu": 2}, 6, 2 + 3 * Fraction(4, 5)),  # the three who failed come again
    ],
)
def test_who_comes_twice_closes_a_gap_once(
    group: dict[str, Any], closed: dict[str, float] | None, counted: Fraction, by_people: Fraction
) -> None:
    made = material(group, closed)
    assert [row.reached for row in made.plan.hours_target] == [5]
    assert (made.plan.gaps_closed, closed_by_people(made.scenario, made.plan).closed) == (counted, by_people)
    with speaking("en"):
        said = by_people_sentence(made)
        assert (f"at most {Formats('en').number(by_people)}:" in said) == (by_people < counted), said
        duty = " ".join(duties(made, Heading("a", 1, "")).duties[0].sentences)
        assert ("do not hold for the same people" in duty) == (by_people < counted), duty


def test_the_summary_of_groups_says_what_their_patterns_close() -> None:
    with speaking("id"):
        sentences = " ".join(summary(material({}), Heading("a", 1, "")).sentences)
    assert "Dihitung orang demi orang menurut pola kehadiran rencana ini, tertutup paling banyak 4:" in sentences


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        (
            None,
            "This is how many reach it whoever is sent; with the right people it is 7. Lists of names say who does.",
        ),
        (
            {},
            "This is how many reach it by the plan's attendance patterns. Lists of names say who does; their number"
            " may differ.",
        ),
    ],
)
def test_no_certainty_is_claimed_of_who_reaches_the_target_of_a_plan_made_anew(
    closed: dict[str, float] | None, said: str
) -> None:
    """Who came before is joined anew with what is left: names need not follow the patterns, nor reach the bounds."""
    with speaking("en"):
        sentences = list(hours_held_by(material({}, closed), 5, 7))
    assert sentences[0] == said
