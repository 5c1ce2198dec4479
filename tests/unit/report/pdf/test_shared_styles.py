"""Styles worked out once for alike elements are those that WeasyPrint works out for each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pages.samples import GALLERY

weasyprint = pytest.importorskip("weasyprint")

STYLE = Path("planner/report/templates/style.css.j2")
SHEETS = (STYLE, Path("planner/report/pdf/elements.css"), Path("planner/report/pdf/pages.css"))


def _styles(html: str, *, share: bool) -> list[tuple[Any, ...]]:
    """Return what the cascade gives each element and pseudo-element, in order."""
    from weasyprint.css import get_all_computed_styles
    from weasyprint.urls import URLFetcher

    from planner.report.pdf.layout import ReportPage
    from planner.report.pdf.print_tree import print_tree
    from planner.report.pdf.shared_styles import share_styles

    tree = print_tree(html)
    assert tree is not None
    try:
        assert share_styles(share=share)
        styles = get_all_computed_styles(ReportPage(tree, URLFetcher(allowed_protocols=["data"])))._computed_styles
    finally:
        share_styles(share=False)
    order = {node: number for number, node in enumerate(tree.iter())}
    return sorted(
        (order[node], pseudo or "", re.sub(" at 0x[0-9a-f]+", "", repr(style.cascaded)), repr(style["color"]))
        for (node, pseudo), style in styles.items()
        if node in order
    )


def test_alike_elements_have_the_styles_of_each() -> None:
    html = (GALLERY / "contoh-kecil" / "report.html").read_text(encoding="utf-8")
    shared, each = _styles(html, share=True), _styles(html, share=False)
    assert len(shared) > 500
    assert shared == each


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_selectors_ask_for_the_place_of_the_last_element_alone(file: Path) -> None:
    """Elements are told apart by their own place among siblings, not by that of those above them."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = [
        each.strip() for found in re.findall(r"([^{};%]+)\{(?![{%])", text) for each in re.split(r",(?![^(]*\))", found)
    ]
    assert len(selectors) > 20 or file.name == "pages.css"
    for selector in selectors:
        parts = re.split(r"\s+(?![+~>])|(?<=[+~>])\s+", selector) if not selector.startswith("@") else []
        above = " ".join(parts[:-1])
        assert not re.search(r":(?:first|last|nth|only|empty|not|has)|~", above), selector
        assert not re.search(r"\+\s*\S+\s+[\w.#]", selector), selector
        assert not re.search(r"nth-child\((?!\d\))|nth-last|of-type|:empty|:has|~|\[", selector), selector
