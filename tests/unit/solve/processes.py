"""Processes as the kernel lists them, for tests that kill some and look who is left.

members(group)     ids of the living processes of a process group
children(parent)   ids of the living children of a process
leaders(parent)    of its children, those that lead a process group of their own
until(condition)   wait until it holds; False if it does not within the seconds given
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_LISTED: Final = Path("/proc")
"""Where Linux lists processes. `ps` reads it too, and to start it takes most of the time of tests that wait."""


def _all() -> Iterator[tuple[int, int, int]]:
    """(id, parent, process group) of every process that is not just waiting to be buried."""
    return _listed() if (_LISTED / "self" / "stat").is_file() else _told()


def _listed() -> Iterator[tuple[int, int, int]]:
    for folder in _LISTED.iterdir():
        if folder.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                # the name of its program, in brackets, may hold anything
                state, parent, group = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:3]
                if state not in "ZX":
                    yield int(folder.name), int(parent), int(group)


def _told() -> Iterator[tuple[int, int, int]]:
    listed = subprocess.run(["ps", "-axo", "pid=,ppid=,pgid=,stat="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        process, parent, group, state = line.split(None, 3)
        if not state.startswith("Z"):
            yield int(process), int(parent), int(group)


def members(group: int) -> list[int]:
    return [process for process, _parent, its_group in _all() if its_group == group]


def children(parent: int) -> list[int]:
    return [process for process, its_parent, _group in _all() if its_parent == parent]


def leaders(parent: int) -> list[int]:
    return [process for process, its_parent, group in _all() if its_parent == parent and group == process]


def until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)  # looking takes time itself
    return True
