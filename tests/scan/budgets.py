"""Budgets on which a rupiah decides: funds hold together what some plan costs, or miss it by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import ceil
from typing import Any, Final

from tests.oracle.brute_force import Search, count
from tests.oracle.instance import Instance
from tests.oracle.measures import charges

Plain = dict[str, Any]
Seated = dict[tuple[str, str, str], int]
Held = dict[tuple[str, str], int]

LARGEST: Final = 10**15 - 1
"""The most that all funds may hold [rupiah]."""

TRIES: Final = 6

FEW: Final = 3_000
"""Ways to place people up to which plans are drawn from all of them."""


def fitted(dice: random.Random, plain: Plain) -> None:
    """One fund is given what some plan costs, or what the others leave of it, or a rupiah more or less."""
    fund = dice.choice(plain["funds"][:1] * 2 + plain["funds"])
    others = sum(other["amount"] for other in plain["funds"] if other is not fund)
    _give(fund, cost_of_some_plan(dice, plain) - dice.choice([0, 0, others]) + dice.choice([-1, 0, 0, 1]))


def divided(dice: random.Random, plain: Plain) -> None:
    """What some plan costs is divided over all funds, each given a rupiah more or less or exactly its part."""
    cost = cost_of_some_plan(dice, plain)
    parts = [dice.choice([0, 1, 1, 2, 3, 7]) for _ in plain["funds"]]
    whole = sum(parts) or 1
    for fund, part in zip(plain["funds"], parts, strict=True):
        _give(fund, cost * part // whole + dice.choice([-1, 0, 0, 0, 1]))
    given = sum(fund["amount"] for fund in plain["funds"])
    if given < cost and dice.random() < 0.7:
        fund = dice.choice(plain["funds"])
        _give(fund, fund["amount"] + cost - given)


def _give(fund: Plain, amount: int) -> None:
    if 0 <= amount <= LARGEST:
        fund["amount"] = amount
        if "minimum" in fund:
            fund["minimum"] = min(fund["minimum"], amount)


def cost_of_some_plan(dice: random.Random, plain: Plain) -> int:
    """What some plan costs, of one programme at least; nothing where none is found that does."""
    rich = {**plain, "funds": [{**fund, "amount": LARGEST} for fund in plain["funds"]]}
    instance = Instance(rich)
    plans = _tried(dice, instance) if count(rich) <= FEW else _drawn(dice, instance)
    agreed = frozenset(f for f in instance.funds if instance.agreement(f) and dice.random() < 0.5)
    for people, classes in plans:
        cost = sum(charge.cost for charge in charges(instance, people, classes, frozenset(), {}, agreed))
        if people and cost:
            return cost
    return 0


def _tried(dice: random.Random, instance: Instance) -> Iterator[tuple[Seated, Held]]:
    """Plans that keep every rule about people, drawn from all of them; those that close most are drawn more often."""
    candidates = Search(instance).candidates()
    for _ in range(TRIES if candidates else 0):
        place = int(len(candidates) * dice.random() ** dice.choice([1, 4]))
        _hope, people, _socialized, classes = candidates[place]
        yield people, classes


def _drawn(dice: random.Random, instance: Instance) -> Iterator[tuple[Seated, Held]]:
    """People drawn by lot, in full classes, whatever the rules about them."""
    for _ in range(TRIES):
        part = dice.choice([0.3, 0.6, 1])
        people: Seated = {}
        for g, slots in instance.slots.items():
            for p, t in slots:
                n = dice.randint(0, ceil(part * instance.need(g, p))) if dice.random() < part else 0
                if n:
                    people[g, p, t] = n
        in_class: Held = {}
        for (_g, p, t), n in people.items():
            if instance.programmes[p].get("class_size"):
                in_class[p, t] = in_class.get((p, t), 0) + n
        yield people, {(p, t): ceil(n / instance.programmes[p]["class_size"]["max"]) for (p, t), n in in_class.items()}
