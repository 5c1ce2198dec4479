"""What a fund has and pays: within each of its limits, and in each year.

`paid` is what each fund pays in each period, by (fund, period) [rupiah].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.domain.fund_limits import SpendingLimit, spending_limits
from planner.domain.funds import Fund
from planner.domain.scenario import Scenario

Paid = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class FundYear:
    """What a fund has and pays in one year [rupiah]."""

    year: str
    amount: int | None
    """Its amount of the year; None where its amount is for the whole plan."""
    carried: int
    """What it may spend besides, left over from earlier years."""
    used: int
    left: int | None
    """amount + carried - used; None where its amount is for the whole plan."""


def spent_within(scenario: Scenario, paid: Paid, fund: Fund, limit: SpendingLimit) -> int:
    """Return what `fund` spends in the periods of one of its limits [rupiah]."""
    return sum(paid.get((fund.id, period), 0) for period in scenario.horizon[limit.first : limit.last + 1])


def left_in_year(scenario: Scenario, paid: Paid, fund: Fund, year: str) -> int:
    """Return what `fund` may spend in a year beyond what it does, ignoring releases [rupiah]."""
    place = scenario.places_of_year[year][1]
    limits = [limit for limit in spending_limits(scenario, fund) if limit.period is None]
    return min(limit.most - spent_within(scenario, paid, fund, limit) for limit in limits if limit.holds(place))


def years_of_fund(scenario: Scenario, paid: Paid, fund: Fund) -> list[FundYear]:
    """Return what `fund` has and pays in each year."""
    rows, carried = [], 0
    for year in scenario.years:
        used = sum(paid.get((fund.id, period), 0) for period, of in scenario.year_of.items() if of == year)
        if not fund.amounts:
            rows.append(FundYear(year, None, 0, used, None))
            continue
        amount = fund.amounts.get(year, 0)
        left = amount + carried - used
        rows.append(FundYear(year, amount, carried, used, left))
        carried = left if fund.carry_over else 0
    return rows


def limits_by_end(scenario: Scenario, fund: Fund) -> Iterator[tuple[str, SpendingLimit]]:
    """Yield the limit that ends with each period: on what is released by then, or on all where nothing is held back."""
    limits = spending_limits(scenario, fund)
    released = {limit.period: limit for limit in limits}
    whole = {limit.year: limit for limit in limits if limit.period is None}
    for place, (period, year) in enumerate(scenario.year_of.items()):
        of_all = whole[year if fund.amounts else None]
        yield period, released.get(period) or of_all._replace(last=place)
