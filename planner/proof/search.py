"""An exact search: it proves that no plan is better, or finds a better one.

Branch and bound over the whole columns of a model. HiGHS solves the relaxations, each from the basis of the one before,
but its answers are only hints: a node is closed by a bound or a proof of emptiness that was recomputed exactly from the
duals, and a plan counts only with the exact value that the caller computes.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.proof.branching import Chooser
from planner.proof.columns import MONEY
from planner.proof.cuts import cuts, with_cuts
from planner.proof.dual_bound import Bound, Bounder
from planner.proof.exact_model import ExactModel, Term
from planner.proof.kept_cuts import CutLog, KeptCuts
from planner.proof.node import Node, SearchEnding
from planner.proof.refining import refined
from planner.proof.relaxation import Relaxation, SimplexBasis

FRACTION: Final = 1e-6
"""Distance from a whole number up to which a value of a relaxation counts as whole."""

ARITHMETIC: Final = Fraction(1, 10**9)
"""Relative gap left open where values have no common step; too small to be shown."""

MOST_CUTS: Final = 80
"""Cuts that are added in a round, the deepest first."""

SHORT: Final = 1e-12
SHORT_OF_GAP: Final = 1e-3
"""Relative difference of a bound from the relaxation's value from which its duals are refined; with cuts made again,
this share of the gap."""

LEAST_SECONDS: Final = 3.0
"""Least time that the relaxation of the root is given [s], however little is left: without its duals the bound would be
that of the columns alone, far above every plan, and it takes well under a second except in huge models."""

LEAST_GAIN: Final = 1e-5
"""Relative gain of the relaxation below which no further round of cuts is made."""


@dataclass
class Search:
    """One maximisation over a model; to minimise, maximise the negative.

    `judge` is given the values of the whole columns of a point and returns the exact value of the plan that they
    describe, or None where there is no such plan. `step`: all values are multiples of it; 0 if there is no step.
    """

    model: ExactModel
    objective: Sequence[Term]
    judge: Callable[[list[int]], Fraction | None]
    step: Fraction = Fraction(0)
    best: Fraction | None = None
    gap: Fraction = Fraction(0)
    """Relative gap to the best plan within which a node is closed."""
    size: Callable[[], Fraction] | None = None
    """What the gap is relative to; by default the larger of the best value and 1."""
    start: SimplexBasis | None = None
    """Basis from which the relaxation starts: of the same rows, or of the first of them."""
    settles: bool = True
    """Whether `judge` finds payments itself, so that those of a point need not be whole."""
    nodes: int = 0
    found: bool = False
    """Whether a plan better than the first `best` was found."""
    stood: SimplexBasis | None = field(default=None, init=False)
    """Basis of the relaxation of the root before any cut."""
    log: CutLog | None = field(default=None, init=False)
    """Log of how the cuts of the root are made, unless they are made again from an earlier one."""
    ceiling: Fraction | None = field(default=None, init=False)
    """Bound on all points of the model, before any node was closed by the target; None where there is no point."""
    _closed: Fraction | None = field(default=None, init=False)
    """The largest bound of the nodes closed, and of the points left out because of the target."""
    _expanded: Node | None = field(default=None, init=False)
    """The node that is being expanded: it stands for its children until all of them are open."""
    _begun: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._chooser = Chooser()
        self._whole = np.flatnonzero(np.array(self.model.whole, dtype=np.bool_))
        self._ranks = np.array(self.model.rank)[self._whole]
        self.open: list[Node] = []

    def _use(self, model: ExactModel, start: SimplexBasis | None) -> None:
        """Switch to `model`, which has the same columns."""
        self.model = model
        self.bounder = Bounder(model, self.objective)
        self.relaxation = Relaxation(model, self.objective, start)

    def root(self, seconds: float | None = None, rounds: int = 0, again: KeptCuts | None = None) -> Node | None:
        """Make the root node, with cuts made `again` and so many rounds of them; None where it is empty or closed."""
        if self.model.contradictory:
            return None
        until, plain = None if seconds is None else time.monotonic() + seconds, self.model
        self._plain = plain
        lower, upper = list(plain.lower), list(plain.upper)
        like = again if again is not None and again.fits(plain) else None
        self._short = SHORT if like is None else max(SHORT, SHORT_OF_GAP * float(self.gap))
        self._use(*((plain, self.start) if like is None else like.again(plain, lower, upper)))
        everything = self.bounder.bound(np.zeros(len(self.model.low)), lower, upper).value
        node = Node(lower, upper, everything)
        self.open, self._begun = [node], True
        least = None if seconds is None else max(seconds, LEAST_SECONDS)
        self.open = [node] if self._evaluate(node, least) else []
        self.ceiling = None if node.empty else node.bound
        self.stood = self.relaxation.basis(range(len(plain.low))) if like is None else like.plain
        self.log = CutLog(len(plain.low)) if again is None else None
        self.cut_on(rounds, until)
        return node if self.open else None

    def cut_on(self, rounds: int, until: float | None = None) -> bool:
        """Make so many further rounds of cuts at the root, before any node is expanded; return whether all helped."""
        for _ in range(rounds):
            if self.nodes or not self.open or (until is not None and time.monotonic() > until):
                return False
            if not self._cut(self.open[0], self._plain):
                return False
        return True

    def _cut(self, node: Node, plain: ExactModel) -> bool:
        """Cut off the node's point and solve again; return whether the bound improved enough.

        Cuts of earlier rounds stay only while binding; `plain` is without cuts."""
        hint = self.relaxation.solve()
        if node.point is None or len(node.point) == 0 or hint.point is None:
            return False
        found = cuts(self.model, self.relaxation, hint, node.lower, node.upper)[:MOST_CUTS]
        if not found:
            return False
        cut, kept = with_cuts(plain, self.model, found, node.point)
        if self.log is not None:
            self.log.add(hint.point, kept, found)
        self._use(cut, self.relaxation.basis(kept, keeps_added=False))
        self.open = [node] if self._evaluate(node) else []
        return bool(self.open) and hint.value - node.value > LEAST_GAIN * max(1.0, abs(hint.value))

    @property
    def bound(self) -> Fraction | None:
        """The bound on the value of every plan; None where it is proven that there is no plan."""
        bounds = [node.bound for node in self.open]
        bounds += [value for value in (self._closed, self.best) if value is not None]
        return max(bounds, default=None)

    @property
    def bound_so_far(self) -> Fraction | None:
        """The bound as it stands at any moment, even after an exception; None before the search begins."""
        if not self._begun:
            return None
        under_way = self._expanded
        bounds = [value for value in (self.bound, None if under_way is None else under_way.bound) if value is not None]
        return max(bounds, default=None)

    def run(
        self, *, nodes: int, seconds: float | None = None, stop: Callable[[], bool] = lambda: False
    ) -> SearchEnding:
        """Search until every node is closed, or for this many further nodes or seconds."""
        began, most = time.monotonic(), self.nodes + nodes
        self.open = [node for node in self.open if not self._close(node)]
        while self.open:
            if self.nodes >= most:
                return SearchEnding.NODES
            if seconds is not None and time.monotonic() - began > seconds:
                return SearchEnding.SECONDS
            if stop():
                return SearchEnding.STOPPED
            place = self._next()
            self._expanded = node = self.open[place]
            del self.open[place]
            if not self._close(node):
                self._expand(node)
            self._expanded = None
        return SearchEnding.DONE

    def _next(self) -> int:
        """Return the place of the node to expand: the deepest until a plan is known, then that with the largest bound,
        which is the bound of all."""
        if self.best is None:
            return len(self.open) - 1
        return max(range(len(self.open)), key=lambda place: (self.open[place].bound, place))

    def target(self) -> Fraction | None:
        """Return the value that a plan must exceed to count as better."""
        if self.best is None:
            return None
        size = max(Fraction(1), abs(self.best)) if self.size is None else self.size()
        return self.best + size * (self.gap if self.step else max(self.gap, ARITHMETIC))

    def _close(self, node: Node) -> bool:
        """Close the node if no point in it can be better than the target; return whether it was closed."""
        target = self.target()
        if target is None or node.bound > target:
            return False
        self._leave_out(node.bound)
        return True

    def _leave_out(self, value: Fraction) -> None:
        """Record that points up to `value` were left out."""
        self._closed = value if self._closed is None else max(self._closed, value)

    def _evaluate(self, node: Node, seconds: float | None = None) -> bool:
        """Solve the relaxation of the node and bound it; return False where it is empty or closed by the target."""
        self.relaxation.within(node.lower, node.upper)
        hint = self.relaxation.solve(seconds)
        node.point = hint.point
        if hint.point is not None:
            node.value = hint.value
        if hint.ray is not None and self.bounder.infeasible(hint.ray, node.lower, node.upper):
            node.empty = True
            return False
        if hint.duals is not None:
            proven = self._bounded(node, hint.duals, hint.value)
            node.bound = min(node.bound, self._stepped(proven.value))
            if self._close(node):
                return False
            self._tighten(node, proven)
        return True

    def _bounded(self, node: Node, duals: NDArray[np.float64], value: float) -> Bound:
        """Compute the bound that the duals prove; refine them where it is weaker than the relaxation's `value`."""
        return refined(self.bounder, self.relaxation, duals, value, node, self._short)

    def _stepped(self, value: Fraction) -> Fraction:
        """Round `value` down to the largest value that a plan can have."""
        return value if not self.step else (value // self.step) * self.step

    def _tighten(self, node: Node, proven: Bound) -> None:
        """Tighten the bounds of columns by their reduced costs and the distance of the bound from the target."""
        target = self.target()
        if target is None:
            return
        if self.best is not None and target > self.best:
            self._leave_out(target)
        room = int((proven.value - target) // proven.unit)
        lower, upper, whole = node.lower, node.upper, self.model.whole
        for column in np.flatnonzero(proven.reduced):
            if not whole[column]:
                continue
            reduced = proven.reduced[column]
            reach = room // abs(reduced)
            if upper[column] - lower[column] > reach:
                if reduced > 0:
                    lower[column] = upper[column] - reach
                else:
                    upper[column] = lower[column] + reach

    def _expand(self, node: Node) -> None:
        """Branch on a column, or judge the plan where there is none to branch on."""
        self.nodes += 1
        point = node.point
        if point is None:
            self._split_anywhere(node, None)
            return
        values = point[self._whole]
        off = np.abs(values - np.rint(values))
        fractional = np.flatnonzero(off > FRACTION)
        decided = fractional.size == 0 or (self.settles and self._ranks[fractional].min() == MONEY)
        if decided:
            plan = [0] * len(point)
            for column, value in zip(self._whole, np.rint(values), strict=True):
                plan[column] = int(value)
            value = self.judge(plan)
            if value is not None and (self.best is None or value > self.best):
                self.best, self.found = value, True
            if self._close(node) or (value is not None and value >= node.bound):
                return
            if fractional.size == 0:
                self._split_anywhere(node, values)
                return
        candidates = self._whole[fractional], self._ranks[fractional]
        self._branch(node, self._chooser.chosen(node, *candidates, self.relaxation, self.target()))

    def _branch(self, node: Node, column: int) -> None:
        """Push both sides of a split, the better one on top."""
        children = []
        assert node.point is not None
        floor = math.floor(node.point[column])
        part = float(node.point[column]) - floor
        for up in (False, True):
            child = self._child(node, column, floor, up)
            if child is None:
                continue
            alive = self._evaluate(child)
            self._chooser.gains.learn(column, up, part, float(node.bound - child.bound))
            if alive:
                children.append(child)
        self.open += sorted(children, key=lambda child: child.bound)

    def _child(self, node: Node, column: int, at: int, up: bool) -> Node | None:
        """Return one side of a split, to be evaluated; None where it is empty."""
        return node.child(column, at, up)

    def _split_anywhere(self, node: Node, values: NDArray[np.float64] | None) -> None:
        """Branch on a column that is not fixed yet, where a whole point is no plan; drop the node if all are fixed."""
        loose = [int(c) for c in self._whole if node.lower[c] < node.upper[c]]
        if not loose:
            self._leave_out(node.bound)
            return
        column = min(loose, key=lambda c: self.model.rank[c])
        if values is None:
            middle = int(node.lower[column] + node.upper[column]) // 2
        else:
            off = dict(zip(self._whole.tolist(), np.abs(values - np.rint(values)).tolist(), strict=True))
            column = min(loose, key=lambda c: (self.model.rank[c], -off[c]))
            at = int(np.rint(values[int(np.flatnonzero(self._whole == column)[0])]))
            middle = at if at < node.upper[column] else at - 1
        for up in (False, True):
            child = self._child(node, column, middle, up)
            if child is not None and self._evaluate(child):
                self.open.append(child)
