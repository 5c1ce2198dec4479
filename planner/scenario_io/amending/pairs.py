"""Which items of a list are which after a change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from planner.scenario_io.tree import Bare

type Pair = tuple[int | None, int | None]
"""Positions before and after; None before for a new item, None after for one that is gone."""


def pairs(before: Sequence[Bare], after: Sequence[Bare]) -> Iterator[Pair]:
    """Yield each item once, in order. Records are known by id, others by content; of those changed, equally many pair
    up."""
    names, new_names = [_called(item) for item in before], [_called(item) for item in after]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, names, new_names, autojunk=False).get_opcodes():
        both = i2 - i1 if kind == "equal" else min(i2 - i1, j2 - j1)
        if kind == "replace" and i2 - i1 != j2 - j1:  # what was changed cannot be told from what is new
            both = 0
        yield from ((i1 + n, j1 + n) for n in range(both))
        yield from ((i, None) for i in range(i1 + both, i2))
        yield from ((None, j) for j in range(j1 + both, j2))


def _called(item: Bare) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str | int):
        return f"id {item['id']}"
    return json.dumps(item, default=repr, sort_keys=True)
