"""Max share: a partner pays at most a share of a programme."""

from __future__ import annotations

from collections.abc import Iterator

import pulp

from planner.model.ingredients import Parts
from planner.model.money_terms import less_share
from planner.model.rows import Row, Term


def fund_max_share(parts: Parts) -> Iterator[Row]:
    """A fund pays at most its share of each programme's total cost, rounded up to whole rupiah.

    For each fund f with max_share = num/den < 1 and programme p:

        den * sum over p's pools of z[f,q]  <=  num * cost of p + den - 1     [rupiah]

    For whole rupiah that is: payments of f for p <= ceil(max_share_f * cost of p). The cost of p is what all funds
    together pay for it. Where num or den is beyond a solver, the row is divided by the larger of the two.
    """
    programmes = {pool: parts.pools.members[pool].programme for _, pool in parts.variables.paid}
    by_programme: dict[str, list[tuple[str, pulp.LpVariable]]] = {}
    for (fund_id, pool), z in parts.variables.paid.items():
        programme = programmes[pool]
        if programme is not None:
            by_programme.setdefault(programme, []).append((fund_id, z))
    for fund in parts.scenario.funds:
        if fund.max_share == 1:
            continue
        for programme, paid in by_programme.items():
            part: list[Term] = [(z, 1.0) for f, z in paid if f == fund.id]
            if part:
                terms, rounding = less_share(part, [(z, 1.0) for _, z in paid], fund.max_share, parts.unit)
                yield Row((fund.id, programme), terms, "<=", rounding)
