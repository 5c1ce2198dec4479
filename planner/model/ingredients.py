"""The ingredients of a model: the scenario, its sets, its cost pools and the variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pulp

from planner.domain.scenario import Scenario
from planner.model.free_seats import SeatProfile, seat_profiles
from planner.model.money_scale import money_unit
from planner.model.rows import Term
from planner.model.sets import Seat, Sets, make_sets
from planner.model.variables import Variables
from planner.payments.pools import CostPools


@dataclass(frozen=True)
class Parts:
    """The ingredients of one model.

    `unit` is the rupiah of one money unit of the solver; `pool_cost` the most that each pool could cost [rupiah].
    """

    scenario: Scenario
    sets: Sets
    pools: CostPools
    profiles: Mapping[Seat, SeatProfile]
    pool_cost: Mapping[int, int]
    unit: int
    variables: Variables

    def money(self, rupiah: int) -> float:
        """`rupiah` in solver units."""
        return rupiah / self.unit

    @cached_property
    def paid_by_fund(self) -> dict[str, list[tuple[int, pulp.LpVariable]]]:
        """(pool, payment) of each fund that may pay anything."""
        paid: dict[str, list[tuple[int, pulp.LpVariable]]] = {}
        for (fund_id, pool), z in self.variables.paid.items():
            paid.setdefault(fund_id, []).append((pool, z))
        return paid

    def spent(self, fund_id: str) -> list[Term]:
        """Everything that a fund pays, as terms [money units]."""
        return [(z, 1.0) for _, z in self.paid_by_fund.get(fund_id, ())]


def make_parts(scenario: Scenario, *, problem: pulp.LpProblem | None = None, prefix: str = "") -> Parts:
    """Make sets, pools and variables of `scenario`.

    The variables are those of a new problem, or of `problem`, in which their names begin with `prefix`.
    """
    sets = make_sets(scenario)
    pools = CostPools(sets.funding)
    profiles = seat_profiles(sets, pools)
    pool_cost = _most_cost(sets, pools, profiles)
    amounts = _amounts(scenario, pools, profiles, sum(pool_cost.values()))
    if problem is None:
        problem = pulp.LpProblem("planner", pulp.LpMaximize)
    variables = Variables(problem)
    variables.prefix = prefix
    parts = Parts(
        scenario=scenario,
        sets=sets,
        pools=pools,
        profiles=profiles,
        pool_cost=pool_cost,
        unit=money_unit(amounts),
        variables=variables,
    )
    _add_people(parts)
    _add_money(parts)
    _add_closings(parts)
    return parts


def needs_run_variable(scenario: Scenario, programme_id: str) -> bool:
    """Whether it matters that a programme runs at all: something is due once, or several classes are required."""
    programme = scenario.programme[programme_id]
    fewest = programme.classes.min if programme.class_size else 0
    return fewest > 1 or any(item.unit_cost() for item in programme.items("programme"))


def _add_people(parts: Parts) -> None:
    scenario, sets, v = parts.scenario, parts.sets, parts.variables
    for seat, most in sets.seats.items():
        v.add("participants", seat, most)
    for pair, seats in sets.of_pair.items():
        if len(seats) > 1:
            v.add("trained", pair, sets.trainable[pair])
    for held, most in sets.classes.items():
        v.add("classes", held, most)
    for programme_id in sets.of_programme:
        if needs_run_variable(scenario, programme_id):
            v.add("runs", programme_id, 1)
    for group in scenario.groups:
        if group.socialization:
            v.add("socialized", group.id, 1)


def _add_money(parts: Parts) -> None:
    scenario, v = parts.scenario, parts.variables
    for fund in scenario.funds:
        if fund.conditional:
            v.add("used", fund.id, 1)
    people: dict[SeatProfile, int] = {}
    for seat, profile in parts.profiles.items():
        if profile.covered:
            people[profile] = people.get(profile, 0) + parts.sets.seats[seat]
    for profile, most in people.items():
        for fund_id, _ in profile.covered:
            given = scenario.fund[fund_id].seats[profile.programme]
            v.add("free_seats", (fund_id, profile), min(most, given))
    for number, most_cost in parts.pool_cost.items():
        for fund_id in parts.pools.members[number].payers:
            most = min(most_cost, scenario.fund[fund_id].amount)
            if most:
                v.add("paid", (fund_id, number), parts.money(most))


def _add_closings(parts: Parts) -> None:
    reachable = {
        (group, c)
        for group, programme in parts.sets.need
        for c in parts.scenario.programme[programme].closes
        if parts.scenario.group[group].gaps.get(c)
    }
    v = parts.variables
    for group in parts.scenario.groups:
        for c, gap in group.gaps.items():
            if (group.id, c) in reachable:
                most = float(gap * parts.sets.most_willing[group.id])
                v.add("closed", (group.id, c), most)


def _most_cost(sets: Sets, pools: CostPools, profiles: Mapping[Seat, SeatProfile]) -> dict[int, int]:
    """Upper bound of the cost of each pool, with every seat, class, programme and socialization taken [rupiah]."""
    scenario = sets.scenario
    most: dict[int, int] = {}

    def add(pool: int, cost: int) -> None:
        if cost:
            most[pool] = most.get(pool, 0) + cost

    for seat, people in sets.seats.items():
        for pool, cost in profiles[seat].costs:
            add(pool, cost * people)
    for (programme_id, period), classes in sets.classes.items():
        programme = scenario.programme[programme_id]
        for item in programme.items("class"):
            add(pools.of_classes(programme, item, period), item.unit_cost() * classes)
    for programme_id in sets.of_programme:
        programme = scenario.programme[programme_id]
        for item in programme.items("programme"):
            add(pools.of_programme(programme, item), item.unit_cost())
    for group in scenario.groups:
        if group.socialization:
            add(pools.of_socialization(group), group.socialization.cost)
    for fund in scenario.funds:
        add(pools.of_agreement(fund.id), fund.agreement)
    return most


def _amounts(scenario: Scenario, pools: CostPools, profiles: Mapping[Seat, SeatProfile], most_cost: int) -> set[int]:
    """Every amount that occurs in a money row, limits capped at the most that could be spent [rupiah]."""
    amounts = {cost for profile in set(profiles.values()) for _, cost in profile.costs}
    amounts |= {item.unit_cost() for p in scenario.programmes for item in p.costs if item.per != "participant"}
    amounts |= {g.socialization.cost for g in scenario.groups if g.socialization}
    amounts |= {fund.agreement for fund in scenario.funds} | {fund.minimum for fund in scenario.funds}
    amounts |= {min(fund.amount, most_cost) for fund in scenario.funds}
    return amounts
