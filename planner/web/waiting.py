"""What waits or is searched, written down, so that a server that ended, however it did, goes on with it."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from planner.whole_file import write_whole

FILE: Final = ".waiting.json"
"""Name of the list, in the folder of results."""
MOST_TRIES: Final = 2
"""How often a search is begun that did not end because the server did: one that ends servers is not begun for ever."""
LASTING: Final = 10.0
"""How long a search runs until the end of its server counts against it [s]."""
MOST_BRIEF_TRIES: Final = 5
"""How often one is begun that ran less long: that a server was ended twice soon after its start has other causes."""


@dataclass(frozen=True)
class Awaited:
    """A plan, or the answer to a question, that somebody waits for."""

    name: str
    """Name of the scenario file."""
    sha256: str
    """Hash of the scenario as it was when it was asked."""
    language: str
    by: str = ""
    signed_in: bool = False
    question: str = ""
    """Name of the question; empty for a plan."""
    query: str = ""
    """Its parameters, as they stand in the address."""
    first: str = ""
    """Folder of results of the first plan, where the plan is of what was left of it."""
    tries: int = 0
    """How often its search has begun and lasted."""
    brief: int = 0
    """How often its search has begun and did not last."""
    gap: float = 0.0
    """Gap to which the search goes on from the plan that the scenario has [0-1]; with `seconds`."""
    seconds: float = 0.0
    """For how long it goes on [s]; 0 where the plan is made anew."""

    @property
    def ends_servers(self) -> bool:
        """Whether so many servers have ended during its search that it is not begun again."""
        return self.tries >= MOST_TRIES or self.brief >= MOST_BRIEF_TRIES


class WaitingList:
    """The list of what is awaited, in a file that is written anew with each change. Any thread may use it."""

    def __init__(self, results: Path) -> None:
        self._file = results / FILE
        self._known: dict[str, Awaited] = {}
        self._changing = threading.Lock()
        self._frozen = False
        self.left = self._of_before()
        """What was awaited when the server before ended, and has not been gone on with yet."""

    def _of_before(self) -> list[Awaited]:
        """Return what the file lists; nothing if it is missing or is no such list."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return [read for each in found if (read := _read(each)) is not None] if isinstance(found, list) else []

    def gone_on_with(self, awaited: Awaited) -> None:
        """Strike off an entry that the server before left: it is queued again, or cannot be."""
        with self._changing:
            self.left.remove(awaited)
            self._write()

    def add(self, awaited: Awaited) -> str:
        """Write down what is awaited; return the ticket by which it is known."""
        ticket = secrets.token_hex(8)
        with self._changing:
            self._known[ticket] = awaited
            self._write()
        return ticket

    def begun(self, ticket: str) -> None:
        """Note that the search of an entry begins, and after a while that it has lasted."""
        self._count(ticket, brief=1)
        lasting = threading.Timer(LASTING, self._count, (ticket,), {"brief": -1, "tries": 1})
        lasting.daemon = True
        lasting.start()

    def _count(self, ticket: str, *, brief: int, tries: int = 0) -> None:
        with self._changing:
            if (known := self._known.get(ticket)) is not None:
                self._known[ticket] = replace(known, brief=known.brief + brief, tries=known.tries + tries)
                self._write()

    def over(self, ticket: str) -> None:
        """Strike off an entry: its plan or answer is made, stopped, or cannot be made."""
        with self._changing:
            if self._known.pop(ticket, None) is not None:
                self._write()

    def freeze(self) -> None:
        """Freeze the list when the server ends: the next one goes on with what is awaited now."""
        with self._changing:
            self._frozen = True

    def _write(self) -> None:
        if self._frozen:
            return
        with suppress(OSError):  # searches go on where the medium is full; only the list is not up to date
            self._file.parent.mkdir(parents=True, exist_ok=True)
            told = [asdict(each) for each in (*self.left, *self._known.values())]
            write_whole(self._file, json.dumps(told, ensure_ascii=False))


def _read(found: object) -> Awaited | None:
    if not isinstance(found, Mapping):
        return None
    kinds = {
        field.name: {"str": str, "bool": bool, "int": int, "float": float}[str(field.type)] for field in fields(Awaited)
    }
    given: dict[str, Any] = {key: value for key, value in found.items() if type(value) is kinds.get(key)}
    try:
        return Awaited(**given)
    except TypeError:  # something that is needed is missing
        return None
