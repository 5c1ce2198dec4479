"""Match: a partner that gives only in proportion to another fund."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from planner.model.ingredients import Parts
from planner.model.money_terms import less_share
from planner.model.rows import Row, Term

MOST: Final = 10**8
"""Larger ratios count as this: a solver cannot tell them apart."""


def fund_match(parts: Parts) -> Iterator[Row]:
    """A matching fund spends at most a multiple of what the other spends, rounded up to whole rupiah.

    For each fund f with a match whose ratio is num/den, over the pools q of programmes' costs:

        den * sum over q of z[f,q]  <=  num * sum over q of z[with,q] + den - 1     [rupiah]

    For whole rupiah that is: total of f <= ceil(ratio * total of with). Socialization and agreements belong to no
    programme: money spent on them brings no other money. Where num or den is beyond a solver, the row is divided by
    the larger of the two.
    """
    for fund in parts.scenario.funds:
        if fund.match is None:
            continue
        paid, other = _matched(parts, fund.id), _matched(parts, fund.match.with_)
        if paid:
            terms, rounding = less_share(paid, other, min(fund.match.ratio, Fraction(MOST)), parts.unit)
            # a fund that can pay nothing needs no rounding
            yield Row((fund.id,), terms, "<=", rounding if other else 0.0)


def _matched(parts: Parts, fund_id: str) -> list[Term]:
    """Return what a fund pays for programmes, as terms [money units]."""
    members = parts.pools.members
    return [(z, 1.0) for pool, z in parts.paid_by_fund.get(fund_id, ()) if not members[pool].unmatched]
