"""Places, trainers and rooms of random scenarios, drawn after everything else and with dice of their own."""

from __future__ import annotations

import random
from typing import Any

Plain = dict[str, Any]


def add_resources(dice: random.Random, scenario: Plain, periods: list[str], chance: float = 0.3) -> None:
    """Give the scenario one or two resources, of all forms, that some programmes use on every basis."""
    if dice.random() >= chance:
        return
    scenario["resources"] = [_resource(dice, name, periods) for name in ("asrama", "wi")[: dice.randint(1, 2)]]
    for programme in scenario["programmes"]:
        for resource in scenario["resources"]:
            if dice.random() < 0.6:
                bases = [
                    "participant",
                    "participant",
                    "programme",
                    *(["class"] * 2 if "class_size" in programme else []),
                ]
                key = dice.choice(["amount", "amount", "each_period"])
                use = {"per": dice.choice(bases), key: dice.choice([1, 1, 2, 0.5, 1.5, 0])}
                programme.setdefault("uses", {})[resource["id"]] = use


def add_large_resources(dice: random.Random, scenario: Plain, periods: list[str], chance: float = 0.35) -> None:
    """Give a scenario of moderate size beds and trainers, enough for a part of its people, as planners know them."""
    if dice.random() >= chance:
        return
    people = sum(group["headcount"] for group in scenario["groups"])
    beds: Plain = {"id": "asrama", "unit": "orang-malam", "amount": people * dice.choice([1, 2, 4])}
    trainers: Plain = {"id": "wi", "unit": "JP", "amount": {t: dice.choice([40, 120, 400]) for t in periods}}
    scenario["resources"] = [beds, trainers]
    for programme in scenario["programmes"]:
        if dice.random() < 0.6:
            programme["uses"] = {"asrama": {"per": "participant", "amount": dice.choice([2, 3, 4.5])}}
            if "class_size" in programme:
                programme["uses"]["wi"] = {"per": "class", "amount": dice.choice([8, 16, 24])}


def add_choices(dice: random.Random, scenario: Plain, chance: float = 0.35) -> None:
    """Give some scenarios of several programmes relations between them, of all kinds."""
    names = [programme["id"] for programme in scenario["programmes"]]
    if len(names) < 2 or dice.random() >= chance:
        return
    several = dice.sample(names, dice.randint(2, len(names)))
    kinds: list[Plain] = [
        {"together": [several]},
        {"only_if": {several[0]: several[1]}},
        {"at_most_one_of": [several]},
    ]
    scenario["choices"] = dict(pair for kind in dice.sample(kinds, dice.choice([1, 1, 1, 2])) for pair in kind.items())


def loosen_requirements(dice: random.Random, scenario: Plain, chance: float = 0.4) -> None:
    """Let another programme do instead of some prerequisites, where no programme would require itself."""
    names = [programme["id"] for programme in scenario["programmes"]]
    for programme in scenario["programmes"]:
        others = [name for name in names if name not in (programme["id"], *programme.get("requires", []))]
        if programme.get("requires") and others and dice.random() < chance:
            programme["requires"] = [{"any": [*programme["requires"], dice.choice(others)]}]


def _resource(dice: random.Random, name: str, periods: list[str]) -> Plain:
    amounts = [0, 1, 2, 2, 3, 3, 4, 5, 2.5]
    amount: Any = dice.choice(amounts)
    if dice.random() < 0.5:
        amount = {t: dice.choice(amounts) for t in periods if dice.random() < 0.8}
    resource: Plain = {"id": name, "amount": amount}
    if dice.random() < 0.5:
        resource |= {"unit": "orang-malam", "name": name.title()}
    return resource
