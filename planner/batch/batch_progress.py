"""The state of a running batch, and an estimate of its remaining time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BatchProgress:
    """State of a running batch."""

    batch: int
    """Number of the batch within its runner, from 1."""
    done: int
    total: int
    cached: int
    """Points whose result was in the cache, among those done."""
    seconds: float
    each: float | None = None
    """Known time of one point, divided by the points solved at a time [s]; used before any point is solved."""

    @property
    def seconds_left(self) -> float | None:
        """An estimate from the points solved so far, or else from `each` [s]; None where that is unknown."""
        made, left = self.done - self.cached, self.total - self.done
        if made:
            return self.seconds / made * left
        return None if self.each is None else self.each * left
