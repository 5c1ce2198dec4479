"""Documents in one language say the warnings of their scenario in it, whatever the command line speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.locale import speaking
from planner.scenario_io import read_located
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
        assert any(words in text for text in loaded.warnings_in_documents())
        assert len(loaded.warnings_in_documents()) == len(loaded.warnings)
