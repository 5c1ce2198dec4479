"""Payments found without an integer programme keep the same conditions with as little own money, or are not given."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.payments import brief_optimisation, optimisation
from planner.payments.brief_optimisation import brief_payments
from planner.payments.conditions import CannotSettle, Key, MoneyCondition
from planner.payments.optimisation import optimised
from tests.sampled import few, some
from tests.scenarios.hand import scenario

FUNDS = {"apbd": True, "unja": False, "lan": False}
"""The funds, and whether each is own money."""

READ = Scenario.model_validate(
    scenario(funds=[{"id": fund, "kind": "own" if own else "partner", "amount": 1} for fund, own in FUNDS.items()])
)

Goals = list[list[tuple[int, float]]]


def goals_of(keys: list[Key]) -> Goals:
    """Own money first, then the funds in their order."""
    own = [(number, 1.0) for number, (fund, _pool) in enumerate(keys) if FUNDS[fund]]
    rank = {fund: place + 1.0 for place, fund in enumerate(FUNDS)}
    return [own, [(number, rank[fund]) for number, (fund, _pool) in enumerate(keys)]]


def at_random(seed: int) -> tuple[list[Key], dict[int, int], list[MoneyCondition]]:
    """Pools whose costs are odd amounts; the partners pay up to an amount, a share of a pool, or in a ratio."""
    dice = random.Random(seed)
    size = dice.choice([1_000, 10**7, 10**11])
    due = {pool: dice.randint(1, size) for pool in range(dice.randint(1, 6))}
    keys = [(fund, pool) for pool in due for fund in FUNDS if FUNDS[fund] or dice.random() < 0.7]
    conditions = [MoneyCondition({key: 1 for key in keys if key[1] == pool}, "==", cost) for pool, cost in due.items()]
    for fund in {fund: None for fund, _pool in keys if not FUNDS[fund]}:
        mine = dict.fromkeys((key for key in keys if key[0] == fund), 1)
        conditions.append(MoneyCondition(mine, "<=", dice.randint(0, sum(due.values()))))
        for key in mine:
            if dice.random() < 0.3:
                conditions.append(MoneyCondition({key: 1}, "<=", due[key[1]] * dice.randint(1, 9) // 10))
    if dice.random() < 0.5:  # at most 1/3 (2/7) of what the own budget pays
        up, down = dice.choice([(1, 3), (2, 7), (11, 13)])
        part = {key: down for key in keys if key[0] == "unja"}
        if part:
            conditions.append(MoneyCondition(part | {k: -up for k in keys if k[0] == "apbd"}, "<=", down - 1))
    return keys, due, conditions


def own_of(paid: dict[Key, int]) -> int:
    return sum(amount for (fund, _pool), amount in paid.items() if FUNDS[fund])


def test_no_more_own_money_is_paid_than_the_integer_programme_finds() -> None:
    found = 0
    for seed in some(range(200)):
        keys, due, conditions = at_random(seed)
        paid = brief_payments(FUNDS, keys, due, conditions, goals_of(keys))
        try:
            exact = optimised(READ, keys, due, conditions)
        except CannotSettle:
            assert paid is None
            continue
        if paid is not None:
            found += 1
            assert all(condition.kept(paid) for condition in conditions), seed
            assert all(0 <= amount <= due[pool] for (_fund, pool), amount in paid.items()), seed
            assert own_of(paid) == own_of(exact), seed
    assert found > few(150)


@pytest.mark.parametrize(
    "condition",
    [
        MoneyCondition({("unja", 0): 1}, "<=", 40, Fraction(1)),  # may be missed
        MoneyCondition({("unja", 0): 2}, ">=", 201),  # no whole rupiah pay 100.5 of 100
    ],
)
def test_nothing_is_given_where_a_goal_may_be_missed_or_none_is_found(condition: MoneyCondition) -> None:
    keys: list[Key] = [("apbd", 0), ("unja", 0)]
    conditions = [MoneyCondition(dict.fromkeys(keys, 1), "==", 100), condition]
    assert brief_payments(FUNDS, keys, {0: 100}, conditions, goals_of(keys)) is None


def test_where_whole_rupiah_cost_more_own_money_than_rounding_shows_the_integer_programme_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys: list[Key] = [("apbd", 0), ("unja", 0)]
    conditions = [MoneyCondition(dict.fromkeys(keys, 1), "==", 100), MoneyCondition({("unja", 0): 1}, "<=", 60)]
    dealt: list[Any] = []

    def to_own(paid: dict[Key, int], *_: Any) -> bool:
        dealt.append(paid.copy())
        paid["apbd", 0], paid["unja", 0] = 41, 59
        return True

    monkeypatch.setattr(brief_optimisation, "_deal_rest", to_own)
    optimisation._paid.cache_clear()
    assert brief_payments(FUNDS, keys, {0: 100}, conditions, goals_of(keys)) is None
    assert dict(optimised(READ, keys, {0: 100}, conditions, briefly=True)) == {("apbd", 0): 40, ("unja", 0): 60}
    assert len(dealt) == 2
