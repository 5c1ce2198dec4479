"""What has to be paid for the decisions of a plan: every cost cell, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from math import floor
from typing import Final

from planner.check.calendar import years_of_periods
from planner.check.rows import StatedCell, StatedDecisions, cell_of
from planner.check.verdict import FindingLog
from planner.domain.groups import Group
from planner.domain.one_off import OneOff
from planner.domain.programmes import CostItem, PriceBy, Programme
from planner.domain.scenario import Scenario
from planner.locale import _

SOCIALIZATION: Final = "socialization"
AGREEMENT: Final = "agreement"

Basis = str
"""participant, class, programme, socialization or agreement."""

Amount = Fraction | int
"""Rupiah: whole unless quantity x price of a cost line is not."""

Due = dict[StatedCell, dict[Basis, Amount]]
"""Rupiah due by cell and basis; a cell has two where a class and a programme item share name, account and period."""

Charge = tuple[StatedCell, Basis, Amount]

OnceCharge = tuple[StatedCell, Basis, dict[str, Amount]]
"""A one-off cost in the period of its first use: its cost in each period."""


def amounts_due(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> Due:
    """Return every cell that costs something.

    Participant items cost unit x (participants - free seats that cover the item), class items
    unit x classes, programme items once if the programme runs, each with unit = quantity x price;
    socialization for each group that receives it; the agreement of each fund that is used. One-off costs are due in
    the period in which the plan pays them; `one_off` is broken where that is after the first use, or in another year.
    Prices are those of the year of the period.
    """
    due: Due = {}
    prices = _Prices(scenario, log)
    charges = chain(
        _participant_items(scenario, decisions, prices),
        _class_items(scenario, decisions, prices),
    )
    for cell, basis, cost in charges:
        if cost > 0:
            if (bases := due.get(cell)) is None:
                due[cell] = {basis: cost}
            else:
                bases[basis] = bases.get(basis, 0) + cost
    for (cell, basis), costs in _due_once(scenario, decisions, prices).items():
        if any(cost > 0 for cost in costs.values()):
            dated = _dated(scenario, decisions.paid, cell, costs, due, log)
            if costs[dated.period] > 0:
                due.setdefault(dated, {})[basis] = costs[dated.period]
    return due


def _due_once(
    scenario: Scenario, decisions: StatedDecisions, prices: _Prices
) -> dict[tuple[StatedCell, Basis], dict[str, Amount]]:
    """Return one-off costs, by cell in the period of first use, and basis: the cost in each period."""
    once: dict[tuple[StatedCell, Basis], dict[str, Amount]] = {}
    charges = chain(_programme_items(scenario, decisions, prices), _measures_and_agreements(scenario, decisions))
    for cell, basis, costs in charges:
        so_far = once.setdefault((cell, basis), dict.fromkeys(scenario.horizon, 0))
        for period, cost in costs.items():
            so_far[period] += cost
    return once


def _dated(
    scenario: Scenario,
    paid_for: dict[StatedCell, int],
    cell: StatedCell,
    costs: dict[str, Amount],
    due: Due,
    log: FindingLog,
) -> StatedCell:
    """Return the cell in the period in which the plan pays it: the earliest with exactly so much more than is due
    there.

    Periods of the year of the first use are tried first, up to that use, since the plan may pay then. What was used
    before and is not paid yet may be paid in any period.
    """
    first = scenario.horizon.index(cell.period)
    years, owed = years_of_periods(scenario), cell.programme in scenario.facts.ran
    allowed = [t for t in scenario.horizon[: first + 1] if years[t] == years[cell.period]]
    if owed:
        allowed = sorted(scenario.facts.rest, key=lambda t: not costs[t])
    for period in (*allowed, *(t for t in scenario.horizon if t not in allowed)):
        here = cell._replace(period=period)
        others = sum(due.get(here, {}).values())
        if paid_for.get(here, 0) - others == costs[period] and (period in allowed or costs[period] > 0):
            if period not in allowed:
                late = scenario.horizon.index(period) > first
                sentence = _("{item} is paid in {period}, after its first use in {first}.")
                other_year = _("{item} is paid in {period}, in another year than its first use in {first}.")
                key = tuple(part for part in cell if part is not None)
                name = cell.programme or cell.group
                item = f"'{cell.item}'" + (f" ('{name}')" if name else "")
                words = sentence if late else other_year
                log.find("one_off", key, words, item=item, period=period, first=cell.period)
            return here
    return cell


def used_funds(scenario: Scenario, decisions: StatedDecisions) -> list[str]:
    """Return the funds that pay anything or give a seat."""
    used = {paid.fund for paid in decisions.payments} | {fund for fund, _p, _g, _t in decisions.seats}
    return [fund.id for fund in scenario.funds if fund.id in used]


def running(scenario: Scenario, decisions: StatedDecisions) -> list[Programme]:
    """Return the programmes that run: those with a participant or a class."""
    runs = {p for _g, p, _t in decisions.participants} | {p for p, _t in decisions.classes}
    return [programme for programme in scenario.programmes if programme.id in runs]


def allowed_periods(scenario: Scenario, programme: Programme) -> list[str]:
    """Return the periods in which the programme may start such that its run ends within the horizon, in order."""
    allowed = [t for t in scenario.horizon if programme.periods is None or t in programme.periods]
    return [t for t in allowed if scenario.horizon.index(t) + programme.lasts <= len(scenario.horizon)]


def periods_of_run(scenario: Scenario, programme: Programme, start: str) -> tuple[str, ...]:
    """Return the periods in which a course that starts in `start` runs, as far as the horizon reaches."""
    first = scenario.horizon.index(start)
    return scenario.horizon[first : first + programme.lasts]


class _Prices:
    """quantity x price of cost lines in a year, by group where the price depends on it [rupiah]."""

    def __init__(self, scenario: Scenario, log: FindingLog) -> None:
        self._ledger = log
        self._scenario = scenario
        self._years = years_of_periods(scenario)
        self._known: dict[tuple[str, int, str | None, str], Amount] = {}

    def unit(self, programme: Programme, number: int, period: str, group: Group | None = None) -> Amount:
        """Return what one participant (of `group`), class or programme costs in cost line `number`, paid in
        `period`."""
        item, year = programme.costs[number], self._years[period]
        who = group.id if group and isinstance(item.price, PriceBy) else None
        key = (programme.id, number, who, year)
        if key not in self._known:
            price = _price(item, group, year)
            if price is not None and not _names_year(item, year):
                price = grown(self._scenario, price, period)
            price = None if price is None else _with_tax(item, price)
            if price is None:
                sentence = _("'{item}' has no price for group '{group}'.")
                self._ledger.find("cost", (programme.id, item.item), sentence, item=item.item, group=who)
            cost = item.quantity * (price or 0)
            self._known[key] = cost.numerator if cost.denominator == 1 else cost
        return self._known[key]


def grown(scenario: Scenario, price: int, period: str) -> int:
    """Return a price that names no year in the year of `period`: price x (1 + growth)^n, half a rupiah rounded up
    [rupiah]."""
    if not scenario.price_growth:
        return price
    years = years_of_periods(scenario)
    number = max(0, int(years[period]) - int(years[scenario.horizon[0]]))
    exact = price * (1 + scenario.price_growth) ** number
    return floor(exact + Fraction(1, 2))


def _names_year(item: CostItem, year: str) -> bool:
    return isinstance(item.price, PriceBy) and item.price.by == "year" and year in item.price.prices


def _price(item: CostItem, group: Group | None, year: str) -> int | None:
    """Return the price as written: from a table by year that of the year, or else the default, which is of the first
    year."""
    if not isinstance(item.price, PriceBy):
        return item.price
    if item.price.by == "year":
        return item.price.prices.get(year, item.price.default)
    value = getattr(group, item.price.by) if group else None
    return item.price.prices.get(value, item.price.default) if value is not None else item.price.default


def _with_tax(item: CostItem, price: int) -> int:
    """Return the price of one unit with its tax [rupiah]."""
    if not item.tax:
        return price
    tax, rest = divmod(price * item.tax, 1)
    return price + tax + (rest >= Fraction(1, 2))


def _lines(programme: Programme, per: str) -> list[tuple[int, CostItem]]:
    return [(number, item) for number, item in enumerate(programme.costs) if item.per == per]


def _participant_items(scenario: Scenario, decisions: StatedDecisions, prices: _Prices) -> Iterator[Charge]:
    given: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for (fund, p, g, t), seats in decisions.seats.items():
        given.setdefault((g, p, t), []).append((fund, seats))
    lines = {programme.id: _lines(programme, "participant") for programme in scenario.programmes}
    covered = {
        (fund.id, p, number)
        for fund in scenario.funds
        for p in fund.seats
        for number, item in lines.get(p, ())
        if fund.seats_cover.matches(item.attributes())
    }
    units: dict[tuple[str, str], list[tuple[str, str | None, Amount]]] = {}
    """What the lines of a programme cost in a period, where that is the same for every group."""
    alike = {p for p, of_p in lines.items() if not any(isinstance(item.price, PriceBy) for _number, item in of_p)}
    for (g, p, t), people in decisions.participants.items():
        if p in alike and not given:
            if (priced := units.get((p, t))) is None:
                programme = scenario.programme[p]
                priced = [(item.item, item.account, prices.unit(programme, n, t)) for n, item in lines[p]]
                units[p, t] = priced
            for name, account, unit in priced:
                yield cell_of((p, g, name, account, t)), "participant", unit * people
            continue
        programme, group = scenario.programme[p], scenario.group[g]
        seated = given.get((g, p, t), ()) if given else ()
        for number, item in lines[p]:
            free = sum(seats for fund, seats in seated if (fund, p, number) in covered) if seated else 0
            unit = prices.unit(programme, number, t, group)
            yield StatedCell(p, g, item.item, item.account, t), "participant", unit * (people - free)


def _class_items(scenario: Scenario, decisions: StatedDecisions, prices: _Prices) -> Iterator[Charge]:
    for (p, t), classes in decisions.classes.items():
        programme = scenario.programme[p]
        for number, item in _lines(programme, "class"):
            yield StatedCell(p, None, item.item, item.account, t), "class", prices.unit(programme, number, t) * classes


def _first_use(scenario: Scenario, periods: Iterable[str]) -> str:
    """Return the earliest of some periods; the last of the horizon where there are none, since any will do."""
    return min(periods, key=scenario.horizon.index, default=scenario.horizon[-1])


def _programme_items(scenario: Scenario, decisions: StatedDecisions, prices: _Prices) -> Iterator[OnceCharge]:
    """Yield programme items, due once if the programme runs and first used when it is first held.

    An item used before and not paid is still due, in any period.
    """
    facts = scenario.facts
    runs = {programme.id for programme in running(scenario, decisions)} | (facts.ran if facts.rest else set())
    held_in: dict[str, set[str]] = {}
    for p, t in chain(((p, t) for _g, p, t in decisions.participants), decisions.classes):
        held_in.setdefault(p, set()).add(t)
    for programme in (programme for programme in scenario.programmes if programme.id in runs):
        held = held_in.get(programme.id, set())
        first = _first_use(scenario, () if programme.id in facts.ran else held)
        for number, item in _lines(programme, "programme"):
            if facts.is_settled(OneOff(programme.id, None, item.item, item.account)):
                continue
            cell = StatedCell(programme.id, None, item.item, item.account, first)
            yield cell, "programme", {t: prices.unit(programme, number, t) for t in scenario.horizon}


def _measures_and_agreements(scenario: Scenario, decisions: StatedDecisions) -> Iterator[OnceCharge]:
    """Yield socializations, first used when people of the group attend, and agreements, first used when the fund
    gives."""
    attended: dict[str, set[str]] = {}
    for g, _p, t in decisions.participants:
        attended.setdefault(g, set()).add(t)
    given: dict[str, set[str]] = {}
    for paid in decisions.payments:
        given.setdefault(paid.fund, set()).add(paid.cell.period)
    for fund, _p, _g, t in decisions.seats:
        given.setdefault(fund, set()).add(t)
    for group in scenario.groups:
        if group.id in decisions.socialized and group.socialization:
            first = _first_use(scenario, attended.get(group.id, ()))
            cell = StatedCell(None, group.id, SOCIALIZATION, group.socialization.account, first)
            yield cell, SOCIALIZATION, {t: grown(scenario, group.socialization.cost, t) for t in scenario.horizon}
    for fund_id in used_funds(scenario, decisions):
        agreement = scenario.fund[fund_id].agreement_cost
        settled = scenario.facts.is_settled(OneOff(None, None, f"{AGREEMENT}:{fund_id}", None))
        if agreement and not settled:
            first = _first_use(scenario, given.get(fund_id, ()))
            cell = StatedCell(None, None, f"{AGREEMENT}:{fund_id}", agreement.account, first)
            yield cell, AGREEMENT, {t: grown(scenario, agreement.amount, t) for t in scenario.horizon}
