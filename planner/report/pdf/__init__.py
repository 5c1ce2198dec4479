"""A report as PDF: bookmarks, tags, PDF/A-2a, the same bytes for the same report, and nothing fetched.

WeasyPrint (the extra `pdf`) runs in a process of its own, `child.py`: it needs an environment variable, prints to
standard output, and is patched for speed. This process changes none of its own settings, so any number of threads may
make PDFs at the same time.
"""

from __future__ import annotations

import os
from typing import Final, Self

from planner.errors import MissingPackage, PlannerError, Problem
from planner.locale import _
from planner.processes.child_process import ChildProcess
from planner.report.pdf.child import NO_LIBRARY, NO_PACKAGE

__all__ = ["PdfPrinter", "pdf_bytes"]

SYSTEM_PACKAGES: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"

_CLOCK: Final = "SOURCE_DATE_EPOCH"
"""fontTools writes the current time into fonts unless this environment variable is set."""


class PdfPrinter:
    """The process that makes PDFs, one at a time. Use it as a context manager: it ends with the block.

    It loads WeasyPrint as soon as it is started. So start it before there is anything to print, and ask `ensure_ready`
    before what takes long: WeasyPrint is loaded once, beside other work, and what is missing is said early.
    """

    def __init__(self) -> None:
        self._ready = False
        self._child: ChildProcess | None = _started()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._end()

    def ensure_ready(self) -> None:
        """Wait until WeasyPrint is loaded. MissingPackage, with the remedy, unless it and Pango are installed."""
        if self._ready:
            return
        told = self._answer()
        if told in (NO_PACKAGE, NO_LIBRARY):
            self._end()
            raise MissingPackage([_missing(told)])
        self._ready = True

    def pdf_of(self, html: str) -> bytes:
        """Return the PDF of a report; the same report gives the same bytes.

        Raises what `ensure_ready` raises, and PlannerError where the process fails. An exception in this thread, such
        as KeyboardInterrupt, ends the process. In both cases the next PDF gets a new one.
        """
        self.ensure_ready()
        return self._answer(html.encode())

    def _answer(self, order: bytes | None = None) -> bytes:
        """Return the next message of the process, which is given `order` first."""
        if self._child is None:
            self._child = _started()
        try:
            if order is not None:
                self._child.send(order)
            return self._child.receive()
        except (OSError, EOFError):
            reason = self._child.ending()
            self._end()
            message = _("No PDF was made: {reason} Print report.html from a browser instead.")
            raise PlannerError(message.format(reason=reason)) from None
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        self._ready = False
        if self._child is not None:
            self._child.end()
            self._child = None


def pdf_bytes(html: str) -> bytes:
    """Return the PDF of one report, from a process for it alone. Raises what `PdfPrinter.pdf_of` raises."""
    with PdfPrinter() as printer:
        return printer.pdf_of(html)


def _started() -> ChildProcess:
    clock = {_CLOCK: os.environ.get(_CLOCK) or "0"}
    return ChildProcess("planner.report.pdf.child", clock, keep_errors=True)


def _missing(told: bytes) -> Problem:
    """Return what is not installed, and how to install it."""
    if told == NO_PACKAGE:
        message = _("PDF files need the package WeasyPrint, which is not installed.")
        return Problem(message, _("Install it with: pip install 'planner[pdf]'"))
    message = _("PDF files need the system library Pango, which is not installed.")
    return Problem(message, _("Install it with: {command}").format(command=SYSTEM_PACKAGES))
