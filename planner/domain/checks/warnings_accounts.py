"""Accounts that no line of an RKA can have: not of the last level, or not of spending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from planner.domain.checks.problem import Doubt, Path, listed
from planner.domain.codes import is_whole_account
from planner.domain.scenario import Scenario
from planner.locale import _

SPENDING: Final = "5"
"""First level of the accounts of belanja."""


def unlikely_accounts(scenario: Scenario) -> Iterator[Doubt]:
    """Yield accounts above the last level, and accounts that are not of spending; one warning for each kind."""
    accounts = list(_accounts(scenario))

    def such(found: Callable[[str], bool]) -> tuple[Path, list[str]] | None:
        places = [(path, account) for path, account in accounts if found(account)]
        return (places[0][0], list(dict.fromkeys(account for _path, account in places))) if places else None

    if short := such(lambda account: not is_whole_account(account)):
        words = _("these accounts are not down to the last level, as a line of an RKA needs them: {accounts}.")
        yield Doubt(short[0], words.format(accounts=listed(short[1])))
    if strange := such(lambda account: account.split(".")[0] != SPENDING):
        words = _("these accounts are not of spending, whose codes begin with {first}: {accounts}.")
        yield Doubt(strange[0], words.format(accounts=listed(strange[1]), first=SPENDING))


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
