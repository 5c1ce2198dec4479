"""Whole people and classes near the relaxation of a block within its allotment: fast, where no search is needed.

    relaxation within the allotment  ->  classes and yes-or-no decisions to the nearest whole number  ->  relaxation
                                     ->  people down  ->  what follows from them  ->  exact check of the rows

Where rounding gives no plan, or loses much, HiGHS searches whole numbers next to those of the relaxation, with the
others held. The result is only proposed: its rows over whole columns hold exactly, and settlement decides about money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.domain.decisions import Decisions
from planner.nation.pieces import Shared
from planner.nation.priced import PricedModel
from planner.proof.columns import CHOICES, MONEY
from planner.proof.exact_model import ExactModel, Term
from planner.proof.formulation import Formulation, decisions_at
from planner.proof.relaxation import Relaxation

WHOLE: Final = 1e-6
"""Distance from a whole number up to which a value counts as whole."""

LOWER: Final = 1e-4
"""Weight of everything that a level below may cost, compared with the gaps closed [0-1]."""

SEARCHING: Final = (("presolve", "on"), ("mip_rel_gap", 0.0005), ("mip_max_nodes", 50))
"""How HiGHS searches whole numbers next to those of the relaxation: nodes rather than seconds, so that the plan is the
same every time."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Proposed:
    """Decisions that keep all rows over whole numbers, and the bound of the relaxation that they came from."""

    decisions: Decisions
    most: float
    """The most that the block can do within its allotment [weighted gaps]."""


def proposals(model: PricedModel, allotment: Mapping[Shared, int]) -> Iterator[Proposed]:
    """Yield proposed decisions of a block within its allotment, the fastest first; none where the relaxation has no
    point."""
    exact = model.model.copy()
    for shared, terms in model.use.items():
        exact.row(terms, high=allotment.get(shared, 0))
    rounding = _Rounding(model.formulation, Relaxation(exact, model.goal, model.stood_before_rows()))
    root = rounding.solved({})
    if root is None:
        return
    goal = _with_lower_levels(model.formulation, model.goal, root[0])
    rounding.relaxation.price(goal)
    point = rounding.solved({})
    if point is None:
        return
    for way in (rounding.rounded, rounding.searched):
        whole = way(point[0])
        if whole is not None and _keeps(exact, whole):
            yield Proposed(decisions_at(model.formulation.columns, whole), root[1])


def _keeps(model: ExactModel, point: Sequence[int]) -> bool:
    """Return whether the whole columns keep every row over them alone, except for money, which is settled
    afterwards."""
    told = [whole and rank != MONEY for whole, rank in zip(model.whole, model.rank, strict=True)]
    for row, (low, high) in enumerate(zip(model.low, model.high, strict=True)):
        begin, end = model.starts[row], model.starts[row + 1]
        columns = model.indices[begin:end]
        if all(map(told.__getitem__, columns)):
            reached = sum(n * point[c] for c, n in zip(columns, model.values[begin:end], strict=True))
            if (low is not None and reached < low) or (high is not None and reached > high):
                return False
    return True


def _with_lower_levels(formulation: Formulation, goal: Iterable[Term], point: Values) -> list[Term]:
    """Return the goal with the levels below it, each with so little weight that it decides only between equals."""
    terms = list(goal)
    part = Fraction(LOWER) * Fraction(max(1.0, sum(float(n) * point[c] for c, n in terms)))
    number = [level.goal for level in formulation.levels].index("gaps_closed")
    for level in range(number + 1, len(formulation.levels)):
        lower = formulation.goals[level]
        most = Fraction(max(1.0, sum(abs(float(n)) * point[c] for c, n in lower)))
        sign = 1 if formulation.maximises(level) else -1
        terms += [(c, sign * n * (part / most).limit_denominator(10**15)) for c, n in lower]
        part *= Fraction(LOWER)
    return terms


class _Rounding:
    """Whole numbers near one relaxation."""

    def __init__(self, formulation: Formulation, relaxation: Relaxation) -> None:
        self.relaxation = relaxation
        model = formulation.model
        self.lower, self.upper = list(model.lower), list(model.upper)
        whole, rank = np.array(model.whole, dtype=bool), np.array(model.rank)
        self.design = np.flatnonzero(whole & (rank == CHOICES))
        c = formulation.columns
        self.people = np.array(sorted({*c.seats.values(), *c.classes.values()}), dtype=np.int64)
        self.whole = np.flatnonzero(whole & (rank != MONEY))
        self.size = len(rank)

    def solved(self, fixed: Mapping[int, int]) -> tuple[Values, float] | None:
        """Return the relaxation with some columns fixed, and its value; None where it has no point."""
        lower, upper = list(self.lower), list(self.upper)
        for column, value in fixed.items():
            lower[column] = upper[column] = value
        self.relaxation.within(lower, upper)
        hint = self.relaxation.solve()
        return None if hint.point is None else (hint.point, hint.value)

    def rounded(self, point: Values) -> list[int] | None:
        """Return classes rounded to the nearest and people rounded down; None where that is not possible."""
        for near in (0.5, WHOLE):
            design = {int(c): self._within(c, np.floor(point[c] + near)) for c in self.design}
            again = self.solved(design)
            if again is not None:
                seats = {int(c): self._within(c, np.floor(again[0][c] + WHOLE)) for c in self.people}
                return self._followed(design | seats)
        return None

    def _within(self, column: Any, value: float) -> int:
        return int(min(max(int(value), self.lower[column]), self.upper[column]))

    def _followed(self, fixed: dict[int, int]) -> list[int] | None:
        """Return the values of all whole columns, where those `fixed` determine the others; None where they do not."""
        last = self.solved(fixed)
        if last is None:
            return None
        found = [0] * self.size
        for column in self.whole:
            value = float(last[0][column])
            near = round(value)
            found[column] = near if abs(value - near) <= WHOLE else self._within(column, np.ceil(value))
        return found

    def searched(self, point: Values) -> list[int] | None:
        """Return classes, then people, next to those of the relaxation, by a search of HiGHS; whole values stay."""
        held: dict[int, int] = {}
        for columns in (self.design, self.people):
            found = self._search(point, columns, held)
            if found is None:
                return None
            held |= {int(c): self._within(c, round(found[c])) for c in columns}
            again = self.solved(held)
            if again is None:
                return None
            point = again[0]
        return self._followed(held)

    def _search(self, point: Values, columns: NDArray[Any], held: Mapping[int, int]) -> Values | None:
        """Return the best point whose `columns` are whole and next to those of `point`; None where none is found."""
        import highspy

        lower, upper = list(self.lower), list(self.upper)
        for column, value in held.items():
            lower[column] = upper[column] = value
        for column in columns:
            lower[column] = self._within(column, np.floor(point[column] + WHOLE))
            upper[column] = self._within(column, np.ceil(point[column] - WHOLE))
        loose = np.array([c for c in columns if lower[c] < upper[c]], dtype=np.int32)
        if not len(loose):
            return point
        highs, kinds = self.relaxation.highs, highspy.HighsVarType
        self.relaxation.within(lower, upper)
        highs.changeColsIntegrality(len(loose), loose, np.array([kinds.kInteger] * len(loose)))
        for option, setting in SEARCHING:
            highs.setOptionValue(option, setting)
        highs.run()
        found = highs.getSolution()
        values = np.asarray(found.col_value) * self.relaxation.of_column if found.value_valid else None
        highs.changeColsIntegrality(len(loose), loose, np.array([kinds.kContinuous] * len(loose)))
        highs.setOptionValue("presolve", "off")
        return values
