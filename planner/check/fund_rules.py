"""The rules of each fund: what it has and when, its share, its match and its minimum.

Payments are whole rupiah, so the most that a share or a match allows is rounded up to such.
"""

from __future__ import annotations

from math import ceil

from planner.check.costs import Amount, Due, used_funds
from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog, rupiah
from planner.domain.scenario import Scenario
from planner.locale import _


def spent_by_fund(scenario: Scenario, decisions: StatedDecisions) -> dict[str, int]:
    """What each fund pays [rupiah], in file order."""
    spent = {fund.id: 0 for fund in scenario.funds}
    for (fund, _cell), amount in decisions.payments.items():
        spent[fund] += amount
    return spent


def check_funds(scenario: Scenario, decisions: StatedDecisions, due: Due, log: FindingLog) -> None:
    """All rules of funds."""
    spent = spent_by_fund(scenario, decisions)
    sentence = _("Fund '{fund}' pays {spent}; it has {amount}.")
    for fund in scenario.funds:
        left = fund.amount - spent[fund.id]
        values = {"fund": fund.id, "spent": rupiah(spent[fund.id]), "amount": rupiah(fund.amount)}
        log.room("fund_amount", (fund.id,), left, sentence, **values)
    _check_releases(scenario, decisions, log)
    _check_shares(scenario, decisions, due, log)
    _check_matches(scenario, spent, log)
    _check_minimums(scenario, decisions, spent, log)


def _check_releases(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Payments of periods up to t <= release of t x amount; all of it where no release is named."""
    by_period: dict[tuple[str, str], int] = {}
    for (fund, cell), amount in decisions.payments.items():
        by_period[fund, cell.period] = by_period.get((fund, cell.period), 0) + amount
    sentence = _("Fund '{fund}' pays {spent} up to {period}; {released} is released by then.")
    for source in scenario.funds:
        spent = 0
        for t in scenario.horizon:
            spent += by_period.get((source.id, t), 0)
            if t in source.releases:
                released = source.releases[t] * source.amount
                values = {"fund": source.id, "period": t, "spent": rupiah(spent), "released": rupiah(released)}
                log.room("fund_releases", (source.id, t), released - spent, sentence, **values)


def _check_shares(scenario: Scenario, decisions: StatedDecisions, due: Due, log: FindingLog) -> None:
    """Payments for p <= ceil(max_share x cost of p) [rupiah]; socialization and agreements belong to no programme."""
    cost: dict[str, Amount] = {}
    for cell, bases in due.items():
        if cell.programme is not None:
            cost[cell.programme] = cost.get(cell.programme, 0) + sum(bases.values())
    paid: dict[tuple[str, str], int] = {}
    for (fund, cell), amount in decisions.payments.items():
        if cell.programme is not None:
            paid[fund, cell.programme] = paid.get((fund, cell.programme), 0) + amount
    sentence = _("Fund '{fund}' pays {paid} of '{programme}'; its share is at most {most}.")
    for source in scenario.funds:
        if source.max_share == 1:
            continue
        for programme in scenario.programmes:
            amount = paid.get((source.id, programme.id), 0)
            most = ceil(source.max_share * cost.get(programme.id, 0))
            if not amount and not most:
                continue
            values = {"fund": source.id, "programme": programme.id, "paid": rupiah(amount), "most": rupiah(most)}
            log.room("fund_max_share", (source.id, programme.id), most - amount, sentence, **values)


def _check_matches(scenario: Scenario, spent: dict[str, int], log: FindingLog) -> None:
    """Total of the fund <= ceil(ratio x total of the other) [rupiah]."""
    sentence = _("Fund '{fund}' pays {spent}; beside what '{other}' pays, at most {most} is allowed.")
    for fund in scenario.funds:
        if fund.match is not None:
            most = ceil(fund.match.ratio * spent[fund.match.with_])
            values = {"fund": fund.id, "spent": rupiah(spent[fund.id]), "most": rupiah(most)}
            log.room("fund_match", (fund.id,), most - spent[fund.id], sentence, other=fund.match.with_, **values)


def _check_minimums(scenario: Scenario, decisions: StatedDecisions, spent: dict[str, int], log: FindingLog) -> None:
    """A fund that pays anything or gives a seat pays at least its minimum."""
    sentence = _("Fund '{fund}' is used and pays {spent}; if used at all, it pays at least {least}.")
    for fund_id in used_funds(scenario, decisions):
        least = scenario.fund[fund_id].minimum
        if least:
            values = {"fund": fund_id, "spent": rupiah(spent[fund_id]), "least": rupiah(least)}
            log.room("fund_minimum", (fund_id,), spent[fund_id] - least, sentence, **values)
