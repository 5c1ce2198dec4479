"""Everything of a workbench in one file, and back: scenarios, results, kept plans, journal and accounts."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from planner.errors import InputError, reason_of
from planner.locale import _
from planner.store.folder_lock import writing_in
from planner.store.journal import JOURNAL
from planner.store.run_folders import RUNS
from planner.version import VERSION
from planner.web.archive import Archive
from planner.web.records.tables import FILE
from planner.whole_file import force_to_disk, keep_names

MANIFEST: Final = "planner-backup.json"
FORMAT: Final = 1
SCENARIOS, RESULTS = "scenarios", "results"
"""Folders in the file."""


def back_up(folder: Path, results: Path, target: Path, accounts: Sequence[Mapping[str, Any]] | None = None) -> int:
    """Write everything to the file `target`, whole or not at all; return how many files are in it.

    The `accounts` are those of the database unless they are given.

    A server may go on meanwhile: results are not replaced while they are read, kept plans never change, and the journal
    is taken first, so that it names no plan that is missing. Raises InputError.
    """
    folder, results, target = folder.absolute(), results.absolute(), target.absolute()
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    count = 0
    try:
        with ZipFile(partial, "w", ZIP_DEFLATED) as made:
            journal = results / RUNS / JOURNAL
            if journal.is_file():
                made.writestr(f"{RESULTS}/{RUNS}/{JOURNAL}", journal.read_bytes())
                count += 1
            with writing_in(results):
                for top, name in ((folder, SCENARIOS), (results, RESULTS)):
                    for path in _files(top, results if top == folder else folder, {journal, target, partial}):
                        made.write(path, f"{name}/{path.relative_to(top).as_posix()}")
                        count += 1
            made.writestr(MANIFEST, json.dumps(_manifest(count, accounts), ensure_ascii=False, indent=1))
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
        keep_names(target.parent)
    except OSError as error:
        words = _("{file}: cannot be read or written: {reason}.")
        raise InputError(words.format(file=error.filename or target, reason=reason_of(error))) from error
    finally:
        partial.unlink(missing_ok=True)
    return count


def _files(top: Path, other: Path, left_out: set[Path]) -> Iterator[Path]:
    """Yield the files below `top`, except those of the folder `other` if it lies inside, the index, and unfinished
    files."""
    for path in sorted(top.rglob("*")):
        parts = path.relative_to(top).parts
        half = any(part.endswith((".unfinished", ".partial", ".previous")) for part in parts)
        half = half or (other != top and other.is_relative_to(top) and path.is_relative_to(other))
        index = parts[:1] == (RUNS,) and parts[-1].startswith(FILE)
        if not half and not index and path not in left_out and not path.is_symlink() and path.is_file():
            yield path


def _manifest(count: int, accounts: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    if accounts is None:
        from planner.web.accounts.register import plain_accounts

        accounts = plain_accounts()
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return {"format": FORMAT, "made": now, "planner": VERSION, "files": count, "accounts": accounts}


def restore(source: Path, folder: Path, results: Path) -> int:
    """Write everything of a backup to folders that are empty or not there; return how many files it has.

    Raises InputError where the file is none or is damaged, or a folder holds something; nothing is written then.
    """
    manifest = unpack(source, folder, results)
    from planner.web.accounts.register import restore_accounts

    archive = Archive(results.absolute())
    archive.open(anew=True)
    restore_accounts(manifest["accounts"])
    return int(manifest["files"])


def unpack(source: Path, folder: Path, results: Path) -> dict[str, Any]:
    """Write the files of a backup; return what it says of itself. Raises as `restore` does."""
    for top in (folder, results):
        if top.exists() and (not top.is_dir() or any(top.iterdir())):
            raise InputError(
                _("{folder}: it is not empty, and nothing is overwritten. Name another folder.").format(folder=top)
            )
    try:
        with ZipFile(source) as stored:
            manifest = _checked(stored)
            with (
                _unpacked(stored, SCENARIOS, folder) as scenarios_ready,
                _unpacked(stored, RESULTS, results) as results_ready,
            ):
                _name(scenarios_ready, folder)
                try:
                    _name(results_ready, results)
                except OSError:
                    folder.rename(scenarios_ready)
                    raise
            keep_names(folder.absolute().parent)
            keep_names(results.absolute().parent)
    except OSError as error:
        words = _("{file}: cannot be read or written: {reason}.")
        raise InputError(words.format(file=error.filename or folder, reason=reason_of(error))) from error
    except (BadZipFile, ValueError, LookupError, TypeError, NotImplementedError, RuntimeError) as error:
        raise InputError(_("{file}: this is no backup, or it is damaged.").format(file=source)) from error
    return manifest


def _checked(stored: ZipFile) -> dict[str, Any]:
    """Return what the backup says of itself; ValueError where it is none, is damaged, or names files elsewhere."""
    manifest = json.loads(stored.read(MANIFEST))
    names = [name for name in stored.namelist() if name != MANIFEST]
    for name in names:
        parts = PurePosixPath(name).parts
        odd = "\\" in name or ":" in name or name.startswith("/") or ".." in parts or len(parts) < 2
        if odd or parts[0] not in (SCENARIOS, RESULTS):
            raise ValueError(name)
    if manifest["format"] != FORMAT or manifest["files"] != len(names) or len(set(names)) != len(names):
        raise ValueError(MANIFEST)
    if stored.testzip() is not None:
        raise ValueError(str(stored.filename))
    return dict(manifest)


@contextmanager
def _unpacked(stored: ZipFile, name: str, top: Path) -> Iterator[Path]:
    """Yield the files of one folder, flushed to disk, in a hidden folder beside `top` that goes with the block."""
    top = top.absolute()
    unfinished = top.with_name(f".{top.name}.{os.getpid()}.unfinished")
    try:
        unfinished.mkdir(parents=True)
        for member in stored.namelist():
            if member.startswith(f"{name}/"):
                stored.extract(member, unfinished)
        (unfinished / name).mkdir(exist_ok=True)
        force_to_disk(unfinished)
        yield unfinished / name
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _name(ready: Path, top: Path) -> None:
    """Put a folder that is ready in the place of `top`, which is empty or not there."""
    if top.exists():
        top.rmdir()
    ready.rename(top)
