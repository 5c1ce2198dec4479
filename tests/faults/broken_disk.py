"""A disk that fails: the Nth operation on files below a folder raises, or kills the process.

BrokenDisk(folder, at=3)            the third operation, and all after it, raise ENOSPC
BrokenDisk(folder, at=3, once=True) only the third
BrokenDisk(folder, at=3, kill=True) the process is killed there, as by kill -9 or a power cut

Counted are: opening a file to write, each write and fsync, renaming, making a folder or a link. A write that fails has
written its first half. Reading, shortening and removing go on, as on a full disk.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import os
import signal
from pathlib import Path
from typing import Any, Self

import pytest


class BrokenDisk:
    """A context in which the disk fails; `operations` counts what was asked of it."""

    def __init__(
        self, folder: Path, at: int, *, code: int = errno.ENOSPC, once: bool = False, kill: bool = False
    ) -> None:
        self.folder = os.path.abspath(folder)
        self.at = at
        self.code = code
        self.once = once
        self.kill = kill
        self.operations = 0
        self._patch = pytest.MonkeyPatch()

    @property
    def failed(self) -> bool:
        """Whether an operation has failed."""
        return self.operations >= self.at

    def __enter__(self) -> Self:
        self._patch.setattr(io, "open", self._opening(io.open))
        self._patch.setattr(builtins, "open", io.open)
        for name in ("rename", "replace", "mkdir", "link", "symlink"):
            self._patch.setattr(os, name, self._about_paths(getattr(os, name)))
        self._patch.setattr(os, "fsync", lambda handle: self.step())  # a real one takes long and adds nothing
        self._patch.setattr(ctypes, "CDLL", self._library)
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()

    def step(self, *paths: Any) -> None:
        """One operation, on paths that the system would name; raises or kills where its turn has come."""
        self.operations += 1
        if self.operations == self.at or (self.operations > self.at and not self.once):
            if self.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self.code, os.strerror(self.code), *paths[:1])

    def concerns(self, *paths: Any) -> bool:
        return any(
            os.path.abspath(os.fsdecode(path)).startswith(self.folder)
            for path in paths
            if isinstance(path, str | bytes | os.PathLike)
        )

    def _opening(self, real: Any) -> Any:
        def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if not set(mode) & set("wax+") or not self.concerns(file):
                return real(file, mode, *arguments, **named)
            self.step(file)
            return _File(real(file, mode, *arguments, **named), self)

        return opened

    def _about_paths(self, real: Any) -> Any:
        def done(*arguments: Any, **named: Any) -> Any:
            if self.concerns(*arguments, *named.values()):
                self.step(*arguments)
            return real(*arguments, **named)

        return done

    def _library(self, name: Any) -> Any:
        """The C library, whose exchange of two folders counts too; where it fails, it says so by its result."""
        real = _LIBRARY(name)

        class Library:
            @staticmethod
            def renameat2(*arguments: Any) -> int:
                try:
                    self.step()
                except OSError:
                    return -1
                return int(real.renameat2(*arguments))

        return Library


_LIBRARY = ctypes.CDLL


class _File:
    """A file opened to write, each write of which is an operation."""

    def __init__(self, real: Any, disk: BrokenDisk) -> None:
        self._real, self._disk = real, disk

    def write(self, data: Any) -> Any:
        try:
            self._disk.step()
        except OSError:
            self._real.write(data[: len(data) // 2])
            self._real.flush()
            raise
        return self._real.write(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __iter__(self) -> Any:
        return iter(self._real)
