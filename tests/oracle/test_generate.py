"""The random scenarios: valid, repeatable, small, and together using every feature of the format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from planner.domain.base import Record
from planner.domain.checks.validation import find_problems
from planner.domain.named_keys import KEYS_OF
from planner.domain.scenario import Scenario
from tests.oracle.brute_force import count, solve
from tests.oracle.generate import made_anew, random_scenarios, tiny_scenarios
from tests.oracle.generate_facts import with_facts, with_facts_of_years
from tests.oracle.generate_years import random_years, scenarios_of_years
from tests.sampled import few, some

Plain = dict[str, Any]


@cache
def tiny() -> list[Plain]:
    """Many tiny scenarios, made when the first test asks."""
    return [tiny_scenarios(seed) for seed in range(600)]


def test_tiny_scenarios_are_valid_repeatable_and_small() -> None:
    for seed, plain in enumerate(tiny()):
        scenario = Scenario.model_validate(plain)
        assert count(plain) <= 20_000
        assert len(scenario.groups) <= 3
        assert len(scenario.programmes) <= 3
        assert len(scenario.funds) <= 3
        assert len(scenario.horizon) <= 2
        assert sum(fund.amount for fund in scenario.funds) <= 60
        if seed < 20:
            assert json.dumps(made_anew(seed)) == json.dumps(plain)


def test_no_random_scenario_would_be_refused() -> None:
    years = [make(seed) for make in (scenarios_of_years, random_years) for seed in range(30)]
    begun = [plain for seed in range(30) if (plain := with_facts_of_years(seed)) is not None]
    for plain in some([*tiny(), *years, *begun, *(random_scenarios(seed) for seed in range(60))]):
        assert find_problems(Scenario.model_validate(plain)) == []


REPORT_ONLY = {
    *("scenario.name", "scenario.agency", "scenario.language", "scenario.description", "scenario.sources"),
    *("scenario.assumptions", "scenario.floor", "scenario.hours_target"),
    *(
        "scenario.citations",
        "scenario.floor.share",
        "scenario.floor.of",
        "scenario.floor.other_countable",
        "scenario.floor.citation",
        "scenario.citations.hours_target",
        "programmes.provider",
        "rules.id",
    ),
    *(
        "scenario.logo",
        "scenario.signatories",
        "scenario.letter_form",
        "scenario.addressee",
        "scenario.document_number",
    ),
    *("scenario.document_date", "scenario.document_place", "narrative", "activities", "programmes.activity"),
    *("periods.from", "periods.to", "programmes.costs.listed", "programmes.costs.ceiling", "programmes.dates"),
    "people",
    *("competencies.name", "groups.name", "mentor_pools.name", "programmes.name", "funds.name"),
}
"""What a plan does not depend on."""

AFTERWARDS = {"scenario.round_to"}
"""What moves payments once the best are known; tests/unit/payments/test_split_lines.py has its cases."""


def test_every_feature_of_the_format_is_used() -> None:
    years = [scenarios_of_years(seed) for seed in range(30)]
    begun = [plain for seed in (4, 6, 40, 74) if (plain := with_facts(seed)) is not None]
    used = {path for plain in [*tiny(), *years, *begun] for path in paths(plain, "")}
    possible = set(fields(Scenario, "")) - REPORT_ONLY - AFTERWARDS
    unused = {path for path in possible if path not in used}
    unused = {path for path in unused if not path.startswith(tuple(f"{only}." for only in REPORT_ONLY))}
    assert not unused, f"let random scenarios (made_anew in tests/oracle/generate.py) have {sorted(unused)}"


def test_every_measure_bound_level_and_basis_is_used() -> None:
    rules = [rule for plain in tiny() for rule in plain.get("rules", [])]
    for measure in ("cost", "participants", "hours", "classes", "gaps_closed"):
        of_measure = [rule for rule in rules if rule["measure"] == measure]
        assert {bool(rule.get("soft")) for rule in of_measure} == {True, False}
        for side in ("at_least", "at_most"):
            bounds = [rule[side] for rule in of_measure if side in rule]
            assert {isinstance(bound, str) for bound in bounds} == {True, False}, (measure, side)
    levels = {json.dumps(level) for plain in tiny() for level in plain.get("objective", [])}
    assert len(levels) == 3 + 4
    lines = [line for plain in tiny() for p in plain["programmes"] for line in p.get("costs", [])]
    assert {line["per"] for line in lines} == {"participant", "class", "programme"}
    assert any(isinstance(line["price"], dict) for line in lines)


def test_plans_differ_some_cannot_be_and_budgets_are_spent_to_the_rupiah() -> None:
    best = [(plain, solve(plain)) for plain in tiny()[: few(300, 4)] if count(plain) <= 3000]
    plans = [(plain, found.plan) for plain, found in best if found is not None]
    assert len(best) - len(plans) > few(10, 4)
    assert sum(bool(plan["allocations"]) for _plain, plan in plans) > len(plans) / 2
    # a socialization that brings nobody is in no plan
    for table, fewest in (("classes", 4), ("socialized", 0), ("seats", 4), ("payments", 4)):
        assert sum(bool(plan[table]) for _plain, plan in plans) > fewest, table
    funds = [row for _plain, plan in plans for row in plan["funds"] if row["spent"]]
    assert sum(row["spent"] == row["amount"] for row in funds) > few(10, 4)
    assert sum(row["spent"] == row["amount"] - 1 for row in funds) > few(5, 4)


@pytest.mark.parametrize("size", [(8, 6, 3, 4), (1, 1, 1, 1), (20, 12, 4, 6)])
def test_scenarios_of_moderate_size_are_valid_and_repeatable(size: tuple[int, int, int, int]) -> None:
    for seed in some(range(25), 5):
        plain = random_scenarios(seed, size)
        scenario = Scenario.model_validate(plain)
        assert random_scenarios(seed, size) == plain
        assert (len(scenario.groups), len(scenario.programmes), len(scenario.horizon), len(scenario.funds)) == size


def paths(value: Any, path: str) -> Iterator[str]:
    """The keys in use, with lists and mappings by id left out of the path."""
    if isinstance(value, list):
        for part in value:
            yield from paths(part, path)
    elif isinstance(value, dict):
        for key, part in value.items():
            inner = f"{path}.{key}" if path else str(key)
            yield inner
            named = key in KEYS_OF and isinstance(part, dict)
            for record in part.values() if named else [part]:
                yield from paths(record, inner)


def fields(record: type[Record], path: str) -> Iterator[str]:
    """The keys that a record and those in it may have."""
    for name, field in record.model_fields.items():
        inner = f"{path}.{field.alias or name}" if path else str(field.alias or name)
        if record.__name__ == "PriceBy" and name == "prices":
            continue
        yield inner
        for kind in records_in(field.annotation):
            yield from fields(kind, inner)


def records_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        if annotation.__name__ != "Limit":
            yield annotation
        return
    for part in getattr(annotation, "__args__", ()):
        yield from records_in(part)
