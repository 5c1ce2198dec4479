"""The cut-proof list: plans for smaller budgets, each contained in the next larger one.

All own funds are cut by the same share, in whole rupiah. Each budget has a best plan without nesting ("free") and a
nested plan: classes, participants of each group, programme and period, and the money of each fund and each programme
are at most those of the larger budget. So a cut only strikes from the list, and asks nowhere for more.

Nested plans are made in two directions. Downwards: the full budget has its best plan, and each smaller budget may only
keep parts of the next larger one. Upwards: the smallest budget has its best plan, and each larger budget must keep all
of the next smaller one. One direction is chosen: the one with a plan for more budgets; then the one that loses least
against the free plans, summed over all budgets; then downwards. It is not proven that no other nested plans lose less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from planner.analysis.cuts.nested_part import NOTHING, NestedPart, nested_part
from planner.analysis.cuts.nesting import PlanChain, budgets, improved, nest
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan, Status

Direction = Literal["down", "up"]


@dataclass(frozen=True)
class CutBudget:
    """A budget after a cut, with its free and its nested plan."""

    cut: Fraction
    amounts: dict[str, int]
    """Own funds after the cut [rupiah]."""
    free: Plan | None
    """Best plan without nesting."""
    nested: Plan | None
    """Best plan that fits into the list."""
    status: Status | None
    """Status of the search for `free`."""
    message: str = ""

    @property
    def amount(self) -> int:
        """Total of own funds after the cut [rupiah]."""
        return sum(self.amounts.values())

    @property
    def lost(self) -> Fraction | None:
        """Cost of nesting: gaps level of the free plan less that of the nested one [weighted gaps, less penalties]."""
        if self.free is None or self.nested is None:
            return None
        return self.free.gaps_level.value - self.nested.gaps_level.value


@dataclass(frozen=True)
class ListItem:
    """An item of the list: classes of a programme in a period, or participants if it has no classes."""

    programme: str
    period: str
    number: int
    people: bool
    """Whether `number` counts participants, not classes."""
    lost_at: Fraction | None
    """Cut at which the item is removed; None for the core, which survives all cuts."""


@dataclass(frozen=True)
class Cuts:
    """The cut-proof list."""

    plan: Plan
    direction: Direction
    budgets: tuple[CutBudget, ...]
    """From the full budget to the deepest cut."""
    items: tuple[ListItem, ...]
    """In the order of removal, the core last; within a cut in file order."""
    other_lost: Fraction | None
    """Cost of nesting in the other direction; None if it has plans for fewer budgets."""

    @property
    def lost(self) -> Fraction:
        """Cost of nesting, summed over all budgets [weighted gaps, less penalties]."""
        return _lost(self.budgets)


def cuts(inquiry: Inquiry, shares: Sequence[Fraction] = (Fraction(1, 10), Fraction(2, 10), Fraction(3, 10))) -> Cuts:
    """Return the cut-proof list for cuts of own funds by `shares`."""
    levels = [Fraction(0), *sorted({share for share in shares if share})]
    scenarios = budgets(inquiry.scenario, levels)
    results = inquiry.solve({_name("free", n): scenarios[n] for n in range(1, len(levels))})
    free: list[Plan | None] = [inquiry.plan, *(results[_name("free", n)].plan for n in range(1, len(levels)))]
    down, up = nest(inquiry, scenarios, free)
    free = improved(scenarios, free, (down, up))
    made: dict[Direction, tuple[CutBudget, ...]] = {}
    chains: dict[Direction, PlanChain] = {"down": down, "up": up}
    for direction, chain in chains.items():
        of_budgets = []
        for n, cut in enumerate(levels):
            result = None if not n else results[_name("free", n)]
            amounts = {fund.id: fund.amount for fund in scenarios[n].funds if fund.own}
            status, message = (inquiry.plan.status, "") if result is None else (result.status, result.message)
            of_budgets.append(CutBudget(cut, amounts, free[n], chain[n], status, message))
        made[direction] = tuple(of_budgets)
    best = min(made, key=lambda direction: (_without_plan(made[direction]), _lost(made[direction]), direction == "up"))
    other = made["up" if best == "down" else "down"]
    complete = _without_plan(other) <= _without_plan(made[best])
    items = tuple(_items(inquiry.scenario, made[best]))
    return Cuts(inquiry.plan, best, made[best], items, _lost(other) if complete else None)


def _name(kind: str, number: int) -> str:
    return f"{kind} {number}"


def _without_plan(budgets: Sequence[CutBudget]) -> int:
    return sum(budget.nested is None for budget in budgets)


def _lost(budgets: Sequence[CutBudget]) -> Fraction:
    return sum((budget.lost or Fraction(0) for budget in budgets), Fraction(0))


def _items(scenario: Scenario, budgets: Sequence[CutBudget]) -> list[ListItem]:
    """Return the items removed at each cut, then the core."""
    steps = [(b.cut, nested_part(b.nested)) for b in budgets if b.nested is not None]
    items = []
    for (_cut, larger), (cut, smaller) in pairwise(steps):
        items += _difference(scenario, larger, smaller, cut)
    return items + (_difference(scenario, steps[-1][1], NOTHING, None) if steps else [])


def _difference(scenario: Scenario, larger: NestedPart, smaller: NestedPart, cut: Fraction | None) -> list[ListItem]:
    """Return the items of `larger` that `smaller` does not have, in file order."""
    kinds = ((False, larger.classes, smaller.classes), (True, larger.people(scenario), smaller.people(scenario)))
    return [
        ListItem(p.id, t, number, people, cut)
        for p in scenario.programmes
        for t in scenario.horizon
        for people, more, fewer in kinds
        if (number := more.get((p.id, t), 0) - fewer.get((p.id, t), 0)) > 0
    ]
