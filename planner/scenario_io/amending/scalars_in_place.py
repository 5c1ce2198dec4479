"""A scalar in the place of another, in its quotes or in its lines where it had some."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any, Final

import yaml

from planner.scenario_io.amending import fresh
from planner.scenario_io.amending.spans import LITERAL, TextSpan
from planner.scenario_io.tree import Bare

_HEADER: Final = re.compile(r"([|>])[-+]?[ \t]*(?:#[^\r\n]*)?(?=\r|\n|\Z)")


def replacement(text: str, span: TextSpan, value: Bare, *, in_brackets: bool, newline: str) -> str:
    """Return what to write at `span` so that it says `value`."""
    before = text[span.start : span.end]
    if span.style in LITERAL and isinstance(value, str) and (kept := _in_lines(before, value, newline)) is not None:
        return kept
    if span.style == '"' and isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if span.style == "'" and isinstance(value, str) and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    grouped = "_" in before or not re.fullmatch(r"[0-9]{5,}", before)
    return fresh.scalar(value, in_brackets=in_brackets, grouped=grouped)


def _in_lines(before: str, value: str, newline: str) -> str | None:
    """Return `value` below the same sign and with the same indentation; None where that cannot say it."""
    header = _HEADER.match(before)
    content = [line for line in re.split("\r\n|\r|\n", before)[1:] if line.strip()]
    if header is None or not content:
        return None
    indent = " " * (len(content[0]) - len(content[0].lstrip(" ")))
    words, sign = value.removesuffix("\n"), header[1] + ("" if value.endswith("\n") else "-")
    told = words.split("\n") if header[1] == "|" else _folded(words, [line.strip() for line in content])
    head = header[0].replace(re.match(r"[|>][-+]?", header[0])[0], sign, 1)  # type: ignore[index]
    made = [head, *(indent + line if line else "" for line in told)]
    return newline.join(made) if _says("\n".join(made), value) else None


def _folded(words: str, before: list[str]) -> list[str]:
    """Return text as folded lines; lines that stay the same at its start and end stay where they are."""
    if "\n" in words:
        return [part for line in words.split("\n") for part in (*_wrapped(line, before), "")][:-1]
    start: list[str] = []
    for line in before[:-1]:
        if not words.startswith(line + " "):
            break
        start.append(line)
        words = words[len(line) + 1 :]
    end: list[str] = []
    for line in reversed(before[len(start) :]):
        if not words.endswith(" " + line):
            break
        end.insert(0, line)
        words = words[: -len(line) - 1]
    return [*start, *_wrapped(words, before), *end]


def _wrapped(words: str, before: list[str]) -> list[str]:
    width = max(60, *map(len, before))
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False) or [""]


def _says(written: str, value: str) -> bool:
    try:
        read: Any = yaml.load("k: " + written + "\n", Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return isinstance(read, dict) and read.get("k") == value
