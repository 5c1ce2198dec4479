"""Two funds, and how they can exchange rupiah between the lots that both may pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations, islice
from math import gcd
from typing import Final

from planner.payments.conditions import Key
from planner.payments.lots import CostLot, Part

MOST_PAIRS: Final = 100
"""Most pairs of lots whose whole units are tried together to replace part of a unit of another lot."""

MOST_UNITS: Final = 5
"""Most units of the first lot of such a pair."""

MOST_STEPS: Final = 200
"""Most steps of a few whole units of one lot; pairs of steps are combined with one another."""


class FundPair:
    """Two funds, and what one can pay in place of the other."""

    def __init__(
        self, lots: Sequence[CostLot], parts: Mapping[Part, int], keys: AbstractSet[Key], one: str, other: str
    ) -> None:
        self.lots, self.parts, self.one, self.other = lots, parts, one, other
        common = [n for n, lot in enumerate(lots) if {(one, lot.pool), (other, lot.pool)} <= keys]
        odd = {n: [fund for fund in (one, other) if parts.get((fund, n), 0) % lots[n].unit] for n in common}
        self.whole = [n for n in common if not odd[n]]
        self.split = [n for n in common if {one, other} & {*odd[n]}]

    def change(self, more: Iterable[tuple[int, int]]) -> dict[Part, int]:
        """Return what changes where the first fund pays so much more of some lots, and the other as much less
        [rupiah]."""
        change: dict[Part, int] = {}
        for number, by in more:
            change[self.one, number] = change.get((self.one, number), 0) + by
            change[self.other, number] = change.get((self.other, number), 0) - by
        return change

    def made_up(self, amount: int, number: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield ways to pay `amount` more in other lots than `number`, simple ones first: (lot, how much more)
        [rupiah]."""
        reserves = [n for n in self.split if n != number]
        yield from (((n, amount),) for n in reserves if self.can(n, amount))
        for second in self.whole:
            yield from self._multiples(amount, number, second)
        for second in self.whole if reserves else ():
            unit = self.lots[second].unit
            for paid in {amount // unit * unit, (amount // unit + 1) * unit} - {0, amount}:
                if self.can(second, paid):
                    yield from (((second, paid), (n, amount - paid)) for n in reserves if self.can(n, amount - paid))
        for second, third in islice(combinations(self.whole, 2), MOST_PAIRS):
            unit = self.lots[second].unit
            for paid in (units * unit for size in range(1, MOST_UNITS + 1) for units in (size, -size)):
                if self.can(second, paid):
                    for ways in self._multiples(amount - paid, number, third):
                        yield ((second, paid), *ways)

    def met(self, amount: int, number: int, alike: Sequence[int]) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield ways to pay `amount` more in whole units of `number` and of up to four of the lots `alike`.

        Two pairs of steps fit together where the remainder is whole units of `number`.
        """
        unit = self.lots[number].unit
        if not alike or amount % gcd(unit, *(self.lots[n].unit for n in alike)):
            return
        most = max(1, MOST_STEPS // (2 * len(alike)))
        steps = [
            (n, paid)
            for size in range(1, most + 1)
            for n in alike
            for paid in (size * self.lots[n].unit, -size * self.lots[n].unit)
            if self.can(n, paid)
        ]
        ways: dict[int, tuple[tuple[int, int], ...]] = {0: ()}
        for step in steps:
            ways.setdefault(step[1] % unit, (step,))
        for two in combinations(steps, 2):
            ways.setdefault(sum(paid for _n, paid in two) % unit, two)
        for rest, some in ways.items():
            if (others := ways.get((amount - rest) % unit)) is not None:
                made = (*some, *others)
                yield (*made, (number, amount - sum(paid for _n, paid in made)))

    def can(self, number: int, more: int) -> bool:
        """Return whether both funds pay enough of a lot for such an exchange."""
        return -self.parts.get((self.one, number), 0) <= more <= self.parts.get((self.other, number), 0)

    def _multiples(self, amount: int, number: int, second: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield whole units of a second lot that equal `amount` and whole units of the first."""
        unit, other = self.lots[number].unit, self.lots[second].unit
        common = gcd(unit, other)
        if amount % common:
            return
        few = amount // common * pow(other // common, -1, unit // common) % (unit // common)
        for units in (few, few - unit // common):
            paid = units * other
            if self.can(second, paid) and self.can(number, amount - paid):
                yield ((second, paid), (number, amount - paid)) if paid else ((number, amount),)
