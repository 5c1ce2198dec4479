"""What must follow when a scenario is changed in a way whose effect is known, whatever its best plan is.

RELATIONS: name -> relation        relation(plain, seed) -> str | None

A relation gives what contradicts it, or None: also where it says nothing of the scenario.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any, Final

from tests.properties.answers import answered, at_least_as_good, values
from tests.properties.changes import (
    dearer,
    money_times,
    narrower,
    permuted,
    renamed,
    unaffordable,
    weights_times,
    wider,
    with_programme,
)

Plain = dict[str, Any]


def order_and_ids(plain: Plain, seed: int) -> str | None:
    """The order of the file and the ids do not matter."""
    other = permuted(renamed(plain, lambda text: f"baru-{text[::-1]}"), seed)
    return _same(values(other), values(plain))


def money_times_seven(plain: Plain, seed: int) -> str | None:
    """Money times seven changes nothing but the costs."""
    del seed
    if any(rule["measure"] == "cost" and "soft" in rule for rule in plain.get("rules", [])):
        return None  # a seventh of a price for missing a goal has no decimal
    if splits_money(plain):
        return None  # a share is rounded to whole rupiah in the plan's favour, which weighs less in larger amounts
    before, after = answered(plain), values(money_times(plain, 7))
    if before is not None and after is not None:
        goals = [level.goal for level in before.plan.objective]
        after = tuple(v / 7 if goal.endswith("cost") else v for v, goal in zip(after, goals, strict=True))
    return _same(after, None if before is None else before.values)


def splits_money(plain: Plain) -> bool:
    """Whether shares of money may fall between two rupiah, or goals count single rupiah."""
    conditions = ("max_share", "match", "releases")
    return any(c in fund for c in conditions for fund in plain["funds"]) or any(
        rule["measure"] == "cost" for rule in plain.get("rules", [])
    )


def unaffordable_programme(plain: Plain, seed: int) -> str | None:
    """A programme that nobody can pay changes nothing."""
    del seed
    return _same(values(with_programme(plain, unaffordable(plain))), values(plain))


def useless_programme(plain: Plain, seed: int) -> str | None:
    """A programme that nobody needs changes nothing."""
    del seed
    other = with_programme(plain, {"id": "percuma", "closes": {"tidak-kurang": 1}})
    other["competencies"] = [*plain["competencies"], {"id": "tidak-kurang", "kind": "managerial", "weight": 9}]
    return _same(values(other), values(plain))


def more_of_something(plain: Plain, seed: int) -> str | None:
    """More money, seats, room, time or programmes never make it worse."""
    del seed
    for what, other in wider(plain):
        if not at_least_as_good(values(other), values(plain)):
            return f"more {what}: {values(other)} after {values(plain)}"
    return None


def one_more_condition(plain: Plain, seed: int) -> str | None:
    """A new hard rule or a higher minimum never makes it better."""
    for what, other in narrower(plain, random.Random(seed)):
        if not at_least_as_good(values(plain), values(other)):
            return f"{what}: {values(other)} after {values(plain)}"
    return None


def higher_costs(plain: Plain, seed: int) -> str | None:
    """Higher costs never make it better."""
    del seed
    if rewards_spending(plain) or at_least_as_good(values(plain), values(dearer(plain))):
        return None
    return f"{values(dearer(plain))} after {values(plain)}"


def rewards_spending(plain: Plain) -> bool:
    """Whether spending more in one place may allow or please elsewhere."""
    conditions = ("max_share", "match", "minimum")
    return any(c in fund for c in conditions for fund in plain["funds"]) or any(
        rule["measure"] == "cost" for rule in plain.get("rules", [])
    )


def weights_times_three(plain: Plain, seed: int) -> str | None:
    """Weights times three give three times the objective."""
    del seed
    before, after = answered(plain), answered(weights_times(plain, 3))
    if before is None or after is None:
        return None if before is after else "only one of the two has a plan"
    factors = [3 if level.goal == "gaps_closed" else 1 for level in before.plan.objective]
    expected = tuple(factor * value for factor, value in zip(factors, before.values, strict=True))
    return _same(after.values, expected)


def just_enough_money(plain: Plain, seed: int) -> str | None:
    """A budget of just what the plan costs is enough."""
    del seed
    before = answered(plain)
    if before is None or any("releases" in fund for fund in plain["funds"]):
        return None
    other = copy.deepcopy(plain)
    for fund, use in zip(other["funds"], before.plan.funds, strict=True):
        fund["amount"] = use.spent or fund["amount"]
    return _same(values(other), before.values)


def _same(found: object, expected: object) -> str | None:
    return None if found == expected else f"{found} instead of {expected}"


RELATIONS: Final[dict[str, Callable[[Plain, int], str | None]]] = {
    relation.__name__: relation
    for relation in (
        order_and_ids,
        money_times_seven,
        unaffordable_programme,
        useless_programme,
        more_of_something,
        one_more_condition,
        higher_costs,
        weights_times_three,
        just_enough_money,
    )
}
