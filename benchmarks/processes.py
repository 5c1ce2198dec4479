"""Runs a command in a process of its own, with a time limit, and hears what it prints; its memory is measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
LAUNCHER: Final = Path(__file__).with_name("launcher.py")

LATE: Final = "ended at its time limit"


def run(command: list[str], seconds: float, hear: Callable[[str], None]) -> str:
    """Run `command`, giving each line that it prints to `hear`, at last one of JSON with its `megabytes`.

    Returns why it failed: LATE after so many seconds, or its exit code and last line; "" where it did not fail.
    """
    late, said = threading.Event(), ""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(LAUNCHER), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None

        def end() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        limit = threading.Timer(seconds, end)
        limit.start()
        try:
            for line in process.stdout:
                said = line.strip() if line.strip() and not line.startswith("{") else said
                hear(line)
            code = process.wait()
        finally:
            limit.cancel()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if late.is_set():
        return LATE
    return f"exit code {code}: {said[:120]}" if code else ""
