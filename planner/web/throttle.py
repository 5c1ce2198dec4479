"""How often somebody may try to sign in: whoever fails often waits, longer each time."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import Final

FREE: Final = 5
"""Failures before the first wait."""
FIRST_WAIT: Final = 30.0
"""The first wait, doubled with each further failure [s]."""
LONGEST_WAIT: Final = 15 * 60.0
"""The longest wait [s]; who is quiet for twice as long begins anew."""
MOST_KEPT: Final = 10_000
"""Keys remembered; the oldest is forgotten first."""


class Throttle:
    """Failures by key, such as an account or an address. Any thread may use it."""

    def __init__(self, free: int = FREE) -> None:
        self.free = free
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        """How many, and when the last was, by key."""
        self._changing = Lock()

    def wait(self, key: str, now: float | None = None) -> float:
        """Return how long `key` has to wait yet [s]; 0 where it may try."""
        now = time.monotonic() if now is None else now
        with self._changing:
            count, last = self._failures.get(key, (0, 0.0))
            if count < self.free:
                return 0.0
            return max(0.0, last + min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(count - self.free, 20)) - now)

    def failed(self, key: str, now: float | None = None) -> int:
        """Remember a failure; return how many there are."""
        now = time.monotonic() if now is None else now
        with self._changing:
            count, last = self._failures.pop(key, (0, now))
            count = 1 if now - last > 2 * LONGEST_WAIT else count + 1
            self._failures[key] = count, now
            while len(self._failures) > MOST_KEPT:
                self._failures.popitem(last=False)
        return count

    def succeeded(self, key: str) -> None:
        """Forget the failures."""
        with self._changing:
            self._failures.pop(key, None)
