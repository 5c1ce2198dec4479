"""Chooses the column to branch on, by the gains of branchings on each column, made or tried."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.proof.columns import MONEY
from planner.proof.node import Node
from planner.proof.relaxation import Relaxation

LOOK: Final = 20
"""Most columns that are tried before one is chosen (strong branching)."""

LEAST_PART: Final = 1e-6
"""Distance from a whole number below which a branching does not count for the gain of a whole unit."""

LEAST_GAIN: Final = 1e-9
"""Smallest gain counted for a side, so that the other side still matters in the product."""

LEAST_SHARE: Final = 0.01
"""The same as a share of what is left to the target [0-1]."""

RELIABLE: Final = 4
"""Times that a column is tried before its gains are believed to be small [times]: tried once at the root, where other
columns made up for it, classes seemed to have no effect that decided everything later."""

WORTHWHILE: Final = 0.05
"""Gain of a branching, as a share of what is left to the target, below which columns that are branched on later are
tried too [0-1]: among the classes left in fractions some had no effect at all, and 600 nodes proved nothing more."""


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

    def unsure(self, columns: NDArray[np.int64], parts: NDArray[np.float64], times: int) -> Iterator[int]:
        """List the places of columns of which a side was branched on or tried less than so many `times`, those furthest
        from whole numbers first."""
        for place in np.argsort(np.abs(parts - 0.5), kind="stable"):
            column = int(columns[place])
            if min(self._known.get((column, up), (0.0, 0))[1] for up in (False, True)) < times:
                yield int(place)

    def best(self, columns: NDArray[np.int64], parts: NDArray[np.float64], room: float) -> tuple[float, int]:
        """Return the largest geometric mean of the expected gains of a column, and its place.

        No gain counts for more than the `room` to the target, where a side is closed, nor for less than a small share
        of it: a column that closes one side alone is worth more than one that hardly moves both.
        """
        least = LEAST_SHARE * room if math.isfinite(room) else LEAST_GAIN
        averages = {up: self._average(up) for up in (False, True)}
        scores = np.ones(len(columns))
        for up, shares in ((False, parts), (True, 1 - parts)):
            units = np.array([self._of(column, up, averages[up]) for column in columns.tolist()])
            scores *= np.clip(units * shares, least, room)
        place = int(np.argmax(scores))
        return math.sqrt(scores[place]), place

    def _of(self, column: int, up: bool, otherwise: float) -> float:
        known = self._known.get((column, up))
        return otherwise if known is None else known[0] / known[1]

    def _average(self, up: bool) -> float:
        known = [total / number for (_, side), (total, number) in self._known.items() if side == up]
        return sum(known) / len(known) if known else 1.0


class Chooser:
    """Chooses the column to branch on, and learns what each branching gains."""

    def __init__(self) -> None:
        self.gains = Gains()

    def chosen(
        self,
        node: Node,
        columns: NDArray[np.int64],
        ranks: NDArray[np.int64],
        relaxation: Relaxation,
        target: Fraction | None,
    ) -> int:
        """Choose one of the `columns`, which are not whole in the node's point.

        It is one of the first in the order of branching, their `ranks`. Where none of those gains much, they are tried
        again, and then one of the next may gain more. `target` is the value from which a point counts.
        """
        room = math.inf if target is None else max(float(node.bound - target), 0.0)
        worthwhile = 0.0 if target is None else WORTHWHILE * room
        found: list[tuple[float, int]] = []
        for rank in np.unique(ranks):
            if found and rank == MONEY:
                break
            for times in (1, RELIABLE):
                found.append(self._best(node, columns[ranks == rank], times, relaxation, room))
                if found[-1][0] > worthwhile:
                    return found[-1][1]
        return max(found)[1]

    def _best(
        self, node: Node, columns: NDArray[np.int64], times: int, relaxation: Relaxation, room: float
    ) -> tuple[float, int]:
        """Return the gain of the best of these columns, and the column; both sides of some are tried so many `times`
        first."""
        assert node.point is not None
        parts = node.point[columns] - np.floor(node.point[columns])
        for place in list(self.gains.unsure(columns, parts, times))[:LOOK]:
            self._look(node, int(columns[place]), float(parts[place]), relaxation, room)
        gain, place = self.gains.best(columns, parts, room)
        return gain, int(columns[place])

    def _look(self, node: Node, column: int, part: float, relaxation: Relaxation, room: float) -> None:
        """Estimate the gain of branching on a column, `part` above a whole number, by solving both branches."""
        assert node.point is not None
        for up in (False, True):
            child = node.child(column, math.floor(node.point[column]), up)
            if child is None:
                continue
            relaxation.within(child.lower, child.upper)
            hint = relaxation.solve()
            if hint.point is not None:
                self.gains.learn(column, up, part, float(node.bound) - hint.value)
            elif hint.ray is not None:  # a side without points is worth as much as closing it
                self.gains.learn(column, up, part, 1.0 if math.isinf(room) else max(room, 1e-6))
