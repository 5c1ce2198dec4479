"""The samples of the gallery, and what is read from their documents."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.report.gallery import samples, stored
from tests.pages.markup import Element

GALLERY: Final = Path(__file__).parents[2] / "reports" / "gallery"
SAMPLES: Final = tuple(sample.name for sample in samples(GALLERY))
FIGURE: Final = re.compile(r"(?<![\w.,])\d[\d.,]*%?(?![\w])")
"""A figure as printed: 1.234, 12,5%, 5.1.02.02.01.0003."""


@cache
def kept(sample: str) -> tuple[Scenario, Plan]:
    """Scenario and plan of a sample, checked once for all tests."""
    return stored(GALLERY / sample)


def figures(text: str) -> Counter[str]:
    """The figures in a text, and how often each occurs."""
    return Counter(found.rstrip(".,") for found in FIGURE.findall(text))


def table_figures(page: Element, *, printed: bool = False) -> Counter[str]:
    """The figures in the cells of all tables of a page, or of those that are printed."""
    on_screen = [part for part in page.all("div", class_="screen") if printed]
    left_out = {table.attributes["id"] for part in on_screen for table in part.all("table")}
    tables = [table for table in page.all("table") if table.attributes["id"] not in left_out]
    cells = (cell.text for table in tables for row in table.all("tr") for cell in row.cells())
    return sum((figures(text) for text in cells), Counter())
