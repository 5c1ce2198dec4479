"""New values as YAML: in brackets, or in lines."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Final

from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.scenario_io.tree import Bare
from planner.scenario_io.writing import GROUPED_FROM

WIDEST: Final = 116
"""A collection that would reach beyond this column stands in lines [characters]."""
_PLAIN: Final = re.compile(r"[^\W_]|[/.(+<=$^~;]|[-:?](?=\S)")
"""What a text may begin with that stands without quotes."""
_BREAKS: Final = re.compile(r":(?=\s|$)|\s#|[\n\r\t]")
_IN_BRACKETS: Final = re.compile(r"[,\[\]{}:?]")


def scalar(value: Bare, *, in_brackets: bool, grouped: bool = True) -> str:
    """Return a scalar on one line; numbers from 10,000 on are `grouped` as in 24_500_000."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return f"{value:_}" if grouped and abs(value) >= GROUPED_FROM else str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return text(str(value), in_brackets=in_brackets)


def text(words: str, *, in_brackets: bool) -> str:
    """Return text on one line, with quotes where it needs them."""
    if _stands_alone(words, in_brackets=in_brackets):
        return words
    if words.isprintable():
        return "'" + words.replace("'", "''") + "'"
    return json.dumps(words, ensure_ascii=False)


def _stands_alone(words: str, *, in_brackets: bool) -> bool:
    if words != words.strip() or not _PLAIN.match(words) or _BREAKS.search(words) or not words.isprintable():
        return False
    if in_brackets and _IN_BRACKETS.search(words):
        return False
    try:
        return isinstance(read_plain(words), str)
    except AmbiguousScalar:
        return False


def inline(value: Bare) -> str:
    """Return a value on one line: `{a: 1, b: [x, y]}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name, in_brackets=True)}: {inline(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value, in_brackets=True)


def key(name: str, *, in_brackets: bool = False) -> str:
    """Return a key of a mapping; one that looks like a whole number, such as a year, stands without quotes."""
    return name if name.isascii() and name.isdigit() and name == str(int(name)) else text(name, in_brackets=in_brackets)


def lines(value: Bare, column: int, *, as_list: bool = False) -> list[str]:
    """Return a collection in lines, each without its indentation to `column`; what fits stands in brackets."""
    found: list[str] = []
    if isinstance(value, dict):
        for name, each in value.items():
            found += _after(f"{key(name)}:", each, column)
    else:
        for each in value:
            found += item(each, column, in_brackets=not as_list)
    return found


def item(value: Bare, column: int, *, in_brackets: bool) -> list[str]:
    """Return an item of a list in lines; a record stands in brackets where it is asked for and fits."""
    if not isinstance(value, dict | list) or not value:
        return ["- " + (inline(value) if isinstance(value, dict | list) else scalar(value, in_brackets=False))]
    if in_brackets and column + 2 + len(inline(value)) <= WIDEST and not _has_lines(value):
        return ["- " + inline(value)]
    below = lines(value, column + 2)
    return ["- " + below[0], *("  " + line for line in below[1:])]


def _after(head: str, value: Bare, column: int) -> list[str]:
    """Return a key with its value, in one line or several."""
    if not isinstance(value, dict | list):
        return [f"{head} {scalar(value, in_brackets=False)}"]
    written = inline(value)
    records = isinstance(value, list) and any(isinstance(each, dict) for each in value)
    if not records and not _has_lines(value) and column + len(head) + 1 + len(written) <= WIDEST:
        return [f"{head} {written}"]
    return [head, *("  " + line for line in lines(value, column + 2))]


def _has_lines(value: Bare) -> bool:
    """Return whether a text of several lines is somewhere in it."""
    if isinstance(value, dict):
        return any(map(_has_lines, value.values()))
    return any(map(_has_lines, value)) if isinstance(value, list) else isinstance(value, str) and "\n" in value
