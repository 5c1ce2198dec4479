"""The program of a worker process: it solves the points that its parent sends, one at a time.

Each order and each reply is a frame: a length of 8 bytes and a pickle. The process ends with its parent.
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import struct
import sys
import threading
from queue import SimpleQueue
from typing import IO, Final

from planner.batch.points import solve_point

_LENGTH: Final = struct.Struct(">Q")

RESULT: Final = "result"
ERROR: Final = "error"
"""The two kinds of replies: a Result, or the text of an error."""


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame; OSError where the other side has gone."""
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes:
    """Read one frame; EOFError where the other side has ended, also in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else None
    content = b"" if length is None else stream.read(length)
    if len(content) != length:
        raise EOFError
    return content


def main() -> None:
    """Serve on standard input and output until the parent ends; what libraries print goes to standard error.

    The only argument is the folder for temporary files, which the parent has created.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends this process
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    orders: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, orders, sys.argv[2]), daemon=True).start()
    while True:
        try:
            write_frame(replies, _reply(orders.get()))
        except OSError:
            os._exit(1)


def _receive(stream: IO[bytes], orders: SimpleQueue[bytes], folder: str) -> None:
    """Queue the orders; when the parent ends, end this process group, with any solver in it."""
    try:
        while True:
            orders.put(read_frame(stream))
    except (EOFError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(os.getpgrp(), signal.SIGKILL)


def _reply(order: bytes) -> bytes:
    """Solve the point of `order`; an order that cannot be read, or a result that cannot be sent, is an error."""
    try:
        point, limits, language = pickle.loads(order)
        return pickle.dumps((RESULT, solve_point(point, limits, language)))
    except Exception as error:
        return pickle.dumps((ERROR, f"{type(error).__name__}: {error}"))
