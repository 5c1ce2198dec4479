"""What was heard of a run while it searched, and how soon it had certified what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

GAPS: Final = (0.01, 0.001, 0.0001)
"""Relative gaps whose time is measured."""

TOLERANCE: Final = 1e-5
"""Relative difference between a plan and a bound that tolerances of solvers and rounded logs explain."""


@dataclass(frozen=True)
class Point:
    """The best minimum and its proven bound after so many seconds; None while there is none."""

    seconds: float
    best: float | None
    bound: float | None


@dataclass
class Run:
    """One search of one model. All values are minima, as in the file."""

    name: str
    points: list[Point] = field(default_factory=list)
    facts: dict[str, float] = field(default_factory=dict)
    """What is said of it: `prepared` [s] for reading or building, `megabytes` for its most memory."""
    asked: dict[float, float | None] = field(default_factory=dict)
    """Time until a run that was asked for a gap had it [s], where there was a run for each."""
    failed: str = ""
    """Why there is nothing to show, if so."""

    def steps(self) -> Iterator[Point]:
        """The points with the best of all so far."""
        best: float | None = None
        bound: float | None = None
        for point in self.points:
            best = min((n for n in (best, point.best) if n is not None), default=None)
            bound = max((n for n in (bound, point.bound) if n is not None), default=None)
            yield Point(point.seconds, best, bound)

    @property
    def last(self) -> Point:
        """What is known at the end."""
        return list(self.steps())[-1] if self.points else Point(0.0, None, None)

    @property
    def gap(self) -> float | None:
        """The relative gap at the end."""
        return gap_of(self.last)

    def first_plan(self) -> float | None:
        """Time to the first plan [s]."""
        return next((step.seconds for step in self.steps() if step.best is not None), None)

    def reached(self, gap: float) -> float | None:
        """Time until the plan is proven to within `gap` [s]; None where it is not."""
        if gap in self.asked:
            return self.asked[gap]
        within = gap * (1 + 1e-6)
        return next(
            (step.seconds for step in self.steps() if (now := gap_of(step)) is not None and now <= within), None
        )


def gap_of(point: Point) -> float | None:
    """|bound - best| / max(1, |best|); None while one of them is unknown."""
    if point.best is None or point.bound is None:
        return None
    return abs(point.bound - point.best) / max(1.0, abs(point.best))


def refuted(run: Run, runs: Sequence[Run]) -> bool:
    """Whether another run has a plan that the bound of this one rules out: then the bound proves nothing."""
    plans = [other.last.best for other in runs if other is not run and other.last.best is not None]
    if run.last.bound is None or not plans:
        return False
    return run.last.bound > min(plans) + TOLERANCE * max(1.0, abs(min(plans)))
