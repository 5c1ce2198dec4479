"""Reliable handling of Ctrl-C, and of what means the same: a terminal that is closed, a request to end.

Python raises KeyboardInterrupt in whatever code is running, which may suppress it: an import, a callback from C, a
finalizer. So a request to stop is also recorded, and raised again at the next progress message. Or it may be turned
into an error of a library, whose words then say nothing of Ctrl-C: so the calls that were running are recorded too.
"""

from __future__ import annotations

import os
import signal
import threading
from traceback import walk_stack, walk_tb
from types import CodeType, FrameType
from typing import Final

_asked = threading.Event()
_stopped: frozenset[tuple[CodeType, int]] = frozenset()
"""The calls that the last request to stop came upon: the code of each, and the line it had reached."""
_TO_TERMINAL: Final = tuple(stream for stream in (1, 2) if os.isatty(stream))
"""Standard output and error, where they lead to the terminal; one that is closed no longer says that it was one."""
_LOADING: Final = "<frozen importlib._bootstrap>"
"""What Python calls the file of its own code that loads modules."""


def listen() -> None:
    """Record requests to stop from now on; what is recorded stays so.

    They are Ctrl-C and the closing of the terminal, unless these are ignored (`nohup`), and SIGTERM.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _stop_unseen)
    if signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _stop):
        signal.signal(signal.SIGINT, _stop)


def heed() -> None:
    """Raise KeyboardInterrupt if a stop was requested and its exception was suppressed."""
    if _asked.is_set() and threading.current_thread() is threading.main_thread():
        _asked.clear()
        raise KeyboardInterrupt


def asked() -> bool:
    """Return whether a stop was requested and not yet handled by `heed`."""
    return _asked.is_set()


def became(error: BaseException) -> bool:
    """Return whether `error` is what a library made of a request to stop, which is not yet handled by `heed`.

    It is where the request came while a module was loaded, and where `error` left the very call it came upon.
    """
    if not asked() or error.__traceback__ is None:
        return False
    *_, (frame, line) = walk_tb(error.__traceback__)
    return (frame.f_code, line) in _stopped or any(code.co_filename == _LOADING for code, _ in _stopped)


def _stop(number: int, frame: FrameType | None) -> None:
    global _stopped
    _stopped = frozenset((stopped.f_code, line) for stopped, line in walk_stack(frame))
    _asked.set()
    raise KeyboardInterrupt


def _stop_unseen(number: int, frame: FrameType | None) -> None:
    """Stop as after Ctrl-C; the terminal is gone, and writing to it would break off what is still to be stored."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in _TO_TERMINAL:
        os.dup2(nowhere, stream)
    _stop(number, frame)
