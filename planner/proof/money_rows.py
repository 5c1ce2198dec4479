"""Rows about money: every cost is paid, by funds within their amounts and conditions.

Where one fund alone may pay a pool, its payment is the cost of the pool; only shared pools have columns of payments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import gcd
from typing import Final

from planner.domain.fund_limits import spending_limits
from planner.domain.funds import Fund
from planner.domain.one_off import one_offs
from planner.domain.programmes import CostItem, Programme
from planner.domain.scenario import Scenario
from planner.domain.seat_costs import SeatCosts
from planner.proof.columns import MONEY, TOTALS, Columns, SeatKind
from planner.proof.exact_model import Term
from planner.proof.one_off_rows import add_periods_due, add_uses, decided

MOST_UNIONS: Final = 64
"""Number of sets of funds above which no row limits what the funds of a set may pay together."""


def add_money(c: Columns) -> None:
    """Add the columns and rows of free seats, costs, payments and funds."""
    _kinds(c)
    _free_seats(c)
    add_periods_due(c)
    costs = _costs(c)
    _pay(c, costs)
    add_uses(c)
    _together(c, costs)
    for fund in c.scenario.funds:
        _fund(c, fund)


def _kinds(c: Columns) -> None:
    """Make the kinds of seats: the cost of a seat by pool, and the saving of a free seat of each fund."""
    for programme in c.scenario.programmes:
        items = programme.items("participant")
        costs = {year: SeatCosts(items, year) for year in dict.fromkeys(c.scenario.price_year.values())}
        givers = {f.id: c.funding.covered(f, programme) for f in c.scenario.funds if f.seats.get(programme.id)}
        alike: dict[object, SeatKind] = {}
        met: dict[object, SeatKind] = {}
        same: dict[SeatKind, SeatKind] = {}
        for g, _ in c.by_programme.get(programme.id, ()):
            group = c.scenario.group[g]
            paid = c.funding.kind_of_group(group)
            for seat in c.by_pair[g, programme.id]:
                if seat in c.facts.participants:
                    continue
                units = costs[c.scenario.price_year[seat[2]]].of(group)
                kind = met.get((units, paid, seat[2]))
                if kind is None:
                    pools = tuple(c.pools.of_participants(programme, item, group, seat[2]) for item in items)
                    period = None if c.pools.timed_funds.isdisjoint(givers) else seat[2]
                    kind = alike.get((units, pools, period)) or _kind(programme, period, pools, units, givers)
                    kind = same.setdefault(kind, kind)  # pools that cost nothing make no other kind
                    alike[units, pools, period] = met[units, paid, seat[2]] = kind
                c.kinds[seat] = kind


def _kind(
    programme: Programme,
    period: str | None,
    pools: Sequence[int],
    units: Sequence[int],
    givers: Mapping[str, Sequence[CostItem]],
) -> SeatKind:
    """Collect the seats whose participant items fall into these pools at these costs [rupiah]."""
    lines = list(zip(programme.items("participant"), pools, units, strict=True))
    saved = tuple((f, _by_pool((q, u) for i, q, u in lines if i in covered)) for f, covered in givers.items())
    return SeatKind(programme.id, period, _by_pool((q, u) for _, q, u in lines), saved)


def _by_pool(amounts: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    summed: dict[int, int] = {}
    for pool, amount in amounts:
        if amount:
            summed[pool] = summed.get(pool, 0) + amount
    return tuple(summed.items())


def _free_seats(c: Columns) -> None:
    """Add v[f,kind]: free seats go to participants, each to one, and are no more than the fund gives, if it is used."""
    seats: dict[SeatKind, list[Term]] = {}
    for seat, kind in c.kinds.items():
        if kind.saved:
            seats.setdefault(kind, []).append((c.seats[seat], -1))
    offered: dict[tuple[str, str], list[Term]] = {}
    for kind, taken in seats.items():
        most = sum(int(c.model.upper[x]) for x, _ in taken)
        given: list[Term] = []
        for f, _ in kind.saved:
            v = c.model.column(min(most, c.scenario.fund[f].seats[kind.programme]), whole=True, rank=TOTALS)
            c.free[f, kind] = v
            given.append((v, 1))
            offered.setdefault((f, kind.programme), []).append((v, 1))
        c.model.about = "seats", kind.programme
        c.model.row([*given, *taken], high=0)
    for (f, p), given in offered.items():
        c.model.about = "seats", f, p
        has = max(0, c.scenario.fund[f].seats[p] - c.facts.seats_given.get((f, p), 0))
        if f in c.used:
            c.model.row([*given, (c.used[f], -has)], high=0)
        else:
            c.model.row(given, high=has)


def _costs(c: Columns) -> dict[int, list[Term]]:
    """Return the cost of each pool as terms [rupiah]; add the most that it could be to `most_cost`."""
    costs: dict[int, list[Term]] = {}

    def add(pool: int, column: int, amount: int) -> None:
        if amount:
            costs.setdefault(pool, []).append((column, amount))
            if amount > 0:
                c.most_cost[pool] = c.most_cost.get(pool, 0) + amount * int(c.model.upper[column])

    for seat, kind in c.kinds.items():
        for pool, amount in kind.costs:
            add(pool, c.seats[seat], amount)
    for (f, kind), v in c.free.items():
        for pool, amount in dict(kind.saved)[f]:
            add(pool, v, -amount)
    for (p, t), y in c.classes.items():
        if t in c.facts.over:
            continue
        programme = c.scenario.programme[p]
        for item in programme.items("class"):
            add(c.pools.of_classes(programme, item, t), y, item.unit_cost(year=c.scenario.price_year[t]))
    for one_off, amounts in one_offs(c.scenario):
        if one_off in c.pools.periods_of_one_off:
            for t in c.pools.periods_of_one_off[one_off]:
                if (one_off, t) in c.due:
                    add(c.pools.of_one_off(one_off, t), c.due[one_off, t], amounts[t])
        elif (once := decided(c, one_off)) is not None:
            t = c.pools.periods_of_use(one_off)[-1]
            if one_off.programme in c.facts.ran:  # still to be paid, so it is not a payment made
                once = c.model.column(1, whole=True)
                c.model.lower[once] = 1
            add(c.pools.of_one_off(one_off, t), once, amounts[t])
    return costs


def _pay(c: Columns, costs: dict[int, list[Term]]) -> None:
    """Add rows by which each pool is paid exactly; a pool that nobody may pay costs nothing."""
    for pool, paid in c.pools.facts.items():
        assert c.one is not None
        c.payments[c.pools.members[pool].payers[0], pool] = [(c.one, paid)]
    for pool, terms in costs.items():
        c.model.about = "cost", f"pool{pool}"
        payers = [f for f in c.pools.members[pool].payers if c.scenario.fund[f].amount]
        if not payers:
            c.model.row(terms, high=0)
        elif len(payers) == 1:
            c.payments[payers[0], pool] = terms
        else:
            shares: list[Term] = []
            for f in payers:
                most = min(c.most_cost[pool], c.scenario.fund[f].amount)
                z = c.paid[f, pool] = c.model.column(most, whole=True, rank=MONEY)
                c.payments[f, pool] = [(z, 1)]
                shares.append((z, 1))
            c.model.row([*shares, *((column, -amount) for column, amount in terms)], low=0, high=0)


def _together(c: Columns, costs: dict[int, list[Term]]) -> None:
    """Add rows by which pools that only some funds may pay cost no more than these funds have together.

    This follows from the other rows; without payments, however, the amounts can be rounded to the common divisor of
    the prices: where all prices are multiples of Rp1.000, a total of Rp999 more buys nothing.
    """
    payers = {pool: frozenset(c.pools.members[pool].payers) for pool in costs}
    unions: set[frozenset[str]] = set()
    for some in dict.fromkeys(payers.values()):
        unions |= {some, *(known | some for known in unions)}
        if len(unions) > MOST_UNIONS:
            return
    for together in sorted(unions, key=sorted):
        terms = [term for pool, of_pool in costs.items() if payers[pool] <= together for term in of_pool]
        c.model.about = "fund_amount", *sorted(together)
        c.bound_by_money(together, lambda scenario, t=terms, of=together: (t, sum(map(scenario.facts.left, of))))  # type: ignore[misc]  # mypy infers no lambda with defaults


def spent(c: Columns, fund: Fund) -> list[Term]:
    """Return all payments of `fund` as terms [rupiah]."""
    return [term for (f, _), terms in c.payments.items() if f == fund.id for term in terms]


def _fund(c: Columns, fund: Fund) -> None:
    """Add amount, releases, share of a programme, match and minimum; limits that are shares are rounded up to rupiah.

    A match counts the costs of programmes alone.
    """
    members, place = c.pools.members, c.scenario.place_of_period
    mine = {pool: terms for (f, pool), terms in c.payments.items() if f == fund.id}
    everything = spent(c, fund)
    used = c.used.get(fund.id)
    later = [(x, n) for x, n in everything if x != c.one]
    step = gcd(*(int(amount) for _, amount in everything)) or 1  # every payment of the fund is a multiple of this
    for number, limit in enumerate(spending_limits(c.scenario, fund)):
        periods = {q: members[q].period for q in mine}
        within = [t for q, terms in mine.items() if (u := periods[q]) is None or limit.holds(place[u]) for t in terms]
        c.model.about = ("fund_amount", fund.id) if limit.period is None else ("fund_releases", fund.id, limit.period)
        if limit.period is not None and c.model.facts:
            c.model.limit(within, limit.most)
        else:
            c.bound_by_money((fund.id,), partial(_at_most_amount, c, fund.id, number, within, step))
    if fund.max_share < 1:
        for programme in c.scenario.programmes:
            part = [t for q, terms in mine.items() if members[q].programme == programme.id for t in terms]
            cost = [t for (_, q), terms in c.payments.items() if members[q].programme == programme.id for t in terms]
            if part:
                c.model.about = "fund_max_share", fund.id, programme.id
                at_most_share(c, part, cost, fund.max_share)
    if fund.match is not None:
        c.model.about = "fund_match", fund.id
        part = [t for q, terms in mine.items() if not members[q].unmatched for t in terms]
        with_ = ((q, terms) for (f, q), terms in c.payments.items() if f == fund.match.with_)
        other = [t for q, terms in with_ if not members[q].unmatched for t in terms]
        at_most_share(c, part, other, fund.match.ratio)
    if used is not None:
        c.model.about = "fund_minimum", fund.id
        if fund.minimum:
            c.model.row([*everything, (used, fund.minimum // -step * step)], low=0)
        if not fund.minimum or len(later) < len(everything):
            free = [(v, 1) for (f, _), v in c.free.items() if f == fund.id]
            c.model.row([*later, *free, (used, -1)], low=0)


def _at_most_amount(
    c: Columns, fund_id: str, number: int, within: list[Term], step: int, scenario: Scenario
) -> tuple[list[Term], int]:
    """Return the row: payments `within` a limit of a fund are at most what it has in `scenario`, 0 where it is not
    used.

    What has been released is a separate limit.
    """
    limit = spending_limits(scenario, scenario.fund[fund_id])[number]
    if limit.period is not None:
        return within, limit.most
    left = max(0, limit.most - sum(int(n) for x, n in within if x == c.one))
    terms, used = [(x, n) for x, n in within if x != c.one], c.used.get(fund_id)
    if used is None:
        return terms, left
    return ([*terms, (used, -(left // step * step))] if terms else []), 0


def at_most_share(c: Columns, part: list[Term], whole: list[Term], share: Fraction, *missed: Term) -> None:
    """Add part <= ceil(share * whole) [rupiah], which for whole rupiah is den * part <= num * whole + den - 1."""
    num, den = share.numerator, share.denominator
    terms = [*((x, den * n) for x, n in (*part, *missed)), *((x, -num * n) for x, n in whole)]
    if missed:
        c.model.row(terms, high=den - 1)
    else:
        c.model.limit_share(part, terms, den - 1)
