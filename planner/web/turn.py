"""Whose turn it is to search: one search at a time, since each uses all processors and its library only one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Final

PATIENCE: Final = 60.0
"""How long a long search makes way for short ones at a time [s]."""
LOOKING_EVERY: Final = 0.3
"""How often one that waits looks whether it was given up [s]."""


class Turn:
    """The one place of a workbench at which searches are made. A short search goes before a long one that waits."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._taken = False
        self._short_ones = 0

    @contextmanager
    def taken(self, *, short: bool = False, given_up: Callable[[], bool] = lambda: False) -> Iterator[bool]:
        """Wait for the turn and keep it within the block; yield False if it was `given_up` before it came."""
        had = False
        with self._changed:
            self._short_ones += short
            try:
                while not had and not given_up():
                    had = self._changed.wait_for(
                        lambda: not self._taken and (short or not self._short_ones), LOOKING_EVERY
                    )
            finally:
                self._short_ones -= short
            self._taken = self._taken or had
        try:
            yield had
        finally:
            if had:
                self._leave()

    def give_way(self) -> None:
        """Let short searches that wait run now; a long search that has the turn calls this now and then."""
        with self._changed:
            if not self._short_ones:
                return
            self._taken = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._taken and not self._short_ones, PATIENCE)
            self._changed.wait_for(lambda: not self._taken)
            self._taken = True

    def _leave(self) -> None:
        with self._changed:
            self._taken = False
            self._changed.notify_all()
