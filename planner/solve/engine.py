"""What every engine states about itself and can be asked for: one Protocol, implemented by one class for each engine.

The classes load their libraries when they run, so that naming an engine loads none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from planner.model.build import Model
    from planner.solve.outcome import Outcome

    Report = Callable[[float | None, float | None, NDArray[np.float64] | None], bool]
    """Called with the best value, the bound and a new point, each None if there is none; returns True to stop."""


class EngineName(StrEnum):
    """Names of the engines, as in `--solver`."""

    HIGHS = "highs"
    HIGHS_PLAIN = "highs-plain"
    CBC = "cbc"


class SearchStrategy(StrEnum):
    """How a plan is searched, as in `--strategy`."""

    AUTO = "auto"
    """Small models are solved whole; larger ones by the guided search first, then in stages where its gap is too
    large."""
    GUIDED = "guided"
    """The guided search alone: its gap is not closed further."""
    EXACT = "exact"
    """The whole model, starting from the plan and the bound of the guided search."""


class Feature(Enum):
    """What an engine may be able to do besides optimising a model."""

    WHOLE_NUMBERS = auto()
    """Keeps variables whole; required of every engine."""
    START = auto()
    """Starts from a point with all values known."""
    PARTIAL_START = auto()
    """Starts from a point with some values unknown (NaN)."""
    NODE_LIMIT = auto()
    """Ends after a number of search nodes, so that the same model gives the same point on any machine."""
    PROGRESS = auto()
    """Reports value, bound and better points while it runs."""
    INTERRUPTION = auto()
    """Ends when the callback for its progress returns True."""
    PRICES = auto()
    """Reports the reduced cost of each column in a relaxation, which the guided search needs."""
    KNOWN_BOUND = auto()
    """Ends as soon as a bound or a value known from elsewhere is sufficient proof."""


@dataclass(frozen=True)
class RunOptions:
    """How far one run goes and what it starts from. An engine ignores options for features that it lacks."""

    gap: float
    """Relative gap between value and bound at which the run is complete."""
    seconds: float | None = None
    """Time limit [s]; None for no limit."""
    start: NDArray[np.float64] | None = None
    """Point to start from: a value per variable of the problem, by its id; NaN where unknown."""
    report: Report | None = None
    most_nodes: int | None = None
    """Search nodes after which the run ends; None for no limit."""
    known_bound: float | None = None
    """Bound proven elsewhere; it counts like a bound of this run."""
    reached: tuple[float, float] | None = None
    """A value reached elsewhere and a distance: the run ends once its bound is that close to the value."""
    settled: tuple[float, int] | None = None
    """A distance and a number of search nodes: after these the run ends once value and bound are less than that
    apart."""
    target: float | None = None
    """Value at which a point is good enough: the run ends there."""
    heuristics: bool = True
    """Whether to spend time on heuristics that only look for points; not needed where only the bound is wanted."""
    restarts: bool = True
    """Whether to restart once the root has fixed many columns, and to look for symmetry; not for short searches."""
    thorough: bool = True
    """Whether a small model is searched for its exact optimum, beyond the gap."""


class Engine(Protocol):
    """A solver of mixed-integer programmes."""

    name: ClassVar[EngineName]
    title: ClassVar[str]
    """Name in reports."""
    package: ClassVar[str]
    """Python package whose version is the engine's."""
    digits: ClassVar[float]
    """Relative precision of its values."""
    features: ClassVar[frozenset[Feature]]
    second: ClassVar[EngineName]
    """The engine that confirms plans of this one: it searches differently."""
    substitute: ClassVar[EngineName]
    """The engine that takes over where this one found no plan although there is one: it shares no code with this
    one."""

    def run(self, model: Model, options: RunOptions) -> Outcome:
        """Optimise the objective of `model.problem`."""


@cache
def installed_version(package: str) -> str:
    """Return the version of a Python package; "-" where it states none."""
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and most commands need no version

    try:
        return version(package)
    except PackageNotFoundError:
        return "-"
