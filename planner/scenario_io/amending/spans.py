"""Where each value of a YAML text begins and ends, so that it can be replaced there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml

FLOW: Final = ("{", "[")
BLOCK: Final = (":", "-")
LITERAL: Final = ("|", ">")


@dataclass(slots=True)
class TextSpan:
    """One value: text[start:end]. A collection in lines ends with its last value."""

    start: int
    end: int
    style: str
    """A scalar: its quotes, "|" or ">", or "" · a collection: "{" or "[" in brackets, ":" or "-" in lines."""
    items: list[TextSpan] = field(default_factory=list)
    """Values of a mapping or list."""
    keys: list[TextSpan] = field(default_factory=list)
    """Keys of a mapping."""

    @property
    def in_brackets(self) -> bool:
        return self.style in FLOW


def spans_of(text: str) -> TextSpan | None:
    """Return the spans of the one document in `text`, which `read_tree` has taken; None for an empty one."""
    root = TextSpan(0, len(text), "-")
    open_spans, awaits_key = [root], [False]
    loader = yaml.CSafeLoader(text)
    try:
        while (event := loader.get_event()) is not None:
            if isinstance(event, yaml.CollectionEndEvent):
                ended = open_spans.pop()
                awaits_key.pop()
                ended.end = _end(event) if ended.in_brackets else _last_end(ended)
                continue
            if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                continue
            span = _span(event, text)
            here = open_spans[-1]
            (here.keys if awaits_key[-1] else here.items).append(span)
            if here.style in ("{", ":"):
                awaits_key[-1] = not awaits_key[-1]
            if isinstance(event, yaml.CollectionStartEvent):
                open_spans.append(span)
                awaits_key.append(isinstance(event, yaml.MappingStartEvent))
    finally:
        loader.dispose()
    return root.items[0] if root.items else None


def _span(event: Any, text: str) -> TextSpan:
    start, end = event.start_mark.index, _end(event)
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in LITERAL:  # blank lines after it are no part of what is replaced
            end = start + len(text[start:end].rstrip())
        return TextSpan(start, end, style)
    if isinstance(event, yaml.MappingStartEvent):
        return TextSpan(start, end, "{" if event.flow_style else ":")
    return TextSpan(start, end, "[" if event.flow_style else "-")


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _last_end(span: TextSpan) -> int:
    return span.items[-1].end if span.items else span.start
