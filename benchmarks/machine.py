"""What a page of results says of the machine and of the packages: never its name, nor where it is."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version


def described() -> str:
    """Day, cores and memory, and that one run is no more than one run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores and {memory:.0f} GiB of memory"
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y}: one run, on a shared machine of {machine}; "
        f"Python {platform.python_version()}. Each step is a process of its own, in one thread."
    )


def installed(package: str) -> str | None:
    """The version of a package; None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def number(value: float | None) -> str:
    """A figure of a table, with three significant digits below 100; a dash for none."""
    if value is None:
        return "-"
    size = abs(value)
    return f"{value:,.{0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3}f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown, its first column to the left and all others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
