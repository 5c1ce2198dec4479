"""Chooses the column to branch on, by the gains of earlier branchings on each column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEAST_PART: Final = 1e-6
"""Distance from a whole number below which a branching does not count for the gain of a whole unit."""

LEAST_GAIN: Final = 1e-9
"""Smallest gain counted for a side, so that the other side still matters in the product."""


class Gains:
    """Pseudo-costs: by how much the bound fell for each unit that a column was moved, up or down.

    They are floats of a solver and only decide the order of the search.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, bool], tuple[float, int]] = {}

    def learn(self, column: int, up: bool, part: float, fell: float) -> None:
        """Record a branching on a column that was `part` above a whole number."""
        share = (1 - part) if up else part
        if share > LEAST_PART:
            total, number = self._known.get((column, up), (0.0, 0))
            self._known[column, up] = total + max(fell, 0.0) / share, number + 1

    def unknown(self, columns: NDArray[np.int64], parts: NDArray[np.float64]) -> Iterator[int]:
        """List the places of columns not branched on yet, those furthest from whole numbers first."""
        for place in np.argsort(np.abs(parts - 0.5), kind="stable"):
            column = int(columns[place])
            if (column, False) not in self._known or (column, True) not in self._known:
                yield int(place)

    def best(self, columns: NDArray[np.int64], parts: NDArray[np.float64]) -> int:
        """Return the place of the column with the largest product of expected gains."""
        down, up = self._average(False), self._average(True)
        scores = [
            max(self._of(int(column), False, down) * part, LEAST_GAIN)
            * max(self._of(int(column), True, up) * (1 - part), LEAST_GAIN)
            for column, part in zip(columns, parts, strict=True)
        ]
        return int(np.argmax(scores))

    def _of(self, column: int, up: bool, otherwise: float) -> float:
        known = self._known.get((column, up))
        return otherwise if known is None else known[0] / known[1]

    def _average(self, up: bool) -> float:
        known = [total / number for (_, side), (total, number) in self._known.items() if side == up]
        return sum(known) / len(known) if known else 1.0
