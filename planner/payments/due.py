"""What decisions cost, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from planner.domain.cells import Cell
from planner.domain.decisions import Decisions
from planner.domain.one_off import FirstUses, OneOff, of_programme, one_offs
from planner.domain.scenario import Scenario
from planner.payments.pools import CostPools


def cells(scenario: Scenario, pools: CostPools, decisions: Decisions) -> Iterator[tuple[Cell, int, int]]:
    """(cell, cost [rupiah], pool) of every cell that costs something and is not over, in file order.

    Participant items cost unit cost x (participants less the free seats that cover the item). What is due once is paid
    in the period decided where it matters, and else in that of its first use.
    """
    funding = pools.funding
    first = FirstUses(scenario, decisions)
    costs_once = dict(one_offs(scenario))

    def once(one_off: OneOff) -> tuple[Cell, int, int]:
        period = first.of(one_off)
        if one_off in pools.periods_of_one_off:
            period = decisions.due.get(one_off, period)
        return Cell(*one_off, period), costs_once[one_off][period], pools.of_one_off(one_off, period)

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
                if cost := item.unit_cost(year=scenario.price_year[period]) * classes:
                    yield cell, cost, pools.of_classes(programme, item, period)
            for item, givers in items:
                for group_id, seats in seated.items():
                    group = scenario.group[group_id]
                    free = sum(decisions.seats.get((f, programme.id, group_id, period), 0) for f in givers)
                    if cost := item.unit_cost(group, scenario.price_year[period]) * (seats - free):
                        cell = Cell(programme.id, group.id, item.item, item.account, period)
                        yield cell, cost, pools.of_participants(programme, item, group, period)
        if running:
            owed = (one_off for one_off in of_programme(scenario, programme) if one_off in costs_once)
            yield from filter(itemgetter(1), map(once, owed))
    for one_off in costs_once:
        if one_off.group in decisions.socialized or one_off.fund in decisions.used:
            yield from filter(itemgetter(1), [once(one_off)])
