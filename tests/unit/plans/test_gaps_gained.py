"""One more participant closes what the gaps closed of the whole plan grow by."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.plans.closings import closings
from planner.plans.gaps_gained import GapsGained
from planner.plans.plan import Plan
from tests.scenarios.builders import plan_from
from tests.scenarios.hand import scenario

GROUPS = [
    {"id": "a", "headcount": 9, "agency": "A", "gaps": {"keu": 7}, "new_gaps": {"2028": {"keu": 2}}, "uptake": "70%"},
    {"id": "b", "headcount": 9, "agency": "A", "gaps": {"keu": 5}, "uptake": "90%"},
    {"id": "c", "headcount": 5, "gaps": {"keu": 3}, "uptake": "50%"},
]


def made(people: dict[tuple[str, str, str], int]) -> tuple[Scenario, Plan]:
    read = Scenario.model_validate(scenario(periods=["A", {"id": "B", "year": 2028}], groups=GROUPS))
    return read, plan_from(read, Decisions(people))


def closed(read: Scenario, people: dict[tuple[str, str, str], int], until: str | None) -> dict[str, Fraction]:
    return {row.group: row.closed for row in closings(read, Decisions(people), until)}


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("until", [None, "2027", "2028"])
def test_the_gain_is_that_of_the_whole_plan(number: int, until: str | None) -> None:
    """With chances left and with none, of the group and of its agency, in either year."""
    people = {("a", "bimtek", "A"): 1 + number % 5, ("b", "bimtek", "B"): 1 + number // 2}
    read, plan = made(people)
    gained, before = GapsGained(read, plan), closed(read, people, until)
    for group in read.groups:
        for start in read.horizon:
            key = group.id, "bimtek", start
            after = closed(read, {**people, key: people.get(key, 0) + 1}, until)
            grown = {g: n - before[g] for g, n in after.items() if n != before[g]}
            found = gained.by(group, read.programme["bimtek"], start, until)
            assert {g: n for (g, _c), n in found.items() if n} == grown


def test_a_course_that_ends_later_closes_nothing_yet() -> None:
    read, plan = made({("a", "bimtek", "A"): 1})
    assert GapsGained(read, plan).by(read.group["a"], read.programme["bimtek"], "B", "2027") == {}
