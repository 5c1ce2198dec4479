"""Neighbours of a list exchange their places, with their comments, and nothing else changes."""

from __future__ import annotations

import pytest

from planner.scenario_io.amending import CannotAmend, exchanged

LINES = "a: 1\nlist:   # all\n  # one\n  - id: x   # x\n    n: 1\n  # two\n  - {id: y}\n  - id: z"
BRACKETS = "list: [{id: x}, {id: y}]   # both\nb: 2\n"


def test_items_in_lines_take_their_comments_along() -> None:
    made = exchanged(LINES, ["list"], 1)
    assert made == "a: 1\nlist:   # all\n  # one\n  - id: x   # x\n    n: 1\n  - id: z\n  # two\n  - {id: y}"
    assert (
        exchanged(made, ["list"], 1)
        == "a: 1\nlist:   # all\n  # one\n  - id: x   # x\n    n: 1\n  # two\n  - {id: y}\n  - id: z"
    )
    first = exchanged(LINES, ["list"], 0)
    assert first == "a: 1\nlist:   # all\n  # one\n  # two\n  - {id: y}\n  - id: x   # x\n    n: 1\n  - id: z"
    assert exchanged(LINES.replace("\n", "\r\n"), ["list"], 0) == first.replace("\n", "\r\n")


def test_items_in_brackets_change_places() -> None:
    assert exchanged(BRACKETS, ["list"], 0) == "list: [{id: y}, {id: x}]   # both\nb: 2\n"


@pytest.mark.parametrize(("path", "place"), [(["list"], 1), (["list"], -1), (["b"], 0), (["none"], 0)])
def test_what_has_no_neighbour_is_not_moved(path: list[str], place: int) -> None:
    with pytest.raises(CannotAmend):
        exchanged(BRACKETS, path, place)
