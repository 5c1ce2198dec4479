"""Scenarios that differ a little from others, as while a planner tries amounts."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from planner.domain.scenario import Scenario

CHANGES = (0.5, 0.9, 0.95, 1.05, 1.3)


def with_other_amount(scenario: Scenario, dice: random.Random) -> Scenario:
    """`scenario` with the amount of one of its funds changed."""
    number, by = dice.randrange(len(scenario.funds)), dice.choice(CHANGES)
    fund = scenario.funds[number]
    amounts = {year: int(amount * by) for year, amount in fund.amounts.items()}
    other = fund.model_copy(update={"amount": int(fund.amount * by), "amounts": amounts})
    return scenario.changed(funds=(*scenario.funds[:number], other, *scenario.funds[number + 1 :]))


def with_other_price(scenario: Scenario, dice: random.Random) -> Scenario:
    """`scenario` with another price of one line of costs, for everybody or for some of the groups, or another share of
    a fund."""
    shared = [number for number, fund in enumerate(scenario.funds) if fund.max_share < 1]
    if shared and dice.random() < 0.2:
        funds, number = [*scenario.funds], dice.choice(shared)
        funds[number] = funds[number].model_copy(update={"max_share": Fraction(dice.randint(1, 9), 10)})
        return scenario.changed(funds=tuple(funds))
    programmes = [*scenario.programmes]
    number = dice.choice([number for number, programme in enumerate(programmes) if programme.costs])
    lines, up = [*programmes[number].costs], dice.choice([True, False])
    line = dice.randrange(len(lines))

    def other(price: int) -> int:
        return (price * 2 if up else price * 9 // 10) if price and price % 10_000 == 0 else price * 2 or 2

    price = lines[line].price
    changed: Any = (
        other(price)
        if isinstance(price, int)
        else price.model_copy(update={"prices": {name: other(each) for name, each in price.prices.items()}})
    )
    lines[line] = lines[line].model_copy(update={"price": changed})
    programmes[number] = programmes[number].model_copy(update={"costs": tuple(lines)})
    return scenario.changed(programmes=tuple(programmes))


def of_other_shape(scenario: Scenario, dice: random.Random) -> Scenario:
    """`scenario` with a fund without money, a programme that closes less or costs more, or people less willing."""
    kind = dice.choice(["fund", "closes", "share", "uptake"])
    if kind == "uptake":
        fewer = (each.model_copy(update={"uptake": each.uptake * dice.randint(5, 9) / 10}) for each in scenario.groups)
        return scenario.changed(groups=tuple(fewer))
    if kind == "closes":
        number, programmes = dice.randrange(len(scenario.programmes)), [*scenario.programmes]
        closes = {c: share * dice.randint(5, 9) / 10 for c, share in programmes[number].closes.items()}
        programmes[number] = programmes[number].model_copy(update={"closes": closes})
        return scenario.changed(programmes=tuple(programmes))
    number, funds = dice.randrange(len(scenario.funds)), [*scenario.funds]
    if kind == "fund":
        funds[number] = funds[number].model_copy(update={"amount": 0, "amounts": {}, "minimum": 0})
    else:
        funds[number] = funds[number].model_copy(update={"max_share": Fraction(dice.choice([1, 2, 3]), 3)})
    return scenario.changed(funds=tuple(funds))


def with_other_money(scenario: Scenario, dice: random.Random) -> Scenario:
    """`scenario` with other prices of a programme, without a rule, or with another condition or amount of a fund."""
    kind = dice.choice(["price", "rule", "share", "seats", "amount"])
    if kind == "price":
        number, programmes, by = (
            dice.randrange(len(scenario.programmes)),
            [*scenario.programmes],
            dice.choice([0, 2, 3]),
        )
        costs = (
            line.model_copy(update={"price": line.price * by}) if isinstance(line.price, int) else line
            for line in programmes[number].costs
        )
        programmes[number] = programmes[number].model_copy(update={"costs": tuple(costs)})
        return scenario.changed(programmes=tuple(programmes))
    if kind == "rule":
        return scenario.changed(rules=scenario.rules[:-1])
    number, funds = dice.randrange(len(scenario.funds)), [*scenario.funds]
    if kind == "amount":
        return with_other_amount(scenario, dice)
    other: dict[str, Any] = {"max_share": Fraction(dice.choice([1, 2, 3]), 3)} if kind == "share" else {"seats": {}}
    funds[number] = funds[number].model_copy(update=other)
    return scenario.changed(funds=tuple(funds))
