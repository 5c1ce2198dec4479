from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.report import fonts


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "planner"


def made() -> tuple[fonts.Face, ...]:
    return fonts.faces.__wrapped__()


def cuts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The weights that are cut from here on, in moments: each is the one cut before."""
    known = {face.weight: face for face in fonts.faces()}
    cut: list[int] = []

    def again(source: Path, weight: int) -> fonts.Face:
        cut.append(weight)
        return known[weight]

    monkeypatch.setattr(fonts, "_cut", again)
    return cut


def test_the_cut_font_has_the_letters_and_signs_of_reports_in_two_weights() -> None:
    regular, bold = fonts.faces()
    assert (regular.weight, bold.weight) == (400, 600)
    for letter in "AaZz09 éñĀ.,:;•✓✗%()/\u2013\u2014\u2026\u2018\u2019\u201c\u201d\u00d7\u2212\u2264\u2265":
        assert letter in regular.widths
    assert bold.widths["a"] != regular.widths["a"]
    assert regular.woff2.startswith(b"wOF2")
    assert len(regular.woff2) < 25_000


def test_digits_are_equally_wide_for_columns() -> None:
    assert len({fonts.faces()[0].widths[digit] for digit in "0123456789"}) == 1


def test_the_cut_is_kept_and_read_again(empty_cache: Path) -> None:
    first = made()
    (kept,) = empty_cache.iterdir()
    assert made() == first
    assert kept.suffix == ".json"


@pytest.mark.parametrize(
    "content",
    ["", "no JSON", "[]", '[{"weight": 400}]', '[{"weight": 400, "woff2": "aGFsbG8=", "widths": {}}]', '"</style>"'],
)
def test_a_spoilt_cache_is_made_anew(empty_cache: Path, content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = cuts(monkeypatch)
    first = made()
    (kept,) = empty_cache.iterdir()
    kept.write_text(content, encoding="utf-8")
    assert made() == first
    assert cut == 2 * list(fonts.WEIGHTS)
    assert json.loads(kept.read_text("utf-8"))


def test_without_a_place_for_a_cache_the_font_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cut = cuts(monkeypatch)
    assert made() == made() == fonts.faces()
    assert cut == 2 * list(fonts.WEIGHTS)
