"""A new Excel workbook: written by XlsxWriter, which need not be installed, and the same bytes for the same content."""

from __future__ import annotations

from datetime import datetime
from typing import IO, TYPE_CHECKING, Final

from planner.errors import MissingPackage, Problem
from planner.locale import _

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Text is written as text, whatever it looks like."""

_CREATED: Final = datetime(2027, 1, 1)
"""The day that a workbook names as its first, since that of the clock would make every file another one."""


def ensure_available() -> None:
    """Raise MissingPackage, with the remedy, unless XlsxWriter is installed."""
    try:
        import xlsxwriter  # noqa: F401  (only to see that it is there)
    except ImportError:
        message = _("Excel workbooks need the package XlsxWriter, which is not installed.")
        raise MissingPackage([Problem(message, _("Install it with: pip install 'planner[xlsx]'"))]) from None


def new_workbook(file: IO[bytes], title: str = "", *, created: datetime = _CREATED, **properties: str) -> Workbook:
    """Return a workbook that is written to `file` when it is closed. Raises MissingPackage where XlsxWriter is not
    installed."""
    ensure_available()
    import xlsxwriter

    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"title": title, "created": created, **properties})
    return book
