"""Corruptions of a plan that keep its rows consistent with one another, as a careful forger would make them.

semantic_corruptions(plan: dict) -> Iterator[tuple[str, dict]]      (what was done, corrupted copy)
    payments of two funds swapped with the spending of both; a person moved between periods with classes and attendance;
    a gap more closed with all totals; a rupiah more paid with all totals; the shares of two funds in one cost paid by
    one of them; a payment made in another period.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Plan = dict[str, Any]


def semantic_corruptions(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """All of these corruptions."""
    yield from _funds_swapped(plan)
    yield from _person_moved(plan)
    yield from _more_closed(plan)
    yield from _more_paid(plan)
    yield from _shares_merged(plan)
    yield from _paid_at_another_time(plan)


def _funds_swapped(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Two payments of unlike funds change funds; what each fund has spent follows."""
    for n, (one, other) in enumerate(pairwise(plan["payments"])):
        if one["fund"] != other["fund"] and one["amount"] != other["amount"]:
            changed = copy.deepcopy(plan)
            first, second = changed["payments"][n : n + 2]
            first["fund"], second["fund"] = other["fund"], one["fund"]
            for fund in changed["funds"]:
                moved = one["amount"] - other["amount"]
                fund["spent"] += moved * ((fund["fund"] == other["fund"]) - (fund["fund"] == one["fund"]))
            yield f"payments {n} and {n + 1} swapped between funds", changed


def _person_moved(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """One person of a group goes to another period of the same programme; classes and attendance follow."""
    for n, one in enumerate(plan["allocations"]):
        for m, other in enumerate(plan["allocations"]):
            if n != m and (one["group"], one["programme"]) == (other["group"], other["programme"]):
                changed = copy.deepcopy(plan)
                changed["allocations"][n]["participants"] -= 1
                changed["allocations"][m]["participants"] += 1
                for row in changed["classes"]:
                    if row["programme"] == one["programme"]:
                        row["participants"] += (row["period"] == other["period"]) - (row["period"] == one["period"])
                yield f"a person moved from allocation {n} to {m}", changed


def _more_closed(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """A gap more is closed, in its row, in the totals, in the level and in its bound."""
    for n in range(len(plan["closings"])):
        changed = copy.deepcopy(plan)
        changed["closings"][n]["closed"] += 1.0
        for name in ("gaps_closed", "weighted_gaps_closed", "bound"):
            changed[name] += 1.0
        for level in changed["objective"]:
            if level["goal"] == "gaps_closed":
                for name in ("value", "bound", "exact_bound"):
                    level[name] = None if level[name] is None else level[name] + 1.0
        yield f"closing {n} and all totals one more", changed


def _more_paid(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """A rupiah more is paid, by its fund, in own or partners' and total cost."""
    for n, row in enumerate(plan["payments"]):
        changed = copy.deepcopy(plan)
        changed["payments"][n]["amount"] += 1
        changed["total_cost"] += 1
        changed["own_cost"] += 1
        for fund in changed["funds"]:
            fund["spent"] += fund["fund"] == row["fund"]
        yield f"payment {n} and all totals a rupiah more", changed


def _shares_merged(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """What two funds share is paid by the first of them; what each has spent follows."""
    for n, one in enumerate(plan["payments"]):
        for m, other in enumerate(plan["payments"][n + 1 :], start=n + 1):
            if {**one, "fund": "", "amount": 0} == {**other, "fund": "", "amount": 0}:
                changed = copy.deepcopy(plan)
                changed["payments"][n]["amount"] += other["amount"]
                del changed["payments"][m]
                for fund in changed["funds"]:
                    fund["spent"] += other["amount"] * ((fund["fund"] == one["fund"]) - (fund["fund"] == other["fund"]))
                yield f"payment {m} paid by the fund of payment {n}", changed


def _paid_at_another_time(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """A payment is made in a period of another one."""
    periods = sorted({row["period"] for row in plan["payments"]})
    for n, row in enumerate(plan["payments"]):
        for period in periods:
            if period != row["period"]:
                changed = copy.deepcopy(plan)
                changed["payments"][n]["period"] = period
                yield f"payment {n} made in {period}", changed
