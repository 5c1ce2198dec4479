"""The only way to write a file: afterwards the old one is there or the new one, never half of it; or a line more."""

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


def append_line(path: Path, line: str) -> None:
    """Add a line of UTF-8 to the end of a file and flush it to disk. A line that a crash cut short is removed first.

    One writer at a time. Raises OSError.
    """
    with path.open("ab") as file:
        size = file.tell()
        if size and (whole := _whole_lines(path, size)) < size:
            file.truncate(whole)
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
        if not size:
            keep_names(path.parent)


def _whole_lines(path: Path, size: int) -> int:
    """Where the last whole line of a file of `size` bytes ends [bytes]."""
    with path.open("rb") as file:
        end = size
        while end:
            begin = max(0, end - 65536)
            file.seek(begin)
            found = file.read(end - begin).rfind(b"\n")
            if found >= 0:
                return begin + found + 1
            end = begin
    return 0


def keep_names(folder: Path) -> None:
    """Flush the names in a folder to disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
