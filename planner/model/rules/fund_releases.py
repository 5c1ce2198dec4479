"""Releases: no fund spends money before it is released."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.fund_limits import spending_limits
from planner.model.ingredients import Parts
from planner.model.rows import Row


def fund_releases(parts: Parts) -> Iterator[Row]:
    """A fund spends in the first periods only what has been released by then.

    For each fund f and period t with released[f,t] < 100%:

        sum of z[f,q] over q of periods <= t  <=  floor(released[f,t] * amount_f)      [money units]

    released[f,t] is the last share named up to t, and 0 before the first; 100% without releases. Where f has amounts
    per year, it is a share of the amount of the year of t, the last one named in that year, and the periods begin with
    the year; with carry_over they begin with the horizon, and the amounts of earlier years are added on the right.
    """
    for fund in parts.scenario.funds:
        for limit in spending_limits(parts.scenario, fund):
            if limit.period is None or (limit.year is None and limit.most == fund.amount):
                continue
            paid = parts.paid_within(fund.id, limit)
            if paid:
                yield Row((fund.id, limit.period), [(z, 1.0) for _, z in paid], "<=", parts.money(limit.most))
