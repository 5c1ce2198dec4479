"""What prints pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.errors import InputError
from planner.report import pdf as pdf_files
from planner.report.pdf import PdfPrinter


@pytest.fixture(scope="module")
def printer() -> Iterator[PdfPrinter]:
    """One process for many reports, as `planner` has it; started when a test asks, for it takes a second.

    It ends with its file of tests: others kill all processes that theirs has started.
    """
    with PdfPrinter() as made:
        try:
            made.ensure_ready()
        except InputError:
            pytest.skip(f"Pango is not installed: {pdf_files.SYSTEM_PACKAGES}")
        yield made
