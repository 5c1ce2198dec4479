"""The bound that the duals of a relaxation prove, refined where it is weaker than the relaxation's value."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.proof.dual_bound import Bound, Bounder
from planner.proof.node import Node
from planner.proof.relaxation import Relaxation

REFINEMENTS: Final = 2


def refined(
    bounder: Bounder, relaxation: Relaxation, duals: NDArray[np.float64], value: float, node: Node, short: float
) -> Bound:
    """Compute the bound that `duals` prove within a `node`.

    Refine them while it is weaker than the relaxation's `value` by more than `short`, relatively.
    """
    lower, upper = node.lower, node.upper
    proven = bounder.bound(duals, lower, upper)
    for _ in range(REFINEMENTS):
        if float(proven.value) - value <= short * max(1.0, abs(value)):
            break
        more = relaxation.refine(proven.reduced_costs())
        if more is None:
            break
        duals = duals + more
        better = bounder.bound(duals, lower, upper)
        if better.value >= proven.value:
            break
        proven = better
    return proven
