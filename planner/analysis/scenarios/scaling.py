"""Scenarios with scaled own funds, partners or prices, in whole rupiah."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import ceil, floor

from planner.analysis.scenarios.variants import with_amounts
from planner.domain.actuals import Paid
from planner.domain.fund_limits import SpendingLimit, limits_by_amount, spending_limits
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, PriceBy
from planner.domain.scenario import Scenario
from planner.payments.apportionment import apportioned


def own_budget(scenario: Scenario, year: str = "") -> int:
    """Return the total of own funds [rupiah]; with a year, of their amounts of that year."""
    return sum(_amount(fund, year) for fund in scenario.funds if fund.own)


def shares_of_own(scenario: Scenario, year: str = "") -> dict[str, int]:
    """Return the weights by which a total is divided among own funds: their amounts, or 1 each if all are 0.

    With a year, those of the funds that have amounts per year.
    """
    own = {fund.id: _amount(fund, year) for fund in scenario.funds if fund.own and (fund.amounts or not year)}
    return own if any(own.values()) else dict.fromkeys(own, 1)


def paid_of_own(scenario: Scenario, year: str = "") -> int:
    """Return the least total of own funds of which each fund's part covers what it has paid already [rupiah].

    With amounts per year, what it has paid in each year that is not over; with a year, the total of that year.
    """
    shares, last = shares_of_own(scenario, year), len(scenario.facts.over) - 1
    whole, needed = sum(shares.values()), 0
    for f, n in shares.items() if scenario.facts.paid else ():
        for limit, fixed, share in varied_limits(scenario, scenario.fund[f], year):
            made = sum(row.amount for row in scenario.facts.paid if row.fund == f and _within(scenario, limit, row))
            if n and share and limit.period is None and limit.last > last and made > fixed:
                needed = max(needed, ceil((made - fixed) / share * whole / n))
    return needed


def _within(scenario: Scenario, limit: SpendingLimit, row: Paid) -> bool:
    return limit.holds(scenario.place_of_period[row.period])


def with_own_budget(scenario: Scenario, total: int, year: str = "") -> Scenario:
    """Return `scenario` with `total` own funds, divided in proportion to the present ones by largest remainder.

    Amounts per year keep their proportions. With a year, only the amounts of that year are changed.
    """
    amounts = apportioned(total, shares_of_own(scenario, year))
    if not year:
        return with_amounts(scenario, amounts)
    return scenario.changed(
        funds=tuple(
            fund.with_amounts(fund.amounts | {year: amounts[fund.id]}) if fund.id in amounts else fund
            for fund in scenario.funds
        )
    )


def _amount(fund: Fund, year: str) -> int:
    return fund.amounts.get(year, 0) if year else fund.amount


def varied_limits(scenario: Scenario, fund: Fund, year: str = "") -> list[tuple[SpendingLimit, Fraction, Fraction]]:
    """Return each limit of `fund` as (limit, fixed, share): it is fixed + share x amount, of the fund or of a year."""
    if not year:
        return [(limit, Fraction(0), share) for limit, share in limits_by_amount(scenario, fund)]
    without, with_one = (fund.with_amounts(fund.amounts | {year: amount}) for amount in (0, 1))
    pairs = zip(spending_limits(scenario, without), spending_limits(scenario, with_one), strict=True)
    return [(limit, limit.exact, more.exact - limit.exact) for limit, more in pairs]


def with_offers(scenario: Scenario, funds: Collection[str], share: Fraction) -> Scenario:
    """Return `scenario` with the money and free seats of `funds` multiplied by `share`, rounded down."""

    def offer(fund: Fund) -> Fund:
        seats = {programme: floor(number * share) for programme, number in fund.seats.items()}
        if fund.amounts:
            fund = fund.with_amounts({year: floor(amount * share) for year, amount in fund.amounts.items()})
        else:
            fund = fund.with_amount(floor(fund.amount * share))
        return fund.model_copy(update={"seats": seats})

    return scenario.changed(funds=tuple(offer(fund) if fund.id in funds else fund for fund in scenario.funds))


def with_prices(scenario: Scenario, factor: Fraction) -> Scenario:
    """Return `scenario` with all prices multiplied by `factor`: unit prices, socialization and agreements.

    Amounts are rounded to the nearest rupiah, halves up; unit prices to a multiple of their quantity's denominator
    and their tax's, so that tax and quantity x price are whole rupiah. Limits of rules, minimums and amounts of funds
    are unchanged.
    """
    programmes = tuple(
        programme.model_copy(update={"costs": tuple(_dearer(scenario, item, factor) for item in programme.costs)})
        for programme in scenario.programmes
    )
    groups = tuple(_dearer_group(group, factor) for group in scenario.groups)
    funds = tuple(_dearer_agreement(fund, factor) for fund in scenario.funds)
    return scenario.changed(programmes=programmes, groups=groups, funds=funds)


def _times(amount: int, factor: Fraction, multiple: int = 1) -> int:
    """Return amount x factor, rounded to the nearest multiple, halves up [rupiah]."""
    return multiple * floor(amount * factor / multiple + Fraction(1, 2))


def _dearer(scenario: Scenario, item: CostItem, factor: Fraction) -> CostItem:
    item = item.model_copy(update={"listed": (), "ceiling": ()})  # another price than that of the list is supposed
    whole = item.quantity.denominator * item.tax.denominator
    if item.quantity.denominator > 1 and scenario.price_growth and len(scenario.years) > 1:
        # a price that is a multiple now need not be one when it has grown: then the cost of each is the price
        each = factor * item.quantity
        item, factor, whole = item.model_copy(update={"quantity": Fraction(1)}), each, item.tax.denominator
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
