"""Tiny scenarios with other budgets, and what trying every plan says of them."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

from tests.oracle.brute_force import search_of
from tests.oracle.plain import number

Plain = dict[str, Any]


def own_total(plain: Plain) -> int:
    """What own funds have together [rupiah]."""
    return sum(int(number(fund["amount"])) for fund in plain["funds"] if fund["kind"] == "own")


def with_own_total(plain: Plain, total: int) -> Plain:
    """The scenario whose own funds have `total`: each its part, rupiah left over to the largest remainders."""
    changed = copy.deepcopy(plain)
    own = [fund for fund in changed["funds"] if fund["kind"] == "own"]
    weights = [number(fund["amount"]) for fund in own]
    weights = weights if any(weights) else [Fraction(1)] * len(own)
    exact = [total * weight / sum(weights) for weight in weights]
    amounts = [int(part) for part in exact]
    order = sorted(range(len(own)), key=lambda n: (amounts[n] - exact[n], n))
    for n in order[: total - sum(amounts)]:
        amounts[n] += 1
    for fund, amount in zip(own, amounts, strict=True):
        fund["amount"] = amount
    return changed


def best_value(plain: Plain) -> Fraction | None:
    """The most that any plan reaches, weighted and less penalties; None where there is none."""
    search = search_of(plain)
    best: Fraction | None = None
    for hope, people, socialized, classes in search.candidates():
        if best is not None and hope[0] <= best:
            break
        for found in search.funded(people, socialized, classes):
            value = search.rank(*found)[0]
            best = value if best is None else max(best, value)
    return best


def best_at(plain: Plain, total: int) -> Fraction | None:
    """The most that any plan reaches with so much of own funds."""
    return best_value(with_own_total(plain, total))
