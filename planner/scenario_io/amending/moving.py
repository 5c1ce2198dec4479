"""`exchanged`: the text of a scenario file with two neighbours of a list in each other's place, comments and all."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from planner.locale import _
from planner.scenario_io.amending.amending import LAYOUT, CannotAmend, data_of, same
from planner.scenario_io.amending.spans import TextSpan, spans_of
from planner.scenario_io.tree import Bare


def exchanged(text: str, path: Sequence[str], place: int) -> str:
    """Return `text` with the items `place` and `place` + 1 of the list at `path` exchanged; the rest stays byte for
    byte.

    An item in lines takes along the comments right above it and behind it. Raises CannotAmend where the layout does
    not allow it.
    """
    data = data_of(text)
    span = _span_at(spans_of(text), data, path)
    wanted = copy.deepcopy(data)
    records: Bare = wanted
    for step in path:
        records = records.get(step) if isinstance(records, dict) else None
    if span is None or not isinstance(records, list) or not 0 <= place < len(records) - 1:
        raise CannotAmend(_(LAYOUT))
    records[place], records[place + 1] = records[place + 1], records[place]
    first, second = span.items[place], span.items[place + 1]
    if span.in_brackets:
        middle = text[first.end : second.start]
        made = f"{text[: first.start]}{text[second.start : second.end]}{middle}{text[first.start : first.end]}"
        made += text[second.end :]
    else:
        made = _lines_exchanged(text, span, place)
    if not same(data_of(made), wanted):
        raise CannotAmend(_(LAYOUT))
    return made


def _lines_exchanged(text: str, span: TextSpan, place: int) -> str:
    """Exchange the lines of two items; each begins behind the last line of the one before."""
    start = _line_start(text, span.start) if place == 0 else _next_line(text, span.items[place - 1].end)
    middle, end = (_next_line(text, span.items[each].end) for each in (place, place + 1))
    one, other = text[start:middle], text[middle:end]
    if not other.endswith(("\n", "\r")):  # the last line of the file has no end
        newline = "\r\n" if one.endswith("\r\n") else "\n"
        one, other = one.removesuffix(newline), f"{other}{newline}"
    return f"{text[:start]}{other}{one}{text[end:]}"


def _span_at(span: TextSpan | None, data: Bare, path: Sequence[str]) -> TextSpan | None:
    for step in path:
        if span is None or not isinstance(data, dict) or step not in data:
            return None
        span, data = span.items[list(data).index(step)], data[step]
    return span


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _next_line(text: str, at: int) -> int:
    ends = [found for mark in "\r\n" if (found := text.find(mark, at)) >= 0]
    if not ends:
        return len(text)
    return min(ends) + (2 if text.startswith("\r\n", min(ends)) else 1)
