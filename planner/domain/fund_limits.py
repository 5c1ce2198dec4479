"""What a fund may spend, and when: its amount, its amounts per year, and what has been released of them.

Every such limit has the same form: payments of consecutive periods are at most an amount. With `amount` the periods
begin with the first of the horizon. With `amounts` they begin with the first of a year, since what is left of a year
lapses; with `carry_over` they begin with the first of the horizon, and all amounts of earlier years are added.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planner.domain.funds import Fund
    from planner.domain.scenario import Scenario


class SpendingLimit(NamedTuple):
    """Payments of the periods from `first` to `last` are at most `most`."""

    first: int
    """Place in the horizon of the first of the periods, from 0."""
    last: int
    """Place in the horizon of the last of them."""
    exact: Fraction
    """What may be spent by the end of the last period, before rounding [rupiah]."""
    year: str | None = None
    """The year whose amount it is; None for an amount of the whole horizon."""
    period: str | None = None
    """The period by whose end so much is released; None for what the fund has in all."""

    @property
    def most(self) -> int:
        """What may be spent in the periods [rupiah], rounded down, since payments are whole rupiah."""
        return floor(self.exact)

    def holds(self, place: int) -> bool:
        """Return whether payments of the period at this place of the horizon count."""
        return self.first <= place <= self.last


def spending_limits(scenario: Scenario, fund: Fund) -> tuple[SpendingLimit, ...]:
    """Return all limits on what `fund` spends: of its amount, or of each year's, then of what is released by each
    period.

    Releases that hold nothing back are left out.
    """
    return (*_amounts(scenario, fund), *_releases(scenario, fund))


def _amounts(scenario: Scenario, fund: Fund) -> Iterator[SpendingLimit]:
    if not fund.amounts:
        yield SpendingLimit(0, len(scenario.horizon) - 1, Fraction(fund.amount))
        return
    for year, (first, last) in scenario.places_of_year.items():
        carried = _before(scenario, fund, year) if fund.carry_over else 0
        exact = Fraction(carried + fund.amounts.get(year, 0))
        yield SpendingLimit(0 if fund.carry_over else first, last, exact, year)


def _releases(scenario: Scenario, fund: Fund) -> Iterator[SpendingLimit]:
    shares = scenario.released(fund) if fund.releases else {}
    for place, (period, share) in enumerate(shares.items()):
        if share == 1:
            continue
        if not fund.amounts:
            yield SpendingLimit(0, place, share * fund.amount, None, period)
            continue
        year = scenario.year_of[period]
        carried = _before(scenario, fund, year) if fund.carry_over else 0
        first = 0 if fund.carry_over else scenario.places_of_year[year][0]
        yield SpendingLimit(first, place, carried + share * fund.amounts.get(year, 0), year, period)


def _before(scenario: Scenario, fund: Fund, year: str) -> int:
    """Return the amounts of the years before `year` [rupiah]."""
    return sum(fund.amounts.get(y, 0) for y in scenario.years[: scenario.years.index(year)])


def in_steps(scenario: Scenario, fund: Fund) -> bool:
    """Return whether the fund's money comes in steps, so that the period of a payment matters."""
    if fund.amounts and len(scenario.years) > 1:
        return True
    return any(share < 1 for share in scenario.released(fund).values())


def limits_by_amount(scenario: Scenario, fund: Fund) -> list[tuple[SpendingLimit, Fraction]]:
    """Return each limit of `fund` with its share of the fund's whole amount [0-1]; it grows by that share of any
    increase."""
    some = fund if fund.amount else fund.with_amount(len(fund.amounts) or 1)
    return [(limit, limit.exact / some.amount) for limit in spending_limits(scenario, some)]
