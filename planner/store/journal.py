"""The journal of a workspace: who did what and when, line by line, each sealed with the hash of those before it.

Nothing in this program changes or removes a line. A line that somebody changes, removes or adds by other means breaks
the chain from there on, and `fault` says where.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Self

from planner.store.folder_lock import writing_in
from planner.whole_file import append_line

JOURNAL: Final = "journal.jsonl"
Action = Literal[
    "made", "searched on", "pinned", "unpinned", "deleted", "removed", "restored", "lost", "saved", "looked",
    "verified", "submitted", "withdrawn", "commented", "returned", "approved", "signed in", "sign-in blocked",
    "account made", "account closed", "account opened", "role given", "role taken", "password set",
]  # fmt: skip
"""What somebody did."""
FIRST: Final = "0" * 64
"""What the first line has instead of the hash of the line before."""
LONGEST_NOTE: Final = 4000
"""Most characters of a note; the rest is cut."""


@dataclass(frozen=True)
class JournalLine:
    """One action."""

    number: int
    """1 for the first."""
    at: str
    """Time in UTC, as 2027-01-31T08:15:00Z."""
    who: str
    """Name as typed, or of the account."""
    signed_in: bool
    """Whether `who` is an account that had signed in; otherwise the name was typed and is not confirmed."""
    action: Action
    subject: str
    """Object of the action: a run, a scenario file, an account; empty where the action says it."""
    note: str
    """What `who` has said."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    before: str = FIRST
    """Hash of the line before."""
    hash: str = ""
    """SHA-256 of all of the above."""

    @property
    def seal(self) -> str:
        """The hash that the line must have."""
        told = {name: value for name, value in self._plain().items() if name != "hash"}
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def text(self) -> str:
        """Return the line as it is written."""
        return json.dumps(self._plain(), ensure_ascii=False)

    def _plain(self) -> dict[str, Any]:
        return {**self.__dict__, "facts": dict(self.facts)}

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the line in a text; ValueError where it is not one, or is not written exactly as this program writes
        it: other programs may read a repeated key differently."""
        try:
            found = cls(**json.loads(text))
            if not isinstance(found.number, int) or not isinstance(found.facts, dict) or not found.moment.tzinfo:
                raise ValueError(text)
            if found.text() != text.removesuffix("\n"):
                raise ValueError(text)
        except (TypeError, RecursionError) as error:
            raise ValueError(text) from error
        return found


class Journal:
    """The journal in `folder`. Any thread or process may use it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL

    @property
    def size(self) -> int:
        """How long it is [bytes]; it only ever grows."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def add(
        self, action: Action, subject: str = "", *, who: str, signed_in: bool = False, note: str = "", **facts: Any
    ) -> JournalLine:
        """Record an action; it is on disk when this returns. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with writing_in(self.path.parent):
            last = self._last()
            number, before = (last.number + 1, last.hash) if last is not None else (1, FIRST)
            at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            line = JournalLine(number, at, who, signed_in, action, subject, note[:LONGEST_NOTE], facts, before)
            line = JournalLine(**{**line.__dict__, "hash": line.seal})
            append_line(self.path, line.text())
        return line

    def lines(self, start: int = 0) -> Iterator[tuple[int, JournalLine | None]]:
        """Yield (where the next one begins, the line) from byte `start` on; None for a line that cannot be read."""
        if not self.size > start:
            return
        with self.path.open("rb") as file:
            file.seek(start)
            for raw in file:
                if not raw.endswith(b"\n"):  # cut short by a crash; nobody was told that it was written
                    return
                start += len(raw)
                try:
                    yield start, JournalLine.read(raw.decode())
                except ValueError:
                    yield start, None

    def fault(self) -> int | None:
        """Return the number of the first line that is not as it was written; None where all are."""
        expected, before = 0, FIRST
        for expected, (_next, line) in enumerate(self.lines(), start=1):
            if line is None or (line.number, line.before, line.hash) != (expected, before, line.seal):
                return expected
            before = line.hash
        return None

    def _last(self) -> JournalLine | None:
        """Return the last whole line that can be read."""
        size = self.size
        span = 65536
        while size:
            found = [line for _next, line in self._whole_lines(max(0, size - span)) if line is not None]
            if found or span >= size:
                return found[-1] if found else None
            span *= 4
        return None

    def _whole_lines(self, start: int) -> Iterator[tuple[int, JournalLine | None]]:
        """Yield the lines from the first that begins at `start` or later."""
        if start:
            with self.path.open("rb") as file:
                file.seek(start - 1)
                file.readline()
                start = file.tell()
        return self.lines(start)
