"""Lay out a report with WeasyPrint, which is imported only in the child process.

docs/decisions/0006-pdf-tricks.md says which shortcuts pay, and by how much.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Document
from weasyprint.urls import URLFetcher

from planner.report.pdf.printed import printed

VARIANT: Final = "pdf/a-2a"
_BASE: Final = "report://nowhere/"
"""Base of relative URLs, whose protocol the fetcher refuses."""
_STYLE: Final = Path(__file__).parent / "pages.css"
"""Style of PDF pages, in addition to the print style of the report."""


def make_pdf(html: str) -> bytes:
    """Return the PDF of a report; the same report gives the same bytes."""
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)  # no file and no network
    tree = printed(html)
    page = HTML(string=html, url_fetcher=fetcher, base_url=_BASE) if tree is None else ReportPage(tree, fetcher)
    content: bytes = page.write_pdf(
        stylesheets=[CSS(string=_STYLE.read_text(encoding="utf-8"), url_fetcher=fetcher)],
        finisher=fix_bytes,
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32],
    )
    return content


class ReportPage(HTML):  # type: ignore[misc]
    """A report that is parsed already: the HTML parser of WeasyPrint takes longer than the standard XML parser."""

    def __init__(self, tree: Element, fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = _BASE, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class FixedObject(pydyf.Object):  # type: ignore[misc]
    """A PDF object with fixed bytes; pydyf computes those of its own once for the identifier and again for the file."""

    def __init__(self, made: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation, self.free = made.number, made.generation, made.free
        self._compressible, self._data = bool(made.compressible), bytes(made.data)

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


def fix_bytes(_document: Document, pdf: pydyf.PDF) -> None:
    """Compute the bytes of every object once, as the last step before the file is written."""
    pdf.objects = [each if each.free == "f" else FixedObject(each) for each in pdf.objects]
