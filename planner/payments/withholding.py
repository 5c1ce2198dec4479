"""Slightly smaller amounts of funds, for plans whose payments cannot be settled in whole rupiah."""

from __future__ import annotations

from typing import Final

from planner.domain.funds import Fund
from planner.domain.scenario import Scenario

WITHHELD: Final = (1000, 1_000_000)
"""Amounts withheld from each fund where payments cannot be settled in whole rupiah, smallest first [rupiah]."""


def withholding(scenario: Scenario, amount: int) -> Scenario:
    """Return the scenario with so much less in each fund [rupiah]."""
    return scenario.changed(funds=tuple(_withheld(fund, amount) for fund in scenario.funds))


def _withheld(fund: Fund, amount: int) -> Fund:
    """Return the fund with so much less [rupiah], in each year where it has amounts per year, but never below its
    minimum."""
    if fund.amounts:
        return fund.with_amounts({year: max(0, has - amount) for year, has in fund.amounts.items()})
    return fund.with_amount(max(fund.minimum, fund.amount - amount))
