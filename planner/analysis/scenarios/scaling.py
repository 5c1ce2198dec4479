"""Scenarios with scaled own funds, partners or prices, in whole rupiah."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import floor

from planner.analysis.scenarios.variants import with_amounts
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, PriceBy
from planner.domain.scenario import Scenario
from planner.payments.apportionment import apportioned


def own_budget(scenario: Scenario) -> int:
    """Return the total of own funds [rupiah]."""
    return sum(fund.amount for fund in scenario.funds if fund.own)


def shares_of_own(scenario: Scenario) -> dict[str, int]:
    """Return the weights by which a total is divided among own funds: their amounts, or 1 each if all are 0."""
    own = {fund.id: fund.amount for fund in scenario.funds if fund.own}
    return own if any(own.values()) else dict.fromkeys(own, 1)


def with_own_budget(scenario: Scenario, total: int) -> Scenario:
    """Return `scenario` with `total` own funds, divided in proportion to the present ones by largest remainder."""
    return with_amounts(scenario, apportioned(total, shares_of_own(scenario)))


def with_offers(scenario: Scenario, funds: Collection[str], share: Fraction) -> Scenario:
    """Return `scenario` with the money and free seats of `funds` multiplied by `share`, rounded down."""

    def offer(fund: Fund) -> Fund:
        seats = {programme: floor(number * share) for programme, number in fund.seats.items()}
        return fund.model_copy(update={"amount": floor(fund.amount * share), "seats": seats})

    return scenario.changed(funds=tuple(offer(fund) if fund.id in funds else fund for fund in scenario.funds))


def with_prices(scenario: Scenario, factor: Fraction) -> Scenario:
    """Return `scenario` with all prices multiplied by `factor`: unit prices, socialization and agreements.

    Amounts are rounded to the nearest rupiah, halves up; unit prices to a multiple of their quantity's denominator, so
    that quantity x price is whole rupiah. Limits of rules, minimums and amounts of funds are unchanged.
    """
    programmes = tuple(
        programme.model_copy(update={"costs": tuple(_dearer(item, factor) for item in programme.costs)})
        for programme in scenario.programmes
    )
    groups = tuple(_dearer_group(group, factor) for group in scenario.groups)
    funds = tuple(_dearer_agreement(fund, factor) for fund in scenario.funds)
    return scenario.changed(programmes=programmes, groups=groups, funds=funds)


def _times(amount: int, factor: Fraction, multiple: int = 1) -> int:
    """Return amount x factor, rounded to the nearest multiple, halves up [rupiah]."""
    return multiple * floor(amount * factor / multiple + Fraction(1, 2))


def _dearer(item: CostItem, factor: Fraction) -> CostItem:
    whole = item.quantity.denominator
    if isinstance(item.price, int):
        return item.model_copy(update={"price": _times(item.price, factor, whole)})
    default = None if item.price.default is None else _times(item.price.default, factor, whole)
    prices = {value: _times(price, factor, whole) for value, price in item.price.prices.items()}
    return item.model_copy(update={"price": PriceBy(by=item.price.by, default=default, prices=prices)})


def _dearer_group(group: Group, factor: Fraction) -> Group:
    if group.socialization is None:
        return group
    cost = _times(group.socialization.cost, factor)
    return group.model_copy(update={"socialization": group.socialization.model_copy(update={"cost": cost})})


def _dearer_agreement(fund: Fund, factor: Fraction) -> Fund:
    if fund.agreement_cost is None:
        return fund
    amount = _times(fund.agreement_cost.amount, factor)
    return fund.model_copy(update={"agreement_cost": fund.agreement_cost.model_copy(update={"amount": amount})})
