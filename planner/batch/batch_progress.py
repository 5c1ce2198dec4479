"""The state of a running batch, and how long it may still take."""

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
    """Of those done, the points whose result was in the cache."""
    seconds: float
    each: float | None = None
    """Before any point is solved: what one is known to take, divided by those solved at a time [seconds]."""

    @property
    def seconds_left(self) -> float | None:
        """Estimate from the points solved so far, else from what one is known to take; None where that is unknown."""
        made, left = self.done - self.cached, self.total - self.done
        if made:
            return self.seconds / made * left
        return None if self.each is None else self.each * left
