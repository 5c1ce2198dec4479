"""A report as PDF: bookmarks, tags, PDF/A-2a, the same bytes for the same report, and nothing fetched.

WeasyPrint (the extra `pdf`) is loaded when a PDF is made, and not before.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.errors import InputError, Problem
from planner.locale import _

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

__all__ = ["ensure_available", "pdf_bytes", "write_pdf"]

VARIANT: Final = "pdf/a-2a"
SYSTEM_PACKAGES: Final = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"
_NOWHERE: Final = "report://nowhere/"
"""What relative addresses would be relative to: a place that is never read."""
_STYLE: Final = Path(__file__).parent / "pdf.css"
"""What pages of a PDF need beyond the print style of the report."""


def ensure_available() -> None:
    """InputError with the remedy unless WeasyPrint and the libraries it draws with are installed."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        message = _("PDF files need the package WeasyPrint, which is not installed.")
        raise InputError([Problem(message, _("Install it with: pip install 'planner[pdf]'"))]) from None
    except OSError:
        message = _("PDF files need the system library Pango, which is not installed.")
        remedy = _("Install it with: {command}").format(command=SYSTEM_PACKAGES)
        raise InputError([Problem(message, remedy)]) from None


def write_pdf(html: str, path: Path) -> None:
    """Write the PDF of a report to `path` in one step: the old file is there or the new one, never half.

    Raises InputError without WeasyPrint, OSError where nothing can be written.
    """
    content = pdf_bytes(html)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def pdf_bytes(html: str) -> bytes:
    """The PDF of a report of ours; the same report gives the same bytes."""
    ensure_available()
    from weasyprint import CSS, HTML

    fetcher = _fetcher()
    document = HTML(string=html, url_fetcher=fetcher, base_url=_NOWHERE)
    style = CSS(string=_STYLE.read_text(encoding="utf-8"), url_fetcher=fetcher)
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to be closed by the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        content = document.write_pdf(
            stylesheets=[style], pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=_identifier(html)
        )
    assert isinstance(content, bytes)
    return content


def _fetcher() -> URLFetcher:
    """Reads what the report carries in data: addresses, and nothing else: no file, no network."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


def _identifier(html: str) -> str:
    """The identifier of the file: a fingerprint of the report, so that the same report has the same one."""
    return hashlib.sha256(html.encode()).hexdigest()[:32]
