"""Rules for each unit and for years of random scenarios, drawn after everything else."""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.instance import Instance
from tests.oracle.plain import limit, selects

Plain = dict[str, Any]


def divide_rules(dice: random.Random, scenario: Plain, chance: float = 0.3) -> None:
    """Let some rules hold for each unit by itself, where that means something; their bounds become smaller."""
    for rule in scenario.get("rules", []):
        units = _possible(scenario, rule)
        if units and dice.random() < chance:
            rule["per"] = dice.choice(units)
            sides = [side for side in ("at_least", "at_most") if isinstance(rule.get(side), int) and rule[side] > 1]
            smaller = dice.choice([1, 2, 2, 3])
            if len(sides) == len({"at_least", "at_most"} & set(rule)):
                rule |= {side: max(1, rule[side] // smaller) for side in sides}


def add_divided_rule(dice: random.Random, scenario: Plain, chance: float = 0.15) -> None:
    """Add a rule about a kind of item in each programme, or about people of each group, to some scenarios."""
    if dice.random() >= chance:
        return
    items = sorted({line["item"] for p in scenario["programmes"] for line in p.get("costs", [])})
    rules: list[Plain] = [
        {"measure": "participants", "per": "group", "at_most": dice.choice([1, 2])},
        {"measure": "participants", "per": "programme", "at_least": dice.choice([1, 2, 3])},
        {"measure": "gaps_closed", "per": "group", "at_least": dice.choice(["10%", "25%"]), "soft": {"penalty": 0.5}},
    ]
    if items:
        where = {"items": {"item": dice.choice(items)}}
        rules.append({"measure": "cost", "per": "programme", "where": where, "at_most": dice.choice(["20%", "50%"])})
        rules.append({"measure": "cost", "per": "programme", "at_least": dice.choice([1, 2, 4])})
        rules.append({"measure": "cost", "per": "group", "at_most": dice.choice([1, 2, 4])})
    rule: Plain = {"name": "Masing-masing"} | dice.choice(rules)
    if "soft" not in rule and dice.random() < 0.3:
        rule["soft"] = {"penalty": dice.choice([0.25, 0.5, 1])}
    scenario.setdefault("rules", []).append(rule)


def add_years(dice: random.Random, scenario: Plain, chance: float = 0.35) -> None:
    """Let the last of several periods be of the next year, and some rules be about one of the years."""
    periods = scenario.get("periods")
    if not isinstance(periods, list) or len(periods) < 2 or dice.random() >= chance:
        return
    first = scenario["scenario"]["fiscal_year"]
    if len(Instance(scenario).years) == 1:
        last = periods[-1]
        scenario["periods"] = [*periods[:-1], (last if isinstance(last, dict) else {"id": last}) | {"year": first + 1}]
    for rule in scenario.get("rules", []):
        if rule["measure"] != "gaps_closed" and dice.random() < 0.6:
            where = {key: value for key, value in rule.get("where", {}).items() if key != "periods"}
            rule["where"] = where | {"years": [dice.choice([first, first + 1])]}
            shares = [limit(rule[side])[1] for side in ("at_least", "at_most") if side in rule]
            if any(shares) and dice.random() < 0.5:
                rule["of_years"] = "same"


def add_taxes(dice: random.Random, scenario: Plain, chance: float = 0.2) -> None:
    """Tax some prices, where the tax on one unit is whole rupiah, and write some quantities as factors."""
    for programme in scenario["programmes"]:
        for line in programme.get("costs", []):
            price = line["price"]
            whole = isinstance(price, int) and isinstance(line.get("quantity", 1), int)
            if whole and dice.random() < chance:
                rates = {1: "100%", 2: "50%", 10: "10%", 100: "11%"}
                line["tax"] = dice.choice([rate for step, rate in rates.items() if price % step == 0])
            if isinstance(line.get("quantity", 1), int) and dice.random() < chance:
                line["quantity"] = {"OJ": line.get("quantity", 1), "hari": 1}


def add_smallest(dice: random.Random, scenario: Plain, chance: float = 0.12) -> None:
    """Let some programmes take no few people of a group."""
    for programme in scenario["programmes"]:
        if dice.random() < chance:
            programme["smallest"] = dice.choice([2, 2, 3, 1])


def _possible(scenario: Plain, rule: Plain) -> list[str]:
    """By what the measure of a rule can be divided."""
    measure = rule["measure"]
    found = ["programme"] if measure != "gaps_closed" else []
    if measure == "classes" or (measure == "gaps_closed" and "at_most" in rule):
        return found
    instance = Instance({"scenario": {}} | scenario)
    selector = rule.get("where", {}).get("groups")
    chosen = [group for g, group in instance.groups.items() if selects(selector, instance.seen_group(g))]
    found.append("group")
    found += [by for by in ("agency", "location") if all(by in group for group in chosen)]
    return found
