"""The cuts of one proof, made again for the proof of a similar scenario.

A cut follows from its multipliers, whatever they are: in another model with as many rows and columns, the same
multipliers give another cut that holds there. So cuts are never carried over, only how they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.proof.cuts import Cut, CutMaker
from planner.proof.exact_model import ExactModel, IntegerRow, Number
from planner.proof.relaxation import SimplexBasis


@dataclass(frozen=True)
class Recipe:
    """How a cut was made: its round, and a multiplier for each row of the model, or earlier cut (-1 - its number)."""

    round: int
    multipliers: dict[int, float]


@dataclass(frozen=True)
class KeptCuts:
    """How the cuts of a root that still hold with equality were made, and the bases of its relaxations."""

    rows: int
    """The number of rows without cuts."""
    points: tuple[NDArray[np.float64], ...]
    """The point that each round cut off."""
    recipes: dict[int, Recipe]
    """By number, in the order in which they were made; including those from which others are made."""
    plain: SimplexBasis | None
    last: SimplexBasis | None
    """Basis of the relaxation without cuts, and that of the last one, with a row for each number in `order`."""
    order: tuple[int, ...]
    """The numbers of the cuts that were rows at the end."""
    known: Mapping[int, IntegerRow | None] = field(default_factory=dict)
    """By number: the cut that the recipe certainly gives; None where it gives none."""

    def fits(self, model: ExactModel) -> bool:
        """Return whether `model` has as many rows and columns."""
        return len(model.low) == self.rows and all(len(point) == len(model.upper) for point in self.points)

    def again(
        self, plain: ExactModel, lower: list[Number], upper: list[Number]
    ) -> tuple[ExactModel, SimplexBasis | None]:
        """Return `plain` with the cuts that the recipes give there, and the basis to start from."""
        model, place = self._made(plain, lower, upper)
        return model, self._begin(place)

    def made(self, plain: ExactModel) -> dict[int, IntegerRow | None]:
        """Return by number the cut that each recipe gives in `plain`; None where it gives none."""
        model, place = self._made(plain, list(plain.lower), list(plain.upper))
        return {cut: model.integers(place[cut]) if cut in place else None for cut in self.recipes}

    def _made(self, plain: ExactModel, lower: list[Number], upper: list[Number]) -> tuple[ExactModel, dict[int, int]]:
        """Return `plain` with its cuts, and the row of each by its number."""
        model, place = plain.copy(), dict[int, int]()
        maker: CutMaker | None = None
        for number, point in enumerate(self.points):
            ours = {cut: recipe for cut, recipe in self.recipes.items() if recipe.round == number}
            if not ours.keys() <= self.known.keys():
                maker = CutMaker(model, point, lower, upper) if maker is None else maker.at(model, point)
            for cut, recipe in ours.items():
                if cut in self.known:
                    if (row := self.known[cut]) is not None:
                        place[cut] = len(model.low)
                        model.row_again(row)
                    continue
                known = ((row if row >= 0 else place.get(-1 - row), z) for row, z in recipe.multipliers.items())
                made = None if maker is None else maker.cut({row: z for row, z in known if row is not None})
                if made is not None:
                    place[cut] = len(model.low)
                    model.row(made.terms.items(), high=made.high)
        return model, place

    def rows_of_cuts(self) -> dict[int, set[int]]:
        """Return, by number, the rows without cuts that a cut is made of, including those of the cuts that it is made
        of."""
        found = dict[int, set[int]]()
        for cut, recipe in self.recipes.items():
            parts = ({row} if row >= 0 else found.get(-1 - row, set()) for row in recipe.multipliers)
            found[cut] = set[int]().union(*parts)
        return found

    def _begin(self, place: dict[int, int]) -> SimplexBasis | None:
        """Return the basis to start from; rows that were not in it are basic."""
        if self.last is None:
            return None
        stood = dict(zip(self.order, self.last.rows[self.rows :], strict=True))
        basic = next((status for status in self.last.rows if "Basic" in str(status)), None)
        rows = [stood.get(cut, basic) for cut in place]
        if None in rows:
            return None
        return SimplexBasis(self.last.columns, (*self.last.rows[: self.rows], *rows), keeps_added=False)


@dataclass
class CutLog:
    """Records how the cuts of a root are made, round by round."""

    first: int
    """The number of rows without cuts."""
    points: list[NDArray[np.float64]] = field(default_factory=list)
    recipes: list[Recipe] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    """The number of the cut of each row after the first."""

    def add(self, point: NDArray[np.float64], kept: Sequence[int], made: Iterable[Cut]) -> None:
        """Record a round that cuts off `point`: the rows that are `kept` of earlier rounds, and the cuts made."""
        numbers = [self.order[row - self.first] for row in kept if row >= self.first]
        for cut in made:
            known = {
                row if row < self.first else -1 - self.order[row - self.first]: z for row, z in cut.made_of.items()
            }
            numbers.append(len(self.recipes))
            self.recipes.append(Recipe(len(self.points), known))
        self.points.append(point)
        self.order = numbers

    def kept(self, holding: Iterable[int], plain: SimplexBasis | None, last: SimplexBasis | None) -> KeptCuts:
        """Return what is kept of the cuts whose rows are `holding` with equality at the end."""
        wanted = {self.order[row - self.first] for row in holding}
        for number in range(len(self.recipes) - 1, -1, -1):
            if number in wanted:
                wanted |= {-1 - row for row in self.recipes[number].multipliers if row < 0}
        recipes = {number: self.recipes[number] for number in sorted(wanted)}
        return KeptCuts(self.first, tuple(self.points), recipes, plain, last, tuple(self.order))
