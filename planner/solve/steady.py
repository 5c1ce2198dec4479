"""Progress that never goes back: the best value and the tightest bound so far stay on the screen.

A value that no plan can reach is not shown as the best: a search may find a point that nobody could attend, and the
next search, which has learnt that, gives a bound below it.

A run searches several times: in stages, by another engine, with a little less money. Each search starts with a bound of
its own, looser at first; the bound of an earlier search still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from planner.domain.objectives import Level
from planner.solve.outcome import Progress, Stage, passed


class SteadyProgress:
    """Passes on the progress of all searches of one run, with the best value and the tightest bound of each level.

    Values of the first level are comparable throughout. Those of lower levels depend on the values held above, so they
    start anew with each search.
    """

    def __init__(
        self,
        levels: tuple[Level, ...],
        report: Callable[[Progress], None],
        proven: Callable[[], Iterable[Fraction]] = tuple,
        clock: Callable[[], float] | None = None,
    ) -> None:
        goals: list[str] = [level.goal for level in levels]
        self._sense = {Stage(each.goal): each.maximize is not None for each in levels}
        # Two levels of one goal, such as coverage by agency and by group, are not told apart by their stage.
        self._upper = {stage: upper for stage, upper in self._sense.items() if goals.count(stage.value) == 1}
        self._first = Stage(levels[0].goal)
        self._report = report
        self._proven = proven
        """Returns bounds of the first level that exact arithmetic has confirmed."""
        self._clock = clock
        """Returns the time since the first search began [s]; with None each search reports its own."""
        self._known: dict[Stage, tuple[float | None, float | None]] = {}
        self._last: Stage | None = None

    def __call__(self, news: Progress) -> None:
        if self._clock is not None:
            news = replace(news, seconds=self._clock())
        self._report(self._steady(news))

    def without_bounds(self, news: Progress) -> None:
        """Pass on the progress of a search of another scenario whose plans are valid here but whose bounds are not."""
        self(replace(news, bound=None))

    def _steady(self, news: Progress) -> Progress:
        stage = news.stage
        if stage not in self._upper:
            within = _within((news.best,), news.bound, self._sense.get(stage, True))
            return replace(news, best=_tightest(within, True))
        if stage is self._first and self._last is not self._first:
            self._known = {kept: known for kept, known in self._known.items() if kept is self._first}
        self._last = stage
        upper = self._upper[stage]
        known, bound = self._known.get(stage, (None, None))
        best = _tightest((known, news.best), not upper)
        if best is not None and bound is not None and passed(best, bound, "max" if upper else "min"):
            bound = None  # a bound that a plan exceeds is a fault of the engine
        exact = [float(each) for each in self._proven()] if stage is self._first else []
        bound = _tightest((bound, news.bound, *exact), upper)
        best = _tightest(_within((known, news.best), bound, upper), not upper)
        self._known[stage] = best, bound
        return replace(news, best=best, bound=bound)


def _within(values: Iterable[float | None], bound: float | None, upper: bool) -> Iterable[float]:
    """Return those values that do not pass the bound."""
    sense: Literal["max", "min"] = "max" if upper else "min"
    return [value for value in values if value is not None and (bound is None or not passed(value, bound, sense))]


def _tightest(values: Iterable[float | None], upper: bool) -> float | None:
    """Return the least of the values if `upper`, otherwise the largest; None where there is none."""
    return (min if upper else max)((value for value in values if value is not None), default=None)
