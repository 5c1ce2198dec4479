"""Replace a folder by another in one step.

Linux and macOS exchange two folders atomically. Elsewhere the earlier folder is renamed first; if the program is
killed just then, `restore` brings it back the next time. One writer at a time: see `folder_lock`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD of Linux: paths are relative to the working folder."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS."""


def put_in_place(made: Path, folder: Path) -> None:
    """Rename `made` to `folder`, and remove what was there. Raises OSError and then leaves `folder` as it was."""
    if not folder.exists():
        made.rename(folder)
        return
    if _exchanged(made, folder):
        shutil.rmtree(made, ignore_errors=True)
        return
    previous = _previous(folder)
    shutil.rmtree(previous, ignore_errors=True)
    folder.rename(previous)
    try:
        made.rename(folder)
    except OSError:
        previous.rename(folder)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def restore(folder: Path) -> None:
    """Bring back the earlier folder after a program was killed in `put_in_place`."""
    previous = _previous(folder)
    if previous.is_dir() and not folder.exists():
        previous.rename(folder)


def _previous(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.previous")


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange the two names atomically; return False where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False
