"""Changes of a scenario whose effect is known: the best plan must follow, whatever it is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.scenario_io import read_scenario
from planner.solve.outcome import SearchLimits
from tests.properties.answers import answered, medium, tiny, values
from tests.properties.changes import together
from tests.properties.relations import RELATIONS, rewards_spending
from tests.sampled import few, sampled

Plain = dict[str, Any]


@cache
def scenarios(thrifty: bool) -> list[Plain]:
    """Those of all relations, or, for dearer prices, those in which spending more allows or pleases nowhere."""
    if thrifty:
        return [plain for plain in tiny(160) if not rewards_spending(plain)]
    return [*tiny(60), *medium(6)]


def name(plain: Plain) -> str:
    return str(plain["scenario"]["id"])


@pytest.mark.parametrize("part", sampled(range(12), 12))
@pytest.mark.parametrize("relation", RELATIONS)
def test_the_best_plan_follows_a_change_whose_effect_is_known(relation: str, part: int) -> None:
    chosen = scenarios(relation == "higher_costs")[part::12]
    assert len(chosen) >= 3
    for seed, plain in enumerate(chosen):
        assert RELATIONS[relation](plain, seed) is None, name(plain)


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
    for plain in filter(stands_alone, tiny(few(1200))):
        alone.setdefault(calendar(plain), []).append(plain)
    added = 0
    for alike in alone.values():
        for one, other in zip(alike[::2], alike[1::2], strict=False):
            first, second = values(one), values(other)
            if first and second:
                sums = tuple(a + b for a, b in zip(first, second, strict=True))
                assert values(together(one, other)) == sums, (name(one), name(other))
                added += 1
    assert added > few(10)


@pytest.mark.parametrize("number", sampled(range(15), 4, 2))
def test_a_scenario_that_extends_another_and_changes_nothing_has_the_same_plan(number: int, tmp_path: Path) -> None:
    plain = [*tiny(12), *medium(3)][number]
    (tmp_path / "dasar.yaml").write_text(json.dumps(plain), encoding="utf-8")
    (tmp_path / "turunan.yaml").write_text("extends: dasar.yaml\n", encoding="utf-8")
    base, derived = (read_scenario(tmp_path / file) for file in ("dasar.yaml", "turunan.yaml"))
    assert base.sha256 == derived.sha256 == Scenario.model_validate(plain).sha256
    if answered(plain) is not None:
        one, other = (plan(scenario, SearchLimits(gap=0.0), inline=True).plan for scenario in (base, derived))
        assert one.to_json() == other.to_json()


def test_the_solver_in_a_process_of_its_own_finds_the_same_plan() -> None:
    scenario = Scenario.model_validate(medium(1)[0])
    one, other = (plan(scenario, inline=inline).plan for inline in (True, False))
    assert one.to_json() == other.to_json()
