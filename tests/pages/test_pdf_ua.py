"""The PDF keeps what PDF/UA-1 asks for, as far as can be checked; the rest: docs/decisions/0014-pdf-ua.md."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import Report, validate

from planner.report.pdf import PdfPrinter
from tests.pages.samples import GALLERY

REMAINS: frozenset[str] = frozenset()
"""Rules of pdfua that the report breaks; none, as docs/decisions/0014-pdf-ua.md says."""

SKIPPED = frozenset({"UA-14-001"})
"""Rules that pdfua 0.1.3 cannot judge where headings have several texts, as ours have; a test here does."""


@pytest.fixture(scope="module")
def made(printer: PdfPrinter) -> bytes:
    return printer.pdf_of((GALLERY / "contoh-kecil" / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


@pytest.fixture(scope="module")
def tree(document: pikepdf.Pdf) -> list[Any]:
    return structure(document)


def structure(document: pikepdf.Pdf) -> list[Any]:
    """All structure elements."""
    return [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]


def checked(content: bytes, folder: Path) -> Report:
    file = folder / "rencana.pdf"
    file.write_bytes(content)
    return validate(str(file))


def kinds_below(element: Any) -> list[str]:
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [str(kid.S) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_the_checks_find_only_what_is_listed(made: bytes, tmp_path: Path) -> None:
    report = checked(made, tmp_path)
    assert {finding.rule_id for finding in report.findings} == REMAINS
    assert {outcome.rule_id for outcome in report.skipped} <= SKIPPED


def test_no_heading_is_empty(tree: list[Any]) -> None:
    headings = [element for element in tree if re.fullmatch("/H[1-6]", str(element.S))]
    assert headings
    assert all(isinstance(element.K, int) or len(element.K) for element in headings)


def test_every_heading_of_a_table_says_what_it_heads(tree: list[Any]) -> None:
    heads = [element for element in tree if element.S == "/TH"]
    assert Counter(str(element.A.Scope) for element in heads).keys() == {"/Row", "/Column"}


def test_lists_have_items_and_items_have_bodies(tree: list[Any]) -> None:
    for element in tree:
        if element.S == "/L":
            assert set(kinds_below(element)) == {"/LI"}
        elif element.S == "/LI":
            assert "/LBody" in kinds_below(element)
        elif element.S == "/TOC":
            assert set(kinds_below(element)) == {"/TOCI"}
        elif element.S == "/TR":
            assert set(kinds_below(element)) <= {"/TH", "/TD"}


def test_links_are_not_in_links_and_say_where_they_lead(document: pikepdf.Pdf, tree: list[Any]) -> None:
    for link in (element for element in tree if element.S == "/Link"):
        above = link.P
        while above.get("/Type") == "/StructElem":
            assert above.S != "/Link"
            above = above.P
    annotations = [a for page in document.pages for a in page.get("/Annots", ())]
    assert annotations
    assert all(re.search(r"\w", str(a.Contents)) and "/StructParent" in a for a in annotations)


def test_page_numbers_and_repeated_headings_are_not_read_out(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        marks = [str(each.operands[0]) for each in pikepdf.parse_content_stream(page) if str(each.operator) == "BDC"]
        assert "/Artifact" in marks


def test_figures_have_words_and_a_place_on_the_page(tree: list[Any]) -> None:
    figures = [element for element in tree if element.S == "/Figure"]
    assert figures
    for figure in figures:
        assert len(str(figure.Alt)) > 20
        left, bottom, right, top = map(float, figure.A.BBox)
        assert 0 <= left < right <= 842
        assert 0 <= bottom < top <= 842


def test_a_table_on_several_pages_is_one_table_with_one_head(tmp_path: Path, printer: PdfPrinter) -> None:
    rows = "".join(f'<tr><th scope="row">{n}</th><td>nilai</td></tr>' for n in range(120))
    html = (
        '<html lang="id"><head><title>Uji</title></head><body><h1>Uji</h1><table><caption>T</caption><thead><tr>'
        f'<th scope="col">Nomor</th><th scope="col">Isi</th></tr></thead><tbody>{rows}</tbody></table>'
        '<p>Dan <i lang="en">public speaking</i>.</p></body></html>'
    )
    content = printer.pdf_of(html)
    document = pikepdf.open(io.BytesIO(content))
    assert len(document.pages) > 2
    tree = structure(document)
    kinds = Counter(str(element.S) for element in tree)
    assert (kinds["/Table"], kinds["/THead"], kinds["/TR"]) == (1, 1, 121)
    assert [str(e.Lang) for e in tree if "/Lang" in e] == ["en"]
    assert not checked(content, tmp_path).findings
