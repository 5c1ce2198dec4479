"""The only way to write a file: afterwards either the old or the new content is there, never half of it; or append a
line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, flush: bool = True) -> None:
    """Write bytes, or text as UTF-8, in one step; if several threads or processes write, the last one wins.

    The file is flushed to disk unless its whole folder will be (`flush`). Raises OSError, which names `path`.
    """
    partial = path.with_name(f".{path.name}.{os.urandom(4).hex()}.partial")
    with _naming(path):
        try:
            with partial.open("wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                if flush:
                    file.flush()
                    os.fsync(file.fileno())
            partial.replace(path)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        if flush:
            keep_names(path.parent)


def write_together(files: Mapping[Path, str | bytes]) -> None:
    """Write files that belong together, each whole, and make the folders that are missing.

    Where one fails, those that were not there before are removed again. Raises OSError, which names the file.
    """
    new = [path for path in files if not path.exists()]
    with ExitStack() as folders:
        for folder in {path.parent: None for path in files}:
            folders.enter_context(making(folder))
        try:
            for path, content in files.items():
                write_whole(path, content)
        except BaseException:
            for path in new:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            raise


def append_line(path: Path, line: str) -> None:
    """Add a line of UTF-8 to the end of a file and flush it to disk. A line that a crash cut short is removed first.

    Where it cannot be written, the file is as long as before, as far as the medium allows. One writer at a time.
    Raises OSError, which names `path`.
    """
    rest = f"{line}\n".encode()
    with _naming(path), path.open("ab", buffering=0) as file:
        end = file.tell()
        if end and (whole := _whole_lines(path, end)) < end:
            file.truncate(end := whole)
        try:
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
            if not end:
                keep_names(path.parent)
        except OSError:
            with suppress(OSError):
                file.truncate(end)
            raise


def _whole_lines(path: Path, size: int) -> int:
    """Return where the last whole line of a file of `size` bytes ends [bytes]."""
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


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Make a folder and its missing parents within a `with` block; what was made is removed if the block fails.

    A folder that is not empty by then stays. Raises OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def keep_names(folder: Path) -> None:
    """Flush the names in a folder to disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with _naming(folder):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def force_to_disk(folder: Path) -> None:
    """Flush all files and names below a folder to disk."""
    for path, _folders, files in os.walk(folder):
        for name in files:
            file = Path(path) / name
            if not file.is_symlink():
                with _naming(file), file.open("rb") as opened:
                    os.fsync(opened.fileno())
        keep_names(Path(path))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Make errors of the system name the file that was to be written: those of a full disk name none."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
