"""Amounts: no fund spends what it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.fund_limits import spending_limits
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def fund_amount(parts: Parts) -> Iterator[Row]:
    """A fund spends at most its amount, and nothing unless it is used.

    For each fund f, a[f] being 1 where it is not a decision:

        sum over q of z[f,q]  <=  amount_f * a[f]                     [money units]

    Where f has amounts per year, for each year, of which what is left lapses:

        sum over q of the year of z[f,q]  <=  amounts_f,year * a[f]   [money units]

    and with carry_over the amounts and the payments of all years up to it. An amount is capped at the most that f could
    have to pay, which tightens the relaxation. What f has paid already is taken off both sides.
    """
    for fund in parts.scenario.funds:
        for limit in spending_limits(parts.scenario, fund):
            pools = [] if limit.period is not None else parts.paid_within(fund.id, limit)
            made = sum(parts.pools.facts.get(pool, 0) for pool, _ in pools)
            pools = [(pool, z) for pool, z in pools if pool not in parts.pools.facts]
            if not pools:
                continue
            paid: list[Term] = [(z, 1.0) for _, z in pools]
            used = parts.variables.used.get(fund.id)
            key = (fund.id,) if limit.year is None else (fund.id, limit.year)
            could_pay = sum(parts.pool_cost[pool] for pool, _ in pools)
            amount = max(0, limit.most - made)
            if used is not None:
                yield Row(key, [*paid, (used, -parts.money(min(amount, could_pay)))], "<=", 0)
            elif amount < could_pay:
                yield Row(key, paid, "<=", parts.money(amount))
