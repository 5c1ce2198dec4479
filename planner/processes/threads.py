"""Threads: optional work that is left out where none can start, and an end to waiting for one that never begins.

`Thread.start` waits until the new thread reports that it has begun. Where memory runs out, the system may have created
the thread, which then ends in a MemoryError before it reports: whoever started it, which may be the loop of a server,
waits for ever. `end_waiting_for_dead_threads` makes `start` raise RuntimeError then, as it does where the system
creates none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, Final
from weakref import ref

LOOK: Final = 0.05
"""How often a thread that has not begun is looked at [s]."""


def started(work: Callable[[], None], name: str) -> threading.Thread | None:
    """Start a thread that does `work` in the language of the caller; return None where the system cannot start one."""
    thread = threading.Thread(target=copy_context().run, args=(work,), name=name, daemon=True)
    try:
        thread.start()
    except (RuntimeError, MemoryError):
        return None
    return thread


def end_waiting_for_dead_threads() -> None:
    """Make every `Thread.start` of this process raise RuntimeError where the new thread ends before it has begun."""
    if hasattr(threading.Thread, "_bootstrap"):  # what a new thread runs, in all versions of Python so far
        threading.Thread.start = _start  # type: ignore[method-assign, assignment]  # those of libraries too


class _Life:
    """What a new thread runs. Nobody but that thread holds it, so that it is gone when the thread is."""

    def __init__(self, bootstrap: Callable[[], None]) -> None:
        self._bootstrap = bootstrap

    def __call__(self) -> None:
        self._bootstrap()


class _Begun(threading.Event):
    """Set once a thread has begun; waiting for it ends also when that is not going to happen."""

    def __init__(self, thread: Any, life: ref[_Life]) -> None:
        super().__init__()
        self._of: Any = thread
        self._life = life

    def wait(self, timeout: float | None = None) -> bool:
        """Wait. Raises RuntimeError where the thread has ended without having begun."""
        self._of.__dict__.pop("_bootstrap", None)
        while not super().wait(LOOK if timeout is None else timeout):
            if timeout is not None:
                return False
            if self._life() is None and not self.is_set():
                getattr(threading, "_limbo", {}).pop(self._of, None)
                raise RuntimeError("can't start new thread: it ended before it began")
        self._of = None
        return True


_ORIGINAL: Final[Any] = threading.Thread.start


def _start(thread: Any) -> None:
    """Stand in for `Thread.start`."""
    if getattr(thread, "_started", None) is None or thread._started.is_set():
        _ORIGINAL(thread)  # it says what is wrong
        return
    life = _Life(thread._bootstrap)
    thread._started, thread._bootstrap = _Begun(thread, ref(life)), life
    del life
    try:
        _ORIGINAL(thread)
    finally:
        thread.__dict__.pop("_bootstrap", None)
