"""No class more is held than people need, where classes cost nothing of their own."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted, stands_for
from planner.plans.fewest_classes import in_fewest_classes
from tests.rules.random_plans import plans
from tests.rules.small import costing, small
from tests.sampled import few

PEOPLE = {("a", "bimtek", "TW1"): 25, ("a", "bimtek", "TW2"): 15}


def one(per: str = "participant", **programme: Any) -> Scenario:
    """One group of forty, classes of at most twenty."""
    groups = [{"id": "a", "headcount": 40, "gaps": {"keu": 40}}]
    course = costing(per, 3) | {"hours": 8, "class_size": {"max": 20}} | programme
    return Scenario.model_validate(small(groups=groups, programmes=course, funds={"amount": 1000}))


def held(first: int, second: int) -> Decisions:
    return Decisions(participants=PEOPLE, classes={("bimtek", "TW1"): first, ("bimtek", "TW2"): second})


def test_classes_that_nobody_needs_are_not_held() -> None:
    built = one()
    found = in_fewest_classes(built, held(4, 3))
    assert found == held(2, 1)
    before, after = drafted(built, held(4, 3)), drafted(built, found)
    assert before is not None
    assert after is not None
    assert stands_for(built, after, before)


@pytest.mark.parametrize(
    "scenario",
    [one("class"), one(uses={"ruang": {"per": "class", "amount": 1}}), one(classes={"min": 7}), one(class_size=None)],
    ids=["classes cost money", "classes use a room", "so many must be held", "there are no classes"],
)
def test_classes_that_something_hangs_on_stay(scenario: Scenario) -> None:
    assert in_fewest_classes(scenario, held(4, 3)) is None


def test_a_programme_keeps_its_fewest_classes() -> None:
    found = in_fewest_classes(one(classes={"min": 5}), held(4, 3))
    assert found is not None
    assert sum(found.classes.values()) == 5


def test_no_plan_could_have_fewer_classes() -> None:
    classes = 0
    for found in plans(lambda plain: any("class_size" in each for each in plain["programmes"]), 40):
        scenario = Scenario.model_validate(found.plain)
        decisions = found.plan.decisions(scenario)
        fewer = in_fewest_classes(scenario, decisions)
        if fewer is not None:
            draft, other = drafted(scenario, fewer), drafted(scenario, decisions)
            assert other is not None
            assert draft is None or not stands_for(scenario, draft, other), found.seed
        classes += sum(decisions.classes.values())
    assert classes > few(3)
