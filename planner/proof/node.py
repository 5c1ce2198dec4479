"""A branch of a search that is still to be looked into, and how a search ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.proof.exact_model import Number


class Outcome(StrEnum):
    """How a search ended."""

    DONE = "done"
    """Every branch is closed: nothing is better than the target."""
    NODES = "nodes"
    SECONDS = "seconds"
    STOPPED = "stopped"


@dataclass
class Node:
    """Bounds of the columns, and what is known of the points within them."""

    lower: list[Number]
    upper: list[Number]
    bound: Fraction
    """No point within is better; exact."""
    point: NDArray[np.float64] | None = None
    value: float = math.inf
    """The value of that point, by the solver's word."""
    empty: bool = False
    """Whether it is proven that there is no point within."""
