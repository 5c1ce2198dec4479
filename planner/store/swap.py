"""One folder takes the place of another in one step.

Linux and macOS exchange two folders at once. Elsewhere the earlier folder steps aside first; should
the program be killed just then, `restore` brings it back the next time.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD of Linux: paths count from the working folder."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS."""


def put_in_place(made: Path, folder: Path) -> None:
    """`made` becomes `folder`; what was there is removed. OSError leaves `folder` as it was."""
    if not folder.exists():
        made.rename(folder)
        return
    if _exchanged(made, folder):
        shutil.rmtree(made, ignore_errors=True)
        return
    aside = _aside(folder)
    shutil.rmtree(aside, ignore_errors=True)
    folder.rename(aside)
    try:
        made.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def restore(folder: Path) -> None:
    """Bring back a folder that stepped aside for one that never came."""
    aside = _aside(folder)
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.previous")


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system could exchange the two names in one step."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False
