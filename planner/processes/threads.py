"""Threads for optional work: where the system cannot start them, the program goes on without."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context


def started(work: Callable[[], None], name: str) -> threading.Thread | None:
    """Start a thread that does `work` in the language of the caller; return None where the system cannot start one."""
    thread = threading.Thread(target=copy_context().run, args=(work,), name=name, daemon=True)
    try:
        thread.start()
    except (RuntimeError, MemoryError):
        return None
    return thread
