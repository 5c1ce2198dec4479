"""The process in which WeasyPrint makes one PDF: HTML on standard input, the PDF on standard output.

Nothing else runs in it, so settings of the whole process are made here. It imports little, so that it starts quickly.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import Final

from planner.lean import collect_rarely

CHECK: Final = "check"
"""The task to import WeasyPrint and make nothing."""
MAKE: Final = "make"
"""The task to make the PDF of a report."""

NO_PACKAGE: Final = 3
"""Exit code where WeasyPrint is not installed."""
NO_LIBRARY: Final = 4
"""Exit code where a system library of WeasyPrint is not installed."""


def main(task: str) -> int:
    """Do one task; return the exit code."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what WeasyPrint and its libraries print must not get into the PDF
    warnings.simplefilter("ignore")  # they are meant for developers of WeasyPrint
    collect_rarely()
    try:
        import weasyprint  # noqa: F401  (only to see that it and its libraries are there)
    except ImportError:
        return NO_PACKAGE
    except OSError:
        return NO_LIBRARY
    if task == MAKE:
        from planner.report.pdf.layout import make_pdf

        with output:
            output.write(make_pdf(sys.stdin.buffer.read().decode()))
    return 0
