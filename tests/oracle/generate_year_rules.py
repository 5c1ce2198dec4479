"""Tiny scenarios of several years with rules about the gaps that close in some of them.

with_years_rule(seed: int, most_plans: int = 800) -> dict      with_years_rule_and_facts(seed: int) -> dict | None
"""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.brute_force import count
from tests.oracle.generate_facts import more_gaps, with_facts_of_years
from tests.oracle.generate_years import scenarios_of_years
from tests.oracle.instance import Instance

Plain = dict[str, Any]


def with_years_rule(seed: int, most_plans: int = 800) -> Plain:
    """A tiny scenario of two or three years with at most `most_plans` ways to place people."""
    dice = random.Random(f"years rule {seed}")
    while True:
        plain = scenarios_of_years(dice.randrange(10**6), most_plans)
        plain["scenario"]["id"] = f"tahun-aturan-{seed}"
        if len(plain["periods"]) > 2 and dice.random() < 0.6:
            _third_year(dice, plain)
        if dice.random() < 0.6:
            more_gaps(dice, plain)
        if dice.random() < 0.5:
            agency = next((group["agency"] for group in plain["groups"] if "agency" in group), "BPKAD")
            for group in plain["groups"]:
                group.setdefault("agency", agency)
                if dice.random() < 0.6:
                    group["uptake"] = dice.choice(["50%", "34%", "70%", "90%"])
                    if "socialization" in group:
                        group["socialization"]["raises_uptake_to"] = "95%"
        add_years_rules(dice, plain)
        if count(plain) <= most_plans:
            return plain


def with_years_rule_and_facts(seed: int, most_plans: int = 500) -> Plain | None:
    """The same for scenarios of which a part has happened; None where the seed gives none."""
    plain = with_facts_of_years(seed, most_plans)
    if plain is not None:
        add_years_rules(random.Random(f"years rule of facts {seed}"), plain)
    return plain


def _third_year(dice: random.Random, plain: Plain) -> None:
    """Let the last period be of a year of its own, with what its funds and prices of years say of the year before."""
    plain["periods"][-1]["year"] = 2029
    for period in plain["periods"][1:-1]:
        period["year"] = 2028
    for fund in plain["funds"]:
        if "amounts" in fund:
            fund["amounts"][2029] = dice.choice([0, 2, fund["amounts"].get(2028, 1)])
    for programme in plain["programmes"]:
        for line in programme.get("costs", []):
            price = line["price"]
            if isinstance(price, dict) and price["by"] == "year":
                price[2029] = price[2028]


def add_years_rules(dice: random.Random, plain: Plain) -> None:
    """One or two rules about the gaps closed in some of the years, in place of some of those that are there."""
    plain["rules"] = [rule for rule in plain.get("rules", []) if dice.random() < 0.4]
    years, groups = [int(y) for y in Instance(plain).years], [group["id"] for group in plain["groups"]]
    for number in range(dice.choice([1, 1, 2])):
        where: Plain = {"years": sorted(dice.sample(years, dice.choice([1, 1, 1, 2])))}
        if dice.random() < 0.4:
            where["groups"] = {"id": dice.choice(groups)}
        if dice.random() < 0.3:
            where["competencies"] = {"id": dice.choice(plain["competencies"])["id"]}
        rule: Plain = {"name": f"Tahun {number}", "measure": "gaps_closed", "where": where}
        sides = dice.choice([["at_least"], ["at_most"], ["at_most"], ["at_least", "at_most"]])
        for side in sides:
            low = side == "at_least"
            rule[side] = dice.choice([1, 1, 2, "25%", "50%"] if low else [0, 1, 1, 2, 2, 3, "30%", "60%"])
        if len(sides) == 2:
            rule |= {"at_least": 1, "at_most": dice.choice([1, 2, 3])}
        elif "at_least" in rule and dice.random() < 0.25:
            rule["per"] = "group"
        if any(str(rule.get(side)).endswith("%") for side in sides) and dice.random() < 0.5:
            rule["of_years"] = "same"
        if dice.random() < 0.3:
            rule["soft"] = {"penalty": dice.choice([0.25, 0.5, 1, 3])}
        plain["rules"].append(rule)
    if not plain["rules"]:
        del plain["rules"]
    if dice.random() < 0.25:
        by = dice.choice(["group", "competency"])
        plain["objective"] = [{"maximize": "smallest_coverage", "by": by}, {"maximize": "gaps_closed"}]
