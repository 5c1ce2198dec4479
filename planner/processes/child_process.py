"""Processes that this program starts: how they start, communicate and end. No other module starts one.

Both sides are here. `ChildProcess` is the child as its parent sees it, `ParentProcess` the parent as its child does.
A child runs `main()` of one module of this package. It imports neither the main module of its parent, which therefore
needs no guard, nor anything from the working folder. It has its own session, so that a terminal's Ctrl-C reaches the
parent alone and a solver that the child has started ends with it; its own standard output, to which libraries may
print; and its own folder for temporary files. It ends with its parent, whatever happens to that.

Messages are bytes. Each is sent as a pickle, so that a truncated message is never taken for a whole one.
"""

from __future__ import annotations

import os
import pickle
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Final, Self

from planner.errors import how_it_broke, wants_memory
from planner.locale import _

_ROOT: Final = str(Path(__file__).parents[2])
"""The folder that this package was imported from."""

BACKGROUND: Final = "PLANNER_BACKGROUND"
"""Environment variable by which a server asks searching processes to run at low priority."""
_NICENESS: Final = 5
"""Their priority as `nice` counts it: they get a quarter of a processor where both want all of it."""

_OF_MEMORY: Final = frozenset({signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGTRAP})
"""Signals by which processes end that get no more memory: the system's own, and those of libraries that do not look
whether they got any (SIGSEGV, SIGBUS), or that give up (SIGABRT, SIGTRAP)."""

_GONE: Final = 1.0
"""Longest wait for a killed solver of a child to be gone [s]; in containers that never collect dead processes it stays
for ever."""

_START: Final = """
import os, sys
root, module = sys.argv[1:3]
root in sys.path or sys.path.insert(0, root)
try:
    from planner.processes.lean import set_up_process
    set_up_process()
    from importlib import import_module
    main = import_module(module).main
except (ImportError, MemoryError) as error:
    if os.environ.get("PLANNER_DEBUG"):
        raise
    sys.exit((str(error).strip() or "MemoryError").splitlines()[-1])
main()
"""
"""The program of every child. Where memory is too small to load a library, it prints one line that says so."""


class ChildProcess:
    """A process started by this one. Use it as a context manager: it ends with the block.

    `kill` may be called from any thread; if another thread waits in `receive` then, that raises EOFError.
    """

    def __init__(self, module: str, environment: Mapping[str, str] | None = None, *, keep_errors: bool = False) -> None:
        """Start `main()` of `module`; `environment` is added to that of this process. Raises OSError where that fails.

        With `keep_errors` what the child prints is not shown, and its last line explains its end.
        """
        self._lock = threading.Lock()
        self._ended = False
        self.folder = _temporary_folder()
        """Its folder for temporary files; None where none can be made, for many children need none."""
        places = {} if self.folder is None else dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(self.folder))
        try:
            self._errors = tempfile.TemporaryFile(dir=self.folder) if keep_errors else None  # noqa: SIM115 - see `end`
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, _ROOT, module, str(self.folder or "")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={**os.environ, **places, **(environment or {})},
                start_new_session=True,
            )
        except BaseException:
            _remove(self.folder)
            raise
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders, self._replies = self._process.stdin, self._process.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """Number of the process, and of its process group."""
        return self._process.pid

    def send(self, message: bytes) -> None:
        """Send a message. Raises OSError where the child has ended."""
        _write(self._orders, message)

    def receive(self) -> bytes:
        """Wait for the next message. Raises EOFError where the child ends first."""
        return _read(self._replies)

    def has_ended(self) -> bool:
        """Return whether a child that owes no message has ended: anything to read can only be its end."""
        poller = select.poll()
        poller.register(self._replies, select.POLLIN)
        return bool(poller.poll(0))

    def ending(self) -> str:
        """Wait for the end of the child, and return a sentence that says how it ended."""
        code = self._process.wait()
        if -code in _OF_MEMORY:
            sentence = _(
                "its process was ended by signal {number}, as happens when memory runs out; close other programs."
            )
            return sentence.format(number=-code)
        last = ""
        if self._errors is not None:
            self._errors.seek(0)
            last = self._errors.read().decode(errors="replace").strip().rpartition("\n")[2]
        if wants_memory(error := RuntimeError(last)):
            return how_it_broke(error)
        if last:
            return _("its process ended with code {code} ({error}).").format(code=code, error=last)
        return _("its process ended with code {code} and without an answer.").format(code=code)

    def kill(self) -> None:
        """End the child, and whatever solver it has started, now."""
        with self._lock:
            if not self._ended:  # its number may belong to another process later
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the child now, wait until whatever solver it has started is gone too, and remove its files."""
        self.kill()
        with self._lock:
            if not self._ended:
                self._process.wait()
                _wait_for_group(self._process.pid)
            self._ended = True
        for stream in (self._orders, self._replies, self._errors):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        _remove(self.folder)


class ParentProcess:
    """The process that started this one. When it ends, this one ends at once, with whatever solver it has started."""

    def __init__(self) -> None:
        """Take over standard input and output; what is printed from here on goes to standard error."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends this process
        self._folder = Path(sys.argv[3]) if sys.argv[3] else None
        # a file object of its own: sys.stdin could not be closed while a thread reads from it
        source = os.fdopen(os.dup(0), "rb")
        self._replies = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        self._orders: SimpleQueue[bytes] = SimpleQueue()
        threading.Thread(target=self._listen, args=(source,), daemon=True).start()

    def receive(self) -> bytes:
        """Wait for the next message."""
        return self._orders.get()

    @property
    def waits(self) -> bool:
        """Whether a further message has arrived already."""
        return not self._orders.empty()

    def send(self, message: bytes) -> None:
        """Send a message."""
        try:
            _write(self._replies, message)
        except OSError:
            self._end_with_it()

    def _listen(self, source: IO[bytes]) -> None:
        """Queue the messages, until the parent ends."""
        try:
            while True:
                self._orders.put(_read(source))
        except (EOFError, OSError):
            self._end_with_it()

    def _end_with_it(self) -> None:
        _remove(self._folder)
        os.killpg(os.getpgrp(), signal.SIGKILL)


def step_back() -> None:
    """Lower the priority of this process where the process that started it asks for that (BACKGROUND).

    Linux divides processors among sessions first, and within each by `nice`; so the session of this process, which is
    its own, gets a lower priority too.
    """
    if os.environ.get(BACKGROUND) != "1":
        return
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    with suppress(OSError):  # other systems, and kernels without groups of sessions, have no such file
        group = os.open("/proc/self/autogroup", os.O_WRONLY)
        try:
            os.write(group, str(_NICENESS).encode())
        finally:
            os.close(group)


def _write(stream: IO[bytes], message: bytes) -> None:
    stream.write(pickle.dumps(message))
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    """Return the next message. Raises EOFError where the other side has ended, even in the middle of a message."""
    try:
        message: bytes = pickle.load(stream)
    except pickle.UnpicklingError:
        raise EOFError from None
    return message


def _temporary_folder() -> Path | None:
    try:
        return Path(tempfile.mkdtemp(prefix="planner-"))
    except OSError:
        return None


def _wait_for_group(group: int) -> None:
    """Wait until no process of a killed group is left: some end after their leader."""
    end = time.monotonic() + _GONE
    with suppress(ProcessLookupError, PermissionError):  # gone; or its number is that of a stranger already
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(0.002)


def _remove(folder: Path | None) -> None:
    """Rename, then remove a folder to which a solver may still be writing, so that the solver no longer finds it."""
    if folder is None:
        return
    with suppress(OSError):
        folder = folder.rename(folder.with_name(f"{folder.name}-removed"))
    shutil.rmtree(folder, ignore_errors=True)
