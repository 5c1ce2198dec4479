"""How a process of a pool begins. It loads nothing else, so that what it leaves out has not been loaded yet."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading

from planner.lean import without_unused


def settle_in(folder: str) -> None:
    """Begin as a worker: a process group and a folder of its own, and nothing printed on standard output."""
    without_unused()
    os.setpgid(0, 0)
    os.dup2(2, 1)
    tempfile.tempdir = folder
    os.environ.update(dict.fromkeys(("TMPDIR", "TMP", "TEMP"), folder))
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()


def _end_with_parent(folder: str) -> None:
    """Wait for the end of the parent, however it comes, and end this process and its solver."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)
