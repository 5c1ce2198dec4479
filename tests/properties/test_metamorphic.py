"""Changes of a scenario whose effect is known: the best plan must follow, whatever it is."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.plans.plan import Plan
from planner.scenario_io import read_scenario
from planner.solve.outcome import SearchLimits
from tests.properties.answers import answered, at_least_as_good, medium, tiny, values
from tests.properties.changes import (
    dearer,
    money_times,
    narrower,
    permuted,
    renamed,
    together,
    unaffordable,
    weights_times,
    wider,
    with_programme,
)
from tests.sampled import sampled

Plain = dict[str, Any]

SCENARIOS = [*tiny(60), *medium(6)]


def name(plain: Plain) -> str:
    return str(plain["scenario"]["id"])


def in_parts(scenarios: list[Plain]) -> pytest.MarkDecorator:
    """One test for each part of the scenarios, so that they can be worked on at the same time."""
    return pytest.mark.parametrize("part", sampled([scenarios[n::3] for n in range(3)], 3), ids=range(3))


@in_parts(SCENARIOS)
def test_the_order_of_the_file_and_the_ids_do_not_matter(part: list[Plain]) -> None:
    for seed, plain in enumerate(part):
        other = permuted(renamed(plain, lambda text: f"baru-{text[::-1]}"), seed)
        assert values(other) == values(plain), name(plain)


def splits_money(plain: Plain) -> bool:
    """Whether shares of money may fall between two rupiah, or goals count single rupiah."""
    conditions = ("max_share", "match", "releases")
    return any(c in fund for c in conditions for fund in plain["funds"]) or any(
        rule["measure"] == "cost" for rule in plain.get("rules", [])
    )


@in_parts(SCENARIOS)
def test_money_times_seven_changes_nothing_but_the_costs(part: list[Plain]) -> None:
    for plain in part:
        if any(rule["measure"] == "cost" and "soft" in rule for rule in plain.get("rules", [])):
            continue  # a seventh of a price for missing a goal has no decimal
        if splits_money(plain):
            continue  # a share is rounded to whole rupiah in the plan's favour, which weighs less in larger amounts
        before, after = values(plain), values(money_times(plain, 7))
        if after is not None:
            goals = [level.goal for level in answered(plain).plan.objective] if before else []  # type: ignore[union-attr]
            after = tuple(v / 7 if goal.endswith("cost") else v for v, goal in zip(after, goals, strict=bool(before)))
        assert after == before, name(plain)


@in_parts(SCENARIOS)
def test_a_programme_that_nobody_can_pay_changes_nothing(part: list[Plain]) -> None:
    for plain in part:
        assert values(with_programme(plain, unaffordable(plain))) == values(plain), name(plain)


@in_parts(SCENARIOS)
def test_a_programme_that_nobody_needs_changes_nothing(part: list[Plain]) -> None:
    for plain in part:
        other = with_programme(plain, {"id": "percuma", "closes": {"tidak-kurang": 1}})
        other["competencies"] = [*plain["competencies"], {"id": "tidak-kurang", "kind": "managerial", "weight": 9}]
        assert values(other) == values(plain), name(plain)


@in_parts(SCENARIOS)
def test_more_money_seats_room_time_or_programmes_never_make_it_worse(part: list[Plain]) -> None:
    for plain in part:
        for what, other in wider(plain):
            assert at_least_as_good(values(other), values(plain)), (name(plain), what)


@in_parts(SCENARIOS)
def test_a_new_hard_rule_or_a_higher_minimum_never_makes_it_better(part: list[Plain]) -> None:
    for seed, plain in enumerate(part):
        for what, other in narrower(plain, random.Random(seed)):
            assert at_least_as_good(values(plain), values(other)), (name(plain), what)


def rewards_spending(plain: Plain) -> bool:
    """Whether spending more in one place may allow or please elsewhere."""
    conditions = ("max_share", "match", "minimum")
    return any(c in fund for c in conditions for fund in plain["funds"]) or any(
        rule["measure"] == "cost" for rule in plain.get("rules", [])
    )


@in_parts([plain for plain in tiny(160) if not rewards_spending(plain)])
def test_higher_costs_never_make_it_better(part: list[Plain]) -> None:
    assert len(part) > 10
    for plain in part:
        assert at_least_as_good(values(plain), values(dearer(plain))), name(plain)


@in_parts(SCENARIOS)
def test_weights_times_three_give_three_times_the_objective(part: list[Plain]) -> None:
    for plain in part:
        before, after = answered(plain), answered(weights_times(plain, 3))
        assert (before is None) == (after is None), name(plain)
        if before and after:
            factors = [3 if level.goal == "gaps_closed" else 1 for level in before.plan.objective]
            expected = tuple(factor * value for factor, value in zip(factors, before.values, strict=True))
            assert after.values == expected, name(plain)


@in_parts([plain for plain in SCENARIOS if not any("releases" in fund for fund in plain["funds"])])
def test_a_budget_of_just_what_the_plan_costs_is_enough(part: list[Plain]) -> None:
    for plain in part:
        before = answered(plain)
        if before is not None:
            other = copy.deepcopy(plain)
            for fund, use in zip(other["funds"], before.plan.funds, strict=True):
                fund["amount"] = use.spent or fund["amount"]
            assert values(other) == before.values, name(plain)


def stands_alone(plain: Plain) -> bool:
    """Whether two such scenarios side by side would have nothing to do with each other."""
    shared = "rules" in plain or "objective" in plain
    measures = any(group.get("socialization", {}).get("cost") for group in plain["groups"])
    agreements = any(fund.get("agreement_cost", {}).get("amount") for fund in plain["funds"])
    return not shared and not measures and not agreements


def calendar(plain: Plain) -> str:
    """The periods and the hours of a day, which regions side by side have in common."""
    return str((plain.get("periods", []), plain.get("hours_per_day", 8)))


def test_regions_with_their_own_budgets_add_up() -> None:
    alone: dict[str, list[Plain]] = {}
    for plain in filter(stands_alone, tiny(1200)):
        alone.setdefault(calendar(plain), []).append(plain)
    added = 0
    for alike in alone.values():
        for one, other in zip(alike[::2], alike[1::2], strict=False):
            first, second = values(one), values(other)
            if first and second:
                sums = tuple(a + b for a, b in zip(first, second, strict=True))
                assert values(together(one, other)) == sums, (name(one), name(other))
                added += 1
    assert added > 10


def without_seconds(found: Plan) -> str:
    """plan.json but for the time the solver took."""
    return replace(found, solver=replace(found.solver, seconds=0.0)).to_json()


@pytest.mark.parametrize("plain", [*tiny(12), *medium(3)], ids=name)
def test_a_scenario_that_extends_another_and_changes_nothing_has_the_same_plan(plain: Plain, tmp_path: Path) -> None:
    (tmp_path / "dasar.yaml").write_text(json.dumps(plain), encoding="utf-8")
    (tmp_path / "turunan.yaml").write_text("extends: dasar.yaml\n", encoding="utf-8")
    base, derived = (read_scenario(tmp_path / file) for file in ("dasar.yaml", "turunan.yaml"))
    assert base.sha256 == derived.sha256 == Scenario.model_validate(plain).sha256
    if answered(plain) is not None:
        one, other = (plan(scenario, SearchLimits(gap=0.0), inline=True).plan for scenario in (base, derived))
        assert without_seconds(one) == without_seconds(other)


def test_the_solver_in_a_process_of_its_own_finds_the_same_plan() -> None:
    scenario = Scenario.model_validate(medium(1)[0])
    one, other = (plan(scenario, inline=inline).plan for inline in (True, False))
    assert without_seconds(one) == without_seconds(other)
