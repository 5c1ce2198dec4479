"""A report as PDF: bookmarks, tags, PDF/A-2a, the same bytes for the same report, and nothing fetched.

WeasyPrint (the extra `pdf`) runs in a process of its own, `child.py`: it needs an environment variable, prints to
standard output, and is patched for speed. This process changes none of its own settings, so any number of threads may
make PDFs at the same time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from planner.errors import InputError, PlannerError, Problem
from planner.locale import _
from planner.report.pdf.child import CHECK, MAKE, NO_LIBRARY, NO_PACKAGE

__all__ = ["ensure_available", "pdf_bytes"]

SYSTEM_PACKAGES: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"

_CLOCK: Final = "SOURCE_DATE_EPOCH"
"""fontTools writes the current time into fonts unless this environment variable is set."""

_ROOT: Final = str(Path(__file__).parents[3])
"""The folder that this package was imported from."""

_START: Final = (
    "import sys; root = sys.argv[1]; root in sys.path or sys.path.insert(0, root);"
    "from planner.report.pdf.child import main; sys.exit(main(sys.argv[2]))"
)
"""What the child process runs: this package and no other, and nothing from the current folder."""


def ensure_available() -> None:
    """Raise InputError, with the remedy, unless WeasyPrint and the system library Pango are installed."""
    _run(CHECK)


def pdf_bytes(html: str) -> bytes:
    """The PDF of a report; the same report gives the same bytes.

    Raises InputError where a package is missing, and PlannerError where the child process fails. An exception in this
    thread, such as KeyboardInterrupt, ends the child process.
    """
    return _run(MAKE, html)


def _run(task: str, html: str = "") -> bytes:
    """The output of the child process for one task."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _START, _ROOT, task],
        input=html.encode(),
        capture_output=True,
        env={**os.environ, _CLOCK: os.environ.get(_CLOCK) or "0"},
        start_new_session=True,  # Ctrl-C goes to this process alone, which ends the child
        check=False,
    )
    if done.returncode == NO_PACKAGE:
        message = _("PDF files need the package WeasyPrint, which is not installed.")
        raise InputError([Problem(message, _("Install it with: pip install 'planner[pdf]'"))])
    if done.returncode == NO_LIBRARY:
        message = _("PDF files need the system library Pango, which is not installed.")
        raise InputError([Problem(message, _("Install it with: {command}").format(command=SYSTEM_PACKAGES))])
    if done.returncode:
        raise PlannerError(
            _("No PDF was made: {reason} Print report.html from a browser instead.").format(
                reason=_failure(done.returncode, done.stderr.decode(errors="replace"))
            )
        )
    return done.stdout


def _failure(code: int, stderr: str) -> str:
    """Why the child process failed, as one sentence."""
    if code == -signal.SIGKILL:
        return _("its process was ended by signal {number}, as happens when memory runs out.").format(number=-code)
    last = stderr.strip().rpartition("\n")[2]
    return _("its process ended with code {code} ({error}).").format(code=code, error=last or _("no message"))
