"""Rows about one-off costs: each is paid in one period, and not after the first use of what it pays for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from planner.domain.one_off import OneOff, one_offs
from planner.domain.scenario import Scenario
from planner.proof.columns import CHOICES, Columns
from planner.proof.exact_model import About, Term


def decided(c: Columns, one_off: OneOff) -> int | None:
    """Return the column of the decision that makes a one-off cost due: o[p], s[g] or a[f]; None where there is none."""
    if one_off.programme is not None:
        return c.runs.get(one_off.programme)
    if one_off.group is not None:
        return c.socialized.get(one_off.group)
    return c.used.get(one_off.fund or "")


def about(one_off: OneOff) -> About:
    """Return what rows about a one-off cost are about: its programme, group or agreement, and item."""
    return "one_off", *(part for part in one_off if part is not None)


def add_periods_due(c: Columns) -> None:
    """Add d[i,t]: a cost of which it matters when it is paid is paid in one of its periods, if it is due."""
    for one_off, periods in c.pools.periods_of_one_off.items():
        once = decided(c, one_off)
        if once is None:
            continue
        c.model.about = about(one_off)
        for t in periods:
            c.due[one_off, t] = c.model.column(1, whole=True, rank=CHOICES)
        c.model.row([*((c.due[one_off, t], 1) for t in periods), (once, -1)], low=0, high=0)


def add_uses(c: Columns) -> None:
    """Add rows by which nothing is used before it is paid: use in t <= most * sum over u <= t of d[i,u].

    Those who attend before a socialization is paid do so only where there is none: <= most * (1 - s[g] + ...).
    """
    horizon = c.facts.rest
    several = len(c.scenario.years) > 1
    for one_off, _ in one_offs(c.scenario) if several else ():
        c.model.about = about(one_off)
        if one_off.group is not None and one_off not in c.pools.periods_of_one_off:
            attending = [(x, 1) for (g, _p, _t), x in c.seats.items() if g == one_off.group]
            c.model.row([*attending, (c.socialized[one_off.group], -1)], low=0)
    for one_off, periods in c.pools.periods_of_one_off.items():
        if decided(c, one_off) is None or one_off.programme in c.facts.ran:
            continue  # used before the plan, so it is still to be paid
        c.model.about = about(one_off)
        if several:
            _in_year(c, one_off, periods)
        for number, t in enumerate(horizon[: horizon.index(periods[-1])], start=1):
            paid = [c.due[one_off, u] for u in periods if u in horizon[:number]]
            for use, most, payer in _uses(c, one_off, t):
                row = [*use, *((d, -most) for d in paid)]
                if one_off.group is not None:
                    c.model.row([*row, (c.socialized[one_off.group], most)], high=most)
                elif payer is not None:
                    c.bound_by_money((payer,), partial(_paid_before, use, most, payer, paid))
                else:
                    c.model.row(row, high=0)


def _paid_before(
    use: list[Term], most: int, payer: str, paid: Sequence[int], scenario: Scenario
) -> tuple[list[Term], int]:
    """Return the row: what a fund pays is at most what it has and what it could pay for, if its agreement is paid
    before."""
    limit = min(most, scenario.fund[payer].amount)
    return [*use, *((d, -limit) for d in paid)], 0


def _in_year(c: Columns, one_off: OneOff, periods: Sequence[str]) -> None:
    """Add sum over t of the year of d[i,t] <= sum of its uses: what is paid once in a year is used in that year."""
    for first, last in c.scenario.places_of_year.values():
        within = [t for t in c.scenario.horizon[first : last + 1] if t in c.facts.rest]
        paid = [(c.due[one_off, t], -1) for t in periods if t in within]
        if paid:
            used = [term for t in within for use, _, _ in _uses(c, one_off, t) for term in use]
            c.model.row([*used, *paid], low=0)


def _uses(c: Columns, one_off: OneOff, period: str) -> Iterator[tuple[list[Term], int, str | None]]:
    """Yield what is used in a period of what the cost pays for, its upper bound, and for payments the fund.

    Payments are also at most what the fund has.
    """
    upper = c.model.upper
    if one_off.programme is not None:
        held = c.classes.get((one_off.programme, period))
        seats = c.by_class.get((one_off.programme, period), ()) if held is None else ()
        columns = [c.seats[seat] for seat in seats] if held is None else [held]
        for column in columns:
            yield [(column, 1)], int(upper[column]), None
    elif one_off.group is not None:
        attending = [x for (g, _p, t), x in c.seats.items() if g == one_off.group and t == period]
        if attending:
            yield [(x, 1) for x in attending], sum(int(upper[x]) for x in attending), None
    else:
        for (f, pool), terms in c.payments.items():
            if f == one_off.fund and c.pools.members[pool].period == period:
                yield terms, c.most_cost.get(pool, 0), f
        for (f, kind), v in c.free.items():
            if f == one_off.fund and kind.period == period:
                yield [(v, 1)], int(upper[v]), None
