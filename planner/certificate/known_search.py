"""A search that keeps how every node was bounded and how every cut was made."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.proof.dual_bound import Bound
from planner.proof.exact_model import ExactModel
from planner.proof.node import Node
from planner.proof.relaxation import SimplexBasis
from planner.proof.search import Search


@dataclass(eq=False)
class KnownNode:
    """What is kept of a node."""

    node: Node
    above: KnownNode | None = None
    column: int = -1
    floor: int = 0
    """The node was divided from the one above into column <= floor, and column >= floor + 1."""
    up: bool = False
    below: list[KnownNode] = field(default_factory=list)
    duals: NDArray[np.float64] | None = None
    """Multipliers of the rows that bound it, or prove that it is empty."""
    order: tuple[int, ...] = ()
    """The numbers of the cuts that were rows at that time."""


@dataclass
class KnownSearch(Search):
    """A search that uses only what a certificate can state: bounds are not rounded to values that plans can have, and
    those of columns are not tightened."""

    tree: KnownNode | None = field(default=None, init=False)
    cut_rows: dict[int, tuple[dict[int, int], int]] = field(default_factory=dict, init=False)
    """Coefficients and side of each cut, by its number."""
    _known: dict[int, KnownNode] = field(default_factory=dict, init=False)
    _born: dict[int, KnownNode] = field(default_factory=dict, init=False)

    def _use(self, model: ExactModel, start: SimplexBasis | None) -> None:
        if self.log is not None:
            for number, row in enumerate(range(self.log.first, len(model.low))):
                high = model.high[row]
                assert high is not None
                self.cut_rows.setdefault(self.log.order[number], (dict(model.terms(row)), high))
        super()._use(model, start)

    def _child(self, node: Node, column: int, floor: int, up: bool) -> Node | None:
        child = super()._child(node, column, floor, up)
        if child is not None:
            self._born[id(child)] = KnownNode(child, self._known[id(node)], column, floor, up)
        return child

    def _evaluate(self, node: Node, seconds: float | None = None) -> bool:
        known = self._known.get(id(node)) or self._born.pop(id(node), None) or KnownNode(node)
        if id(node) not in self._known:
            self._known[id(node)] = known
            if known.above is None:
                self.tree = known
            else:
                known.above.below.append(known)
        alive = super()._evaluate(node, seconds)
        if node.empty:
            self._keep(known, self.bounder.emptiness)
        return alive

    def _bounded(self, node: Node, duals: NDArray[np.float64], value: float) -> Bound:
        proven = super()._bounded(node, duals, value)
        if proven.value <= node.bound:
            self._keep(self._known[id(node)], proven.duals)
        return proven

    def _keep(self, known: KnownNode, duals: NDArray[np.float64] | None) -> None:
        known.duals, known.order = duals, () if self.log is None else tuple(self.log.order)

    def _tighten(self, node: Node, proven: Bound) -> None:
        """Do nothing: the bounds of the columns stay as the branches have made them."""
