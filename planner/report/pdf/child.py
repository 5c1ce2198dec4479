"""The process in which WeasyPrint makes PDFs: it says that it is ready, or what is missing; then HTML in, a PDF out.

Nothing else runs in it, so settings of the whole process are made here. It imports little, so that it starts quickly.
"""

from __future__ import annotations

import warnings
from typing import Final

from planner.processes.child_process import ParentProcess

READY: Final = b"ready"
"""WeasyPrint and its libraries are loaded."""
NO_PACKAGE: Final = b"no package"
"""WeasyPrint is not installed."""
NO_LIBRARY: Final = b"no library"
"""A system library of WeasyPrint is not installed."""


def main() -> None:
    """Make a PDF of each report that the parent sends. An exception ends the process, and its last line says why."""
    parent = ParentProcess()
    warnings.simplefilter("ignore")  # they are meant for developers of WeasyPrint
    try:
        import weasyprint  # noqa: F401  (only to see that it and its libraries are there)
    except ImportError:
        parent.send(NO_PACKAGE)
        return
    except OSError:
        parent.send(NO_LIBRARY)
        return
    from planner.report.pdf.layout import make_pdf

    parent.send(READY)
    while True:
        parent.send(make_pdf(parent.receive().decode()))
