"""What has to be paid for the decisions of a plan: every cost cell, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Final

from planner.check.rows import StatedCell, StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, PriceBy, Programme
from planner.domain.scenario import Scenario
from planner.locale import _

SOCIALIZATION: Final = "socialization"
AGREEMENT: Final = "agreement"

Basis = str
"""participant, class, programme, socialization or agreement."""

Amount = Fraction | int
"""Rupiah: whole, unless quantity x price of a cost line is not."""

Due = dict[StatedCell, dict[Basis, Amount]]
"""Rupiah due by cell and basis; a cell has two where a class and a programme item share name, account and period."""

Charge = tuple[StatedCell, Basis, Amount]


def amounts_due(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> Due:
    """Every cell that costs something.

    Participant items cost unit x (participants - free seats that cover the item), class items
    unit x classes, programme items once if the programme runs, each with unit = quantity x price;
    socialization for each group that receives it; the agreement of each fund that is used.
    """
    due: Due = {}
    prices = _Prices(log)
    charges = chain(
        _participant_items(scenario, decisions, prices),
        _class_items(scenario, decisions, prices),
        _programme_items(scenario, decisions, prices),
        _measures_and_agreements(scenario, decisions),
    )
    for cell, basis, cost in charges:
        if cost > 0:
            bases = due.setdefault(cell, {})
            bases[basis] = bases.get(basis, 0) + cost
    return due


def used_funds(scenario: Scenario, decisions: StatedDecisions) -> list[str]:
    """Funds that pay anything or give a seat."""
    used = {paid.fund for paid in decisions.payments} | {fund for fund, _p, _g, _t in decisions.seats}
    return [fund.id for fund in scenario.funds if fund.id in used]


def running(scenario: Scenario, decisions: StatedDecisions) -> list[Programme]:
    """Programmes that run: that have a participant or a class."""
    runs = {p for _g, p, _t in decisions.participants} | {p for p, _t in decisions.classes}
    return [programme for programme in scenario.programmes if programme.id in runs]


def allowed_periods(scenario: Scenario, programme: Programme) -> list[str]:
    """Periods in which the programme may be held, in the order of the horizon."""
    return [t for t in scenario.horizon if programme.periods is None or t in programme.periods]


class _Prices:
    """quantity x price of cost lines, by group where the price depends on it [rupiah]."""

    def __init__(self, log: FindingLog) -> None:
        self._ledger = log
        self._known: dict[tuple[str, int, str | None], Amount] = {}

    def unit(self, programme: Programme, number: int, group: Group | None = None) -> Amount:
        """What one participant (of `group`), class or programme costs in cost line `number`."""
        key = (programme.id, number, group.id if group else None)
        if key not in self._known:
            item = programme.costs[number]
            price = _price(item, group)
            if price is None:
                sentence = _("'{item}' has no price for group '{group}'.")
                self._ledger.find("cost", (programme.id, item.item), sentence, item=item.item, group=key[2])
            cost = item.quantity * (price or 0)
            self._known[key] = cost.numerator if cost.denominator == 1 else cost
        return self._known[key]


def _price(item: CostItem, group: Group | None) -> int | None:
    if not isinstance(item.price, PriceBy):
        return item.price
    value = getattr(group, item.price.by) if group else None
    return item.price.prices.get(value, item.price.default) if value is not None else item.price.default


def _lines(programme: Programme, per: str) -> list[tuple[int, CostItem]]:
    return [(number, item) for number, item in enumerate(programme.costs) if item.per == per]


def _participant_items(scenario: Scenario, decisions: StatedDecisions, prices: _Prices) -> Iterator[Charge]:
    given: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for (fund, p, g, t), seats in decisions.seats.items():
        given.setdefault((g, p, t), []).append((fund, seats))
    lines = {programme.id: _lines(programme, "participant") for programme in scenario.programmes}
    covered = {
        (fund.id, programme.id, number)
        for fund in scenario.funds
        for programme in scenario.programmes
        if programme.id in fund.seats
        for number, item in lines[programme.id]
        if fund.seats_cover.matches(item.attributes())
    }
    for (g, p, t), people in decisions.participants.items():
        programme, group = scenario.programme[p], scenario.group[g]
        for number, item in lines[p]:
            free = sum(seats for fund, seats in given.get((g, p, t), ()) if (fund, p, number) in covered)
            unit = prices.unit(programme, number, group)
            yield StatedCell(p, g, item.item, item.account, t), "participant", unit * (people - free)


def _class_items(scenario: Scenario, decisions: StatedDecisions, prices: _Prices) -> Iterator[Charge]:
    for (p, t), classes in decisions.classes.items():
        programme = scenario.programme[p]
        for number, item in _lines(programme, "class"):
            yield StatedCell(p, None, item.item, item.account, t), "class", prices.unit(programme, number) * classes


def _programme_items(scenario: Scenario, decisions: StatedDecisions, prices: _Prices) -> Iterator[Charge]:
    """Due in the first period the programme is allowed in, whenever it runs."""
    for programme in running(scenario, decisions):
        first = (*allowed_periods(scenario, programme), *scenario.horizon)[0]
        for number, item in _lines(programme, "programme"):
            cell = StatedCell(programme.id, None, item.item, item.account, first)
            yield cell, "programme", prices.unit(programme, number)


def _measures_and_agreements(scenario: Scenario, decisions: StatedDecisions) -> Iterator[Charge]:
    """Due in the first period of the horizon."""
    first = scenario.horizon[0]
    for group in scenario.groups:
        if group.id in decisions.socialized and group.socialization:
            cell = StatedCell(None, group.id, SOCIALIZATION, group.socialization.account, first)
            yield cell, SOCIALIZATION, group.socialization.cost
    for fund_id in used_funds(scenario, decisions):
        agreement = scenario.fund[fund_id].agreement_cost
        if agreement:
            cell = StatedCell(None, None, f"{AGREEMENT}:{fund_id}", agreement.account, first)
            yield cell, AGREEMENT, agreement.amount
