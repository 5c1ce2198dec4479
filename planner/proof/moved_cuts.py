"""How the cuts of one exact model were made, in the rows and columns of another that mean the same.

Whatever the multipliers of a cut are, what they give in the other model holds there. So a row that is matched
wrongly makes a cut weaker, never wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.proof.columns import Columns
from planner.proof.exact_model import ExactModel
from planner.proof.kept_cuts import KeptCuts, Recipe
from planner.proof.relaxation import SimplexBasis

NAMED: Final = (
    "seats",
    "trained",
    "classes",
    "held",
    "runs",
    "in_period",
    "present",
    "socialized",
    "used",
    "due",
    "closed",
    "full",
    "missed",
    "worst",
    "attendees",
)
"""Families of columns whose keys name the same thing in similar scenarios."""

NOWHERE: Final = -1


def moved(kept: KeptCuts, known: Columns, other: Columns) -> KeptCuts:
    """Return `kept` of the model of `known`, for that of `other`; itself where both have the same rows and columns."""
    old, new = known.model, other.model
    if old.indices == new.indices and old.starts == new.starts and len(old.upper) == len(new.upper):
        return kept
    columns = _same(_columns(known), _columns(other), len(old.upper))
    rows = _same_rows(old, new, columns)
    there = columns >= 0
    points = []
    for point in kept.points:
        ours = np.zeros(len(new.upper))
        ours[columns[there]] = point[there]
        points.append(ours)
    place = {NOWHERE - cut: NOWHERE - cut for cut in kept.recipes} | rows
    recipes = {
        number: Recipe(recipe.round, {place[row]: z for row, z in recipe.multipliers.items() if row in place})
        for number, recipe in kept.recipes.items()
    }
    return replace(
        kept,
        rows=len(new.low),
        points=tuple(points),
        recipes=recipes,
        plain=_basis(kept.plain, kept.rows, rows, columns, new),
        last=_basis(kept.last, kept.rows, rows, columns, new),
    )


def _columns(c: Columns) -> Iterator[tuple[Hashable, int]]:
    """Yield what each column is, with its number."""
    for family in NAMED:
        for key, column in getattr(c, family).items():
            yield (family, key), column
    for year, closed in c.until.items():
        for pair, column in closed.items():
            yield ("until", year, pair), column
    for (fund, kind), column in c.free.items():
        yield ("free", fund, kind.programme, kind.period), column
    for (fund, pool), column in c.paid.items():
        yield ("paid", fund, c.pools.members[pool].programme, c.pools.members[pool].period), column


def _same(known: Iterable[tuple[Hashable, int]], other: Iterable[tuple[Hashable, int]], size: int) -> NDArray[np.int64]:
    """Return for each `known` number the number of the same thing in `other`; several of one kind are matched in
    order."""
    found = np.full(size, NOWHERE)
    theirs = _by_key(other)
    for key, numbers in _by_key(known).items():
        for mine, its in zip(numbers, theirs.get(key, ()), strict=False):
            found[mine] = its
    return found


def _by_key(numbered: Iterable[tuple[Hashable, int]]) -> Mapping[Hashable, list[int]]:
    found = defaultdict[Hashable, list[int]](list)
    for key, number in numbered:
        found[key].append(number)
    return found


def _same_rows(old: ExactModel, new: ExactModel, columns: NDArray[np.int64]) -> dict[int, int]:
    """Return for each row of the `old` model that of the `new` one with the same columns, or else the next about the
    same."""
    exact = _same(_rows(old, columns), _rows(new, np.arange(len(new.upper))), len(old.low))
    taken = set(exact[exact >= 0].tolist())
    left = ((about, row) for row, about in enumerate(old.abouts) if exact[row] < 0)
    free = ((about, row) for row, about in enumerate(new.abouts) if row not in taken)
    near = _same(left, free, len(old.low))
    both = np.where(exact >= 0, exact, near)
    return {int(row): int(both[row]) for row in np.flatnonzero(both >= 0)}


def _rows(model: ExactModel, columns: NDArray[np.int64]) -> Iterator[tuple[Hashable, int]]:
    """Yield what each row is about, with its columns, and its number."""
    numbers = columns[np.array(model.indices, dtype=np.int64)].tolist()
    for row, about in enumerate(model.abouts):
        named = about[:1] if about[:1] == ("cost",) else about  # the numbers of cost pools differ between models
        ours = numbers[model.starts[row] : model.starts[row + 1]]
        yield (named, tuple(sorted(column for column in ours if column >= 0))), row


def _basis(
    stood: SimplexBasis | None, first: int, rows: Mapping[int, int], columns: NDArray[np.int64], model: ExactModel
) -> SimplexBasis | None:
    """Return the basis `stood`, with cuts as its rows from `first` on, in the rows and columns of `model`.

    New columns are at their lower bounds, and new rows are basic.
    """
    if stood is None:
        return None
    import highspy  # loaded where a proof begins, not where planning is imported

    ours: list[Any] = [highspy.HighsBasisStatus.kLower] * len(model.upper)
    for column, status in zip(columns.tolist(), stood.columns, strict=True):
        if column >= 0:
            ours[column] = status
    sides: list[Any] = [highspy.HighsBasisStatus.kBasic] * len(model.low)
    for row, place in rows.items():
        sides[place] = stood.rows[row]
    return replace(stood, columns=tuple(ours), rows=(*sides, *stood.rows[first:]))
