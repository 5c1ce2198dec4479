"""Loaded by every Python process of a guarded command: whoever is about to reach another machine is stopped and noted.

PLANNER_GUARD names the file of the notes.
"""

import os
import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost", "/", "\0", "@")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else address
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    elif event == "socket.bind":
        host = arguments[1][0] if isinstance(arguments[1], tuple) else ""
        host = host or "0.0.0.0"
    else:
        return
    name = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "127.0.0.1")
    if not name.startswith(LOOPBACK):
        handle = os.open(os.environ["PLANNER_GUARD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(handle, f"{event} {name} {sys.argv}\n".encode())
        os.close(handle)
        raise PermissionError(f"{event}: {name}")


if "PLANNER_GUARD" in os.environ:
    sys.addaudithook(_watch)
