"""The process in which WeasyPrint makes PDFs: it says that it is ready, or what is missing; then HTML in, a PDF out.

Nothing else runs in it, so settings of the whole process are made here. It imports little, so that it starts quickly.
"""

from __future__ import annotations

import ctypes.util
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from planner.errors import wants_memory
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
        _load()
    except (ImportError, OSError) as error:
        if wants_memory(error):  # what cannot be loaded for want of memory is installed all the same
            raise
        parent.send(NO_PACKAGE if isinstance(error, ImportError) else NO_LIBRARY)
        return
    from planner.report.pdf.layout import make_pdf

    parent.send(READY)
    while True:
        parent.send(make_pdf(parent.receive().decode()))


def _load() -> None:
    """Load WeasyPrint and its libraries; ImportError where it is not there itself, OSError where a library is not."""
    try:
        with _libraries_by_name():
            import weasyprint
    except OSError:  # it may have libraries that the system does not find by their names alone
        import weasyprint  # noqa: F401


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Leave it to Linux to find libraries by their file names, which WeasyPrint tries after others.

    For each of the others Python would run ldconfig, the C compiler and the linker: a third of the start.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find
