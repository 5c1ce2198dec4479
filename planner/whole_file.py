"""The only way to write a file: afterwards the old one is there or the new one, never half of it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, flush: bool = True) -> None:
    """Write bytes, or text as UTF-8, in one step; of several threads or processes at once the last one wins.

    The file is flushed to disk unless its whole folder will be (`flush`). Raises OSError.
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        partial.replace(path)
        if flush:
            keep_names(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def keep_names(folder: Path) -> None:
    """Flush the names in a folder to disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
