"""A batch runner whose points fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.planning import SearchLimits
from planner.plans.plan import Status


class Failing(BatchRunner):
    """Fails the points of some names."""

    def __init__(self, *names: str, status: Status | None = None) -> None:
        super().__init__()
        self.names = names
        self.status = status

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        dead = {p.name: Result(p.name, self.status, message="mati") for p in points if p.name in self.names}
        return {**super().solve([p for p in points if p.name not in dead], limits), **dead}


def failing(asked: Inquiry, *names: str, status: Status | None = None) -> Inquiry:
    """The inquiry in which the points of these names fail."""
    return replace(asked, runner=Failing(*names, status=status))
