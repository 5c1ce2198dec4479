"""Earlier texts of scenario files: every save keeps the text it replaces, so that each can be undone."""

from __future__ import annotations

import difflib
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from planner.web.acting import actor
from planner.web.ownership import ensure_writable
from planner.web.workspace import ScenarioFile, state_of
from planner.whole_file import keep_names, write_whole

FOLDER: Final = ".planner-history"
"""Hidden folder beside the scenarios, with a folder for each file."""
_SAVING: Final = Lock()
"""Held while a file is compared and replaced, so that of two saves of one state only one is taken."""


class ChangedMeanwhile(Exception):
    """The file is not as it was when its text was opened; `now` is its text."""

    def __init__(self, now: str) -> None:
        super().__init__()
        self.now = now


def save(file: ScenarioFile, text: str, opened: str) -> None:
    """Replace the text of a file, which must still have the state `opened`; the text before is kept.

    Raises ChangedMeanwhile, OSError, and InputError where the acting user may not write such a text.
    """
    ensure_writable(file, text)
    with _SAVING:
        before = file.text()
        if state_of(before) != opened:
            raise ChangedMeanwhile(before)
        if before == text:
            return
        mark = _mark(file)
        kept = _keep(file, mark + before)
        try:
            write_whole(file.path, mark + text)
        except OSError:
            if file.text() == before:
                kept.unlink()  # nothing was saved that could be undone
            raise
    _write_down(file, text)


def undo(file: ScenarioFile, opened: str) -> bool:
    """Bring back the text before the last save; whether there was one. Raises ChangedMeanwhile, and OSError."""
    with _SAVING:
        before = file.text()
        if state_of(before) != opened:
            raise ChangedMeanwhile(before)
        kept = _texts(file)
        if not kept:
            return False
        ensure_writable(file, kept[-1].read_text(encoding="utf-8-sig"))
        kept[-1].replace(file.path)
        keep_names(file.path.parent)
    _write_down(file, file.text())
    return True


def _write_down(file: ScenarioFile, text: str) -> None:
    """Note in the journal which account has saved a file."""
    if actor().signed_in:
        from planner.web.bench import bench

        bench().archive.write("saved", file.name, sha256=state_of(text))


def can_undo(file: ScenarioFile) -> bool:
    """Whether an earlier text of the file is kept."""
    return bool(_texts(file))


def last_kept(file: ScenarioFile) -> str | None:
    """The text before the last save; None where none is kept, or it cannot be read."""
    kept = _texts(file)
    try:
        return kept[-1].read_text(encoding="utf-8-sig") if kept else None
    except (OSError, UnicodeDecodeError):
        return None


def difference(before: str, after: str) -> Iterator[tuple[str, str]]:
    """(mark, line) of what differs, with two lines around: "-" only before, "+" only after, " " both, "@" a gap."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    for line in list(lines)[2:]:
        yield line[0], "…" if line.startswith("@@") else line[1:]


def _mark(file: ScenarioFile) -> str:
    """The mark that some editors begin a file with; its text is without it."""
    with file.path.open("rb") as opened:
        return "\ufeff" if opened.read(3) == BOM_UTF8 else ""


def _folder(file: ScenarioFile) -> Path:
    return file.path.parent / FOLDER / file.name


def _texts(file: ScenarioFile) -> list[Path]:
    folder = _folder(file)
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _keep(file: ScenarioFile, text: str) -> Path:
    folder = _folder(file)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.yaml"
    try:
        write_whole(kept, text)
    except OSError:
        kept.unlink(missing_ok=True)
        raise
    return kept
