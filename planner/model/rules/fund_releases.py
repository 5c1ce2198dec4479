"""Releases: no fund spends money before it is there."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def fund_releases(parts: Parts) -> Iterator[Row]:
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
                for pool, z in parts.paid_by_fund.get(fund.id, ())
                if parts.pools.members[pool].period in so_far
            ]
            if paid:
                yield Row((fund.id, period), paid, "<=", parts.money(released))
