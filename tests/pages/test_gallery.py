"""The gallery is what the shipped scenarios give today, in all its documents; each figure is the stored plan's."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from planner.report.gallery import WITH_PDF, WITH_WORKBOOK, is_current, page
from planner.report.results_workbook import workbook_bytes
from planner.scenario_io import read_scenario
from tests.pages.markup import read
from tests.pages.samples import GALLERY, SAMPLES, figures, kept, table_figures

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
FONT = re.compile(r"base64,[A-Za-z0-9+/=]+")
LARGEST = 760_000
"""Most bytes of a tracked page."""


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows of a sheet below its title and heads, as last calculated."""
    return list(sheet.iter_rows(min_row=5, values_only=True))


def test_every_shipped_scenario_has_a_sample_and_no_other_is_there() -> None:
    assert sorted(SAMPLES) == sorted(file.stem for file in SHIPPED)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_sample_is_of_the_scenario_as_shipped(file: Path) -> None:
    assert is_current(read_scenario(file), GALLERY / file.stem), "run: make gallery"


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_page_is_what_its_stored_plan_gives_today(sample: str) -> None:
    shown = (GALLERY / sample / "report.html").read_text(encoding="utf-8")
    assert FONT.sub("", page(*kept(sample))) == FONT.sub("", shown), "run: make gallery"
    assert len(shown.encode()) < LARGEST


def test_the_pdf_has_every_figure_of_the_tables_that_are_printed() -> None:
    sample = GALLERY / WITH_PDF
    text = "\n".join(page.extract_text() for page in PdfReader(sample / "rencana.pdf").pages)
    shown = read((sample / "report.html").read_text(encoding="utf-8"))
    assert not table_figures(shown, printed=True) - figures(text), "run: make gallery"
    for heading in shown.all("h2"):
        assert heading.text.split(" ", 1)[1] in text


def test_the_workbook_is_what_its_stored_plan_gives_today() -> None:
    sample = GALLERY / WITH_WORKBOOK
    before, made = (
        load_workbook(io.BytesIO(content))
        for content in ((sample / "rencana.xlsx").read_bytes(), workbook_bytes(*kept(WITH_WORKBOOK)))
    )
    assert before.sheetnames == made.sheetnames
    for one, other in zip(before, made, strict=True):
        assert list(one.values) == list(other.values), f"{one.title}: run: make gallery"


def test_the_workbook_has_the_sums_of_the_stored_plan() -> None:
    sample = GALLERY / WITH_WORKBOOK
    scenario, plan = kept(WITH_WORKBOOK)
    book = load_workbook(sample / "rencana.xlsx", data_only=True)
    allocations = [row for row in rows(book["Alokasi"]) if row[3] and row[5]]
    assert [(row[0], row[3], row[5], row[6]) for row in allocations] == [
        (scenario.group[a.group].label, scenario.programme[a.programme].label, a.period, a.participants)
        for a in plan.allocations
    ]
    lines = [row for row in rows(book["RAB"]) if row[2] is not None and row[4] is not None]
    assert all(row[2] * row[4] == row[5] for row in lines)
    assert sum(row[5] for row in lines) == plan.total_cost
    funds = [row for row in rows(book["Pendanaan"]) if isinstance(row[0], int)]
    assert [(row[3], row[4]) for row in funds[: len(plan.funds)]] == [(f.amount, f.spent) for f in plan.funds]
    gaps = [row for row in rows(book["Kesenjangan"]) if isinstance(row[0], int)]
    assert [(row[6], round(float(row[7]), 9)) for row in gaps] == [
        (c.need, round(float(c.closed), 9)) for c in plan.closings
    ]
