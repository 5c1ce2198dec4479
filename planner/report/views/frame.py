"""The parts that all documents share."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from planner.report.charts.palette import Tone
from planner.report.fonts import Face


@dataclass(frozen=True)
class Frame:
    """Language, title, typeface and colours of a document."""

    language: str
    title: str
    running_head: Markup
    """The header of each printed page, as a CSS string."""
    page_word: Markup
    """The word before a page number, as a CSS string."""
    generator: str
    faces: tuple[Face, ...]
    tones: tuple[Tone, ...]
    widths: tuple[int, ...]
    """Possible column widths of printed tables [mm]."""
    pictures: bool = False
    """Whether the document holds a picture, as data."""
