"""A report as PDF: bookmarks, tags, PDF/A-2a, the same bytes for the same report, and nothing fetched.

WeasyPrint (the extra `pdf`) is loaded when a PDF is made, and not before.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import warnings
from collections.abc import Iterator
from typing import Final

from planner.errors import InputError, Problem
from planner.locale import _
from planner.report.pdf.chart_text import whole_lines
from planner.report.pdf.printed import printed

__all__ = ["ensure_available", "pdf_bytes"]

VARIANT: Final = "pdf/a-2a"
SYSTEM_PACKAGES: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"
_CLOCK: Final = "SOURCE_DATE_EPOCH"
_OBJECTS: Final = 100_000
"""So many new objects before garbage is collected."""


def ensure_available() -> None:
    """InputError with the remedy unless WeasyPrint and the libraries it draws with are installed."""
    try:
        with _unheard():
            import weasyprint  # noqa: F401
    except ImportError:
        message = _("PDF files need the package WeasyPrint, which is not installed.")
        raise InputError([Problem(message, _("Install it with: pip install 'planner[pdf]'"))]) from None
    except OSError:
        message = _("PDF files need the system library Pango, which is not installed.")
        remedy = _("Install it with: {command}").format(command=SYSTEM_PACKAGES)
        raise InputError([Problem(message, remedy)]) from None


def pdf_bytes(html: str) -> bytes:
    """The PDF of a report of ours; the same report gives the same bytes."""
    ensure_available()
    with _unheard(), _no_clock(), _rarely_collecting():
        from planner.report.pdf.layout import ReportPage, any_page, make_ready, page_style, pages_listed_once

        tree = printed(html)
        document = any_page(html) if tree is None else ReportPage(tree)
        with contextlib.nullcontext() if tree is None else whole_lines(), pages_listed_once():
            content = document.write_pdf(
                stylesheets=[page_style(document)],
                finisher=make_ready,
                pdf_variant=VARIANT,
                pdf_tags=True,
                pdf_identifier=_identifier(html),
            )
    assert isinstance(content, bytes)
    return content


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Keeps from the planner what WeasyPrint says to programmers.

    It prints a page on libraries that it does not find, warns where HarfBuzz-Subset is missing (fonts are then cut
    by fontTools, which comes with it), and leaves the file of its colour profile to the garbage collector.
    """
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", ResourceWarning)
        yield


@contextlib.contextmanager
def _no_clock() -> Iterator[None]:
    """Fonts that fontTools cuts bear the time of day unless this variable names another: the bytes would differ."""
    before = os.environ.get(_CLOCK)
    os.environ[_CLOCK] = before or "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CLOCK]


@contextlib.contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Collects garbage seldom: looking through the millions of objects of a layout took a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _identifier(html: str) -> str:
    """The identifier of the file: a fingerprint of the report, so that the same report has the same one."""
    return hashlib.sha256(html.encode()).hexdigest()[:32]
