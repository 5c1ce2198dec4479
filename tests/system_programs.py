"""Programs of the system that some tests need: where they are, how they come, and what a run says without them.

`python -m tests.system_programs` installs what is missing where that is allowed: on Debian, as root. `make test` does
so while the packages are installed, with `--before-setup`, which says nothing where it is not allowed, and once more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

APT_TAKES_AT_MOST: Final = 400
"""Longest that installing may take [s]."""


@cache
def chromium() -> str | None:
    """The path of a Chromium: one of the system, or Playwright's own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:  # before the packages are installed
        return None
    with sync_playwright() as tools:
        own = tools.chromium.executable_path
    return own if Path(own).is_file() else None


@cache
def postgres() -> str | None:
    """The folder of PostgreSQL's programs, the newest of Debian's or that of the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    for folder in (*reversed(folders), Path(shutil.which("initdb") or "/none").parent):
        if (folder / "initdb").is_file():
            return str(folder)
    return None


@dataclass(frozen=True)
class Program:
    """A program that some tests need."""

    package: str
    """Debian's name of it."""
    tests: str
    """What is not tested without it."""
    find: Callable[[], str | None]


PROGRAMS: Final = (
    Program("chromium", "tests in a browser", chromium),
    Program("postgresql", "tests of an office's database", postgres),
)


def missing() -> list[Program]:
    """The programs that are not on this machine."""
    return [program for program in PROGRAMS if program.find() is None]


def install(before_setup: bool) -> None:
    """Install what is missing, if this is Debian and we are root; say so where it fails, or is not allowed.

    Before the packages are installed, a browser of Playwright's own is not known: then what is not allowed is not said.
    """
    wanted = [program.package for program in missing()]
    if not wanted:
        return
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        if not before_setup:
            print(f"Not installed, for that needs root on Debian: {', '.join(wanted)}")
        return
    print(f"Installing for the tests: {', '.join(wanted)} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        [apt, "update", "-qq"],
        [apt, "install", "-y", "-qq", "--no-install-recommends", *wanted],
    )
    for command in commands:
        try:
            made = subprocess.run(
                command, env=quiet, capture_output=True, text=True, check=False, timeout=APT_TAKES_AT_MOST
            )
        except subprocess.TimeoutExpired:
            print("Not installed: it takes too long.")
            return
        if made.returncode:
            print(f"Not installed: {(made.stderr.strip() or made.stdout.strip()).splitlines()[-1:]}")


def said_of_missing() -> list[str]:
    """One line for each kind of test that could not run on this machine."""
    return [f"NOT RUN: {program.tests}, for there is no {program.package} on this machine." for program in missing()]


if __name__ == "__main__":
    install(before_setup="--before-setup" in sys.argv)
    sys.exit(0)
