"""Payments in whole units: among equally good payments, those in which funds pay whole people and classes.

A lot is split where two funds pay part of one unit. Rupiah are exchanged between the funds of split lots until one
of them pays whole units, and the others with it, or until a condition prevents it; everything is exact, and no
exchange makes a level of the objective worse. The total of each fund stays as it is, since it follows a written
rule: funds that come first in the file pay first. Where more lots than paying funds would stay split, as where a fund
pays its share of each of many programmes, that rule gives way: the total of a fund changes by less than a unit, and
own funds together pay no more than before, whatever the objective is. What that prevents stays split.

Few lots stay split, for this reason: in each of them at least two funds pay odd parts, and one exchange between them
is free. As soon as there are more exchanges than binding conditions, some combination of them changes nothing that
the conditions count, and is made until a part becomes whole (the vertices of a transportation problem are whole but
for as many routes as have conditions of their own). So with one own fund and no conditions but the amounts of funds,
at most one lot is split for each partner that spends all it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice, pairwise, permutations
from math import lcm
from typing import Final

from planner.payments.conditions import Key, MoneyCondition
from planner.payments.fund_pair import FundPair
from planner.payments.lots import CostLot, Part

MOST_MET: Final = 500
"""Largest number of exchanges tried in one search."""

MOST_SWAPS: Final = 100
"""Largest number of swaps of whole units tried to make room for an exchange."""

Exchange = tuple[int, str, str]
"""(lot, fund that pays less, fund that pays as much more)."""


class WholeUnits:
    """The parts of lots that funds pay, and the exchanges that make them whole."""

    def __init__(
        self,
        lots: Sequence[CostLot],
        parts: Mapping[Part, int],
        conditions: Sequence[MoneyCondition],
        keys: Sequence[Key],
        paid: Mapping[Key, int],
        own: Collection[str],
    ) -> None:
        """`conditions` must hold for `paid`, the payments by pool, each fully paid, that `parts` divides among lots."""
        self.lots, self.own = lots, own
        self.parts = dict(parts)
        self.keys = frozenset(keys)
        self.rank = {fund: n for n, fund in enumerate(dict.fromkeys(fund for fund, _pool in keys))}
        totals = [{key: 1 for key in keys if key[0] == fund} for fund in self.rank]
        self.conditions = [*conditions, *(MoneyCondition(t, "==", sum(paid[key] for key in t)) for t in totals)]
        self.of_all = range(len(conditions), len(self.conditions))
        """Which of the conditions are those of what each fund pays in all."""
        self.sums = [condition.sum_of(paid) for condition in self.conditions]
        self.counted: dict[Key, list[tuple[int, int]]] = {}
        for n, condition in enumerate(self.conditions):
            for key, factor in condition.terms.items():
                self.counted.setdefault(key, []).append((n, factor))

    def made(self) -> dict[Part, int]:
        """Return the parts after all exchanges [rupiah]."""
        while self._swept():
            pass
        while sum(self._traded(number) or self._joined(number) for number in range(len(self.lots))):
            pass
        for year in dict.fromkeys(lot.year for lot in self.lots):
            self._made_few([number for number, lot in enumerate(self.lots) if lot.year == year])
        return {part: amount for part, amount in self.parts.items() if amount}

    def _made_few(self, lots: Collection[int]) -> None:
        """Let one fund pay the odd parts of split lots of a year, until no more are split than funds pay then.

        Lots of which the least passes to another fund come first; among equals the earlier one.
        """
        over = sum(len(self.odd(number)) > 0 for number in lots)
        over -= len({fund for (fund, number), amount in self.parts.items() if amount and number in lots})
        changes: list[tuple[int, int, int, dict[Part, int]]] = []
        for number in lots if over > 0 else ():
            for one in (odd := self.odd(number)):
                given = {fund: self.parts[fund, number] % self.lots[number].unit for fund in odd if fund != one}
                change = {(fund, number): -by for fund, by in given.items()} | {(one, number): sum(given.values())}
                changes.append((sum(given.values()), number, self.rank[one], change))
        for _moved, number, _rank, change in sorted(changes, key=lambda each: each[:3]):
            if over > 0 and self.odd(number) and self._nearly_as_paid(change, self.lots[number].unit):
                self.apply(change)
                over -= 1

    def _nearly_as_paid(self, change: Mapping[Part, int], unit: int) -> bool:
        """Return whether a change is allowed, leaves each fund's total within a `unit`, and takes no more own money."""
        by = self._counted_change(change)
        off = [self.sums[n] + by.get(n, 0) - self.conditions[n].amount for n in self.of_all]
        near = all(abs(each) < unit for n, each in zip(self.of_all, off, strict=True) if n in by)
        more = sum(each for fund, each in zip(self.rank, off, strict=True) if fund in self.own)
        return near and more <= 0 and self.allowed(change, but=self.of_all)

    def odd(self, number: int) -> list[str]:
        """Return the funds that pay part of a unit of a lot, in order."""
        unit = self.lots[number].unit
        return [fund for fund in self.rank if self.parts.get((fund, number), 0) % unit]

    def _swept(self) -> bool:
        """Exchange rupiah between odd parts until one becomes whole; return False, nothing changed, where none can.

        By elimination: an exchange whose effect on everything held is a combination of earlier ones gives, combined
        with them, an exchange without any effect. It is made as far as possible; what stops it is held from then on.
        """
        equal = {n for n, condition in enumerate(self.conditions) if condition.sense == "=="}
        pivots: list[tuple[int, dict[int, Fraction], dict[Exchange, Fraction]]] = []
        since = Counter[Part]()
        for exchange in tuple(self._exchanges()):
            made = {exchange: Fraction(1)}
            column = {n: Fraction(by) for n, by in self._counted_change(self._change({exchange: 1})).items() if by}
            for at, pivot, combination in pivots:
                if at in column:
                    by = column[at] / pivot[at]
                    column, made = _less(column, by, pivot), _less(made, by, combination)
            row: int | None = next((n for n in column if n in equal), None)
            if row is None:
                scale = lcm(*(by.denominator for by in made.values()))
                move = {each: int(by * scale) for each, by in made.items()}
                ways = [self._way(move, sign) for sign in (1, -1)]
                step, change, whole, row = max(ways, key=lambda way: (way[2], way[0] > 0))
                done = {part: step * by for part, by in change.items()}
                self.apply(done)
                since.update(done)
                if whole:
                    return True
            if row is not None:
                pivots.append((row, column, made))
        self.apply({part: -by for part, by in since.items()})
        return False

    def _exchanges(self) -> Iterator[Exchange]:
        """Yield exchanges between the funds with odd parts of each lot, one after the other."""
        for number in sorted({number for _fund, number in self.parts}):
            yield from ((number, one, other) for one, other in pairwise(self.odd(number)))

    def _change(self, move: Mapping[Exchange, int]) -> dict[Part, int]:
        """Return what changes in each part [rupiah]."""
        change: dict[Part, int] = {}
        for (number, less, more), by in move.items():
            change[less, number] = change.get((less, number), 0) - by
            change[more, number] = change.get((more, number), 0) + by
        return {part: by for part, by in change.items() if by}

    def _counted_change(self, change: Mapping[Part, int]) -> dict[int, int]:
        """Return what changes in the sum of each condition."""
        found: dict[int, int] = {}
        for (fund, number), by in change.items():
            for n, factor in self.counted.get((fund, self.lots[number].pool), ()):
                found[n] = found.get(n, 0) + factor * by
        return found

    def _way(self, move: Mapping[Exchange, int], sign: int) -> tuple[int, dict[Part, int], bool, int | None]:
        """Return how often `move` can be made one way, its change, whether a part becomes whole, or what stops it."""
        change = {part: sign * by for part, by in self._change(move).items()}
        step, whole = None, False
        for (fund, number), by in change.items():
            unit = self.lots[number].unit
            over = self.parts[fund, number] % unit
            distance = unit - over if by > 0 else over
            most = distance // abs(by)
            if step is None or (most, distance % abs(by) > 0) < (step, not whole):
                step, whole = most, distance % abs(by) == 0
        assert step is not None
        stop = None
        for n, by in self._counted_change(change).items():
            if (room := self._room(n, by)) is not None and room // abs(by) < step:
                step, whole, stop = room // abs(by), False, n
        return step, change, whole, stop

    def _room(self, n: int, by: int) -> int | None:
        """Return how far the sum of a condition may still change in the direction of `by`; None for any distance."""
        condition = self.conditions[n]
        if not by or (condition.sense == "<=" and by < 0) or (condition.sense == ">=" and by > 0):
            return None
        return abs(condition.amount - self.sums[n])

    def apply(self, change: Mapping[Part, int]) -> None:
        """Make a change of some parts [rupiah]."""
        for part, by in change.items():
            self.parts[part] = self.parts.get(part, 0) + by
        for n, by in self._counted_change(change).items():
            self.sums[n] += by

    def allowed(self, change: Mapping[Part, int], *, all_alike: bool = True, but: Collection[int] = ()) -> bool:
        """Return whether a change keeps all conditions `but` some, those of fixed sums only if `all_alike`."""
        if any(self.parts.get(part, 0) + by < 0 for part, by in change.items()):
            return False
        return all(
            self._has_room(n, by)
            for n, by in self._counted_change(change).items()
            if n not in but and (all_alike or self.conditions[n].sense != "==")
        )

    def _has_room(self, n: int, by: int) -> bool:
        """Return whether the sum of a condition may change by so much."""
        room = self._room(n, by)
        return room is None or abs(by) <= room

    def _traded(self, number: int) -> bool:
        """Exchange whole units of other lots for the odd parts of a split one, if fewer parts are odd then.

        One fund pays whole units of the lot. The difference is made up by whole units of other lots, and any remainder
        in a lot that is split already.
        """
        for pair, more in self._whole_by(number):
            met = islice(pair.met(-more, number, self._alike(pair, number)), MOST_MET)
            for made_up in chain(pair.made_up(-more, number), met):
                change = pair.change(((number, more), *made_up))
                if self._gained(change) > 0 and self.allowed(change):
                    self.apply(change)
                    return True
        return False

    def _alike(self, pair: FundPair, number: int) -> list[int]:
        """Return the whole lots of which the pair may exchange a unit for one of the split lot, in both directions."""
        found = []
        for other in pair.whole:
            unit = max(self.lots[number].unit, self.lots[other].unit)
            change = self._counted_change(pair.change(((number, unit), (other, -unit))))
            if all(self._has_room(n, by) and self._has_room(n, -by) for n, by in change.items()):
                found.append(other)
        return found

    def _joined(self, number: int) -> bool:
        """Exchange the odd parts of a split lot for rupiah of another split one, where a swap of whole units between
        other lots makes room for it: the limits of a fund until some period are often used up."""
        for pair, more in self._whole_by(number):
            for other in pair.split:
                change = pair.change(((number, more), (other, -more)))
                if other == number or not pair.can(other, -more) or self._gained(change) <= 0:
                    continue
                for swap in islice(self._room_by(change), MOST_SWAPS):
                    made = {part: change.get(part, 0) + swap.get(part, 0) for part in {**change, **swap}}
                    if self.allowed(made):
                        self.apply(made)
                        return True
        return False

    def _whole_by(self, number: int) -> Iterator[tuple[FundPair, int]]:
        """Yield each two funds of a split lot, and what the first must pay more of it to pay whole units [rupiah]."""
        odd, unit = self.odd(number), self.lots[number].unit
        for one, other in permutations(odd, 2) if len(odd) > 2 else [tuple(odd)] if odd else ():
            pair = FundPair(self.lots, self.parts, self.keys, one, other)
            over = self.parts[one, number] % unit
            yield from ((pair, more) for more in (-over, unit - over))

    def _room_by(self, change: Mapping[Part, int]) -> Iterator[dict[Part, int]]:
        """Yield swaps that give a condition the room that `change` lacks: two funds swap as many rupiah of two lots at
        one price, one of which the condition counts."""
        lacking = (
            (n, by, abs(by) - room)
            for n, by in self._counted_change(change).items()
            if (room := self._room(n, by)) is not None and abs(by) > room
        )
        n, by, lack = next(lacking, (0, 0, 0))
        terms = self.conditions[n].terms if lack and self.conditions[n].sense != "==" else {}
        for fund in self.rank:
            mine = [k for k, lot in enumerate(self.lots) if (fund, lot.pool) in self.keys]
            others: dict[int, list[int]] = {}
            for k in mine:
                if (fund, self.lots[k].pool) not in terms:
                    others.setdefault(self.lots[k].unit, []).append(k)
            for counted in mine:
                factor = terms.get((fund, self.lots[counted].pool), 0)
                unit = self.lots[counted].unit
                for other in others.get(unit, ()) if factor else ():
                    less = -(-lack // (unit * abs(factor))) * unit * (1 if by * factor > 0 else -1)
                    for second in self.rank:
                        if second != fund and {(second, self.lots[k].pool) for k in (counted, other)} <= self.keys:
                            yield {
                                (fund, counted): -less, (second, counted): less,
                                (fund, other): less, (second, other): -less,
                            }  # fmt: skip

    def _gained(self, change: Mapping[Part, int]) -> int:
        """Return by how many the odd parts decrease with a change."""
        return sum(
            bool(self.parts.get(part, 0) % self.lots[part[1]].unit)
            - bool((self.parts.get(part, 0) + by) % self.lots[part[1]].unit)
            for part, by in change.items()
        )


def _less[K](column: Mapping[K, Fraction], times: Fraction, other: Mapping[K, Fraction]) -> dict[K, Fraction]:
    """Return column - times x other, without its zeros."""
    made = {key: column.get(key, Fraction(0)) - times * other.get(key, Fraction(0)) for key in {**column, **other}}
    return {key: by for key, by in made.items() if by}
