"""Remaining money of the funds, as kept in a spreadsheet: partners pay first, own funds pay the rest."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Self

from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, Programme
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


class PlannersMoney:
    """Remaining money [rupiah] and free seats [people], at the start or after a plan.

    Each cost is paid by the partners that may pay it, up to their remaining money and their share of the programme,
    then by own funds; in both groups, funds that may pay the fewest cost lines come first. A partner that requires an
    agreement is used once own funds have paid for the agreement.
    """

    def __init__(self, scenario: Scenario, plan: Plan | None = None) -> None:
        self.scenario = scenario
        self.funding = scenario.funding
        self.left = {fund.id: self._spendable(fund.id) for fund in scenario.funds}
        self.free_seats = {(f.id, p): number for f in scenario.funds for p, number in f.seats.items()}
        self.usable = {fund.id for fund in scenario.funds if not fund.agreement}
        self.cost: dict[str, int] = {}
        self.paid: dict[tuple[str, str], int] = {}
        for row in plan.payments if plan else ():
            self.left[row.fund] = max(0, self.left[row.fund] - row.amount)
            if row.programme is not None:
                self.cost[row.programme] = self.cost.get(row.programme, 0) + row.amount
                self.paid[row.fund, row.programme] = self.paid.get((row.fund, row.programme), 0) + row.amount
        for given in plan.seats if plan else ():
            self.free_seats[given.fund, given.programme] -= given.seats
        if plan:
            self.usable |= plan.decisions(scenario).used
        self._order = sorted(scenario.funds, key=lambda fund: (fund.own, self._payable_lines(fund)))
        self._participant_costs: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}
        self._covered_places: dict[tuple[str, str], frozenset[int]] = {}

    def copy(self) -> Self:
        """Return an independent copy."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.left, made.free_seats, made.usable = dict(self.left), dict(self.free_seats), set(self.usable)
        made.cost, made.paid = dict(self.cost), dict(self.paid)
        return made

    def pay(self, programme: Programme, people: Mapping[str, int], classes: int, *, begins: bool) -> bool:
        """Pay for further people by group and new classes; return False, with partial payments, if money is short."""
        due: list[tuple[int, tuple[str, ...]]] = []
        for item in programme.items("class"):
            due.append((self._dearest(programme, item) * classes, self.funding.payers(programme, item)))
        for item in programme.items("programme") if begins else ():
            due.append((self._dearest(programme, item), self.funding.payers(programme, item)))
        for g, number in people.items():
            free_seats = self._take_free_seats(programme, number)
            for place, (cost, payers) in enumerate(self._participant_items(programme, g)):
                covered = sum(seats for fund, seats in free_seats if place in self._covered(fund, programme))
                due.append((cost * (number - covered), payers))
        self.cost[programme.id] = self.cost.get(programme.id, 0) + sum(cost for cost, _ in due)
        return all(self._pay(programme.id, cost, payers) for cost, payers in due if cost)

    def _dearest(self, programme: Programme, item: CostItem, group: Group | None = None) -> int:
        """Return the cost of one participant, class or programme in the dearest year in which it may start [rupiah]."""
        return max(item.unit_cost(group, year) for year in self.scenario.price_years_of(programme))

    def _payable_lines(self, fund: Fund) -> int:
        """Return the number of cost lines that a fund may pay."""
        return sum(fund.id in self.funding.payers(p, item) for p in self.scenario.programmes for item in p.costs)

    def _spendable(self, fund_id: str) -> int:
        """Return the most that a fund can spend: its amount, or its ratio of the amount of the fund it matches."""
        fund = self.scenario.fund[fund_id]
        if fund.match is None:
            return fund.amount
        return min(fund.amount, ceil(fund.match.ratio * self.scenario.fund[fund.match.with_].amount))

    def _participant_items(self, programme: Programme, group: str) -> list[tuple[int, tuple[str, ...]]]:
        """Return (cost per participant, payers) of each participant item."""
        key = programme.id, group
        if key not in self._participant_costs:
            found = self.scenario.group[group]
            self._participant_costs[key] = [
                (self._dearest(programme, item, found), self.funding.payers(programme, item, found))
                for item in programme.items("participant")
            ]
        return self._participant_costs[key]

    def _covered(self, fund_id: str, programme: Programme) -> frozenset[int]:
        """Return the indices of the participant items that the fund's free seats cover."""
        key = fund_id, programme.id
        if key not in self._covered_places:
            covered = self.funding.covered(self.scenario.fund[fund_id], programme)
            items = enumerate(programme.items("participant"))
            self._covered_places[key] = frozenset(n for n, item in items if any(item is other for other in covered))
        return self._covered_places[key]

    def _take_free_seats(self, programme: Programme, people: int) -> list[tuple[str, int]]:
        """Take free seats for `people` and return them as (fund, seats)."""
        taken: list[tuple[str, int]] = []
        for fund in self._order:
            number = min(people, self.free_seats.get((fund.id, programme.id), 0))
            if number and self._make_usable(fund.id):
                self.free_seats[fund.id, programme.id] -= number
                people -= number
                taken.append((fund.id, number))
        return taken

    def _make_usable(self, fund_id: str) -> bool:
        """Return whether the fund can be used; own funds pay for its agreement now if they have not yet."""
        if fund_id in self.usable:
            return True
        own = sum(self.left[fund] for fund in self.funding.own_funds)
        if own < self.scenario.fund[fund_id].agreement:
            return False
        self._take(self.scenario.fund[fund_id].agreement, self.funding.own_funds)
        self.usable.add(fund_id)
        return True

    def _take(self, amount: int, funds: tuple[str, ...]) -> int:
        """Take an amount from funds in their order and return the rest."""
        for fund in funds:
            part = min(amount, self.left[fund])
            self.left[fund] -= part
            amount -= part
        return amount

    def _pay(self, programme: str, amount: int, payers: tuple[str, ...]) -> bool:
        for fund in self._order:
            if fund.id not in payers or not amount or not self.left[fund.id]:
                continue
            before = self.paid.get((fund.id, programme), 0)
            most = min(amount, self.left[fund.id], ceil(fund.max_share * self.cost[programme]) - before)
            if most <= 0 or not self._make_usable(fund.id):
                continue
            most = min(most, self.left[fund.id])
            self.left[fund.id] -= most
            self.paid[fund.id, programme] = before + most
            amount -= most
        return not amount
