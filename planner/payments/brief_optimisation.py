"""Payments in whole rupiah for plans that are only compared, with as little own money as any payments need.

A linear programme, solved again around its own solution, gives payments to within a rupiah; what rounding down leaves
of each pool is dealt rupiah by rupiah. That nearly always keeps every condition and takes a third of the time of an
integer programme, but where several payments are equally good it may find others.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from math import ceil, floor, inf
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.highs.configured import configured
from planner.payments.conditions import Key, MoneyCondition
from planner.payments.money_program import MoneyTerm

REFINED: Final = 10**6
"""How far [rupiah] the second programme may move a payment from the first, which is a few rupiah in 10^11 off."""

PARTS: Final = 10**4
"""How many units of the first programme make up all payments."""

SLACK: Final = 1e-6
"""What a goal that is held may lose, and what rounding down forgives: HiGHS's own tolerance [units]."""

SURE: Final = 1e-4
"""A least sum in fractions up to so far above a whole number counts as that [rupiah]."""

LARGEST_FACTOR: Final = 1000
"""Rows with a larger coefficient are divided by it."""

Values = NDArray[np.float64]


def brief_payments(
    own: Mapping[str, bool],
    keys: Sequence[Key],
    due: Mapping[int, int],
    conditions: Sequence[MoneyCondition],
    goals: Sequence[Sequence[MoneyTerm]],
) -> dict[Key, int] | None:
    """Return payments by `keys` that keep all `conditions`, none of which may be missed, with the least own money.

    `own` names the funds in their order and says which are own money; `goals` are sums over the payments by their
    numbers, to be made small one after the other. None where such payments are not found so soon.
    """
    if not keys or any(condition.penalty is not None for condition in conditions):
        return None
    program = _Program(keys, due, conditions, goals)
    base = dict.fromkeys(keys, 0)
    if max(due.values(), default=0) > REFINED:
        rough = program.solved(base, max(1, sum(due.values()) // PARTS), None)
        if rough is None:
            return None
        base = {key: min(max(0, amount), due[key[1]]) for key, amount in _rounded_down(base, rough[1]).items()}
    fine = program.solved(base, 1, REFINED)
    if fine is None:
        return None
    paid = _rounded_down(base, fine[1])
    if not _deal_rest(paid, own, due, conditions) or not all(condition.kept(paid) for condition in conditions):
        return None
    least = ceil(_own(own, base) + fine[0] - SURE) if len(goals) > 1 else None  # the first of two goals is own money
    return paid if min(paid.values()) >= 0 and (least is None or _own(own, paid) <= least) else None


def _own(own: Mapping[str, bool], paid: Mapping[Key, int]) -> int:
    """Return how much of these payments is own money [rupiah]."""
    return sum(amount for (fund, _pool), amount in paid.items() if own[fund])


def _rounded_down(base: Mapping[Key, int], moves: Values) -> dict[Key, int]:
    """Return the payments `base` moved, rounded down [rupiah]."""
    return {key: base[key] + floor(move + SLACK) for key, move in zip(base, moves.tolist(), strict=True)}


def _deal_rest(
    paid: dict[Key, int], own: Mapping[str, bool], due: Mapping[int, int], conditions: Sequence[MoneyCondition]
) -> bool:
    """Add what `paid` leaves of each pool, a rupiah at a time, to funds whose conditions allow it; return whether all
    is paid.

    Partners come first, then the funds in their order.
    """
    order = {fund: (own[fund], number) for number, fund in enumerate(own)}
    left, payers, held = dict(due), dict[int, list[Key]](), dict[Key, list[MoneyCondition]]()
    for key, amount in paid.items():
        left[key[1]] -= amount
        payers.setdefault(key[1], []).append(key)
    short = {key for pool, rest in left.items() if rest for key in payers.get(pool, ())}
    for condition in conditions:
        if condition.sense == "<=":
            for key in short & condition.terms.keys():
                held.setdefault(key, []).append(condition)
    for pool, rest in left.items():
        if rest < 0 or rest > len(payers.get(pool, ())):
            return False
        for _rupiah in range(rest):
            for key in sorted(payers[pool], key=lambda key: order[key[0]]):
                paid[key] += 1
                if all(condition.kept(paid) for condition in held.get(key, ())):
                    break
                paid[key] -= 1
            else:
                return False
    return True


class _Program:
    """The linear programme of all payments in HiGHS, loaded once, with a row for each goal that is held."""

    def __init__(
        self,
        keys: Sequence[Key],
        due: Mapping[int, int],
        conditions: Sequence[MoneyCondition],
        goals: Sequence[Sequence[MoneyTerm]],
    ) -> None:
        self._keys, self._conditions = keys, conditions
        self._due = np.array([due[pool] for _fund, pool in keys], dtype=np.float64)
        number = {key: column for column, key in enumerate(keys)}
        self._costs = [np.zeros(len(keys)) for _goal in goals]
        for cost, goal in zip(self._costs, goals, strict=True):
            for column, factor in goal:
                cost[column] += factor
        starts, columns, factors, by = array("i"), array("i"), array("d"), array("d")
        for condition in conditions:
            starts.append(len(columns))
            largest = max(map(abs, condition.terms.values()), default=1)
            by.append(largest if largest > LARGEST_FACTOR else 1)
            for key, factor in condition.terms.items():
                columns.append(number[key])
                factors.append(factor / by[-1])
        for cost in self._costs[:-1]:
            starts.append(len(columns))
            there = np.flatnonzero(cost).tolist()
            columns.extend(there)
            factors.extend(cost[there])
        self._by = np.array(by)
        self._bases: list[Any] = []
        self._highs: Any = configured({"presolve": "off"})
        size, nothing, rows = len(keys), np.zeros(0, dtype=np.int32), len(starts)
        self._all = np.arange(size, dtype=np.int32)
        self._rows = np.arange(rows, dtype=np.int32)
        free = np.full(rows, inf)
        self._highs.addCols(size, np.zeros(size), np.zeros(size), self._due, 0, nothing, nothing, np.zeros(0))
        loaded = np.array(starts, dtype=np.int32), np.array(columns, dtype=np.int32), np.array(factors)
        self._highs.addRows(rows, -free, free, len(factors), *loaded)
        held = self._highs.getNumCol(), self._highs.getNumRow(), self._highs.getNumNz()
        self._loaded = held == (size, rows, len(factors))

    def solved(self, base: Mapping[Key, int], unit: int, reach: int | None) -> tuple[float, Values] | None:
        """Return the least value of the first goal, and the best differences from `base` [rupiah], computed in units of
        `unit` rupiah; None where there are none.

        Payments move by at most `reach`. The second programme starts from the bases of the first.
        """
        if not self._loaded:
            return None
        highs = self._highs
        paid = np.array([base[key] for key in self._keys], dtype=np.float64)
        lower, upper = -paid, self._due - paid
        if reach is not None:
            lower, upper = np.maximum(lower, -reach), np.minimum(upper, reach)
        highs.changeColsBounds(len(self._all), self._all, lower / unit, upper / unit)
        room = np.array([condition.amount - condition.sum_of(base) for condition in self._conditions]) / self._by / unit
        senses = [condition.sense for condition in self._conditions]
        goals = np.full(len(self._costs) - 1, inf)
        low = np.array([-inf if sense == "<=" else right for sense, right in zip(senses, room, strict=True)])
        high = np.array([inf if sense == ">=" else right for sense, right in zip(senses, room, strict=True)])
        low, high = np.append(low, -goals), np.append(high, goals)
        highs.changeRowsBounds(len(self._rows), self._rows, low, high)
        least: float | None = None
        known, self._bases = self._bases, []
        for number, cost in enumerate(self._costs):
            highs.changeColsCost(len(self._all), self._all, cost)
            if number < len(known):
                highs.setBasis(known[number])
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            self._bases.append(highs.getBasis())
            moves: Values = np.asarray(highs.getSolution().col_value, dtype=np.float64)
            reached = float(cost @ moves)
            least = reached if least is None else least
            if number < len(self._costs) - 1:
                highs.changeRowBounds(len(self._conditions) + number, -inf, reached + SLACK)
        return None if least is None else (least * unit, moves * unit)
