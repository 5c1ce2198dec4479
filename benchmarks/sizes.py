"""Random scenarios of a given size, the same for the same seed."""

from __future__ import annotations

import random
from typing import Any

from planner.domain.scenario import Scenario


def scenario_of(*size: int, budget: float = 1.0, conditions: bool = False) -> Scenario:
    """The scenario of `plain_scenario`."""
    return Scenario.model_validate(plain_scenario(*size, budget=budget, conditions=conditions))


def plain_scenario(
    groups: int,
    competencies: int,
    programmes: int,
    funds: int,
    gaps: int,
    periods: int = 1,
    *,
    budget: float = 1.0,
    conditions: bool = False,
) -> dict[str, Any]:
    """A scenario of so many records, as a file would have it; each group lacks `gaps` of the competencies.

    `budget` is a factor on the own money. With `conditions`, partners ask for more than that their money stays within
    half of a programme: a least amount, an agreement, as much own money, or they give seats. All else stays the same.
    """
    dice = random.Random(f"{groups} {competencies} {programmes} {funds} {gaps} {periods}")
    names = [f"TW{n + 1}" for n in range(periods)]
    places = [f"L{n}" for n in range(11)]
    return {
        "format": 1,
        "scenario": {"id": f"ukuran-{groups}-{programmes}-{periods}", "fiscal_year": 2027},
        "periods": names,
        "competencies": [{"id": f"c{n}", "kind": "technical"} for n in range(competencies)],
        "groups": [_group(dice, n, competencies, gaps, places) for n in range(groups)],
        "programmes": [_programme(dice, n, competencies, places) for n in range(programmes)],
        "funds": [
            _fund(dice, n, round(40_000_000 * groups * budget), programmes) | (_conditions(n) if conditions else {})
            for n in range(funds)
        ],
    }


def _group(dice: random.Random, number: int, competencies: int, gaps: int, places: list[str]) -> dict[str, Any]:
    headcount = dice.randint(20, 300)
    lacking = dice.sample(range(competencies), min(gaps, competencies))
    return {
        "id": f"g{number}",
        "headcount": headcount,
        "agency": f"A{dice.randint(0, 8)}",
        "location": dice.choice(places),
        "gaps": {f"c{c}": dice.randint(1, headcount) for c in lacking},
        "uptake": dice.choice(["70%", "85%", "100%"]),
        "release": dice.choice(["15%", "30%", "100%"]),
    }


def _programme(dice: random.Random, number: int, competencies: int, places: list[str]) -> dict[str, Any]:
    travel = {place: dice.randint(0, 12) * 100_000 for place in places}
    costs: list[dict[str, Any]] = [
        {"item": "Konsumsi", "per": "participant", "quantity": 3, "price": dice.randint(20, 120) * 1000},
        {"item": "Perjalanan", "per": "participant", "price": {"by": "location", **travel}},
    ]
    programme: dict[str, Any] = {
        "id": f"p{number}",
        "hours": dice.choice([8, 16, 24, 40]),
        "closes": {f"c{c}": dice.choice([0.6, 0.75, 0.9]) for c in dice.sample(range(competencies), 2)},
        "costs": costs,
    }
    if dice.random() < 0.7:
        programme |= {"class_size": {"min": dice.choice([10, 20]), "max": 40}, "classes": {"max": dice.randint(2, 8)}}
        costs.append({"item": "Narasumber", "per": "class", "quantity": 24, "price": 900_000})
    return programme


def _fund(dice: random.Random, number: int, own: int, programmes: int) -> dict[str, Any]:
    if number == 0:
        return {"id": "apbd", "kind": "own", "amount": own}
    paid = dice.sample(range(programmes), max(2, programmes // 4))
    return {
        "id": f"f{number}",
        "kind": "partner",
        "amount": dice.randint(1, 6) * 100_000_000,
        "pays": {"programmes": {"id": [f"p{n}" for n in paid]}},
        **({"max_share": "50%"} if number % 2 else {}),
    }


def _conditions(number: int) -> dict[str, Any]:
    """What a partner asks for, by its number in the list of funds."""
    if number == 0:
        return {}
    kinds: list[dict[str, Any]] = [
        {"minimum": 60_000_000, "agreement_cost": {"amount": 7_500_000}},
        {"match": {"with": "apbd", "ratio": 1.0}},
        {"minimum": 40_000_000, "seats": {f"p{number}": 25}},
    ]
    return kinds[number % len(kinds)]
