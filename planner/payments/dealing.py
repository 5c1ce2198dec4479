"""Distribute the payments of each pool over its cells: whole cells first, then whole units of a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.domain.cells import Cell
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.units import MAX_RUPIAH


class Dealer:
    """Distributes the payments of pools over cells."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.items = {
            (p.id, i.account, i.item, i.per == "participant"): i for p in scenario.programmes for i in p.costs
        }

    def deal(self, members: Sequence[tuple[Cell, int]], paid: Mapping[str, int]) -> Iterator[Payment]:
        """What each fund pays of the cells of one pool, by cell, in the order of the cells and of the funds in `paid`.

        A fund pays whole cells as long as its money lasts. With the rest it pays part of one: of one of which
        the rest pays whole units, if there is any.
        """
        shares: list[dict[str, int]] = [{} for _ in members]
        unpaid = {at: cost for at, (_cell, cost) in enumerate(members)}
        for fund, left in paid.items():
            for at, cost in tuple(unpaid.items()) if left else ():
                if cost <= left:
                    shares[at][fund] = unpaid.pop(at)
                    left -= cost
            if left:
                whole = (at for at in unpaid if left % self._unit(members[at][0]) == 0)
                at = next(whole, next(iter(unpaid)))
                shares[at][fund] = left
                unpaid[at] -= left
        for (cell, _cost), share in zip(members, shares, strict=True):
            for fund, amount in share.items():
                yield Payment(fund, cell.programme, cell.group, cell.item, cell.account, cell.period, amount)

    def _unit(self, cell: Cell) -> int:
        """The smallest amount that buys whole units of the quantity, or halves where it has halves [rupiah].

        Of a socialization or an agreement nothing less than the whole is a unit: MAX_RUPIAH, which no rest is.
        """
        item = self.items.get((cell.programme or "", cell.account, cell.item, cell.group is not None))
        price = (
            None
            if item is None
            else item.price_for(
                None if cell.group is None else self.scenario.group[cell.group], self.scenario.price_year[cell.period]
            )
        )
        return MAX_RUPIAH if item is None or not price else max(1, price // item.quantity.denominator)
