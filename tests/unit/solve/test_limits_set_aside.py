"""What can be set aside to see why there is no plan: each limit allows more without it, and says what it is."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.solve.limits_set_aside import ClashKind, RemovableLimit, families, together, without
from tests.oracle.brute_force import solve
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.sampled import few, some
from tests.scenarios.hand import read, scenario


def limits(scenario: Scenario) -> list[RemovableLimit]:
    return [limit for family in families(scenario) for limit in family]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_limit_says_what_it_is_with_its_values(language: str) -> None:
    kinds = set()
    scenarios = [*map(random_scenarios, range(4)), *map(tiny_scenarios, range(60))]
    with speaking(language):
        for plain in scenarios:
            for limit in limits(Scenario.model_validate(plain)):
                sentence = str(limit.clash)
                assert limit.clash.owner in sentence
                assert limit.clash.value in sentence
                assert "{" not in sentence
                several = str(together([limit, limit]))
                assert limit.clash.owner in several
                assert "{" not in several
                kinds.add(limit.clash.kind)
    unseen = set(get_args(ClashKind)) - {"committed"} - kinds
    assert not unseen, f"no random scenario (tests/oracle/generate.py) has {unseen}"


def test_paths_lead_to_what_stands_in_the_scenario() -> None:
    for seed in range(12):
        plain = random_scenarios(seed)
        for limit in limits(Scenario.model_validate(plain)):
            part, key, *last = limit.clash.path
            records = plain[str(part)]
            if isinstance(records, dict):  # the choices between programmes
                assert key in records
                continue
            record = records[key] if isinstance(key, int) else next(r for r in records if r["id"] == key)
            assert not last or last[0] in record or (last[0] == "uptake" and "uptake" in record)


def test_rules_come_first_then_money_then_programmes_then_groups() -> None:
    scenario = Scenario.model_validate(random_scenarios(0))
    parts = [str(limit.clash.path[0]) for limit in limits(scenario)]
    order = ["rules", "funds", "programmes", "mentor_pools", "groups"]
    assert parts == sorted(parts, key=order.index)


def test_nothing_set_aside_is_the_scenario_itself() -> None:
    scenario = Scenario.model_validate(random_scenarios(1))
    assert without(scenario, []) == scenario


def test_a_plan_stays_possible_whatever_is_set_aside() -> None:
    tried = 0
    for seed in some(range(60)):
        plain = tiny_scenarios(seed, most_plans=40)
        scenario = Scenario.model_validate(plain)
        if find_problems(scenario) or solve(plain) is None:
            continue
        for limit in limits(scenario):
            more = without(scenario, [limit]).to_plain()
            for fund in more["funds"]:
                fund["amount"] = min(fund["amount"], 40)  # as much as the oracle can try, and more than all costs
            assert solve(plainly(more)) is not None, (seed, limit.clash)
            tried += 1
    assert tried > few(100)


def plainly(plain: dict[str, object]) -> dict[str, object]:
    """Decimals as the texts that the oracle reads."""
    read: dict[str, object] = json.loads(json.dumps(plain, default=float))
    return read


def test_jp_taken_before_are_told_with_the_limit_that_they_lower() -> None:
    groups = [{"id": "a", "headcount": 9, "gaps": {"keu": 9}, "max_hours": 24, "hours_before": 12}]
    found = limits(Scenario.model_validate(scenario(groups=groups)))
    (limit,) = [each for each in found if each.clash.kind == "max_hours"]
    with speaking("en"):
        assert str(limit.clash) == (
            "people of the group 'a' may take at most 24 JP each, and have taken 12 of them in the first year already"
            " (max_hours, hours_before)"
        )
        assert str(together([limit, limit])).endswith("less what they have taken before (max_hours, hours_before)")


def test_thousands_of_a_limit_are_marked_as_in_reports() -> None:
    rule = {"id": "semua", "name": "Semua", "measure": "participants", "at_least": 4000}
    many = Scenario.model_validate(random_scenarios(0) | {"rules": [rule]})
    with speaking("id"):
        assert "aturan 'Semua': paling sedikit 4.000 (at_least)" in [str(limit.clash) for limit in limits(many)]


def test_willingness_is_told_before_and_after_a_socialization() -> None:
    group = {"uptake": "60%", "socialization": {"raises_uptake_to": "90%", "cost": 1_500_000}}
    with speaking("id"):
        (told,) = [each.clash for each in limits(read(scenario(groups=group))) if each.clash.kind == "uptake"]
    assert told.value == "60% (90% setelah sosialisasinya seharga Rp1.500.000)"
