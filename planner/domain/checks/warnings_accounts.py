"""Accounts that no line of an RKA can have: those that are not of spending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.domain.checks.problem import Doubt, Path, listed
from planner.domain.scenario import Scenario
from planner.locale import _

SPENDING: Final = "5"
"""First level of the accounts of belanja."""


def unlikely_accounts(scenario: Scenario) -> Iterator[Doubt]:
    """Yield accounts that are not of spending, in one warning."""
    strange = [(path, account) for path, account in _accounts(scenario) if account.split(".")[0] != SPENDING]
    if strange:
        words = _("these accounts are not of spending, whose codes begin with {first}: {accounts}.")
        accounts = listed(list(dict.fromkeys(account for _path, account in strange)))
        yield Doubt(strange[0][0], words.format(accounts=accounts, first=SPENDING))


def _accounts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for g, group in enumerate(scenario.groups):
        if group.socialization and group.socialization.account:
            yield ("groups", g, "socialization", "account"), group.socialization.account
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if item.account:
                yield ("programmes", p, "costs", i, "account"), item.account
    for f, fund in enumerate(scenario.funds):
        if fund.agreement_cost and fund.agreement_cost.account:
            yield ("funds", f, "agreement_cost", "account"), fund.agreement_cost.account
