"""A catalog that is searched says what the standard library says, which reads it whole."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from planner.locale import translations
from planner.locale.catalog import Catalog

FILE = Path(__file__).parents[3] / "planner/locale/id/LC_MESSAGES/planner.mo"


def test_every_message_is_found_as_the_standard_library_finds_it() -> None:
    with FILE.open("rb") as content:
        whole = gettext.GNUTranslations(content)
    searched = Catalog(FILE)
    keys = list(whole._catalog)  # type: ignore[attr-defined]
    assert len(keys) > 2000
    for key in keys:
        if isinstance(key, tuple):
            assert [searched.ngettext(key[0], "?", n) for n in (1, 5)] == [
                whole.ngettext(key[0], "?", n) for n in (1, 5)
            ]
        else:
            assert searched.gettext(key) == whole.gettext(key)


@pytest.mark.parametrize("message", ["", "a", "zzz", "no such message", "\N{ROCKET}"])
def test_what_is_not_in_it_stays_as_it_is(message: str) -> None:
    searched = translations("id")
    if message:
        assert searched.gettext(message) == message
    assert [searched.ngettext(f"{message}?", "many", n) for n in (1, 2)] == [f"{message}?", "many"]


def test_another_file_is_no_catalog(tmp_path: Path) -> None:
    other = tmp_path / "other.mo"
    other.write_bytes(b"x" * 40)
    with pytest.raises(ValueError, match="no catalog"):
        Catalog(other)
