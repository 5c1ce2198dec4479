"""How far a level is searched: by the size of its model and the effort allowed, in nodes and rounds of cuts.

Nodes rather than seconds, so that the same scenario gives the same proof.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from planner.proof.exact_model import ExactModel
from planner.proof.kept_cuts import KeptCuts
from planner.proof.node import SearchEnding
from planner.proof.search import Search

INSIDE: Final = 1 - Fraction(1, 10**6)
"""Share of the gap asked for that a search uses: bounds are stated as floats, rounded outwards."""

WORK: Final = 5_000_000
"""Most search nodes for a level down to gaps closed, times coefficients of the model."""

MOST_NODES: Final = 1_500
"""Most search nodes in the smallest models."""

LEAST_NODES: Final = 20
"""With fewer search nodes allowed, no search begins: the relaxation alone bounds the plan."""

MOST_ROUNDS: Final = 12
LEAST_ROUNDS: Final = 4
WORK_OF_ROUND: Final = 60
"""Most rounds of cuts at the root, rounds tried in any model, and search nodes that take as long as one round."""

MANY_NODES: Final = 300
FEW_ROUNDS: Final = 1
"""Search nodes allowed from which on so few rounds are enough for a search to the gap asked for: in a district, nodes
close the rest, while a second round took a quarter of the proof and saved no nodes."""

SOON_NODES: Final = 150
"""Search nodes allowed from which on a search follows the cuts of a similar scenario, with a quarter of the effort: a
node takes 1 ms in models so small."""

GRACE: Final = 100
"""Search nodes in which the exact optimum is sought; after them the gap asked for is enough. Models whose work allows
fewer than three times as many nodes accept the gap from the start."""

BRIEF: Final = 0.05
"""Effort up to which the relaxation alone gives the bound [0-1]: for lower levels of plans that are only compared."""


def searched(
    search: Search,
    gap: Fraction,
    effort: float,
    left: Callable[[], float | None] = lambda: None,
    stop: Callable[[], bool] = lambda: False,
    like: KeptCuts | None = None,
    thorough: bool = True,
) -> Fraction | None:
    """Search as far as `gap`, size and `effort` allow, and return the bound; None where no plan is possible.

    The exact optimum is sought for a few nodes; then the gap asked for is enough. In larger models, and where the
    search is not `thorough`, the gap is enough from the start: a few rounds of cuts are made until it is met, and then
    a search begins. Once `stop` is true, the relaxation alone gives the bound. With the cuts of a similar scenario
    (`like`) there are only cuts, starting with those.
    """
    work, nodes = _work(search.model, effort), most_nodes(search.model, effort)
    brief = stop() or effort <= BRIEF
    rounds = 0 if brief else _rounds(search, effort)
    if not thorough and nodes >= MANY_NODES:
        rounds = min(rounds, FEW_ROUNDS)
    grace = min(GRACE, nodes) if thorough and work >= 3 * GRACE * effort else 0
    if not grace or like is not None:
        search.gap = INSIDE * gap
    if search.root(left(), rounds, like) is None or like is not None:
        return search.bound
    if nodes < LEAST_NODES or stop() or left() == 0.0 or (brief and not thorough):
        return search.bound
    if search.run(nodes=grace, seconds=left(), stop=stop) == SearchEnding.NODES:
        search.gap = INSIDE * gap
        search.run(nodes=nodes - grace, seconds=left(), stop=stop)
    return search.bound


def _work(model: ExactModel, effort: float) -> float:
    """Return the search nodes that `effort` allows for the size of the model."""
    return effort * WORK / max(1, model.size[2])


def most_nodes(model: ExactModel, effort: float) -> int:
    """Return the most search nodes for `effort`."""
    return int(min(effort * MOST_NODES, _work(model, effort)))


def _rounds(search: Search, effort: float) -> int:
    """Return the most rounds of cuts at the root for `effort`."""
    return max(LEAST_ROUNDS, int(min(MOST_ROUNDS, _work(search.model, effort) / WORK_OF_ROUND)))
