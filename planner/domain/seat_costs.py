"""What one participant costs for each cost line, worked out once for groups that pay the same prices."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.groups import Group
from planner.domain.prices import PriceYear
from planner.domain.programmes import CostItem, PriceBy


class SeatCosts:
    """The cost of one participant of any group in a year, for some participant items."""

    def __init__(self, items: Sequence[CostItem], year: PriceYear | None = None) -> None:
        self.items = tuple(items)
        self._year = year
        by = {item.price.by: None for item in self.items if isinstance(item.price, PriceBy)}
        self._by = tuple(attribute for attribute in by if attribute != "year")
        self._known: dict[tuple[str | None, ...], tuple[int, ...]] = {}

    def of(self, group: Group) -> tuple[int, ...]:
        """Return quantity x price of each item for one person of `group` [rupiah]."""
        key = tuple([getattr(group, attribute) for attribute in self._by])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(item.unit_cost(group, self._year) for item in self.items)
        return found
