"""Processes as the kernel lists them, for tests that kill some and look who is left.

    members(group)     ids of the living processes of a process group
    children(parent)   ids of the living children of a process
    until(condition)   wait until it holds; False if it does not within the seconds given
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path


def _all() -> Iterator[tuple[int, int, int]]:
    """(id, parent, process group) of every process that is not just waiting to be buried."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if state not in "ZX":
            yield int(folder.name), int(parent), int(group)


def members(group: int) -> list[int]:
    return [process for process, _parent, its_group in _all() if its_group == group]


def children(parent: int) -> list[int]:
    return [process for process, its_parent, _group in _all() if its_parent == parent]


def until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
