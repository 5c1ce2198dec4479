"""Payments rounded on request (`round_to`): which parts of whole units funds pay in multiples of a step.

A line that stays split is paid in round amounts by all its funds but one, which pays the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from planner.payments.lots import Part
from planner.payments.whole_units import WholeUnits


class RoundedParts:
    """The odd parts of lots, rounded one after the other."""

    def __init__(self, units: WholeUnits, step: int, prices: Sequence[int]) -> None:
        """All funds of a lot but one are to pay whole `prices` of it and multiples of `step` beyond."""
        self.units, self.step, self.prices = units, step, prices

    def made(self) -> dict[Part, int]:
        """Return the parts, where all funds but one pay whole prices of each lot and multiples of the step beyond.

        That one, an own fund if possible, pays the rest, more or less than before, so that totals of funds may change;
        all other conditions hold. No fund pays part of a lot of which it did not pay part before.
        """
        lots = range(len(self.units.lots))
        while sum(map(self._rounded, lots)):
            pass
        while self._rounded_together():
            pass
        return {part: amount for part, amount in self.units.parts.items() if amount}

    def _over(self, fund: str, number: int) -> int:
        """Return what a fund pays of a lot beyond whole prices and multiples of the step [rupiah]."""
        return self.units.parts[fund, number] % self.prices[number] % self.step

    def _rounded(self, number: int) -> bool:
        """Round the odd parts of a lot; return False where they are round, or no rounding keeps the conditions."""
        odd = self.units.odd(number)
        over = {fund: self._over(fund, number) for fund in odd}
        for bearer in sorted(odd, key=lambda fund: fund not in self.units.own):
            if not any(by for fund, by in over.items() if fund != bearer):
                return False  # as far as it goes
            for up in (False, True):
                by = {fund: self.step - by if up and by else -by for fund, by in over.items() if fund != bearer}
                change = {(fund, number): amount for fund, amount in by.items()}
                change[bearer, number] = -sum(by.values())
                if self.units.allowed(change, all_alike=False):
                    self.units.apply(change)
                    return True
        return False

    def _rounded_together(self) -> bool:
        """Round a part of one lot where the fund's total may not change, by as much in another split lot of the same
        two funds; return False where that makes no more parts round."""
        lots = range(len(self.units.lots))
        split = [number for number in lots if self._not_round(number)]
        odd = [number for number in lots if len(self.units.odd(number)) > 1] if split else []
        for number, other in ((number, other) for number in split for other in odd if other != number):
            both = [fund for fund in self.units.odd(number) if fund in self.units.odd(other)]
            for fund, bearer in permutations(both, 2):
                over = self._over(fund, number)
                for by in (-over, self.step - over) if over else ():
                    change = {(fund, number): by, (bearer, number): -by, (fund, other): -by, (bearer, other): by}
                    before = sum(map(self._not_round, (number, other)))
                    if not self.units.allowed(change, all_alike=False):
                        continue
                    self.units.apply(change)
                    if sum(map(self._not_round, (number, other))) < before:
                        return True
                    self.units.apply({part: -amount for part, amount in change.items()})
        return False

    def _not_round(self, number: int) -> int:
        """Return how many parts of a lot are not multiples of the step, except that of the fund that pays the rest."""
        odd = self.units.odd(number)
        bearer = next((fund for fund in odd if fund in self.units.own), None)
        found = sum(bool(self._over(fund, number)) for fund in odd if fund != bearer)
        return found if bearer is not None else max(0, found - 1)
