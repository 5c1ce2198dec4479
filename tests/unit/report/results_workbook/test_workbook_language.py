"""An Indonesian workbook has no English in it, and an English one no Indonesian."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.report.results_workbook import workbook_bytes
from tests.scenarios.builders import plan, scenario
from tests.scenarios.languages import ENGLISH, INDONESIAN, english_scenario
from tests.unit.report.results_workbook.evaluator import Spreadsheet

IN_INDONESIAN = [
    *("Ringkasan", "Alokasi", "Angkatan", "Kehadiran", "RAB", "RKA", "Harga satuan"),
    *("Pendanaan", "Kesenjangan", "Aturan", "SIPD", "Skenario"),
]


def texts(built: Scenario, language: str | None = None) -> list[str]:
    """All text of the workbook, but for the values of the scenario by their path in the file."""
    book = Spreadsheet(workbook_bytes(built, plan(built), language))
    found: list[str] = list(book.shown)
    sheets: list[Any] = book.formulas.worksheets[:-1]
    for sheet in sheets:
        rows: list[tuple[Any, ...]] = [*book.shown[sheet.title].iter_rows(values_only=True)]
        found += [cell for row in rows for cell in row if isinstance(cell, str)]
        found += [str(sheet.oddFooter.right.text)]
    return found


def test_the_sheets_have_indonesian_names() -> None:
    assert texts(scenario())[: len(IN_INDONESIAN)] == IN_INDONESIAN


def test_no_english_word_is_left_in_an_indonesian_workbook() -> None:
    wrong = [text for text in texts(scenario()) if ENGLISH.search(text.replace("Di antaranya", ""))]
    assert not wrong


def test_no_indonesian_word_is_left_in_an_english_workbook() -> None:
    wrong = [text for text in texts(english_scenario()) if INDONESIAN.search(text)]
    assert not wrong


@pytest.mark.parametrize(("language", "name"), [("id", "Ringkasan"), ("en", "Summary")])
def test_another_language_than_the_scenarios_may_be_asked_for(language: str, name: str) -> None:
    assert texts(scenario(), language)[0] == name
