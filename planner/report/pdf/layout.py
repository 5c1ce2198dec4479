"""WeasyPrint, told what is known of our reports: read as XML, made of few elements, fetching nothing.

Loaded only when a PDF is made. Each class stands in for one that would do the same for any page, only slower; where
a later WeasyPrint does not ask for them, it does it in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Document
from weasyprint.urls import URLFetcher

_NOWHERE: Final = "report://nowhere/"
"""What relative addresses would be relative to: a place that is never read."""
_ELEMENTS: Final = Path(__file__).parent / "elements.css"
"""What the elements of reports are by nature."""
_STYLE: Final = Path(__file__).parent / "pages.css"
"""What pages of a PDF need beyond the print style of the report."""


def fetcher() -> URLFetcher:
    """Reads what the report carries in data: addresses, and nothing else: no file, no network."""
    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


def any_page(html: str) -> HTML:
    """A page that is not a report of ours."""
    return HTML(string=html, url_fetcher=fetcher(), base_url=_NOWHERE)


def page_style(page: HTML) -> CSS:
    """The style of pages, beyond the print style of the report."""
    return _css(_STYLE, page.url_fetcher)


def _css(file: Path, fetching: URLFetcher) -> CSS:
    return CSS(string=file.read_text(encoding="utf-8"), url_fetcher=fetching)


class ReportPage(HTML):  # type: ignore[misc]
    """A report whose tree of elements is there already."""

    def __init__(self, tree: Element) -> None:
        self.base_url, self.url_fetcher, self.media_type = _NOWHERE, fetcher(), "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, _forms: bool = False) -> list[CSS]:
        """The style of HTML itself."""
        return [_css(_ELEMENTS, self.url_fetcher)]


class Ready(pydyf.Object):  # type: ignore[misc]
    """An object of a PDF whose bytes do not change any more."""

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


def make_ready(_document: Document, pdf: pydyf.PDF) -> None:
    """Give each object its bytes once: pydyf would do so for the fingerprint of the file and again for the file."""
    pdf.objects = [each if each.free == "f" else Ready(each) for each in pdf.objects]


@contextmanager
def pages_listed_once() -> Iterator[None]:
    """Keeps the list of pages, which pydyf would make anew for each of the thousands of elements of the structure."""
    listed = pydyf.PDF.page_references

    def kept(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        found: tuple[bytes, ...] = pdf.__dict__.get("kept_references", ())
        if len(found) != pdf.pages["Count"]:
            found = pdf.__dict__["kept_references"] = listed.fget(pdf)
        return found

    pydyf.PDF.page_references = property(kept)
    try:
        yield
    finally:
        pydyf.PDF.page_references = listed
