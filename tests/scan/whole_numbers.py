"""An exact solver of tiny integer programmes: a simplex in fractions, and branches on what is not whole.

    least(goals, rows) -> list[Fraction] | None

It shares nothing with the program and knows no tolerance, so it may judge amounts of any size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

Terms = Mapping[int, Fraction | int]
"""Column -> coefficient."""
Row = tuple[Terms, Fraction | int]
"""Terms whose sum is at most a number."""

MOST_BRANCHES = 400


class TooHard(ArithmeticError):
    """More branches than a tiny programme should need."""


def least(
    goals: Sequence[Terms], rows: Sequence[Row], columns: int, whole: int, sums: Sequence[Terms] = ()
) -> list[Fraction] | None:
    """The point x >= 0 that keeps all rows and makes the goals least, each held while the next is sought.

    The first `whole` of all `columns` are whole numbers. `sums` of them are branched on first: where those are whole,
    the columns often are of themselves. None where there is no such point.
    """
    parts = [*sums, *({n: 1} for n in range(whole))]
    held, point = list(rows), None
    for goal in goals or [{}]:
        point = _branched(goal, held, columns, parts)
        if point is None:
            return None
        held.append((goal, _sum(goal, point)))
    return point


def _sum(terms: Terms, point: Sequence[Fraction]) -> Fraction:
    return sum((factor * point[column] for column, factor in terms.items()), Fraction(0))


def _branched(goal: Terms, rows: list[Row], columns: int, parts: Sequence[Terms]) -> list[Fraction] | None:
    best: tuple[Fraction, list[Fraction]] | None = None
    todo: list[list[Row]] = [[]]
    looked = 0
    while todo:
        looked += 1
        if looked > MOST_BRANCHES:
            raise TooHard
        cut = todo.pop()
        point = _relaxed(goal, [*rows, *cut], columns)
        if point is None or (best is not None and _sum(goal, point) >= best[0]):
            continue
        split = next((terms for terms in parts if _sum(terms, point).denominator != 1), None)
        if split is None:
            best = _sum(goal, point), point
            continue
        below = floor(_sum(split, point))
        opposite = {column: -factor for column, factor in split.items()}
        todo += [[*cut, (opposite, -below - 1)], [*cut, (split, below)]]
    return None if best is None else best[1]


def _relaxed(goal: Terms, rows: Sequence[Row], columns: int) -> list[Fraction] | None:
    """The point x >= 0 that keeps the rows and makes the goal least, in fractions; None where there is none."""
    table = _Table(rows, columns)
    if not table.feasible():
        return None
    table.minimise(goal)
    return table.point()


class _Table:
    """A dictionary: each basic variable as a constant less a sum of the others. Bland's rule keeps it from cycling.

    Variables: the columns, then a slack for each row; the last one is what rows may be broken by to begin with.
    """

    def __init__(self, rows: Sequence[Row], columns: int) -> None:
        self.columns = columns
        self.helper = columns + len(rows)
        self.outside = [*range(columns), self.helper]
        self.basis = [columns + n for n in range(len(rows))]
        self.table = [
            [*(Fraction(terms.get(n, 0)) for n in range(columns)), Fraction(-1), Fraction(limit)]
            for terms, limit in rows
        ]
        self.goal = [Fraction(0)] * (columns + 2)

    def feasible(self) -> bool:
        """Whether some point keeps all rows; the table stands at one then."""
        worst = min(range(len(self.table)), key=lambda n: self.table[n][-1], default=None)
        if worst is None or self.table[worst][-1] >= 0:
            self._drop_helper()
            return True
        self.goal[self.columns] = Fraction(-1)  # the goal is the helper itself, to be least
        self._pivot(worst, self.columns)
        self._run()
        if self.goal[-1] != 0:
            return False
        if self.helper in self.basis:
            row = self.basis.index(self.helper)
            place = next((n for n in range(len(self.outside)) if self.table[row][n] != 0), None)
            if place is None:
                del self.table[row], self.basis[row]
            else:
                self._pivot(row, place)
        self._drop_helper()
        return True

    def _drop_helper(self) -> None:
        if self.helper in self.outside:
            place = self.outside.index(self.helper)
            del self.outside[place]
            for row in self.table:
                del row[place]
        self.goal = [Fraction(0)] * (len(self.outside) + 1)

    def minimise(self, goal: Terms) -> None:
        """Go to the best point for `goal`. Every goal here is bounded from below."""
        for column, factor in goal.items():
            if column in self.outside:
                self.goal[self.outside.index(column)] -= factor
            else:
                row = self.table[self.basis.index(column)]
                for n in range(len(self.outside)):
                    self.goal[n] += factor * row[n]
                self.goal[-1] += factor * row[-1]
        self._run()

    def point(self) -> list[Fraction]:
        values = {variable: row[-1] for variable, row in zip(self.basis, self.table, strict=True)}
        return [values.get(n, Fraction(0)) for n in range(self.columns)]

    def _run(self) -> None:
        """Pivot while a variable outside makes the goal, goal[-1] - sum of goal[n] x outside[n], less."""
        while True:
            places = [n for n in range(len(self.outside)) if self.goal[n] > 0]
            if not places:
                return
            place = min(places, key=lambda n: self.outside[n])
            limits = [(row[-1] / row[place], self.basis[n], n) for n, row in enumerate(self.table) if row[place] > 0]
            if not limits:
                raise ArithmeticError("a goal without a least value")
            self._pivot(min(limits)[2], place)

    def _pivot(self, number: int, place: int) -> None:
        row = self.table[number]
        factor = row[place]
        row[place] = Fraction(1)
        self.table[number] = row = [value / factor for value in row]
        busy = [n for n, value in enumerate(row) if value]
        for other in (*(r for r in self.table if r is not row), self.goal):
            share = other[place]
            if share:
                other[place] = Fraction(0)
                for n in busy:
                    other[n] -= share * row[n]
        self.basis[number], self.outside[place] = self.outside[place], self.basis[number]
