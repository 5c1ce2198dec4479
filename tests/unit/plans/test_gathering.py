"""People of a group are gathered in fewer allocations where nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted, stands_for
from planner.plans.gathering import gathered
from tests.rules.random_plans import plans
from tests.rules.small import Plain, costing, small
from tests.sampled import few

SPLIT = {
    ("a", "bimtek", "TW1"): 3,
    ("a", "bimtek", "TW2"): 17,
    ("b", "bimtek", "TW1"): 17,
    ("b", "bimtek", "TW2"): 3,
}


def two(*, group: Plain | None = None, **programme: Any) -> Scenario:
    """Two groups of twenty, a class of twenty in each of two periods, Rp3 a seat."""
    groups = [{"id": name, "headcount": 20, "gaps": {"keu": 20}} | (group or {}) for name in "ab"]
    course = costing("participant", 3) | {"hours": 8, "class_size": {"max": 20}} | programme
    return Scenario.model_validate(small(groups=groups, programmes=course, funds={"amount": 1000}))


def split(people: dict[tuple[str, str, str], int] | None = None) -> Decisions:
    return Decisions(participants=people or SPLIT, classes={("bimtek", "TW1"): 1, ("bimtek", "TW2"): 1})


def test_two_groups_change_places() -> None:
    found = gathered(two(), split())
    assert found is not None
    assert found.participants == {("a", "bimtek", "TW2"): 20, ("b", "bimtek", "TW1"): 20}
    before, after = drafted(two(), split()), drafted(two(), found)
    assert before is not None
    assert after is not None
    assert stands_for(two(), after, before)


def test_one_of_two_groups_stays_scattered_where_its_people_need_both_classes() -> None:
    people = SPLIT | {("a", "bimtek", "TW1"): 5, ("b", "bimtek", "TW1"): 15}
    found = gathered(two(), split(people))
    assert found is not None
    assert found.participants == {("a", "bimtek", "TW1"): 2, ("a", "bimtek", "TW2"): 20, ("b", "bimtek", "TW1"): 18}


@pytest.mark.parametrize(
    ("group", "programme"),
    [
        # seventeen of twenty people are released for a day: twenty in one period are too many
        ({"release": "0.7%"}, {}),
        # seats that are paid by unlike prices
        (
            {},
            costing("participant", 3)
            | {"costs": [{"item": "B", "per": "participant", "price": {"by": "id", "a": 1, "b": 2}}]},
        ),
    ],
)
def test_nothing_changes_where_something_else_would(group: Plain, programme: Plain) -> None:
    assert gathered(two(group=group, **programme), split()) is None


def test_what_is_left_of_a_group_is_not_too_small() -> None:
    people = dict(zip(SPLIT, (8, 12, 14, 4), strict=True))
    # either two of b would be left in TW1, or four of a
    assert gathered(two(smallest=5), split(people)) is None
    found = gathered(two(), split(people))
    assert found is not None
    assert found.participants == dict(zip(SPLIT, (4, 16, 18), strict=False))


def test_no_plan_could_be_gathered_further() -> None:
    several = 0
    for found in plans(lambda plain: len(plain.get("periods", ())) > 1, 60):
        scenario = Scenario.model_validate(found.plain)
        decisions = found.plan.decisions(scenario)
        fewer = gathered(scenario, decisions)
        if fewer is not None:
            draft, other = drafted(scenario, fewer), drafted(scenario, decisions)
            assert other is not None
            assert draft is None or not stands_for(scenario, draft, other), found.seed
        several += len({(g, p) for g, p, _t in found.people}) < len(found.people)
    assert several > few(3)
