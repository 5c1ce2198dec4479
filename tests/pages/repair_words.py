"""Words of the other language on a page about reasons and repairs, but for those that every language shares."""

from __future__ import annotations

import re
from typing import Final

from planner.analysis.repairs.smallest import Repairs
from planner.domain.scenario import Scenario
from planner.report import render_answers
from tests.pages.markup import read
from tests.scenarios.languages import ENGLISH, INDONESIAN

KEYS: Final = {
    "gap", "classes", "pays", "programmes", "amount", "at_least", "at_most", "min", "max_hours", "share", "for",
    "class_size",
}  # fmt: skip
PATHS: Final = re.compile(r"\b(rules|funds|groups|programmes|mentor_pools)\.\S+")
"""Words and paths of the scenario format, which are the same in every language."""

NAMES: Final = ("Lain separuh", "Semua ikut", "Ada peserta", "Hemat", "apbd", "mitra", "dasar", "orang-malam")
"""Names in the scenarios without a plan."""


def words(text: str, language: re.Pattern[str]) -> list[str]:
    """The words of `language` in a text."""
    return sorted(set(language.findall(PATHS.sub("", text))) - KEYS)


def foreign_words(scenario: Scenario, found: Repairs, language: str) -> list[str]:
    """The words of the other language on the page of repairs in `language`."""
    text = PATHS.sub("", read(render_answers(scenario, None, [found], language=language)).visible_text())
    for name in NAMES:
        text = text.replace(name, "")
    return words(text, ENGLISH if language == "id" else INDONESIAN)
