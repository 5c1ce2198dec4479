"""Match: a partner that gives only along with another fund."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.model.parts import Parts
from planner.model.rows import Row
from planner.model.rules.funds import spent

MOST: Final = 1e8
"""Ratios beyond this count as this: a solver cannot tell larger ones apart."""


def match(parts: Parts) -> Iterator[Row]:
    """A matching fund spends at most a multiple of what the other spends.

    For each fund f with a match:

        sum over q of z[f,q]  <=  ratio * sum over q of z[with,q]     [money units]
    """
    for fund in parts.scenario.funds:
        if fund.match is None:
            continue
        ratio = min(float(fund.match.ratio), MOST)
        other = [(z, -ratio) for z, _ in spent(parts, parts.scenario.fund[fund.match.with_])] if ratio else []
        paid = spent(parts, fund)
        if paid:
            yield Row((fund.id,), [*paid, *other], "<=", 0)
