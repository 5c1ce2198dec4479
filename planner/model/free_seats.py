"""Cost profiles of seats, for free (in-kind) seats.

Seats whose participant items fall into the same pools at the same cost are interchangeable. Free seats are
therefore decided per profile, and assigned to groups and periods afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.programmes import CostItem, Programme
from planner.domain.seat_costs import SeatCosts
from planner.model.sets import Seat, Sets
from planner.payments.pools import CostPools


@dataclass(frozen=True, slots=True)
class SeatProfile:
    """The cost of one seat of a programme by pool [rupiah], and the part that free seats of each fund cover.

    A fund whose seats cover nothing here is left out, unless it has an agreement cost: paying that may count towards a
    minimum or a match.
    """

    programme: str
    period: str | None
    """The period, needed where a fund gives seats only once its agreement is paid; otherwise None."""
    costs: tuple[tuple[int, int], ...]
    covered: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


def seat_profiles(sets: Sets, pools: CostPools) -> dict[Seat, SeatProfile]:
    """Compute the cost profile of every seat; equal profiles share one object."""
    scenario, funding = sets.scenario, sets.funding
    profiles: dict[Seat, SeatProfile] = {}
    merged: dict[SeatProfile, SeatProfile] = {}
    kinds = {g.id: funding.kind_of_group(g) for g in scenario.groups}
    agreeing = frozenset(f.id for f in scenario.funds if f.agreement)
    for programme in scenario.programmes:
        items = programme.items("participant")
        seat_costs = {year: SeatCosts(items, year) for year in dict.fromkeys(scenario.price_year.values())}
        known: dict[tuple[object, ...], SeatProfile] = {}
        givers = {f.id: funding.covered(f, programme) for f in scenario.funds if f.seats.get(programme.id)}
        for group_id, _, period in sets.of_programme.get(programme.id, ()):
            if period in scenario.facts.over:
                continue
            group = scenario.group[group_id]
            costs = seat_costs[scenario.price_year[period]].of(group)
            key = (costs, kinds[group_id], period)
            in_period = None if pools.timed_funds.isdisjoint(givers) else period
            profile = known.get(key)
            if profile is None:
                numbers = [pools.of_participants(programme, item, group, period) for item in items]
                profile = _profile(programme, in_period, items, costs, numbers, givers, agreeing)
                profile = known[key] = merged.setdefault(profile, profile)
            profiles[group_id, programme.id, period] = profile
    return profiles


def _profile(
    programme: Programme,
    period: str | None,
    items: tuple[CostItem, ...],
    costs: tuple[int, ...],
    pools: list[int],
    givers: dict[str, tuple[CostItem, ...]],
    agreeing: frozenset[str],
) -> SeatProfile:
    total: dict[int, int] = {}
    covered: dict[str, dict[int, int]] = {fund: {} for fund in givers}
    for item, cost, pool in zip(items, costs, pools, strict=True):
        if not cost:
            continue
        total[pool] = total.get(pool, 0) + cost
        for fund, lines in givers.items():
            if item in lines:
                covered[fund][pool] = covered[fund].get(pool, 0) + cost
    return SeatProfile(
        programme.id,
        period,
        tuple(total.items()),
        tuple((fund, tuple(saved.items())) for fund, saved in covered.items() if saved or fund in agreeing),
    )
