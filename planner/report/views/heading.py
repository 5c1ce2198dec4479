"""Headings of sections, numbered, with the anchors that the contents list points to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section. `anchor` is a word of ours, never text of a user."""

    anchor: str
    number: int
    text: str
