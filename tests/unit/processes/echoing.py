"""The program of a child process for tests: it answers each message with what the message asks for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile

from planner.processes.child_process import ParentProcess

_SOLVER = 'n=0; while n=$((n + 1)); do echo > "$1/$n" || exit; done 2>&-'
"""Writes one file after another into a folder, as long as there is one."""


def main() -> None:
    parent = ParentProcess()
    while True:
        asked = parent.receive().decode()
        if asked.startswith("signal "):
            os.kill(os.getpid(), int(asked.removeprefix("signal ")))
        if asked == "cut short":
            os.write(parent._replies.fileno(), b"\x80\x05\x8e\xff\xff\x00\x00\x00\x00\x00\x00abc")
            os._exit(0)
        if asked == "garbage":
            os.write(parent._replies.fileno(), b"bukan jawaban")
            os._exit(0)
        if asked.startswith("exit"):
            why = asked.removeprefix("exit").removeprefix(" saying ")
            print("first line", "printed last" if why == "why" else why, sep="\n", flush=True)
            os._exit(7)
        if asked == "solver":
            subprocess.Popen(["sh", "-c", _SOLVER, "sh", tempfile.gettempdir()])
        if asked == "interrupted":
            os.kill(os.getpid(), signal.SIGINT)
        print("a library prints this")
        place = tempfile.gettempdir() if asked == "folder" else asked
        parent.send(" ".join((place, os.environ.get("KATA", ""), ("pulp" in sys.modules and "pulp") or "")).encode())
