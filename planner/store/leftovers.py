"""What killed processes leave: hidden files and folders that were being written. They are removed after an hour."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_HALF: Final = re.compile(r"\.(?:.+[.-])?(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9]+)\.(?:unfinished|partial)")
"""Names that the program gives to what it is writing: a process number or random digits before the last word."""
_ABANDONED_AFTER: Final = 3600
"""Age at which nobody is assumed to be writing there any more [s]."""


def clear_leftovers(folder: Path, *, below: bool = False) -> None:
    """Remove what was left in a folder, or with `below` in all folders below it too. What cannot be removed stays."""
    latest = time.time() - _ABANDONED_AFTER
    for left in _half_written(folder, below):
        with suppress(OSError):
            if left.lstat().st_mtime < latest:
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink()


def _half_written(folder: Path, below: bool) -> Iterator[Path]:
    for path, folders, files in os.walk(folder):
        found = [name for name in (*folders, *files) if _HALF.fullmatch(name)]
        folders[:] = [name for name in folders if name not in found] if below else []
        yield from (Path(path) / name for name in found)
