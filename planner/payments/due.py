"""What decisions cost, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.cells import Cell
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.pools import CostPools


def cells(scenario: Scenario, pools: CostPools, decisions: Decisions) -> Iterator[tuple[Cell, int, int]]:
    """(cell, cost [rupiah], pool) of every cell that costs something, in file order.

    Participant items cost unit cost x (participants less the free seats that cover the item).
    """
    funding = pools.funding
    place = {group.id: number for number, group in enumerate(scenario.groups)}
    people: dict[tuple[str, str], dict[str, int]] = {}
    for (g, p, t), number in sorted(decisions.participants.items(), key=lambda seat: place[seat[0][0]]):
        people.setdefault((p, t), {})[g] = number
    for programme in scenario.programmes:
        running = False
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
                if cost := item.unit_cost() * classes:
                    yield cell, cost, pools.of_classes(programme, item, period)
            for item, givers in items:
                for group_id, seats in seated.items():
                    group = scenario.group[group_id]
                    free = sum(decisions.seats.get((f, programme.id, group_id, period), 0) for f in givers)
                    if cost := item.unit_cost(group) * (seats - free):
                        cell = Cell(programme.id, group.id, item.item, item.account, period)
                        yield cell, cost, pools.of_participants(programme, item, group, period)
        for item in programme.items("programme") if running else ():
            if cost := item.unit_cost():
                cell = Cell(programme.id, None, item.item, item.account, funding.first_period(programme))
                yield cell, cost, pools.of_programme(programme, item)
    for group in scenario.groups:
        if group.id in decisions.socialized and group.socialization and group.socialization.cost:
            yield funding.socialization_cell(group), group.socialization.cost, pools.of_socialization(group)
    for fund in scenario.funds:
        if fund.id in decisions.used and fund.agreement:
            yield funding.agreement_cell(fund), fund.agreement, pools.of_agreement(fund.id)
