"""Alternatives: nearly as good as the best plan, different from it and from each other."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from planner.analysis.alternatives.different import MOST_PAIRS, Alternatives, alternatives
from planner.analysis.plans.moves import moves
from planner.analysis.plans.nearly_best import nearly_best
from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from planner.planning import SearchLimits
from planner.plans.plan import Plan
from tests.sampled import few, some
from tests.scenarios.builders import scenario as small
from tests.unit.analysis.plans import EXACT, assert_passes, every_plan, inquiry, most_gaps, tiny_ones

TENTH = Fraction(1, 10)


def twins(groups: int) -> Scenario:
    """Groups alike, one programme each, and money for one person: as many plans as groups, all equally good."""
    plain: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "kembar", "fiscal_year": 2027},
        "competencies": [{"id": "keu", "kind": "technical"}],
        "groups": [{"id": f"g{n}", "headcount": 1, "gaps": {"keu": 1}} for n in range(groups)],
        "programmes": [
            {"id": "bimtek", "closes": {"keu": 1}, "costs": [{"item": "Biaya", "per": "participant", "price": 10}]}
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": 10}],
    }
    return Scenario.model_validate(plain)


def test_every_equally_good_plan_is_found_where_there_are_few() -> None:
    answer = alternatives(inquiry(twins(4)), Fraction(0))
    people = [{row.group for row in plan.allocations} for plan in answer.plans]
    assert sorted(map(sorted, people)) == [["g0"], ["g1"], ["g2"], ["g3"]]
    assert answer.ending == "same"


def test_no_more_are_made_than_are_asked_for() -> None:
    answer = alternatives(inquiry(twins(9)), Fraction(0), most=3)
    assert (len(answer.found), answer.ending) == (3, "enough")


def checked(plain: dict[str, Any], asked: Inquiry, answer: Alternatives) -> None:
    floor = most_gaps(plain) * (1 - TENTH)
    for each in answer.found:
        assert_passes(asked.scenario, each.plan)
        assert each.plan.gaps_level.value >= floor
        assert each.moves.people_moved == moves(asked.plan, each.plan).people_moved
    for one, other in combinations(answer.plans, 2):
        assert moves(one, other).people_moved


def test_alternatives_keep_the_limit_and_differ_and_none_is_overlooked_where_there_is_one() -> None:
    found = nothing = 0
    for plain, asked in tiny_ones(some(range(16))):
        if asked.plan.gaps_level.value < 0:
            continue
        answer = alternatives(asked, TENTH, most=3)
        checked(plain, asked, answer)
        found += len(answer.found)
        if not answer.found and len(make_sets(asked.scenario).need) <= MOST_PAIRS:
            floor = asked.plan.gaps_level.value * (1 - TENTH)
            ours = {(g, p): n for (g, p), n in _people(asked.plan).items() if n}
            assert all(known.people == ours for known in every_plan(plain, floor)), plain["scenario"]["id"]
            nothing += 1
    assert found > few(4)
    assert nothing > few(3)


def _people(plan: Plan) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in plan.allocations:
        found[row.group, row.programme] = found.get((row.group, row.programme), 0) + row.participants
    return found


@pytest.mark.parametrize(
    ("level", "goal"),
    [({"minimize": "own_cost"}, "own_cost"), ({"minimize": "total_cost"}, "total_cost")],
)
def test_a_cost_that_ranks_above_gaps_is_kept_within_the_limit_too(level: dict[str, str], goal: str) -> None:
    rules = [{"name": "Sedikitnya", "measure": "participants", "at_least": 60}]
    asked = inquiry(small(objective=[level, {"maximize": "gaps_closed"}], rules=rules))
    answer = alternatives(asked, TENTH, most=2)
    best = next(row.value for row in asked.plan.objective if row.goal == goal)
    assert best > 0
    assert answer.found
    for each in answer.found:
        assert next(row.value for row in each.plan.objective if row.goal == goal) <= best * (1 + TENTH)


@pytest.mark.parametrize("by", ["agency", "competency"])
def test_the_smallest_coverage_is_kept_within_the_limit_where_it_ranks_above(by: str) -> None:
    objective = [{"maximize": "smallest_coverage", "by": by}, {"maximize": "gaps_closed"}]
    asked = inquiry(small(objective=objective, competencies=[
        {"id": "keu-daerah", "kind": "technical"}, {"id": "komunikasi", "kind": "managerial"},
    ], groups=[
        {"id": "a", "agency": "A", "location": "K", "headcount": 40, "gaps": {"keu-daerah": 40, "komunikasi": 20}},
        {"id": "b", "agency": "B", "location": "L", "headcount": 30, "gaps": {"keu-daerah": 30}},
        {"id": "c", "headcount": 20, "gaps": {"komunikasi": 20}},
    ], rules=[]))  # fmt: skip
    best = asked.plan.objective[0].value
    assert best > 0
    limit = nearly_best(asked, TENTH)
    assert limit.holds(asked.plan)
    for each in alternatives(asked, TENTH, most=2).found:
        assert each.plan.objective[0].value >= best * (1 - TENTH) - Fraction(1, 10**5)


@dataclass
class _Broken(BatchRunner):
    """A runner that makes no plan."""

    def __init__(self) -> None:
        super().__init__()

    def solve(self, points: Any, limits: SearchLimits) -> Any:
        from planner.batch.points import Result

        return {point.name: Result(point.name, None, message="rusak") for point in points}


def test_a_search_that_fails_is_said_and_ends_the_list() -> None:
    good = inquiry(twins(3))
    answer = alternatives(Inquiry(good.scenario, good.plan, _Broken(), EXACT))
    assert (answer.found, answer.ending, answer.message) == ((), "none", "rusak")
