"""Cost: everything the plan does is paid exactly, by funds that may pay it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.one_off import one_offs
from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def cost(parts: Parts) -> Iterator[Row]:
    """Each cost pool is paid to the rupiah.

    For each pool q of cells that the same funds may pay:

        sum over f of z[f,q]  =  cost of q                            [money units]

    where the cost of q counts, for its participant items, unit cost x (participants less free
    seats that cover the item); for class items, unit cost x classes; for programme items, their cost if
    the programme runs; the socialization of groups that get it; the agreements of funds that are used:
    these three in the period in which they are paid (`one_off`). Prices are those of the year of the period:

        price of year n  =  floor(price * (1 + price_growth)^n + 1/2)        [rupiah per unit; n = 0 in the first]

    A pool that nobody may pay must cost nothing. What was paid already is a fact, and has no such row.
    """
    rows: dict[int, list[Term]] = {pool: [] for pool in parts.pool_cost}
    for (_, pool), paid in parts.variables.paid.items():
        if pool in rows:
            rows[pool].append((paid, 1.0))
    for pool, term in _costs(parts):
        rows[pool].append(term)
    for pool, terms in rows.items():
        yield Row((pool,), terms, "==", 0)


def _costs(parts: Parts) -> Iterator[tuple[int, Term]]:
    """Yield every cost as a negative term of its pool."""
    scenario, v, pools, money = parts.scenario, parts.variables, parts.pools, parts.money
    for seat, profile in parts.profiles.items():
        for pool, cost in profile.costs:
            yield pool, (v.participants[seat], -money(cost))
    for (fund_id, profile), free in v.free_seats.items():
        for pool, saved in dict(profile.covered)[fund_id]:
            yield pool, (free, money(saved))
    for (programme_id, period), y in v.classes.items():
        if period in scenario.facts.over:
            continue
        programme = scenario.programme[programme_id]
        for item in programme.items("class"):
            if cost := item.unit_cost(year=scenario.price_year[period]):
                yield pools.of_classes(programme, item, period), (y, -money(cost))
    for one_off, once in one_offs(scenario):
        if one_off in parts.due:
            for period in parts.due[one_off]:
                if once[period]:
                    yield pools.of_one_off(one_off, period), (v.due[one_off, period], -money(once[period]))
        elif (decided := parts.decided(one_off)) is not None:
            period = pools.periods_of_use(one_off)[-1]
            if once[period]:
                yield pools.of_one_off(one_off, period), (decided, -money(once[period]))
