"""A least budget between what is proven too little and what has a checked plan."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.plans.plan import Plan

OPEN: Final = Fraction(1, 100)
"""Part of a least budget from which what is not ruled out below it is told."""


@dataclass(frozen=True)
class LeastBudget:
    """A least budget [rupiah]: no total below `lowest` suffices; `budget` has a checked plan, None if none is known."""

    lowest: int
    budget: int | None
    plan: Plan | None

    @property
    def exact(self) -> bool:
        return self.budget == self.lowest

    @property
    def open(self) -> bool:
        """Whether clearly less may be enough: `budget` is then a limit, not the amount that it takes."""
        return self.budget is not None and self.budget - self.lowest > OPEN * self.budget
