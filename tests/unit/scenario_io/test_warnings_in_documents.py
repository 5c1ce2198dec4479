"""Documents in one language say the warnings of their scenario in it, whatever the command line speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.checks.problem import Doubt
from planner.domain.checks.warnings import dubious
from planner.domain.scenario import Scenario
from planner.errors import Problem
from planner.locale import rewording, speaking
from planner.scenario_io import read_located, reading
from planner.scenario_io.problems import in_document
from tests.unit.scenario_io.minimal import changed, write

TEXT = changed(
    "keu: 60",
    "keu: 60, lain: 40",
    changed("{id: keu, kind: technical}", "{id: keu, kind: technical}\n  - {id: lain, kind: technical}"),
)


@pytest.mark.parametrize(("language", "words"), [("id", "tidak ada program"), ("en", "no programme")])
@pytest.mark.parametrize("spoken", ["id", "en"])
def test_warnings_speak_the_language_of_the_documents(tmp_path: Path, spoken: str, language: str, words: str) -> None:
    text = TEXT.replace("fiscal_year: 2027", f"fiscal_year: 2027, language: {language}")
    with speaking(spoken):
        loaded = read_located(write(tmp_path, text))
        assert any(words in text.lower() for text in loaded.warnings_in_documents())
        assert len(loaded.warnings_in_documents()) == len(loaded.warnings)


def test_warnings_are_found_once_for_the_terminal_and_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[Scenario] = []

    def searched(scenario: Scenario) -> list[Doubt]:
        searches.append(scenario)
        return dubious(scenario)

    monkeypatch.setattr(reading, "dubious", searched)
    with speaking("id"):
        loaded = read_located(write(tmp_path, TEXT))
        assert len(loaded.warnings) == len(loaded.warnings_in_documents()) == len(loaded.warnings_in_documents())
    assert len(searches) == 1
    with speaking("en"), rewording({"no programme": "no course"}):
        assert loaded.warnings
    assert len(searches) == 2, "other words are not those found before"


def test_documents_name_cells_and_rows_of_tables_but_no_line_or_key_of_yaml(tmp_path: Path) -> None:
    with speaking("en"):
        (said,) = [text for text in read_located(write(tmp_path, TEXT)).warnings_in_documents() if "program" in text]
    assert said.startswith("Tidak ada program yang terbuka")
    cell = Problem("this row is a sum.", "Delete it.", file=str(tmp_path / "b.xlsx:Dana!D3"))
    assert in_document(cell) == "b.xlsx:Dana!D3: this row is a sum. Delete it."
    row = Problem("this row is a sum.", "Delete it.", "groups[0]", str(tmp_path / "g.csv"), 3, 1)
    assert in_document(row) == "g.csv:3: this row is a sum. Delete it."
    setting = Problem("'p' closes nothing.", path="--set programmes.p.closes.k=0")
    assert in_document(setting) == "'p' closes nothing."
