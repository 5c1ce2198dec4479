"""A node of the search tree, and how a search ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.proof.exact_model import Number


class SearchEnding(StrEnum):
    """How a search ended."""

    DONE = "done"
    """All nodes are closed: no plan is better than the target."""
    NODES = "nodes"
    SECONDS = "seconds"
    STOPPED = "stopped"


@dataclass
class Node:
    """Bounds of the columns, and the bound on all points within them."""

    lower: list[Number]
    upper: list[Number]
    bound: Fraction
    """Exact bound on the points of the node."""
    point: NDArray[np.float64] | None = None
    value: float = math.inf
    """The value of that point, as the solver reports it."""
    empty: bool = False
    """Whether it is proven that the node has no point."""

    def child(self, column: int, at: int, up: bool) -> Node | None:
        """Return the node in which the column is at most `at`, or more than that; None where it cannot be."""
        lower, upper = self.lower.copy(), self.upper.copy()
        if up:
            lower[column] = max(lower[column], at + 1)
        else:
            upper[column] = min(upper[column], at)
        return None if lower[column] > upper[column] else Node(lower, upper, self.bound)
