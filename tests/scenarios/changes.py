"""Scenarios that differ a little from others, as while a planner tries amounts."""

from __future__ import annotations

import random

from planner.domain.scenario import Scenario

CHANGES = (0.5, 0.9, 0.95, 1.05, 1.3)


def with_other_amount(scenario: Scenario, dice: random.Random) -> Scenario:
    """`scenario` with the amount of one of its funds changed."""
    number, by = dice.randrange(len(scenario.funds)), dice.choice(CHANGES)
    fund = scenario.funds[number]
    amounts = {year: int(amount * by) for year, amount in fund.amounts.items()}
    other = fund.model_copy(update={"amount": int(fund.amount * by), "amounts": amounts})
    return scenario.changed(funds=(*scenario.funds[:number], other, *scenario.funds[number + 1 :]))
