"""Small random nations, planned agency by agency and as a whole: bounds hold for both, and gaps are what they say."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from planner import nation, planning
from planner.check.checker import check_plan
from planner.domain.scenario import Scenario
from planner.nation.structure import structure_of
from planner.planning import SearchLimits
from planner.solve.outcome import PlanStrategy
from tests.sampled import sampled

COMPETENCIES = ("a", "b", "c")


def nation_of(draw: Random) -> Scenario:
    """Agencies with funds of their own, programmes of one agency, and programmes, money and classes that all share."""
    agencies = [f"i{n}" for n in range(draw.randint(3, 5))]
    own = [programme(draw, f"p{n}@{name}", {"agency": name}) for name in agencies for n in range(draw.randint(0, 2))]
    shared = [programme(draw, f"s{n}", None) for n in range(draw.randint(1, 3))]
    funds: list[Any] = [{"id": name, "kind": "own", "agency": name, "amount": money(draw, 150)} for name in agencies]
    funds.append({"id": "pusat", "kind": "own", "amount": money(draw, 300)})
    pays = draw.choice([{}, {"pays": {"items": {"item": "Narasumber"}}}])
    funds.append({"id": "mitra", "kind": "partner", "amount": money(draw, 200) + 1_000, **pays})
    plain: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "bangsa", "fiscal_year": 2027},
        "competencies": [{"id": c, "kind": "technical"} for c in COMPETENCIES],
        "groups": [group(draw, f"{name}-{n}", name) for name in agencies for n in range(draw.randint(1, 3))],
        "programmes": [*own, *shared],
        "funds": funds,
    }
    if draw.random() < 0.4:
        where = {"programmes": {"id": "s0"}}
        plain["rules"] = [{"name": "s", "measure": "participants", "where": where, "at_most": draw.randint(5, 40)}]
    return Scenario.model_validate(plain)


def group(draw: Random, name: str, agency: str) -> dict[str, Any]:
    people = draw.randint(3, 30)
    lacking = draw.sample(COMPETENCIES, draw.randint(1, 3))
    found = {"id": name, "agency": agency, "headcount": people, "gaps": {c: draw.randint(1, people) for c in lacking}}
    return found | {"uptake": draw.choice(["100%", "80%", "55%"]), "weight": draw.choice([1, 1, 2])}


def programme(draw: Random, name: str, of_agency: dict[str, str] | None) -> dict[str, Any]:
    item = {"item": "Konsumsi", "per": "participant", "account": "5.1.02.01.01.0052", "price": money(draw, 9) + 1_000}
    closes = {c: draw.choice([1, 0.5, 0.7]) for c in draw.sample(COMPETENCIES, draw.randint(1, 2))}
    found: dict[str, Any] = {"id": name, "hours": 8, "closes": closes, "costs": [item]}
    if of_agency is not None:
        found["for"] = of_agency
    if draw.random() < 0.6:
        found["class_size"] = {"min": draw.randint(3, 8), "max": draw.randint(9, 20)}
        price = {"price": money(draw, 50) + 1_000, "account": "5.1.02.02.01.0003"}
        found["costs"] = [item, {"item": "Narasumber", "per": "class", **price}]
    return found


def money(draw: Random, most: int) -> int:
    return draw.randint(0, most) * 1_000


@pytest.mark.parametrize("seed", sampled(range(60), 10))
def test_what_is_said_of_agencies_planned_one_by_one_holds_of_the_whole(seed: int) -> None:
    scenario = nation_of(Random(seed))
    apart = nation.plan(scenario, SearchLimits(gap=0.01), anyway=True, inline=True).plan
    best = planning.plan(scenario, SearchLimits(gap=0.0), inline=True).plan
    value, most = float(apart.weighted_gaps_closed), float(best.weighted_gaps_closed)
    assert apart.solver.strategy is not PlanStrategy.BLOCKS or structure_of(scenario) is not None
    assert check_plan(scenario, apart.to_plain()).passed
    assert apart.bound is not None
    assert best.bound is not None
    assert apart.bound >= most, "no plan of the whole is above the bound"
    assert value <= best.bound
    assert apart.relative_gap is not None
    assert value >= most - apart.relative_gap * max(1.0, value) - 1e-9, "the best plan is within the gap that is stated"


def test_most_of_these_nations_are_planned_agency_by_agency() -> None:
    assert sum(structure_of(nation_of(Random(seed))) is not None for seed in range(60)) > 30
