"""Reliable handling of Ctrl-C.

Python raises KeyboardInterrupt in whatever code is running, which may suppress it: an import, a callback from C, a
finalizer. So a request to stop is also recorded, and raised again at the next progress message.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

_asked = threading.Event()


def listen() -> None:
    """Record requests to stop from now on: Ctrl-C, unless it is ignored, and SIGTERM. What is recorded stays so."""
    if threading.current_thread() is not threading.main_thread():
        return
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _stop):
        signal.signal(signal.SIGINT, _stop)


def heed() -> None:
    """Raise KeyboardInterrupt if a stop was requested and its exception was suppressed."""
    if _asked.is_set() and threading.current_thread() is threading.main_thread():
        _asked.clear()
        raise KeyboardInterrupt


def asked() -> bool:
    """Whether a stop was requested and not yet handled by `heed`."""
    return _asked.is_set()


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
