"""Amounts: no fund spends what it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def fund_amount(parts: Parts) -> Iterator[Row]:
    """A fund spends at most its amount, and nothing unless it is used.

    For each fund f, a[f] being 1 where it is not a decision:

        sum over q of z[f,q]  <=  amount_f * a[f]                     [money units]

    The amount is capped at the most that f could have to pay, which tightens the relaxation.
    """
    for fund in parts.scenario.funds:
        paid = parts.spent(fund.id)
        used = parts.variables.used.get(fund.id)
        if not paid:
            continue
        could_pay = sum(parts.pool_cost[pool] for pool, _ in parts.paid_by_fund.get(fund.id, ()))
        if used is not None:
            yield Row((fund.id,), [*paid, (used, -parts.money(min(fund.amount, could_pay)))], "<=", 0)
        elif fund.amount < could_pay:
            yield Row((fund.id,), paid, "<=", parts.money(fund.amount))
