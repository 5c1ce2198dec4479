"""The figures of a plan as a whole: need, gaps closed, costs, and what each fund spends."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from planner.check.closings import Closings
from planner.check.needs import gaps_of
from planner.check.rows import anything, is_text, table
from planner.check.sums import total
from planner.check.verdict import FindingLog
from planner.domain.scenario import Scenario
from planner.locale import _


def check_totals(
    scenario: Scenario,
    plan: Mapping[str, Any],
    closed: Closings,
    weighted: Fraction,
    spent: Mapping[str, int],
    log: FindingLog,
) -> None:
    """Check that every total equals the sum of its parts."""
    own = sum(spent[fund.id] for fund in scenario.funds if fund.kind == "own")
    whole = sum(spent.values())
    exact: dict[str, Fraction | int] = {
        "gaps_closed": total(closed.values()),
        "weighted_gaps_closed": weighted,
        "total_need": sum(people for group in scenario.groups for people in gaps_of(group).values()),
        "total_cost": whole,
        "own_cost": own,
        "partner_cost": whole - own,
    }
    for name, figure in exact.items():
        log.equal("totals", (name,), plan.get(name), figure)
    _check_fund_rows(scenario, plan, spent, log)


def _check_fund_rows(scenario: Scenario, plan: Mapping[str, Any], spent: Mapping[str, int], log: FindingLog) -> None:
    """Check one row for each fund, in file order."""
    rows = list(table(plan, "funds", {"fund": is_text, "amount": anything, "spent": anything}, log))
    if [row["fund"] for _place, row in rows] != [fund.id for fund in scenario.funds]:
        log.find("totals", ("funds",), _("The rows are not the funds of the scenario, once each and in their order."))
        return
    for (_place, row), fund in zip(rows, scenario.funds, strict=True):
        log.equal("totals", ("funds", fund.id, "amount"), row["amount"], fund.amount)
        log.equal("totals", ("funds", fund.id, "spent"), row["spent"], spent[fund.id])
