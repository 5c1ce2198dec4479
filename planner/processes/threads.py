"""Threads for work that may be left out: where the system has no more of them, all goes on without."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context


def started(work: Callable[[], None], name: str) -> threading.Thread | None:
    """A thread that does `work` in the language of who asked; None where memory or the system has no room for it."""
    thread = threading.Thread(target=copy_context().run, args=(work,), name=name, daemon=True)
    try:
        thread.start()
    except (RuntimeError, MemoryError):
        return None
    return thread
