"""The ingredients of a model: the scenario, its sets, its cost pools and the variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import TypedDict

import pulp

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.fund_limits import SpendingLimit
from planner.domain.groups import Group
from planner.domain.one_off import OneOff, of_programme, one_offs
from planner.domain.rule_units import asked_if_running
from planner.domain.running import starts_running_in, year_of_end
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle
from planner.model.chances import chosen_chances
from planner.model.facts import state_facts
from planner.model.free_seats import SeatProfile, seat_profiles
from planner.model.money_scale import money_unit
from planner.model.rows import Term
from planner.model.sets import Seat, Sets, make_sets
from planner.model.variables import Variables
from planner.payments.pools import CostPools


class MoneyParts(TypedDict):
    """The ingredients of a model that depend on prices and funds; their meaning is told in `Parts`."""

    pools: CostPools
    profiles: Mapping[Seat, SeatProfile]
    due: Mapping[OneOff, tuple[str, ...]]
    pool_cost: Mapping[int, int]
    unit: int


@dataclass(frozen=True)
class Parts:
    """The ingredients of one model.

    `unit` is the rupiah of one money unit of the solver; `due` the periods from which a plan chooses when to pay a
    one-off cost, where it matters; `pool_cost` the most that each pool could cost [rupiah].
    """

    scenario: Scenario
    sets: Sets
    pools: CostPools
    profiles: Mapping[Seat, SeatProfile]
    due: Mapping[OneOff, tuple[str, ...]]
    pool_cost: Mapping[int, int]
    unit: int
    variables: Variables
    learnt: Learnt = NOTHING_LEARNT

    def money(self, rupiah: int) -> float:
        """Return `rupiah` in solver units."""
        return rupiah / self.unit

    def decided(self, one_off: OneOff) -> pulp.LpVariable | None:
        """Return the decision that makes a one-off cost due; None where nothing of it can be decided."""
        v = self.variables
        if one_off.programme is not None:
            return v.runs.get(one_off.programme)
        if one_off.group is not None:
            return v.socialized.get(one_off.group)
        return v.used.get(one_off.fund or "")

    @cached_property
    def paid_by_fund(self) -> dict[str, list[tuple[int, pulp.LpVariable]]]:
        """(pool, payment) of each fund that may pay anything."""
        paid: dict[str, list[tuple[int, pulp.LpVariable]]] = {}
        for (fund_id, pool), z in self.variables.paid.items():
            paid.setdefault(fund_id, []).append((pool, z))
        return paid

    @cached_property
    def effects(self) -> dict[tuple[str, str], list[tuple[str, Fraction]]]:
        """(programme, closes) of the programmes offered to a group that close its gap in a competency."""
        feeds: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
        closes = {p.id: tuple(p.closes.items()) for p in self.scenario.programmes}
        for g, p in self.sets.need:
            gaps = self.scenario.group[g].needs
            for c, effect in closes[p]:
                if gaps.get(c):
                    feeds.setdefault((g, c), []).append((p, effect))
        return feeds

    def ended_by(self, key: tuple[str, str]) -> dict[tuple[str, str], list[Seat]]:
        """Return the seats of (programme, year) whose courses end by a year after which more people have the gap `key`.

        Each seat is listed under the first such year; seats that end later, or whose closings were measured, under
        none.
        """
        years = [year for year, _ in self.scenario.willingness.learners[key].earlier]
        found: dict[tuple[str, str], list[Seat]] = {}
        for programme, _ in self.effects.get(key, ()) if years else ():
            for seat in self.tried_by(key[0], programme, key[1]):
                end = year_of_end(self.scenario, self.scenario.programme[programme], seat[2])
                year = next((year for year in years if end <= year), None)
                if year is not None:
                    found.setdefault((programme, year), []).append(seat)
        return found

    def tried_by(self, group: str, programme: str, competency: str) -> list[Seat]:
        """Return the seats whose participants may close a gap of the group: all but those whose closings were
        measured."""
        seats, examined = self.sets.of_pair[group, programme], self.scenario.facts.examined_seats
        return [s for s in seats if (*s, competency) not in examined] if examined else seats

    def measured(self, key: tuple[str, str]) -> float:
        """Return the gaps closed of (group, competency) as measured [people]."""
        return float(self.scenario.facts.measured.get(key, 0))

    def raised(self, circle: Circle) -> list[Term]:
        """Return what socialization adds to the willing people of a circle, as negative terms [people]."""
        terms: list[Term] = []
        for g, people in circle.people.items():
            group, socialized = self.scenario.group[g], self.variables.socialized.get(g)
            if socialized is None:
                continue
            more = group.willing(socialized=True) - group.uptake
            if more:
                terms.append((socialized, -float(people * more)))
        return terms

    def paid_within(self, fund_id: str, limit: SpendingLimit) -> list[tuple[int, pulp.LpVariable]]:
        """Return (pool, payment) of what a fund pays in the periods of one of its limits.

        Payments of a pool without a period are not dated: then the limit covers the whole horizon.
        """
        place, members = self.scenario.place_of_period, self.pools.members
        return [
            (pool, z)
            for pool, z in self.paid_by_fund.get(fund_id, ())
            if (period := members[pool].period) is None or limit.holds(place[period])
        ]

    def spent(self, fund_id: str) -> list[Term]:
        """Return everything that a fund pays, as terms [money units]."""
        return [(z, 1.0) for _, z in self.paid_by_fund.get(fund_id, ())]


def make_parts(
    scenario: Scenario,
    *,
    problem: pulp.LpProblem | None = None,
    prefix: str = "",
    learnt: Learnt = NOTHING_LEARNT,
) -> Parts:
    """Make sets, pools and variables of `scenario`.

    The variables are those of a new problem, or of `problem`, in which their names begin with `prefix`.
    """
    sets = make_sets(scenario)
    money = money_of(sets)
    if problem is None:
        problem = pulp.LpProblem("planner", pulp.LpMaximize)
    variables = Variables(problem)
    variables.prefix = prefix
    parts = Parts(scenario=scenario, sets=sets, **money, variables=variables, learnt=learnt)
    _add_people(parts)
    _add_money(parts)
    _add_closings(parts)
    if scenario.facts:
        state_facts(parts)
    return parts


def money_of(sets: Sets) -> MoneyParts:
    """Return the ingredients that depend on prices and funds."""
    scenario, pools = sets.scenario, CostPools(sets.funding)
    profiles = seat_profiles(sets, pools)
    due = _periods_due(sets, pools)
    pool_cost = _most_cost(sets, pools, profiles, due)
    amounts = _amounts(scenario, pools, profiles, sum(pool_cost.values()))
    return MoneyParts(pools=pools, profiles=profiles, due=due, pool_cost=pool_cost, unit=money_unit(amounts))


def needs_run_variable(scenario: Scenario, programme_id: str) -> bool:
    """Return whether it matters that a programme runs at all.

    It does where something is due once, several classes are required, another programme depends on it, or a rule asks
    something of each programme that runs.
    """
    programme = scenario.programme[programme_id]
    fewest = programme.classes.min if programme.class_size else 0
    return (
        programme_id in scenario.choices.programmes
        or programme_id in asked_if_running(scenario)
        or fewest > 1
        or bool(of_programme(scenario, programme))
    )


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
        programme = scenario.programme[programme_id]
        if any(use.per == "programme" for use in programme.uses.values()):
            for period in scenario.horizon:
                if any((programme_id, t) in sets.of_class for t, _ in starts_running_in(scenario, programme, period)):
                    v.add("in_period", (programme_id, period), 1)
    for seat in sets.seats:
        if scenario.programme[seat[1]].smallest > 1 and seat not in scenario.facts.participants:
            v.add("present", seat, 1)
    for group in scenario.groups:
        if group.persuadable:
            v.add("socialized", group.id, 1)
    _add_patterns(parts)


def _add_patterns(parts: Parts) -> None:
    """Add variables for the people who attend, where an agency's groups share the willing, and for people by
    pattern."""
    scenario, sets, v = parts.scenario, parts.sets, parts.variables
    named = {limit.group for limit in parts.learnt.limits} | {every.group for every in parts.learnt.every}
    crowded = bool(scenario.one_person.crowded)
    for circle in scenario.willingness.everybody if sets.seats else ():
        if not circle.binds(scenario):
            continue
        members = [scenario.group[g] for g in circle.people if g in sets.of_group]
        if crowded or any(g.max_hours is not None or g.id in named or _exceeds(sets, g) for g in members):
            for group in members:
                v.add("attendees", group.id, circle.most_whole(group, socialized=True))
    for every in parts.learnt.every:
        for number, pattern in enumerate(every.patterns):
            rooms = [sets.seats.get((every.group, p, t), 0) for p, t in pattern]
            most = max(rooms) if every.covering else min(rooms)
            if most:
                v.add("followers", (every.group, number), most)


def _exceeds(sets: Sets, group: Group) -> bool:
    """Return whether some programme may take more people of a group than its own share of willing people, rounded
    down."""
    own = floor(group.headcount * group.uptake)
    return any(sets.trainable[pair] > own for pair in dict.fromkeys(seat[:2] for seat in sets.of_group[group.id]))


def _add_money(parts: Parts) -> None:
    scenario, v = parts.scenario, parts.variables
    for fund in scenario.funds:
        if fund.conditional:
            v.add("used", fund.id, 1)
    for one_off, periods in parts.due.items():
        for period in periods:
            v.add("due", (one_off, period), 1)
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
    """Add k[g,c], and w[g,p,c] where the groups of an agency share chances of different worth."""
    scenario, v = parts.scenario, parts.variables
    for group in scenario.groups:
        for c in group.needs:
            fed = parts.effects.get((group.id, c))
            if fed:
                people = scenario.willingness.chances_of(group.id, c, socialized=True)
                most = parts.measured((group.id, c)) + float(people * max(effect for _, effect in fed))
                v.add("closed", (group.id, c), most)
            elif (group.id, c) in scenario.facts.measured:
                v.add("closed", (group.id, c), parts.measured((group.id, c)))
    for key in chosen_chances(scenario, parts.effects):
        for p, _ in parts.effects[key]:
            v.add("tried", (key[0], p, key[1]), float(parts.sets.trainable[key[0], p]))
        for (p, year), _ in parts.ended_by(key).items():
            v.add("tried_by", (key[0], p, key[1], year), float(parts.sets.trainable[key[0], p]))


def _periods_due(sets: Sets, pools: CostPools) -> dict[OneOff, tuple[str, ...]]:
    """Return the periods that a plan may choose for paying each one-off cost, where the choice matters."""
    programmes, groups = sets.of_programme, {group for group, _ in sets.of_pair}
    return {
        one_off: periods
        for one_off, periods in pools.periods_of_one_off.items()
        if (one_off.programme is None or one_off.programme in programmes)
        and (one_off.group is None or one_off.group in groups)
    }


def _most_cost(
    sets: Sets,
    pools: CostPools,
    profiles: Mapping[Seat, SeatProfile],
    due: Mapping[OneOff, tuple[str, ...]],
) -> dict[int, int]:
    """Return the most that each pool can cost, with every seat, class, programme and socialization taken [rupiah]."""
    scenario = sets.scenario
    most: dict[int, int] = {}

    def add(pool: int, cost: int) -> None:
        if cost:
            most[pool] = most.get(pool, 0) + cost

    for seat, profile in profiles.items():
        for pool, cost in profile.costs:
            add(pool, cost * sets.seats[seat])
    for (programme_id, period), classes in sets.classes.items():
        if period in scenario.facts.over:
            continue
        programme = scenario.programme[programme_id]
        for item in programme.items("class"):
            cost_each = item.unit_cost(year=scenario.price_year[period])
            add(pools.of_classes(programme, item, period), cost_each * classes)
    for one_off, once in one_offs(scenario):
        if one_off.programme is None or one_off.programme in sets.of_programme:
            for period in due.get(one_off, pools.periods_of_use(one_off)[-1:]):
                add(pools.of_one_off(one_off, period), once[period])
    return most


def _amounts(scenario: Scenario, pools: CostPools, profiles: Mapping[Seat, SeatProfile], most_cost: int) -> set[int]:
    """Return every amount in a money row, with limits capped at the most that could be spent [rupiah]."""
    amounts = {cost for profile in set(profiles.values()) for _, cost in profile.costs}
    years = dict.fromkeys(scenario.price_year.values())
    items = [item for p in scenario.programmes for item in p.costs if item.per != "participant"]
    amounts |= {item.unit_cost(year=year) for item in items for year in years}
    amounts |= {year.of(g.socialization.cost) for g in scenario.groups if g.socialization for year in years}
    amounts |= {year.of(fund.agreement) for fund in scenario.funds for year in years}
    amounts |= {fund.minimum for fund in scenario.funds}
    amounts |= {min(fund.amount, most_cost) for fund in scenario.funds}
    amounts |= {min(amount, most_cost) for fund in scenario.funds for amount in fund.amounts.values()}
    amounts |= set(pools.facts.values())
    return amounts
