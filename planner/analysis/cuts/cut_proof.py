"""The cut-proof list: plans for smaller budgets, each contained in the next larger one.

Own funds are cut, all alike, in whole rupiah. Each budget has its free optimum, and a nested plan: the classes of a
smaller budget are among those of the larger, and so are the participants per period of programmes without classes.
Then a cut takes from the list and never asks for something new.

Nesting can be done from two ends. Downwards: the full budget's plan is the best one, and each smaller budget may only
keep of the next larger. Upwards: the smallest budget's plan is the best one, and each larger budget must keep all of
the next smaller. Both are made, and this written rule takes one of them: the one that has a plan at more of the
budgets; then the one that loses least against the free optima, summed over all budgets; then downwards. That no other
nested plans lose less is not proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from planner.analysis.cuts.nesting import Held, Nested, budgets, held_of, improved, nest
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan, Status

Direction = Literal["down", "up"]


@dataclass(frozen=True)
class Budget:
    """What is possible with own funds cut by a share."""

    cut: Fraction
    amounts: dict[str, int]
    """Own funds after the cut [rupiah]."""
    free: Plan | None
    """The best plan for this budget alone."""
    nested: Plan | None
    """The best plan that fits into the list."""
    status: Status | None
    """How the free optimum ended."""
    message: str = ""

    @property
    def amount(self) -> int:
        """All own funds together [rupiah]."""
        return sum(self.amounts.values())

    @property
    def lost(self) -> Fraction | None:
        """What nesting costs: gaps level of the free plan less that of the nested one; weighted, less penalties."""
        if self.free is None or self.nested is None:
            return None
        return self.free.gaps_level.value - self.nested.gaps_level.value


@dataclass(frozen=True)
class Lot:
    """Classes of a programme in a period that share their fate; or participants, where it has no classes."""

    programme: str
    period: str
    number: int
    people: bool
    """Whether `number` counts participants."""
    lost_at: Fraction | None
    """The cut at which they go; None for those that survive all: the core."""


@dataclass(frozen=True)
class Cuts:
    """The cut-proof list."""

    plan: Plan
    direction: Direction
    budgets: tuple[Budget, ...]
    """From the full budget to the deepest cut."""
    lots: tuple[Lot, ...]
    """What goes first comes first; the core last; within a cut in file order."""
    other_lost: Fraction | None
    """What the other direction loses in sum; None where it has no plan at some budget."""

    @property
    def lost(self) -> Fraction:
        """What nesting costs, summed over all budgets."""
        return _lost(self.budgets)


def cuts(inquiry: Inquiry, shares: Sequence[Fraction] = (Fraction(1, 10), Fraction(2, 10), Fraction(3, 10))) -> Cuts:
    """The cut-proof list for cuts of own funds by `shares`."""
    levels = [Fraction(0), *sorted({share for share in shares if share})]
    scenarios = budgets(inquiry.scenario, levels)
    results = inquiry.solve({_name("free", n): scenarios[n] for n in range(1, len(levels))})
    free: list[Plan | None] = [inquiry.plan, *(results[_name("free", n)].plan for n in range(1, len(levels)))]
    down, up = nest(inquiry, scenarios, free)
    free = improved(scenarios, free, (down, up))
    made: dict[Direction, tuple[Budget, ...]] = {}
    chains: dict[Direction, Nested] = {"down": down, "up": up}
    for direction, chain in chains.items():
        of_budgets = []
        for n, cut in enumerate(levels):
            result = None if not n else results[_name("free", n)]
            amounts = {fund.id: fund.amount for fund in scenarios[n].funds if fund.own}
            status, message = (inquiry.plan.status, "") if result is None else (result.status, result.message)
            of_budgets.append(Budget(cut, amounts, free[n], chain[n], status, message))
        made[direction] = tuple(of_budgets)
    best = min(made, key=lambda direction: (_without_plan(made[direction]), _lost(made[direction]), direction == "up"))
    other = made["up" if best == "down" else "down"]
    complete = _without_plan(other) <= _without_plan(made[best])
    lots = tuple(_lots(inquiry.scenario, made[best]))
    return Cuts(inquiry.plan, best, made[best], lots, _lost(other) if complete else None)


def _name(kind: str, number: int) -> str:
    return f"{kind} {number}"


def _without_plan(budgets: Sequence[Budget]) -> int:
    return sum(budget.nested is None for budget in budgets)


def _lost(budgets: Sequence[Budget]) -> Fraction:
    return sum((budget.lost or Fraction(0) for budget in budgets), Fraction(0))


def _lots(scenario: Scenario, budgets: Sequence[Budget]) -> list[Lot]:
    """What each cut takes, and what is left in the end."""
    steps: list[tuple[Fraction, Held]] = [(b.cut, held_of(scenario, b.nested)) for b in budgets if b.nested is not None]
    lots = []
    for (_cut, larger), (cut, smaller) in pairwise(steps):
        lots += _taken(scenario, larger, smaller, cut)
    return lots + (_taken(scenario, steps[-1][1], Held({}, {}), None) if steps else [])


def _taken(scenario: Scenario, larger: Held, smaller: Held, cut: Fraction | None) -> list[Lot]:
    """What is in `larger` and not in `smaller`, in file order."""
    return [
        Lot(p.id, t, number, people, cut)
        for p in scenario.programmes
        for t in scenario.horizon
        for people, of in ((False, "classes"), (True, "people"))
        if (number := getattr(larger, of).get((p.id, t), 0) - getattr(smaller, of).get((p.id, t), 0)) > 0
    ]


__all__ = ["Budget", "Cuts", "Lot", "Nested", "cuts"]
