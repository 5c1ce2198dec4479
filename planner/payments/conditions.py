"""Conditions on money: linear constraints on payments, in whole rupiah."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Key = tuple[str, int]
"""(fund, pool)."""

Sense = Literal["<=", ">=", "=="]


class CannotSettle(ArithmeticError):
    """No payments in whole rupiah keep every rule for these decisions."""


@dataclass(frozen=True)
class MoneyCondition:
    """sum of coefficient x payment, in a sense, against a whole number [rupiah]."""

    terms: Mapping[Key, int]
    sense: Sense
    amount: int
    penalty: Fraction | None = None
    """Weighted gaps lost per rupiah missed, for a soft rule; None for what must hold."""
    proportion: bool = False
    """Whether it compares payments of one fund with those of another, both of which are still to be decided."""

    def sum_of(self, paid: Mapping[Key, int]) -> int:
        """Return the sum for some payments [rupiah]."""
        return sum(factor * paid[key] for key, factor in self.terms.items())

    def kept(self, paid: Mapping[Key, int]) -> bool:
        """Return whether these payments satisfy it; a soft rule may be missed."""
        if self.penalty is not None:
            return True
        found = self.sum_of(paid)
        return {"<=": found <= self.amount, ">=": found >= self.amount, "==": found == self.amount}[self.sense]

    def lost(self, paid: Mapping[Key, int]) -> Fraction:
        """Return what payments lose by missing a soft rule [weighted gaps]."""
        if self.penalty is None:
            return Fraction(0)
        over = self.sum_of(paid) - self.amount
        return self.penalty * max(0, over if self.sense == "<=" else -over)

    def exceeded(self, facts: Mapping[Key, int]) -> bool:
        """Return whether payments made already exceed an upper limit."""
        return self.sense == "<=" and self._made(facts) > self.amount

    def _made(self, facts: Mapping[Key, int]) -> int:
        return sum(factor * facts[key] for key, factor in self.terms.items() if key in facts)

    def nothing_more(self, facts: Mapping[Key, int]) -> MoneyCondition:
        """Return the condition that nothing is added to what this one limits."""
        return MoneyCondition({k: 1 for k, factor in self.terms.items() if factor > 0 and k not in facts}, "<=", 0)

    def moved(self, facts: Mapping[Key, int]) -> MoneyCondition:
        """Return the condition, with a hard upper limit raised to the payments made already where these exceed it."""
        if self.penalty is not None or not self.exceeded(facts):
            return self
        return MoneyCondition(self.terms, self.sense, self._made(facts))

    def as_reached(self, paid: Mapping[Key, int]) -> MoneyCondition:
        """Return the condition for payments no worse than `paid`: a soft rule is missed by no more."""
        if self.penalty is None:
            return self
        found = self.sum_of(paid)
        amount = min(self.amount, found) if self.sense == ">=" else max(self.amount, found)
        return MoneyCondition(self.terms, self.sense, amount)
