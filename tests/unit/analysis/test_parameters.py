"""Parameters of what-if questions say what is wrong with a value in the language in force."""

from __future__ import annotations

import pytest

from planner.analysis.registry import BY_NAME
from planner.errors import InputError
from planner.locale import speaking


@pytest.mark.parametrize(("language", "words"), [("id", "-3 harus sedikitnya 2."), ("en", "-3 must be at least 2.")])
def test_a_limit_is_told_in_the_language_in_force(language: str, words: str) -> None:
    with speaking(language), pytest.raises(InputError) as found:
        BY_NAME["curve"].definition().parameters.read({"points": -3})
    assert str(found.value) == words
