"""Max share: a partner pays part of a programme, not all of it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.parts import Parts
from planner.model.rows import Row, Term


def max_share(parts: Parts) -> Iterator[Row]:
    """A fund pays at most its share of each programme's total cost.

    For each fund f with max_share < 1 and programme p:

        sum over p's pools of z[f,q]  <=  max_share_f * cost of p     [money units]

    The cost of p is what all funds together pay for it.
    """
    programmes = {pool: parts.pools.members[pool].programme for _, pool in parts.variables.paid}
    by_programme: dict[str, list[tuple[str, int]]] = {}
    for fund_id, pool in parts.variables.paid:
        programme = programmes[pool]
        if programme is not None:
            by_programme.setdefault(programme, []).append((fund_id, pool))
    for fund in parts.scenario.funds:
        if fund.max_share == 1:
            continue
        share = float(fund.max_share)
        for programme, paid in by_programme.items():
            if any(f == fund.id for f, _ in paid):
                terms: list[Term] = [
                    (parts.variables.paid[f, pool], 1 - share if f == fund.id else -share) for f, pool in paid
                ]
                yield Row((fund.id, programme), terms, "<=", 0)
