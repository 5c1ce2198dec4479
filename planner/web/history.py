"""Earlier texts of scenario files: every save keeps the text it replaces, so that each can be undone."""

from __future__ import annotations

import difflib
import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from planner.web.acting import actor
from planner.web.ownership import ensure_writable, is_open
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


class CompanyChanged(Exception):
    """Files that were changed with a save have been changed again since, so that it cannot be undone for all."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


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
    """Bring back the text before the last save, with those of the files changed with it; whether there was one.

    Raises ChangedMeanwhile, CompanyChanged, OSError, and InputError where the acting user may not write one of them.
    """
    with _SAVING:
        before = file.text()
        if state_of(before) != opened:
            raise ChangedMeanwhile(before)
        kept = _texts(file)
        if not kept:
            return False
        back = [(file, kept[-1]), *_company_back(file, kept[-1])]
        for each, text in back:
            ensure_writable(each, text.read_text(encoding="utf-8-sig"))
        _bring_back(back)
    for each, _text in back:
        _write_down(each, each.text())
    return True


def _bring_back(back: Sequence[tuple[ScenarioFile, Path]]) -> None:
    """Put kept texts in place of files: of all of them or, where one cannot be written, of none."""
    done: list[tuple[Path, bytes, Path, bytes]] = []
    try:
        for file, kept in back:
            texts = file.path, file.path.read_bytes(), kept, kept.read_bytes()
            kept.replace(file.path)
            done.append(texts)
        keep_names(back[0][0].path.parent)
    except OSError:
        for path, now, kept, before in done:
            write_whole(kept, before)
            write_whole(path, now)
        raise
    for _file, text in back:
        with suppress(OSError):  # of no use without the text beside it
            _note_beside(text).unlink(missing_ok=True)


def join(saved: Sequence[tuple[ScenarioFile, str]]) -> None:
    """Note that files were saved together, each with its text now, so that one undo brings all of them back."""
    with _SAVING:
        found = [(file, text, texts[-1]) for file, text in saved if (texts := _texts(file)) and file.text() == text]
        note = {file.name: {"kept": kept.name, "state": state_of(text)} for file, text, kept in found}
        for _file, _text, kept in found:
            write_whole(_note_beside(kept), json.dumps(note))


def together(file: ScenarioFile) -> list[str]:
    """Return the names of the files that were changed with the last save of a file and that its undo brings back
    too."""
    kept = _texts(file)
    return [other.name for other, _kept, _state in _company(file, kept[-1]) if is_open(other)] if kept else []


def _company(file: ScenarioFile, kept: Path) -> list[tuple[ScenarioFile, Path, str]]:
    """Return the files that were saved with the one whose text was `kept`, each with its kept text and its state
    then."""
    try:
        note = json.loads(_note_beside(kept).read_text(encoding="utf-8"))
        named = [(file.beside(name), Path(str(one["kept"])).name, str(one["state"])) for name, one in note.items()]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []
    there = [(other, _folder(other) / text, state) for other, text, state in named if other.name != file.name]
    return [each for each in there if each[0].path.is_file() and each[1].is_file()]


def _company_back(file: ScenarioFile, kept: Path) -> list[tuple[ScenarioFile, Path]]:
    """Return the files that come back with a file, each with its kept text; raises CompanyChanged."""
    found = _company(file, kept)
    changed = [
        other.name for other, text, state in found if _texts(other)[-1] != text or state_of(other.text()) != state
    ]
    if changed:
        raise CompanyChanged(changed)
    return [(other, text) for other, text, _state in found]


def _note_beside(kept: Path) -> Path:
    """Return the file beside a kept text that says which files were saved with it."""
    return kept.with_suffix(".json")


def _write_down(file: ScenarioFile, text: str) -> None:
    """Note in the journal which account has saved a file."""
    if actor().signed_in:
        from planner.web.bench import bench

        bench().archive.write("saved", file.name, sha256=state_of(text))


def can_undo(file: ScenarioFile) -> bool:
    """Return whether an earlier text of the file is kept."""
    return bool(_texts(file))


def last_kept(file: ScenarioFile) -> str | None:
    """Return the text before the last save; None where none is kept, or it cannot be read."""
    kept = _texts(file)
    try:
        return kept[-1].read_text(encoding="utf-8-sig") if kept else None
    except (OSError, UnicodeDecodeError):
        return None


def difference(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield (mark, line) of what differs, with two lines around: "-" only before, "+" only after, " " both, "@" a
    gap."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    for line in list(lines)[2:]:
        yield line[0], "…" if line.startswith("@@") else line[1:]


def _mark(file: ScenarioFile) -> str:
    """Return the mark that some editors begin a file with; its text is without it."""
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
