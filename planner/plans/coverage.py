"""Gaps needed and closed in some part of a plan, and what the training of a group costs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Coverage:
    """Gaps needed [people] and closed [expected people] in some part of the plan."""

    need: int
    closed: Fraction

    @property
    def left(self) -> Fraction:
        """Gaps that stay open: need - closed."""
        return self.need - self.closed

    @property
    def share(self) -> Fraction:
        """closed / need [0-1]; 1 where nothing is needed."""
        return self.closed / self.need if self.need else Fraction(1)


@dataclass(frozen=True, slots=True)
class GroupCost:
    """What the training of a group costs [rupiah]."""

    direct: int
    """Participant items and socialization of the group."""
    shared: int
    """Its part of the class and programme items, divided by participants."""

    @property
    def total(self) -> int:
        return self.direct + self.shared
