"""Reliable handling of Ctrl-C, and of what means the same: a terminal that is closed, a request to end.

Python raises KeyboardInterrupt in whatever code is running, which may suppress it: an import, a callback from C, a
finalizer. So a request to stop is also recorded, and raised again at the next progress message.
"""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import Final

_asked = threading.Event()
_TO_TERMINAL: Final = tuple(stream for stream in (1, 2) if os.isatty(stream))
"""Standard output and error, where they lead to the terminal; one that is closed no longer says that it was one."""


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


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt


def _stop_unseen(number: int, frame: FrameType | None) -> None:
    """Stop as after Ctrl-C; the terminal is gone, and writing to it would break off what is still to be stored."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in _TO_TERMINAL:
        os.dup2(nowhere, stream)
    _stop(number, frame)
