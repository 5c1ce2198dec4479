"""Lists in one cell: values separated by semicolons or new lines, in double quotes where a value holds one.

A selector that is there but names nothing, which selects everything, is written as a star.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

EVERYTHING: Final = "*"
_SEPARATORS: Final = ";\n"
"""A name has one line, so that a new line of a cell (Alt+Enter) begins another."""
_QUOTE: Final = '"'
_ALTERNATIVE: Final = "|"


def joined(values: Iterable[str]) -> str:
    """Return `values` as one text that `separated` takes apart again."""
    return "; ".join(_quoted(value) for value in values)


def alternatives(value: str) -> list[str]:
    """Return the values of which one is enough in an entry such as "b | c"; just the one for any other entry."""
    return [part.strip() for part in value.split(_ALTERNATIVE) if part.strip()] or [value]


def either(values: Iterable[str]) -> str:
    """Return the values of which one is enough as one entry, which `alternatives` takes apart again."""
    return f" {_ALTERNATIVE} ".join(values)


def _quoted(value: str) -> str:
    if any(each in value for each in _SEPARATORS) or value.startswith(_QUOTE) or value == EVERYTHING:
        return _QUOTE + value.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return value


def separated(text: str) -> list[str]:
    """Return the values in `text`; raises ValueError where a quote is not closed."""
    return list(_values(text))


def _values(text: str) -> Iterator[str]:
    rest = text.strip()
    while rest:
        if rest.startswith(_QUOTE):
            value, rest = _unquoted(rest)
            if rest and rest[0] not in _SEPARATORS:
                raise ValueError(rest)
            rest = rest[1:]
        else:
            value, *after = re.split(f"[{_SEPARATORS}]", rest, maxsplit=1)
            rest = "".join(after)
        if value.strip():
            yield value.strip()
        rest = rest.strip()


def _unquoted(text: str) -> tuple[str, str]:
    """Return the value of a text that begins with a quote, and what stands after its end."""
    position = 1
    while (end := text.find(_QUOTE, position)) >= 0:
        if text[end + 1 : end + 2] != _QUOTE:
            return text[1:end].replace(_QUOTE * 2, _QUOTE), text[end + 1 :].lstrip(" \t")
        position = end + 2
    raise ValueError(text)
