"""Cost: everything the plan does is paid exactly, by funds that may pay it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row, Term


def cost(parts: Parts) -> Iterator[Row]:
    """Each cost pool is paid to the rupiah.

    For each pool q of cells that the same funds may pay:

        sum over f of z[f,q]  =  cost of q                            [money units]

    where the cost of q counts, for its participant items, unit cost x (participants less free
    seats that cover the item); for class items, unit cost x classes; for programme items, their cost if
    the programme runs; the socialization of groups that get it; the agreements of funds that are used.
    A pool that nobody may pay must cost nothing.
    """
    rows: dict[int, list[Term]] = {pool: [] for pool in parts.pool_cost}
    for (_, pool), paid in parts.variables.paid.items():
        rows[pool].append((paid, 1.0))
    for pool, term in _costs(parts):
        rows[pool].append(term)
    for pool, terms in rows.items():
        yield Row((pool,), terms, "==", 0)


def _costs(parts: Parts) -> Iterator[tuple[int, Term]]:
    """Every cost, as a negative term of its pool."""
    scenario, v, pools, money = parts.scenario, parts.variables, parts.pools, parts.money
    for seat, x in v.participants.items():
        for pool, cost in parts.profiles[seat].costs:
            yield pool, (x, -money(cost))
    for (fund_id, profile), free in v.free_seats.items():
        for pool, saved in dict(profile.covered)[fund_id]:
            yield pool, (free, money(saved))
    for (programme_id, period), y in v.classes.items():
        programme = scenario.programme[programme_id]
        for item in programme.items("class"):
            if cost := item.unit_cost():
                yield pools.of_classes(programme, item, period), (y, -money(cost))
    for programme_id, runs in v.runs.items():
        programme = scenario.programme[programme_id]
        for item in programme.items("programme"):
            if cost := item.unit_cost():
                yield pools.of_programme(programme, item), (runs, -money(cost))
    for group_id, socialized in v.socialized.items():
        group = scenario.group[group_id]
        assert group.socialization is not None
        if group.socialization.cost:
            yield pools.of_socialization(group), (socialized, -money(group.socialization.cost))
    for fund_id, used in v.used.items():
        if agreement := scenario.fund[fund_id].agreement:
            yield pools.of_agreement(fund_id), (used, -money(agreement))
