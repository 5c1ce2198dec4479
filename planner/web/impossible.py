"""Scenarios whose last search proved that they have no plan, kept in a file so that a restarted server need not
search."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from planner.version import VERSION
from planner.whole_file import write_whole

FILE: Final = ".impossible.json"
"""Name of the list, in the folder of results."""
MOST: Final = 1000
"""Most scenarios that are remembered; the earliest go first."""


class ImpossibleScenarios:
    """What searches found impossible, in a file that is written anew with each change. Any thread may use it.

    What another version of the program found does not count.
    """

    def __init__(self, results: Path) -> None:
        self._file = results / FILE
        self._changing = threading.Lock()
        self._known = self._of_before()

    def _of_before(self) -> dict[str, tuple[str, str, float]]:
        """Return what the file says, by name of the scenario file: hash of the scenario, why there is no plan, and how
        long finding that took [s]."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        told = found.get("scenarios") if isinstance(found, Mapping) and found.get("planner") == VERSION else None
        known = {}
        for name, said in told.items() if isinstance(told, Mapping) else ():
            with suppress(KeyError, TypeError, ValueError):
                known[name] = str(said["sha256"]), str(said["why"]), float(said["seconds"])
        return known

    def add(self, name: str, sha256: str, why: str, seconds: float) -> None:
        """Remember that a scenario has no plan."""
        with self._changing:
            self._known.pop(name, None)
            self._known[name] = sha256, why, seconds
            while len(self._known) > MOST:
                del self._known[next(iter(self._known))]
            self._write()

    def forget(self, name: str) -> None:
        """Forget that a scenario has no plan: one has been made."""
        with self._changing:
            if self._known.pop(name, None) is not None:
                self._write()

    def about(self, name: str) -> tuple[str, str, float] | None:
        """Return the hash of the scenario, why it has no plan, and how long finding that took [s]; None where nothing
        is known."""
        with self._changing:
            return self._known.get(name)

    def _write(self) -> None:
        told = {name: dict(zip(("sha256", "why", "seconds"), said, strict=True)) for name, said in self._known.items()}
        with suppress(OSError):  # the state is then found anew by the next search
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, json.dumps({"planner": VERSION, "scenarios": told}, ensure_ascii=False))
