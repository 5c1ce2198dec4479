"""When a plan pays one-off costs, read from its payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.domain.one_off import OneOff, one_offs
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment


def dates_paid(
    scenario: Scenario, payments: Iterable[Payment], held: Mapping[tuple[str, str], int]
) -> dict[OneOff, str]:
    """Return the period in which each one-off cost is paid; `held` are the classes by (programme, period).

    Where classes of the programme are paid under the same name too, it is the earliest period whose payments exceed
    the cost of the classes by that much.
    """
    paid: dict[OneOff, dict[str, int]] = {}
    for row in payments:
        in_periods = paid.setdefault(OneOff(row.programme, row.group, row.item, row.account), {})
        in_periods[row.period] = in_periods.get(row.period, 0) + row.amount
    due: dict[OneOff, str] = {}
    for one_off, cost in one_offs(scenario):
        lines = scenario.programme[one_off.programme].items("class") if one_off.programme is not None else ()
        alike = [i for i in lines if (i.item, i.account) == (one_off.item, one_off.account)]
        for period in scenario.facts.rest:
            year = scenario.price_year[period]
            amount = paid.get(one_off, {}).get(period, 0)
            classes = held.get((one_off.programme or "", period), 0)
            if cost[period] and amount == cost[period] + sum(i.unit_cost(year=year) for i in alike) * classes:
                due[one_off] = period
                break
    return due
