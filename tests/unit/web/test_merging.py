"""Two texts that come from one are brought together by lines, and nothing of either is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.web.merging import Overlap, merged

BASE = "a\nb\nc\nd\ne\n"


def both(mine: str, theirs: str, base: str = BASE) -> str:
    found = merged(base, mine, theirs)
    assert not found.overlaps
    return found.text()


def test_changes_of_different_lines_are_both_there() -> None:
    assert both("a\nB\nc\nd\ne\n", "a\nb\nc\nd\nE\n") == "a\nB\nc\nd\nE\n"


def test_lines_side_by_side_do_not_clash() -> None:
    assert both("a\nB\nc\nd\ne\n", "a\nb\nC\nd\ne\n") == "a\nB\nC\nd\ne\n"


def test_lines_added_by_one_and_taken_out_by_the_other() -> None:
    assert both("a\nb\nx\nc\nd\ne\n", "b\nc\nd\n") == "b\nx\nc\nd\n"


def test_what_both_did_alike_is_done_once() -> None:
    assert both("a\nB\nc\nd\ne\n", "a\nB\nc\nd\nE\n") == "a\nB\nc\nd\nE\n"


def test_lines_that_both_changed_are_to_be_chosen() -> None:
    found = merged(BASE, "a\nmine\nc\nd\nE\n", "A\ntheirs\nc\nd\ne\n")
    assert found.overlaps == (Overlap(2, ("b",), ("mine",), ("theirs",)),)
    assert found.text() == "A\nmine\nc\nd\nE\n"
    assert found.text({0}) == "A\ntheirs\nc\nd\nE\n"


def test_lines_put_into_one_place_are_to_be_chosen() -> None:
    (overlap,) = merged(BASE, "a\nx\nb\nc\nd\ne\n", "a\ny\nb\nc\nd\ne\n").overlaps
    assert overlap == Overlap(2, (), ("x",), ("y",))


@pytest.mark.parametrize(("of_others", "end"), [("\n", "\n"), ("\r\n", "\r\n")])
def test_lines_end_as_in_the_file_as_it_is_now(of_others: str, end: str) -> None:
    theirs = "a\nb\nc\nd\nE\n".replace("\n", of_others)
    assert both("A\nb\nc\nd\ne\n", theirs) == "A\nb\nc\nd\nE\n".replace("\n", end)


def test_a_line_is_what_ends_in_a_line_feed_alone() -> None:
    base = "a\u2028b\x0cc\nd"
    assert both(base + "e", "x\n" + base, base) == "x\n" + base + "e"


TEXTS = st.lists(st.sampled_from("abcd"), max_size=9).map("\n".join)


@given(TEXTS, TEXTS, TEXTS)
def test_what_one_has_not_changed_is_what_the_other_says(base: str, mine: str, theirs: str) -> None:
    assert merged(base, mine, base).text() == mine
    assert merged(base, base, theirs).text() == theirs
    assert merged(base, mine, mine).text() == mine
    found = merged(base, mine, theirs)
    turned = merged(base, theirs, mine)
    every = set(range(len(found.overlaps)))
    assert len(turned.overlaps) == len(every)
    assert found.text(every) == turned.text()
    assert found.text() == turned.text(every)
