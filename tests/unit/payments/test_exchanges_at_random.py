"""Exchanges between lots of random units, funds and conditions: all is kept that must be, and few parts stay odd."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection

from planner.payments.conditions import MoneyCondition
from planner.payments.lots import CostLot
from planner.payments.rounding import RoundedParts
from planner.payments.whole_units import WholeUnits

Parts = dict[tuple[str, int], int]
Case = tuple[list[int], Parts, list[MoneyCondition]]
FUNDS = ("apbd", "unja", "tjsl")
CASES = 800


def of(number: int) -> Case:
    """Two to six lots, each a pool of its own, that two or three funds pay, under conditions that bind or nearly do."""
    dice = random.Random(number)
    some = dice.sample((6, 7, 9, 10, 12, 15, 21), dice.choice((2, 7, 7)))
    units = [dice.choice(some) for _ in range(dice.randint(2, 6))]
    funds = FUNDS[: dice.choice((2, 3))]
    parts: Parts = {}
    for lot, unit in enumerate(units):
        left = unit * dice.randint(1, 4)
        whole = unit if dice.random() < 0.3 else 1  # funds pay whole units of some lots
        for fund in funds[:-1]:
            parts[fund, lot] = whole * dice.randint(0, left // whole)
            left -= parts[fund, lot]
        parts[funds[-1], lot] = left
    conditions = []
    for _ in range(dice.randint(0, 4)):
        counted = dice.sample(sorted(parts), dice.randint(1, min(4, len(parts))))
        terms = {key: dice.choice((1, 1, 1, 2, 3)) for key in counted}
        paid = sum(factor * parts[key] for key, factor in terms.items())
        conditions.append(MoneyCondition(terms, "<=", paid + dice.choice((0, 0, 1, 2, 3, 5, 8, 20))))
        if dice.random() < 0.2:
            conditions[-1] = MoneyCondition(terms, ">=", paid - dice.choice((0, 1, 4)))
    return units, parts, conditions


def lots(units: list[int]) -> list[CostLot]:
    return [CostLot(pool, unit, ()) for pool, unit in enumerate(units)]


def sums(parts: Parts, by: int) -> Counter[object]:
    """What is paid by each fund (0), or of each lot (1)."""
    found: Counter[object] = Counter()
    for part, amount in parts.items():
        found[part[by]] += amount
    return found


def kept(parts: Parts, conditions: Collection[MoneyCondition]) -> bool:
    paid = Counter(parts)
    return all(amount >= 0 for amount in parts.values()) and all(each.kept(paid) for each in conditions)


def odd(units: list[int], parts: Parts) -> int:
    return sum(bool(amount % units[lot]) for (_fund, lot), amount in parts.items())


def test_exchanges_keep_what_must_be_and_leave_few_parts_odd() -> None:
    left = 0
    for number in range(CASES):
        units, parts, conditions = of(number)
        own = ("apbd", "unja")[: number % 3]
        made = WholeUnits(lots(units), parts, conditions, list(parts), parts, own).made()
        assert kept(made, conditions), number
        assert +sums(made, 1) == +sums(parts, 1), "each lot is paid"
        more = {fund: sums(made, 0)[fund] - sums(parts, 0)[fund] for fund in FUNDS}
        assert sum(more[fund] for fund in own) <= 0, number
        assert all(abs(by) < max(units) for by in more.values()), number
        assert odd(units, made) <= odd(units, parts), number
        left += odd(units, made)
    assert left <= 1467, "of so many odd parts; fewer is better"


def test_rounding_keeps_what_must_be_and_leaves_few_parts_uneven() -> None:
    left = 0
    for number in range(CASES):
        units, parts, conditions = of(number)
        for own in ({"apbd"}, set[str]()):
            before = WholeUnits(lots(units), parts, conditions, list(parts), parts, own)
            made = RoundedParts(before, 3, units).made()
            assert kept(made, conditions), number
            assert +sums(made, 1) == +sums(parts, 1), number
            assert all(part in parts and parts[part] for part in made), number
            left += sum(bool(amount % units[lot] % 3) for (_fund, lot), amount in made.items())
    assert left <= 990, "of so many uneven parts; fewer is better"
