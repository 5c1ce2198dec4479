"""Payments that match nothing the plan pays: no such cost line, nobody there, or a fund that may not pay it.

They stand and count as spent; but what they were meant for is still planned as due.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.actuals import Paid
from planner.domain.cells import Funding
from planner.domain.checks.did_you_mean import did_you_mean
from planner.domain.checks.problem import Doubt
from planner.domain.scenario import Scenario
from planner.locale import _


def doubtful_payments(scenario: Scenario) -> Iterator[Doubt]:
    """Yield the payments that match nothing, in the order of their rows."""
    if scenario.actuals is None:
        return
    funding = scenario.funding
    there = {(row.programme, row.group) for row in scenario.actuals.attended if row.participants}
    for number, row in enumerate(scenario.actuals.paid):
        if row.amount and row.programme in scenario.programme:
            yield from _of_payment(scenario, funding, row, number, there)


def _of_payment(
    scenario: Scenario, funding: Funding, row: Paid, number: int, there: set[tuple[str, str]]
) -> Iterator[Doubt]:
    programme = scenario.programme[row.programme or ""]
    lines = [line for line in programme.costs if (line.item, line.account) == (row.item, row.account)]
    if not lines:
        same = [line for line in programme.costs if line.item == row.item]
        message = _("'{fund}' paid '{item}' of '{programme}', which has no such cost line.")
        if same:
            message = _("this payment by '{fund}' has another account than the cost line '{item}' of '{programme}'.")
        yield Doubt(
            ("actuals", "paid", number, "account" if same and row.account else "item"),
            message.format(programme=programme.id, item=row.item, fund=row.fund),
            (did_you_mean(row.item, (line.item for line in programme.costs)) if not same else "")
            or _("The plan counts it as spent: write item and account as the programme has them."),
        )
        return
    for_group = scenario.group.get(row.group) if row.group is not None else None
    if for_group is not None and (programme.id, for_group.id) not in there:
        yield Doubt(
            ("actuals", "paid", number, "group"),
            _("'{fund}' paid '{item}' for people of '{group}', of whom nobody attended '{programme}'.").format(
                fund=row.fund, item=row.item, group=for_group.id, programme=programme.id
            ),
            _("The plan counts it as spent: correct the group, or write who attended under 'attended'."),
        )
    if all(row.fund not in funding.payers(programme, line, for_group) for line in lines):
        yield Doubt(
            ("actuals", "paid", number, "fund"),
            _("'{fund}' paid '{item}' of '{programme}', which it does not pay.").format(
                fund=row.fund, item=row.item, programme=programme.id
            ),
            _("The plan counts it as it stands: correct the fund, or what the fund pays."),
        )
