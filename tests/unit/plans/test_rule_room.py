"""A rule or a choice is named exactly when, with the rest of the plan as it is, one more participant would break it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.cells import Funding
from planner.domain.decisions import Decisions
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.locale import speaking
from planner.planning import plan
from planner.plans.causes import Cause
from planner.plans.closings import closings
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from planner.plans.rule_measures import rule_results
from planner.plans.rule_room import RuleRoom
from planner.report.material import Material
from planner.report.views.cause_words import in_short, reason_words
from planner.report.wording.formats import Formats
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few
from tests.scenarios.builders import payments_of, plan_from

GROUP: dict[str, Any] = {"id": "g", "headcount": 20, "gaps": {"c": 10}}
PROGRAMME: dict[str, Any] = {"id": "p", "closes": {"c": "50%"}, "hours": 4}
ITEM: dict[str, Any] = {"item": "honor", "per": "participant", "price": 100}


def found(rule: dict[str, Any] | None = None, taking_part: int = 3, classes: int = 0, **blocks: Any) -> OpenGaps:
    """Three of ten people take part in the one programme of the one group, under one rule."""
    plain = {
        "format": 1, "scenario": {"id": "s", "fiscal_year": 2027}, "competencies": [{"id": "c", "kind": "technical"}],
        "groups": [GROUP], "programmes": [PROGRAMME], "funds": [{"id": "f", "kind": "own", "amount": 9000}],
    } | blocks  # fmt: skip
    if rule is not None:
        plain["rules"] = [{"name": "Batas"} | rule]
    scenario = Scenario.model_validate(plain)
    first = scenario.horizon[0]
    decisions = Decisions({("g", "p", first): taking_part}, {("p", first): classes} if classes else {})
    return OpenGaps(Measures(scenario, plan_from(scenario, decisions)))


PAID: dict[str, Any] = {"programmes": [PROGRAMME | {"costs": [ITEM]}]}
SEATED = {"programmes": [PROGRAMME | {"class_size": {"max": 3}, "costs": [ITEM | {"per": "class"}]}], "classes": 1}
QUARTERS = {"periods": ["TW1", "TW2"]}


@pytest.mark.parametrize(
    ("rule", "blocks", "expected"),
    [
        ({"measure": "participants", "at_most": 3}, {}, True),
        ({"measure": "participants", "at_most": 4}, {}, False),
        ({"measure": "participants", "at_most": 3, "soft": {"penalty": 1}}, {}, False),
        ({"measure": "participants", "at_least": 3}, {}, False),
        ({"measure": "participants", "at_most": 3, "where": {"programmes": {"id": "q"}}}, {}, False),
        ({"measure": "participants", "at_most": 3, "per": "group"}, {}, True),
        ({"measure": "participants", "at_most": 3, "where": {"periods": ["TW1"]}}, QUARTERS, False),
        ({"measure": "participants", "at_most": 3}, QUARTERS, True),
        ({"measure": "hours", "at_most": 15}, {}, True),
        ({"measure": "hours", "at_most": 16}, {}, False),
        # each closes half a gap: 1.5 are closed, and one more makes 2
        ({"measure": "gaps_closed", "at_most": 1.9}, {}, True),
        ({"measure": "gaps_closed", "at_most": 2}, {}, False),
        ({"measure": "gaps_closed", "at_most": "19%"}, {}, True),
        ({"measure": "gaps_closed", "at_most": "20%"}, {}, False),
        ({"measure": "cost", "at_most": 399}, PAID, True),
        ({"measure": "cost", "at_most": 400}, PAID, False),
        ({"measure": "cost", "at_most": 399, "per": "programme"}, PAID, True),
        ({"measure": "cost", "at_most": 300, "where": {"items": {"item": "honor"}}}, PAID, True),
        ({"measure": "cost", "at_most": 300, "where": {"items": {"item": "modul"}}}, PAID, False),
        # the three seats of the class are taken: one more participant needs a second class
        ({"measure": "classes", "at_most": 1}, SEATED, True),
        ({"measure": "classes", "at_most": 2}, SEATED, False),
        ({"measure": "cost", "at_most": 199}, SEATED, True),
        ({"measure": "cost", "at_most": 200}, SEATED, False),
    ],
)
def test_a_rule_is_named_where_one_more_participant_would_break_it(
    rule: dict[str, Any], blocks: dict[str, Any], expected: bool
) -> None:
    blocks = dict(blocks)
    if "id" in str(rule.get("where", {}).get("programmes", "")):
        blocks["programmes"] = [PROGRAMME, PROGRAMME | {"id": "q", "for": {"id": "h"}}]
        blocks["groups"] = [GROUP, GROUP | {"id": "h", "gaps": {}}]
    explained = found(rule, **blocks)
    row = explained.by_group["g"][0]
    assert (row.cause, row.rules) == ((Cause.RULES, ("Batas",)) if expected else (Cause.PRIORITY, ()))
    assert explained.rules_at_limit == row.rules


def test_money_that_another_fund_could_pay_is_not_held_back_by_a_rule_about_one() -> None:
    rule = {"measure": "cost", "where": {"funds": {"id": "f"}}, "at_most": 300}
    second = {"id": "k", "kind": "partner", "amount": 9000}
    assert found(rule, **PAID).rows[0].cause is Cause.RULES
    funds = [{"id": "f", "kind": "own", "amount": 9000}, second]
    assert found(rule, **PAID, funds=funds).rows[0].cause is Cause.PRIORITY


def test_a_free_seat_breaks_no_rule_about_cost() -> None:
    funds = [{"id": "f", "kind": "own", "amount": 9000}, {"id": "k", "kind": "partner", "amount": 0, "seats": {"p": 9}}]
    assert found({"measure": "cost", "at_most": 300}, **PAID, funds=funds).rows[0].cause is Cause.PRIORITY


def test_a_share_grows_with_what_it_is_of() -> None:
    programmes = [PROGRAMME | {"costs": [ITEM, ITEM | {"item": "modul", "price": 300}]}]
    rule = {"measure": "cost", "where": {"items": {"item": "honor"}}}
    assert found(rule | {"at_most": "25%"}, programmes=programmes).rows[0].cause is Cause.PRIORITY
    assert found(rule | {"at_most": "24%"}, programmes=programmes).rows[0].cause is Cause.RULES


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"at_most_one_of": [["p", "q"]]}, Cause.CHOICES),
        ({"only_if": {"q": "p"}}, Cause.PRIORITY),
        ({"only_if": {"q": "r"}}, Cause.CHOICES),
        ({"together": [["q", "r"]]}, Cause.CHOICES),
        ({}, Cause.PRIORITY),
    ],
)
def test_a_programme_that_was_not_chosen(choices: dict[str, Any], expected: Cause) -> None:
    programmes = [
        PROGRAMME | {"closes": {"d": 1}},
        PROGRAMME | {"id": "q"},
        PROGRAMME | {"id": "r", "closes": {"d": 1}},
    ]
    competencies = [{"id": "c", "kind": "technical"}, {"id": "d", "kind": "technical"}]
    groups = [GROUP | {"gaps": {"c": 10, "d": 3}}]
    explained = found(programmes=programmes, competencies=competencies, groups=groups, choices=choices)
    assert [row.cause for row in explained.rows] == [expected]


def test_the_words_name_the_rule() -> None:
    explained = found({"measure": "participants", "at_most": 3})
    with speaking("en"):
        material = Material(explained.scenario, explained.plan, Formats("en"))
        assert reason_words(material, (Cause.RULES,)) == (
            "One more participant, or the class for one, would break a rule: Batas"
        )
        assert in_short(material, Cause.RULES, rules=("Batas",)) == "one more would break a rule: Batas"


def breaking(
    scenario: Scenario, rich: Scenario, decisions: Decisions, group: Group, programme: Programme, start: str
) -> bool:
    """Whether a plan with one more participant, and a class where all are full, is above some hard upper bound; its
    payments are those of `rich`, where every fund has enough."""
    people = {**decisions.participants}
    people[group.id, programme.id, start] = people.get((group.id, programme.id, start), 0) + 1
    classes = {**decisions.classes}
    seated = sum(n for (_, p, t), n in people.items() if (p, t) == (programme.id, start))
    if programme.class_size is not None:
        held = classes.get((programme.id, start), 0)
        classes[programme.id, start] = max(held, -(-seated // programme.class_size.max))
    more = replace(decisions, participants=people, classes=classes)
    results = rule_results(scenario, more, payments_of(rich, more), closings(scenario, more))
    hard = {rule.name for rule in scenario.rules if rule.hard}
    return any(r.rule in hard and r.at_most is not None and r.measure > r.at_most for r in results)


def test_what_is_named_is_broken_and_what_is_not_named_is_not() -> None:
    named = 0
    for seed in range(few(600)):
        plain = tiny_scenarios(seed)
        scenario = Scenario.model_validate(plain)
        rich = Scenario.model_validate(plain | {"funds": [fund | {"amount": 10**6} for fund in plain["funds"]]})
        if not any(rule.hard and rule.at_most is not None for rule in scenario.rules):
            continue
        try:
            answer = plan(scenario, inline=True).plan
        except InfeasibleError:
            continue
        room, decisions = RuleRoom(scenario, Measures(scenario, answer)), answer.decisions(scenario)
        with_costs = any(rule.measure == "cost" for rule in scenario.rules)
        for programme in scenario.programmes:
            for group in scenario.groups_in(programme.for_):
                if not all(Funding(scenario).payers(programme, item, group) for item in programme.costs):
                    continue  # nobody may pay one more
                starts = scenario.periods_of(programme)
                broken = [breaking(scenario, rich, decisions, group, programme, start) for start in starts]
                names = room.at_limit(group, programme, free=bool(answer.seats))
                named += bool(names)
                assert bool(names) <= (bool(starts) and all(broken)), (seed, group.id, programme.id)
                assert with_costs or bool(names) == (bool(starts) and all(broken)), (seed, group.id, programme.id)
    assert named >= few(60)
