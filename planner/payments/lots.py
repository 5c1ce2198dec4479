"""Lots: what a pool owes in equal units - people, classes, units of a programme item - and who pays how much of each.

Payments are decided per pool; a lot is the part of a pool that is one line of a budget. A fund that pays whole units of
a lot is written as coefficient x price; less than a unit is an odd part, which is hard to read in a budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.cells import Cell
from planner.domain.scenario import Scenario
from planner.payments.conditions import Key
from planner.payments.due import Charge
from planner.payments.payment import Payment

Part = tuple[str, int]
"""(fund, number of the lot)."""


@dataclass(frozen=True)
class CostLot:
    """Cells of one pool that are one item at one price in one year."""

    pool: int
    unit: int
    """Cost of one unit: a participant, a class, a unit of a programme item, or a one-off cost as a whole [rupiah]."""
    cells: tuple[tuple[Cell, int], ...]
    """Each cell with its cost, a whole number of units [rupiah]."""
    year: str = ""
    """The year in which it is paid."""

    @property
    def cost(self) -> int:
        """What is owed in all [rupiah]."""
        return sum(cost for _cell, cost in self.cells)


def lots_of(scenario: Scenario, charges: Iterable[Charge]) -> tuple[CostLot, ...]:
    """Return the lots of some charges, in the order in which they first occur."""
    found: dict[tuple[object, ...], list[tuple[Cell, int]]] = {}
    unit_of: dict[tuple[object, ...], tuple[int, int, str]] = {}
    for charge in charges:
        cell, year = charge.cell, scenario.year_of[charge.cell.period]
        once = cell.group if cell.programme is None else cell.group is None
        key = (charge.pool, charge.unit, year, cell.programme, cell.item, cell.account, once)
        found.setdefault(key, []).append((cell, charge.cost))
        unit_of[key] = charge.pool, charge.unit, year
    return tuple(CostLot(pool, unit, tuple(found[key]), year) for key, (pool, unit, year) in unit_of.items())


def dealt(lots: Sequence[CostLot], paid: Mapping[Key, int]) -> dict[Part, int]:
    """Divide the payments of pools among their lots [rupiah]: whole lots first, then part of one.

    That is one of which the rest pays whole units, if there is one. So no fund splits more than one lot of a pool.
    """
    parts: dict[Part, int] = {}
    by_pool: dict[int, dict[int, int]] = {}
    for number, lot in enumerate(lots):
        by_pool.setdefault(lot.pool, {})[number] = lot.cost
    for (fund, pool), left in paid.items():
        unpaid = by_pool.get(pool, {})
        for number, cost in tuple(unpaid.items()) if left else ():
            if cost <= left:
                parts[fund, number] = unpaid.pop(number)
                left -= cost
        if left and unpaid:
            whole = (number for number in unpaid if left % lots[number].unit == 0)
            number = next(whole, next(iter(unpaid)))
            parts[fund, number] = left
            unpaid[number] -= left
    return parts


def payments_of(lot: CostLot, shares: Mapping[str, int]) -> Iterator[Payment]:
    """Yield each fund's payments for the cells of a lot, of which it pays `shares` [rupiah], by cell.

    Funds pay their whole units in order, cell after cell, and their odd parts last, each completing a unit with another
    fund, so that no more cells and units are split than necessary.
    """
    queue = [(fund, share - share % lot.unit) for fund, share in shares.items()]
    queue += [(fund, share % lot.unit) for fund, share in shares.items()]
    queue.reverse()
    for cell, cost in lot.cells:
        paid: dict[str, int] = {}
        while cost:
            fund, left = queue.pop()
            amount = min(left, cost)
            cost -= amount
            if amount:
                paid[fund] = paid.get(fund, 0) + amount
            if left > amount:
                queue.append((fund, left - amount))
        for fund in shares:
            if fund in paid:
                yield Payment(fund, cell.programme, cell.group, cell.item, cell.account, cell.period, paid[fund])
