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
    people: dict[tuple[str, str], dict[str, int]] = {}
    for (g, p, t), number in decisions.participants.items():
        people.setdefault((p, t), {})[g] = number
    for programme in scenario.programmes:
        running = False
        for period in scenario.periods_of(programme):
            seated = people.get((programme.id, period), {})
            running = running or bool(seated)
            for item in programme.items("class"):
                classes = decisions.classes.get((programme.id, period), 0)
                cell = Cell(programme.id, None, item.item, item.account, period)
                if cost := item.unit_cost() * classes:
                    yield cell, cost, pools.of_classes(programme, item, period)
            for item in programme.items("participant"):
                givers = [
                    f.id for f in scenario.funds if f.seats.get(programme.id) and item in funding.covered(f, programme)
                ]
                for group in scenario.groups:
                    if group.id not in seated:
                        continue
                    free = sum(decisions.seats.get((f, programme.id, group.id, period), 0) for f in givers)
                    if cost := item.unit_cost(group) * (seated[group.id] - free):
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
