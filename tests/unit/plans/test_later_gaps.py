"""Gaps that appear in a later year than the programmes: the cause of what stays open, `why`, and what is certain."""

from __future__ import annotations

from typing import Any

from planner.analysis.why_not.exclusions import ExclusionFinder
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from planner.plans.causes import Cause
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from planner.plans.overlap import closed_at_least
from tests.scenarios.builders import plan_from
from tests.scenarios.hand import scenario

Plain = dict[str, Any]

GROUP: Plain = {"id": "a", "headcount": 20, "gaps": {"keu": 10}, "new_gaps": {"2028": {"keu": 5}}}


def made(people: dict[tuple[str, str, str], int], group: Plain, **programme: Any) -> tuple[Scenario, OpenGaps]:
    plain = scenario(periods=["A", {"id": "B", "year": 2028}], groups=[group], programmes=programme)
    read = Scenario.model_validate(plain)
    return read, OpenGaps(Measures(read, plan_from(read, Decisions(people))))


def test_a_gap_that_appears_after_the_last_start_is_named() -> None:
    # all 10 of 2027 are closed; 5 appear in 2028, when the programme is not held
    _, found = made({("a", "bimtek", "A"): 10}, GROUP, periods=["A"])
    (row,) = found.rows
    assert row.left == 5
    assert row.cause is Cause.LATER
    # one more could have come in 2027: there is no single cause
    _, found = made({("a", "bimtek", "A"): 9}, GROUP, periods=["A"])
    assert found.rows[0].cause is Cause.PRIORITY
    # it is held in 2028 too: one more could come then
    _, found = made({("a", "bimtek", "A"): 10}, GROUP)
    assert found.rows[0].cause is Cause.PRIORITY


def test_why_says_that_nobody_needs_it_yet() -> None:
    later = GROUP | {"gaps": {}}
    for periods, kinds in ((["A"], ["later"]), (["A", "B"], []), (["B"], [])):
        read, _ = made({}, later, periods=periods)
        found = ExclusionFinder(read).exclusions(read.groups[0], read.programmes[0])
        assert [each.kind for each in found] == kinds
        assert bool(found) == (("a", "bimtek") not in make_sets(read).need)
    read, _ = made({}, later, periods=["A"])
    (excluded,) = ExclusionFinder(read).exclusions(read.groups[0], read.programmes[0])
    assert (excluded.names, excluded.others) == (("A",), ("2028",))


def test_nobody_sits_in_a_period_before_the_gap_is_there() -> None:
    read, _ = made({}, GROUP | {"gaps": {}})
    assert dict(make_sets(read).seats) == {("a", "bimtek", "B"): 5}
    read, _ = made({}, GROUP)
    assert dict(make_sets(read).seats) == {("a", "bimtek", "A"): 10, ("a", "bimtek", "B"): 15}


def test_the_least_overlap_is_that_of_the_gaps_of_each_year() -> None:
    """20 people; keu 10 and arsip 10 in 2027, keu 5 more in 2028. 10 seats in 2027 are certain to close 10, of people
    who lack one each; the best overlap closes 20. In 2028 the 10 gaps left and the 5 new ones are for 5 more seats."""
    group = GROUP | {"gaps": {"keu": 10, "arsip": 10}}
    plain = scenario(
        periods=["A", {"id": "B", "year": 2028}],
        competencies=[{"id": c, "kind": "technical"} for c in ("keu", "arsip")],
        groups=[group],
        programmes={"closes": {"keu": 1, "arsip": 1}},
    )
    read = Scenario.model_validate(plain)
    plan = plan_from(read, Decisions({("a", "bimtek", "A"): 10, ("a", "bimtek", "B"): 5}))
    assert plan.gaps_closed == 25
    # ten people of 2027 lack one each, and so do five of 2028: 15 gaps among 20 people
    assert closed_at_least(Measures(read, plan)) == 15
