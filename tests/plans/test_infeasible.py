"""Scenarios without a plan: what clashes is named, all of it is needed for the clash, and it says where it stands."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.locale import speaking
from planner.planning import SearchLimits, plan
from planner.solve.infeasible import smallest
from planner.solve.limits_set_aside import families
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few, some
from tests.scenarios.hand import costing, scenario
from tests.scenarios.infeasible import CASES, RULE, TEN_PEOPLE

Plain = dict[str, Any]
Path = tuple[str | int, ...]


def clashes(plain: Plain) -> list[tuple[str, Path]]:
    """What clashes, in English, with its paths. The scenario must be one that planner check passes."""
    read = Scenario.model_validate(plain)
    assert not find_problems(read)
    with speaking("en"), pytest.raises(InfeasibleError) as raised:
        plan(read, SearchLimits(), inline=True)
    assert raised.value.exit_code == 3
    for sentence, _path in raised.value.clashes:
        assert sentence in str(raised.value)
    return list(raised.value.clashes)


def paths(plain: Plain) -> set[Path]:
    return {path for _sentence, path in clashes(plain)}


def dropped(plain: Plain, path: Path) -> Plain:
    """The scenario without the rule or limit at `path`, as a planner would take it out."""
    less = copy.deepcopy(plain)
    part, key, *last = path
    if part == "mentor_pools":
        for programme in less["programmes"]:
            if programme.get("mentors", {}).get("pool") == key:
                del programme["mentors"]
        return less
    if part in ("choices", "actuals"):
        del (less["choices"] if part == "choices" else less["actuals"]["committed"])[last[0] if last else key]
        return less
    record = less[str(part)][key] if isinstance(key, int) else next(r for r in less[str(part)] if r["id"] == key)
    match last[0]:
        case "amount":
            record["amount"] = 10**14
        case "class_size":
            record["class_size"]["min"] = 1
        case "uptake":
            record["uptake"] = 1
            record.get("socialization", {})["raises_uptake_to"] = 1
        case "at_least" | "at_most" as side:
            del record[side]
            if not {"at_least", "at_most"} & set(record):
                less["rules"].remove(record)
        case limit:
            del record[str(limit)]
    return less


def has_plan(plain: Plain) -> bool:
    try:
        plan(Scenario.model_validate(plain), SearchLimits(), inline=True)
    except InfeasibleError:
        return False
    return True


def assert_each_is_needed(plain: Plain) -> None:
    for path in paths(plain):
        assert has_plan(dropped(plain, path)), path


@pytest.mark.parametrize(("plain", "expected"), CASES.values(), ids=CASES)
def test_what_clashes_is_named_and_all_of_it_is_needed(plain: Plain, expected: set[Path]) -> None:
    assert paths(plain) == expected
    assert_each_is_needed(plain)


def test_a_soft_rule_never_leaves_a_scenario_without_a_plan() -> None:
    plain = scenario(rules=[TEN_PEOPLE | {"at_least": 11, "soft": {"penalty": 1}}])
    assert has_plan(plain)


def test_limits_say_their_values_in_the_planners_words() -> None:
    plain = scenario(
        groups={"uptake": "92.5%", "socialization": {"raises_uptake_to": 1, "cost": 15}},
        programmes=costing("participant", 25),
        funds={"amount": 250},
        rules=[TEN_PEOPLE],
    )
    assert [sentence for sentence, _path in clashes(plain)] == [
        "the rule 'Semua ikut': at least 10 (at_least)",
        "the fund 'apbd' has Rp250 (amount)",
    ]


def test_many_members_of_one_family_are_named_in_one_sentence() -> None:
    groups = [{"id": f"g{n}", "headcount": 10, "gaps": {"keu": 10}, "release": "10%"} for n in range(8)]
    # a course of all working days, of which each group releases those of one person: eight people
    plain = scenario(periods=["TW1"], groups=groups, programmes={"days": 240}, rules=[TEN_PEOPLE | {"at_least": 9}])
    assert clashes(plain) == [
        ("the rule 'Semua ikut': at least 9 (at_least)", RULE),
        (
            "the shares of working days that may go to class in one period of the groups"
            " 'g0', 'g1', 'g2', 'g3', 'g4', … (release)",
            ("groups",),
        ),
    ]


def test_rules_and_money_are_named_rather_than_limits_of_programmes_and_groups() -> None:
    # 10 people at Rp3 do not fit Rp20; 8 willing people do not fit ten: either explains it, and money is said
    plain = scenario(
        groups={"uptake": "80%"}, programmes=costing("participant", 3), funds={"amount": 20}, rules=[TEN_PEOPLE]
    )
    assert paths(plain) == {RULE, ("funds", "apbd", "amount")}


def test_in_every_random_scenario_without_a_plan_a_smallest_clash_is_named() -> None:
    explained = 0
    for seed in some(range(400), 5):
        plain = tiny_scenarios(seed, most_plans=60)
        read = Scenario.model_validate(plain)
        if find_problems(read) or solve(plain) is not None:
            continue
        found = paths(plain)
        assert solve(alone(plain, found)) is None, seed
        for path in found:
            assert solve(alone(plain, found - {path})) is not None, (seed, path)
        explained += 1
    assert explained > few(15, 5)


def alone(plain: Plain, kept: set[Path]) -> Plain:
    """The scenario with all rules and limits dropped but those at `kept`; the oracle can still try its amounts."""
    less = plain
    read = Scenario.model_validate(plain)
    limits = [limit.clash.path for family in families(read) for limit in family]
    for path in reversed(limits):  # from the last rule on, so that positions stay true
        if path not in kept:
            less = dropped(less, path)
    for fund in less["funds"]:
        fund["amount"] = min(fund["amount"], 60)
    return less


def test_a_smallest_part_is_found_whatever_clashes() -> None:
    for seed in range(300):
        dice = random.Random(seed)
        candidates = list(range(dice.randint(1, 12)))
        culprits = [set(dice.sample(candidates, dice.randint(1, len(candidates)))) for _ in range(dice.randint(1, 3))]

        def clash(part: list[int], culprits: list[set[int]] = culprits) -> bool:
            return any(culprit <= set(part) for culprit in culprits)

        found = smallest(candidates, clash)  # type: ignore[arg-type]  # a list is the sequence it is called with
        assert clash(found)
        assert found == sorted(found)
        assert not any(clash([other for other in found if other != one]) for one in found)


def test_where_two_parts_clash_the_one_that_comes_first_is_found() -> None:
    assert smallest([1, 2, 3, 4], lambda part: {1, 2} <= set(part) or {3, 4} <= set(part)) == [1, 2]
    assert smallest([1, 2, 3, 4], lambda part: {1, 3} <= set(part) or {1, 4} <= set(part)) == [1, 3]
