"""Lay out a report with WeasyPrint, which is imported only in the child process.

docs/decisions/0006-pdf-tricks.md says which shortcuts pay, and by how much.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Final
from xml.etree.ElementTree import Element

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from planner.report.pdf.chart_text import draw_whole_lines
from planner.report.pdf.print_tree import print_tree
from planner.report.pdf.shared_styles import share_styles
from planner.report.pdf.shared_work import forget, share_work
from planner.report.pdf.structure import PART_OF_UA, write_structure

VARIANT: Final = "pdf/a-2a"
COMPRESSION: Final = 5
"""How hard zlib tries: 1% larger than at WeasyPrint's 9, which takes a fifth of the time of a large report."""
_BASE: Final = "report://nowhere/"
"""Base of relative URLs, whose protocol the fetcher refuses."""
_ELEMENTS: Final = Path(__file__).parent / "elements.css"
"""Default style of the elements of reports."""
_STYLE: Final = Path(__file__).parent / "pages.css"
"""Style of PDF pages, in addition to the print style of the report."""


def make_pdf(html: str) -> bytes:
    """Return the PDF of a report; the same report gives the same bytes."""
    _compress_sooner()
    share_work()
    share_styles()
    ours = write_structure()
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)  # no file and no network
    tree = print_tree(html)
    as_before = None
    if tree is None:  # WeasyPrint reads it its own way
        page = HTML(string=html, url_fetcher=fetcher, base_url=_BASE)
    else:
        as_before = draw_whole_lines()
        page = ReportPage(tree, fetcher)
    try:
        document = page.render(stylesheets=[_css(_STYLE, fetcher)], pdf_tags=True)
        if ours:
            document.metadata.xmp_metadata.append(PART_OF_UA)
        content: bytes = document.write_pdf(
            pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32]
        )
    finally:
        forget()
        if as_before is not None:
            as_before()
    return content


def _compress_sooner() -> None:
    """Make pydyf, which writes the file, compress at COMPRESSION from here on in this process."""
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(level=COMPRESSION))


def _css(file: Path, fetcher: URLFetcher) -> CSS:
    return CSS(string=file.read_text(encoding="utf-8"), url_fetcher=fetcher)


class ReportElement(ElementWrapper):  # type: ignore[misc]  # cssselect2 ships no types
    """An element of a report. WeasyPrint asks the root for what reports have in their head alone: style and title."""

    def query_all(self, *selectors: str) -> Iterator[ElementWrapper]:
        """Yield what the selectors find in the head, so that thousands of cells are not asked."""
        for part in self.iter_children():
            if part.local_name == "head":
                yield from ElementWrapper.query_all(part, *selectors)


class ReportPage(HTML):  # type: ignore[misc]  # WeasyPrint ships no types
    """A report that is parsed already, with a small style sheet in place of WeasyPrint's default one."""

    def __init__(self, tree: Element, fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = _BASE, fetcher, "print"
        self.wrapper_element = ReportElement.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, _forms: bool = False) -> list[CSS]:
        """Return the default style of elements."""
        return [_css(_ELEMENTS, self.url_fetcher)]
