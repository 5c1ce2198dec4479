"""The rules of each fund: what it has and when, its share, its match and its minimum.

Payments are whole rupiah, so upper limits that are shares or matches are rounded up to whole rupiah.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from planner.check.calendar import years_of_periods
from planner.check.costs import Amount, Due, used_funds
from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog, rupiah
from planner.domain.scenario import Scenario
from planner.locale import _


def spent_by_fund(scenario: Scenario, decisions: StatedDecisions) -> dict[str, int]:
    """Return what each fund pays [rupiah], in file order."""
    spent = {fund.id: 0 for fund in scenario.funds}
    for (fund, _cell), amount in decisions.payments.items():
        spent[fund] += amount
    return spent


def check_funds(
    scenario: Scenario, decisions: StatedDecisions, rest: StatedDecisions, due: Due, log: FindingLog
) -> None:
    """Check all rules of funds; `rest` is what the plan decides, to which a minimum applies."""
    spent = spent_by_fund(scenario, decisions)
    by_period: dict[tuple[str, str], int] = {}
    for (fund, cell), amount in decisions.payments.items():
        by_period[fund, cell.period] = by_period.get((fund, cell.period), 0) + amount
    _check_amounts(scenario, spent, by_period, log)
    _check_releases(scenario, by_period, log)
    _check_shares(scenario, decisions, due, log)
    _check_matches(scenario, decisions, log)
    _check_minimums(scenario, rest, spent, log)


def _check_amounts(
    scenario: Scenario, spent: dict[str, int], by_period: dict[tuple[str, str], int], log: FindingLog
) -> None:
    """Check total of the fund <= amount; or total of each year <= its amount, with what earlier years left if carried
    over.

    With carry_over, all payments up to the end of a year <= all amounts up to that year.
    """
    sentence = _("Fund '{fund}' pays {spent}; it has {amount}.")
    of_year = _("Fund '{fund}' pays {spent} in {year}; it has {amount}.")
    years = years_of_periods(scenario)
    for fund in scenario.funds:
        if not fund.amounts:
            values = {"fund": fund.id, "spent": rupiah(spent[fund.id]), "amount": rupiah(fund.amount)}
            log.room("fund_amount", (fund.id,), fund.amount - spent[fund.id], sentence, **values)
            continue
        left = 0
        for year in dict.fromkeys(years.values()):
            has = fund.amounts.get(year, 0) + (left if fund.carry_over else 0)
            pays = sum(by_period.get((fund.id, t), 0) for t, y in years.items() if y == year)
            left = has - pays
            values = {"fund": fund.id, "spent": rupiah(pays), "year": year, "amount": rupiah(has)}
            log.room("fund_amount", (fund.id, year), left, of_year, **values)


def _check_releases(scenario: Scenario, by_period: dict[tuple[str, str], int], log: FindingLog) -> None:
    """Check payments of periods up to t <= share released by t x amount; all of it where the fund names no releases.

    With amounts per year: payments of the year up to t <= share last named in the year x its amount, and with
    carry_over what earlier years left besides.
    """
    sentence = _("Fund '{fund}' pays {spent} up to {period}; {released} is released by then.")
    years = years_of_periods(scenario)
    for source in scenario.funds if any(fund.releases for fund in scenario.funds) else ():
        spent, share, left, before = 0, Fraction(0), 0, None
        for t, year in years.items():
            if source.amounts and year != before:
                if before is not None and source.carry_over:
                    left += source.amounts.get(before, 0) - spent
                spent, share = 0, Fraction(0)
            before = year
            share = source.releases.get(t, share)
            spent += by_period.get((source.id, t), 0)
            if source.releases:
                has = source.amounts.get(year, 0) if source.amounts else source.amount
                released = left + share * has
                values = {"fund": source.id, "period": t, "spent": rupiah(spent), "released": rupiah(released)}
                log.room("fund_releases", (source.id, t), released - spent, sentence, **values)


def _check_shares(scenario: Scenario, decisions: StatedDecisions, due: Due, log: FindingLog) -> None:
    """Check payments for p <= ceil(max_share x cost of p) [rupiah]; socialization and agreements belong to no
    programme."""
    if all(fund.max_share == 1 for fund in scenario.funds):
        return
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
            share = source.max_share * cost.get(programme.id, 0)
            most = ceil(share)
            if not amount and not most:
                continue
            values = dict[str, object]()
            if amount > most:  # the words are made only for a finding
                values = {"fund": source.id, "programme": programme.id, "paid": rupiah(amount), "most": rupiah(most)}
            log.share_room("fund_max_share", (source.id, programme.id), most - amount, amount, sentence, **values)


def _check_matches(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check total of the fund <= ceil(ratio x total of the other) [rupiah], both for programmes alone."""
    spent = {fund.id: 0 for fund in scenario.funds}
    for (fund_id, cell), amount in decisions.payments.items():
        spent[fund_id] += amount if cell.programme is not None else 0
    sentence = _("Fund '{fund}' pays {spent}; in proportion to what '{other}' pays, at most {most} is allowed.")
    for fund in scenario.funds:
        if fund.match is not None:
            most = ceil(fund.match.ratio * spent[fund.match.with_])
            values = {"fund": fund.id, "spent": rupiah(spent[fund.id]), "most": rupiah(most)}
            values["other"] = fund.match.with_
            log.share_room("fund_match", (fund.id,), most - spent[fund.id], spent[fund.id], sentence, **values)


def _check_minimums(scenario: Scenario, decisions: StatedDecisions, spent: dict[str, int], log: FindingLog) -> None:
    """Check that a fund which pays anything or gives a seat in the rest of the horizon pays at least its minimum in
    all."""
    sentence = _("Fund '{fund}' is used and pays {spent}; if used at all, it pays at least {least}.")
    for fund_id in used_funds(scenario, decisions):
        least = scenario.fund[fund_id].minimum
        if least:
            values = {"fund": fund_id, "spent": rupiah(spent[fund_id]), "least": rupiah(least)}
            log.room_asked("fund_minimum", (fund_id,), spent[fund_id] - least, sentence, **values)
