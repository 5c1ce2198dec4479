"""The catalogs say all that the code says, in Indonesian, and are compiled."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.contract import catalog

SAID: dict[str, Callable[[], dict[catalog.Key, str]]] = {
    "planner": catalog.messages_of_planner,
    "click": catalog.messages_of_click,
}
REMEDY = "Translate it in planner/locale/id/LC_MESSAGES/*.po and run: make locale"


@pytest.mark.parametrize("name", SAID)
def test_every_message_of_the_code_has_an_indonesian_text(name: str) -> None:
    stored = catalog.stored(name)
    missing = [f"{place}: {key!r}" for key, place in SAID[name]().items() if not stored.get(key)]
    assert not missing, "\n".join([REMEDY, *missing])


@pytest.mark.parametrize("name", SAID)
def test_no_catalog_keeps_a_message_that_nobody_says(name: str) -> None:
    stale = catalog.stored(name).keys() - SAID[name]().keys()
    assert not stale, f"run: make locale\n{stale}"


@pytest.mark.parametrize("name", SAID)
def test_translations_fill_in_what_the_originals_fill_in(name: str) -> None:
    wrong = [
        f"{original!r} -> {text!r}"
        for original, text in catalog.stored(name).items()
        if text
        if catalog.placeholders(original if isinstance(original, str) else original[1]) != catalog.placeholders(text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", SAID)
def test_translations_end_as_the_originals_end(name: str) -> None:
    def ending(text: str) -> str:
        return text[len(text.rstrip()) :]

    wrong = [
        f"{original!r} -> {text!r}"
        for original, text in catalog.stored(name).items()
        if text and ending(original if isinstance(original, str) else original[1]) != ending(text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", SAID)
def test_the_compiled_catalog_holds_what_the_written_one_says(name: str) -> None:
    written = {key: text for key, text in catalog.stored(name).items() if text}
    compiled = catalog.compiled(name)
    assert {key: compiled.get(key) for key in written} == written, "run: make locale"
    assert compiled.keys() <= catalog.stored(name).keys(), "run: make locale"


def test_keys_of_the_format_stand_in_quotes_or_brackets() -> None:
    """A planner who reads no English sees that `class_size` is a word of the file, not one of the sentence."""
    bare = re.compile(r"(?<![\w'`\"{<.:/=-])[a-z]+_[a-z_]+(?![\w'`\"}>:/=-])")
    texts = catalog.stored("planner").values()
    found = [text for text in texts if bare.search(re.sub(r"\([^()]*\)", "", text))]
    assert not found, "\n".join(found)


def test_counted_classes_have_one_name_in_indonesian() -> None:
    """The checker and the report speak of the same classes: 3 angkatan, never 3 kelas."""
    found = [text for text in catalog.stored("planner").values() if re.search(r"\}s? kelas\b(?! jabatan)", text)]
    assert not found, "\n".join(found)
