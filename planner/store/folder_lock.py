"""One writer of results at a time, among the threads and processes that write below the same parent folder."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_THREADS: Final[dict[str, threading.Lock]] = {}
_THREADS_GUARD: Final = threading.Lock()


@contextmanager
def writing_in(parent: Path) -> Iterator[None]:
    """Wait until nobody else writes results below `parent`, and keep others waiting within the `with` block.

    Threads are kept apart by a lock of this process, processes by a lock on the folder itself, which leaves no file.
    Where the file system has no such locks, as some network drives, only threads are kept apart.
    """
    with _THREADS_GUARD:
        lock = _THREADS.setdefault(os.path.realpath(parent), threading.Lock())
    with lock, _locked(parent):
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (ImportError, AttributeError, OSError):  # Windows, or a folder that may be written and not read
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
