"""Points that are begun before they are asked for, while the plan that a question is about is still being made.

Their search starts without that plan, whether they are begun early or not, so that the answer is the same with any
number of workers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from planner.batch.points import Point
from planner.batch.worker_pool import WorkerPool
from planner.domain.scenario import Scenario
from planner.locale import language_in_force
from planner.planning import Hints, SearchLimits
from planner.solve.second import is_hard_to_prove, is_tiny


def begins_anywhere(scenario: Scenario) -> bool:
    """Return whether searches of scenarios like `scenario` need no plan to start from.

    So it is where classes on all columns are searched quickly; tiny scenarios take no time, and larger ones take
    several times as long without a plan.
    """
    return not is_tiny(scenario) and not is_hard_to_prove(scenario) and not scenario.facts


def point_anywhere(name: str, scenario: Scenario, template: Scenario) -> Point:
    """Return a point for a scenario like `template` whose search begins without a plan."""
    return Point(name, scenario, Hints(template=template))


@dataclass(frozen=True)
class Early:
    """A point that a question will probably ask for, and the limits of its search."""

    point: Point
    limits: SearchLimits


@dataclass
class BegunPoints:
    """Points in a pool that nobody has asked for yet, by name."""

    _begun: dict[str, tuple[Early, Future[Any]]] = field(default_factory=dict)

    def begin(self, pool: WorkerPool, early: Sequence[Early]) -> None:
        """Submit the points, each once."""
        for each in early:
            if each.point.name not in self._begun:
                self._begun[each.point.name] = each, pool.submit(each.point, each.limits, language_in_force())

    def taken(self, tasks: Sequence[Any], limits: SearchLimits) -> dict[Future[Any], Any]:
        """Hand over the points that are now asked for within the same limits, by their futures."""
        found = {}
        for task in tasks:
            early, future = self._begun.get(task.name, (None, None))
            if early is not None and future is not None and early.limits == limits and _same(early.point, task):
                found[future] = task
                del self._begun[task.name]
        return found

    def keep_only(self, names: Collection[str]) -> None:
        """Give up the points of other names, as far as no worker has started them."""
        for name in self._begun.keys() - set(names):
            self._begun.pop(name)[1].cancel()


def _same(point: Point, asked: Any) -> bool:
    """Return whether the result of `point` is that of the task asked for: the same scenario, with the same start."""
    return isinstance(asked, Point) and asked == point
