"""Ctrl-C that cannot get lost.

Python raises KeyboardInterrupt wherever it happens to be, and what happens to be running may swallow it: a library
that is being imported, a callback from C, a finalizer. So a request to stop is also remembered, and heeded at the
next news of the work.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

_asked = threading.Event()


def listen() -> None:
    """Remember requests to stop from here on: Ctrl-C, unless it is ignored, and SIGTERM, which counts like it."""
    if threading.current_thread() is not threading.main_thread():
        return
    _asked.clear()
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _stop):
        signal.signal(signal.SIGINT, _stop)


def heed() -> None:
    """KeyboardInterrupt where a stop was asked for and its own exception went nowhere."""
    if _asked.is_set() and threading.current_thread() is threading.main_thread():
        _asked.clear()
        raise KeyboardInterrupt


def asked() -> bool:
    """Whether a stop was asked for and has not been heeded since."""
    return _asked.is_set()


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
