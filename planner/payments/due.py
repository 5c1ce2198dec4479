"""What decisions cost, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.domain.cells import Cell
from planner.domain.decisions import Decisions
from planner.domain.one_off import FirstUses, OneOff, of_programme, one_offs
from planner.domain.scenario import Scenario
from planner.payments.pools import CostPools


@dataclass(frozen=True, slots=True)
class Charge:
    """What one cell costs."""

    cell: Cell
    cost: int
    """[rupiah]."""
    unit: int
    """Cost of one participant or class, or of one unit of a programme item; other one-off costs are one unit. `cost` is
    a whole number of these [rupiah]."""
    pool: int


def charges(scenario: Scenario, pools: CostPools, decisions: Decisions) -> Iterator[Charge]:
    """Yield every cell that costs something and is not over, with its cost, in file order.

    Participant items cost unit cost x (participants less the free seats that cover the item). One-off costs are paid in
    the period decided where that matters, otherwise in that of their first use.
    """
    funding = pools.funding
    first = FirstUses(scenario, decisions)
    costs_once = dict(one_offs(scenario))

    def once(one_off: OneOff) -> Iterator[Charge]:
        period = first.of(one_off)
        if one_off in pools.periods_of_one_off:
            period = decisions.due.get(one_off, period)
        if cost := costs_once[one_off][period]:
            unit = _unit_of(scenario, one_off, period, cost)
            yield Charge(Cell(*one_off, period), cost, unit, pools.of_one_off(one_off, period))

    place = {group.id: number for number, group in enumerate(scenario.groups)}
    people: dict[tuple[str, str], dict[str, int]] = {}
    for (g, p, t), number in sorted(decisions.participants.items(), key=lambda seat: place[seat[0][0]]):
        people.setdefault((p, t), {})[g] = number
    for programme in scenario.programmes:
        running = programme.id in scenario.facts.ran
        items = [
            (
                item,
                [f.id for f in scenario.funds if f.seats.get(programme.id) and item in funding.covered(f, programme)],
            )
            for item in programme.items("participant")
        ]
        for period in scenario.periods_of(programme):
            seated = people.get((programme.id, period), {})
            running = running or bool(seated)
            for item in programme.items("class"):
                classes = decisions.classes.get((programme.id, period), 0)
                cell = Cell(programme.id, None, item.item, item.account, period)
                if classes and (unit := item.unit_cost(year=scenario.price_year[period])):
                    yield Charge(cell, classes * unit, unit, pools.of_classes(programme, item, period))
            year = scenario.price_year[period]
            for item, givers in items if seated else ():
                alike = None if item.differs_by_group else item.unit_cost(year=year)
                for group_id, seats in seated.items():
                    group = scenario.group[group_id]
                    free = sum([decisions.seats.get((f, programme.id, group_id, period), 0) for f in givers])
                    unit = item.unit_cost(group, year) if alike is None else alike
                    if cost := unit * (seats - free):
                        cell = Cell(programme.id, group.id, item.item, item.account, period)
                        yield Charge(cell, cost, unit, pools.of_participants(programme, item, group, period))
        if running:
            for one_off in of_programme(scenario, programme):
                if one_off in costs_once:
                    yield from once(one_off)
    for one_off in costs_once:
        if one_off.group in decisions.socialized or one_off.fund in decisions.used:
            yield from once(one_off)


def _unit_of(scenario: Scenario, one_off: OneOff, period: str, cost: int) -> int:
    """Return the cost of one unit of a programme item; `cost` itself for socializations, agreements and joined
    items."""
    costs = () if one_off.programme is None else scenario.programme[one_off.programme].items("programme")
    same = [item for item in costs if (item.item, item.account) == (one_off.item, one_off.account)]
    if len(same) != 1:
        return cost
    price = same[0].price_for(None, scenario.price_year[period])
    return cost if price is None else price // same[0].quantity.denominator
