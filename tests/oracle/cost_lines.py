"""What one line of costs comes to, in the words of the oracle."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Line(NamedTuple):
    """One cost line, with its cost per participant of each group, or per class or programme, in each year."""

    item: str
    account: str | None
    per: str
    of_year: dict[str, dict[str, Fraction]]

    @property
    def least(self) -> dict[str, Fraction]:
        """The cost in the cheapest year."""
        some = next(iter(self.of_year.values()))
        return {g: min(unit[g] for unit in self.of_year.values()) for g in some}


def taxed(price: int, tax: Fraction) -> int:
    """A price with its tax, half a rupiah of tax and more being a whole one."""
    return price + int(price * tax * 2 + 1) // 2
