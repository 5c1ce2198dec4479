"""Scenarios of two years, made from the tiny ones and from those of moderate size.

scenarios_of_years(seed: int) -> dict            tiny: the oracle can try every plan
random_years(seed: int, size=(5, 4, 3, 3)) -> dict     of moderate size, for two engines to agree on

Some funds have amounts per year, with and without carry_over; prices grow, or stand in tables by year.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from tests.oracle.brute_force import count
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.oracle.plain import number

Plain = dict[str, Any]


def scenarios_of_years(seed: int, most_plans: int = 1500) -> Plain:
    """A tiny scenario of two years with at most `most_plans` ways to place people."""
    dice = random.Random(f"years {seed}")
    while True:
        scenario = tiny_scenarios(dice.randrange(10**6), most_plans)
        if len(scenario.get("periods", ())) < 2:
            continue
        if dice.random() < 0.3:
            _third_period(dice, scenario)
        add_years(dice, scenario)
        scenario["scenario"]["id"] = f"tahun-{seed}"
        if count(scenario) <= most_plans:
            return scenario


def random_years(seed: int, size: tuple[int, int, int, int] = (5, 4, 3, 3)) -> Plain:
    """A scenario of two years with realistic rupiah."""
    scenario = random_scenarios(seed, size)
    add_years(random.Random(f"medium years {seed}"), scenario)
    return scenario


def _third_period(dice: random.Random, scenario: Plain) -> None:
    """A further period, so that one of the years has two."""
    scenario["periods"].append({"id": "TW3", "working_days": 2} if dice.random() < 0.5 else "TW3")
    for programme in scenario["programmes"]:
        if "periods" in programme:  # which may be the same list
            programme["periods"] = [t if isinstance(t, str) else t["id"] for t in programme["periods"]]
    for fund in scenario["funds"]:
        if "releases" in fund and dice.random() < 0.6:
            fund["releases"]["TW3"] = dice.choice([max(fund["releases"].values(), key=number), "100%"])


def add_years(dice: random.Random, scenario: Plain) -> None:
    """Let the later periods be of the next year; give amounts and prices per year by chance."""
    records: list[Plain] = [{"id": t} if isinstance(t, str) else dict(t) for t in scenario["periods"]]
    turn = dice.randint(1, len(records) - 1)
    for place, record in enumerate(records):
        record["year"] = 2027 if place < turn else 2028
    scenario["periods"] = records
    if dice.random() < 0.6:
        scenario["price_growth"] = dice.choice(["50%", "20%", "100%", "10%", "3%"])
    for programme in scenario["programmes"]:
        for line in programme.get("costs", []):
            _price(dice, line, number(scenario.get("price_growth", 0)))
    for fund in scenario["funds"]:
        if dice.random() < 0.6:
            _amounts(dice, fund)


def _price(dice: random.Random, line: Plain, growth: Fraction) -> None:
    """Sometimes a table by year; always where half a unit of a grown price would be no whole rupiah."""
    if isinstance(line["price"], dict) or "tax" in line:
        return
    quantity = line.get("quantity", 1)
    half = not isinstance(quantity, dict) and number(quantity).denominator > 1
    if dice.random() < 0.25 or (half and growth):
        step = 2 if half else 1
        prices = {2027: line["price"], 2028: line["price"] + step * dice.choice([-1, 0, 1, 1, 2])}
        prices[2028] = max(0, prices[2028])
        line["price"] = {"by": "year"} | dice.choice([prices, prices, {2028: prices[2028], "default": line["price"]}])


def _amounts(dice: random.Random, fund: Plain) -> None:
    """The amount divided among the years, or some of it in one of them alone."""
    whole = fund.pop("amount")
    first = dice.choice([0, whole // 3, whole // 2, whole - whole // 3, whole])
    fund["amounts"] = dice.choice([{2027: first, 2028: whole - first}] * 4 + [{2028: whole}, {2027: whole}])
    if dice.random() < 0.4:
        fund["carry_over"] = dice.choice([True, True, False])
    if "releases" in fund and dice.random() < 0.5:
        del fund["releases"]
