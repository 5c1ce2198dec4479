"""Funds: no fund spends what it does not have, or does not have yet."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.funds import Fund
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def fund_amount(parts: Parts) -> Iterator[Row]:
    """A fund spends at most its amount, and nothing unless it is used.

    For each fund f, a[f] being 1 where it is not a decision:

        sum over q of z[f,q]  <=  amount_f * a[f]                     [money units]

    The amount is cut at the most that f could be asked for: a bound that can bind is a tighter one.
    """
    for fund in parts.scenario.funds:
        paid = spent(parts, fund)
        used = parts.variables.used.get(fund.id)
        if not paid:
            continue
        could_pay = sum(parts.pool_cost[pool] for f, pool in parts.variables.paid if f == fund.id)
        if used is not None:
            yield Row((fund.id,), [*paid, (used, -parts.money(min(fund.amount, could_pay)))], "<=", 0)
        elif fund.amount < could_pay:
            yield Row((fund.id,), paid, "<=", parts.money(fund.amount))


def fund_release(parts: Parts) -> Iterator[Row]:
    """A fund spends in the first periods only what has been released by then.

    For each fund f and period t with releases[f,t] < 100%:

        sum of z[f,q] over q of periods <= t  <=  floor(releases[f,t] * amount_f)      [money units]
    """
    horizon = parts.scenario.horizon
    for fund in parts.scenario.funds:
        for number, period in enumerate(horizon, start=1):
            released = int(fund.releases.get(period, 1) * fund.amount)
            if released == fund.amount:
                continue
            so_far = horizon[:number]
            paid: list[Term] = [
                (z, 1.0)
                for (f, pool), z in parts.variables.paid.items()
                if f == fund.id and parts.pools.members[pool].period in so_far
            ]
            if paid:
                yield Row((fund.id, period), paid, "<=", parts.money(released))


def spent(parts: Parts, fund: Fund) -> list[Term]:
    """Everything that `fund` pays, as terms [money units]."""
    return [(z, 1.0) for (f, _), z in parts.variables.paid.items() if f == fund.id]
