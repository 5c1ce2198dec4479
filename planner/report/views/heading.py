"""Numbered headings of sections, with their anchors for the table of contents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section. `anchor` is a fixed word of this program, never text of a user."""

    anchor: str
    number: int
    text: str
