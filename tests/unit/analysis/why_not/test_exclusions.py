"""What excludes a group from a programme: as the sets of the model have it, with every reason and its place."""

from __future__ import annotations

from typing import Any, get_args

from planner.analysis.why_not.exclusion_kinds import ExclusionKind
from planner.analysis.why_not.exclusions import ExclusionFinder
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.model.sets import make_sets
from tests.oracle.brute_force import solve
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.sampled import some
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]


def kinds(plain: Plain, group: str = "a", programme: str = "bimtek") -> list[str]:
    """The exclusions and obstacles of a pair, by kind."""
    read = Scenario.model_validate(plain)
    finder = ExclusionFinder(read)
    pair = read.group[group], read.programme[programme]
    return [found.kind for found in (*finder.exclusions(*pair), *finder.obstacles(*pair))]


def test_a_pair_has_a_reason_exactly_where_the_sets_have_no_seat_for_it() -> None:
    seen: set[str] = set()
    for plain in (*map(tiny_scenarios, some(range(500))), *map(random_scenarios, some(range(12)))):
        read = Scenario.model_validate(plain)
        if find_problems(read):
            continue
        sets, finder = make_sets(read), ExclusionFinder(read)
        for group in read.groups:
            for programme in read.programmes:
                found = finder.exclusions(group, programme)
                assert bool(found) == ((group.id, programme.id) not in sets.need), (
                    f"{read.id}: planner/model/sets.py and planner/analysis/why_not/exclusions.py differ about group"
                    f" {group.id} in programme {programme.id}"
                )
                seen |= {each.kind for each in found}
    unseen = set(get_args(ExclusionKind)) - OBSTACLES - {"over"} - seen
    assert not unseen, f"no random scenario (tests/oracle/generate.py) has {unseen}"
    assert not seen & OBSTACLES


OBSTACLES = {"resources", "requires", "requires_late", "requires_any"}
"""Kinds for which the sets have a seat."""


def test_where_there_is_an_obstacle_no_plan_seats_anybody() -> None:
    met: set[str] = set()
    for seed in some(range(400), 3):
        plain = tiny_scenarios(seed, most_plans=200)
        read = Scenario.model_validate(plain)
        if find_problems(read):
            continue
        finder = ExclusionFinder(read)
        for group in read.groups:
            for programme in read.programmes:
                if finder.exclusions(group, programme) or not finder.obstacles(group, programme):
                    continue
                met |= {each.kind for each in finder.obstacles(group, programme)}
                where = {"groups": {"id": group.id}, "programmes": {"id": programme.id}}
                forced = {"name": "x", "measure": "participants", "where": where, "at_least": 1}
                assert solve(plain | {"rules": [*plain.get("rules", []), forced]}) is None
    assert {"requires", "resources"} <= met


def test_what_does_not_suffice_for_the_smallest_run_is_named() -> None:
    def using(amount: object) -> Plain:
        uses = {"asrama": {"per": "participant", "amount": 2}}
        programme = {"uses": uses, "class_size": {"min": 3, "max": 5}}
        return scenario(resources=[{"id": "asrama", "amount": amount}], programmes=programme)

    assert kinds(using({"TW2": 5})) == ["resources"]
    assert kinds(using({"TW2": 6})) == []


def test_each_reason_is_told_with_its_place() -> None:
    plain = scenario(
        groups={"release": "9%", "uptake": "5%", "agency": "Dinkes"},
        programmes={"for": {"agency": ["BPKAD"]}, "days": 120},  # of 9% x 10 x 120 = 108 person-days
    )
    plain["groups"].append({"id": "b", "headcount": 10, "gaps": {"keu": 10}, "agency": "BPKAD"})
    read = Scenario.model_validate(plain)
    found = ExclusionFinder(read).exclusions(read.group["a"], read.programme["bimtek"])
    assert [each.path for each in found] == [
        ("programmes", "bimtek", "for", "agency"),
        ("groups", "a", "uptake"),
        ("groups", "a", "release"),
    ]
    assert (found[0].names, found[0].others) == (("BPKAD",), ("Dinkes",))


def test_a_class_that_nobody_may_pay_is_an_obstacle_for_all() -> None:
    funds = {"pays": {"items": {"per": "participant"}}}
    plain = scenario(programmes=costing("class", 5) | {"class_size": {"max": 10}}, funds=funds)
    assert kinds(plain) == ["unpayable", "class_size"], "with nobody left who could come"
    plain = scenario(programmes=costing("participant", 5), funds={"pays": {"items": {"per": "class"}}})
    assert kinds(plain) == ["unpayable"]


def test_reasons_of_a_prerequisite_are_reasons_for_what_requires_it() -> None:
    programmes = [
        {"id": "mahir", "closes": {"keu": 1}, "requires": ["lanjut"]},
        {"id": "lanjut", "closes": {"keu": 1}, "requires": ["dasar"]},
        {"id": "dasar", "closes": {"keu": 1}, "class_size": {"min": 11, "max": 20}},
    ]
    plain = scenario(programmes=programmes)
    assert kinds(plain, programme="mahir") == ["requires"]
    read = Scenario.model_validate(plain)
    (found,) = ExclusionFinder(read).obstacles(read.group["a"], read.programme["mahir"])
    assert [(inner.kind, inner.detail) for inner in found.because] == [("requires", "dasar")]
    assert [inner.kind for inner in found.because[0].because] == ["class_size"]


def test_of_several_prerequisites_each_must_be_impossible() -> None:
    enough = {"any": ["dasar", "daring"]}
    programmes: list[dict[str, Any]] = [
        {"id": "bimtek", "closes": {"keu": 1}, "periods": ["TW1"], "requires": [enough]},
        {"id": "dasar", "closes": {"keu": 1}, "class_size": {"min": 11, "max": 20}, "periods": ["TW1"]},
        {"id": "daring", "closes": {"keu": 1}, "periods": ["TW2"]},
    ]
    plain = scenario(programmes=programmes)
    assert kinds(plain) == ["requires_any"], "one has too few people, the other is too late"
    read = Scenario.model_validate(plain)
    (found,) = ExclusionFinder(read).obstacles(read.group["a"], read.programme["bimtek"])
    assert found.names == ("dasar", "daring")
    assert [(each.kind, each.detail) for each in found.because] == [("requires", "dasar"), ("requires_late", "daring")]
    programmes[2]["periods"] = ["TW1"]
    assert kinds(scenario(programmes=programmes)) == []


def test_a_prerequisite_held_too_late_is_an_obstacle() -> None:
    programmes = [
        {"id": "bimtek", "closes": {"keu": 1}, "periods": ["TW1"], "requires": ["dasar"]},
        {"id": "dasar", "closes": {"keu": 1}, "periods": ["TW2"]},
    ]
    assert kinds(scenario(programmes=programmes)) == ["requires_late"]
    programmes[1]["periods"] = ["TW1", "TW2"]
    assert kinds(scenario(programmes=programmes)) == []
