"""Standard output kept clean of what libraries print from C, such as the banner of highspy."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SHUT: Final = threading.Lock()
"""One at a time: of two threads, the second would keep the shut output for the open one."""


@contextmanager
def standard_output_shut() -> Iterator[None]:
    """Nothing written to file descriptor 1 gets out, also from C."""
    with _SHUT:
        sys.stdout.flush()
        kept = os.dup(1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
