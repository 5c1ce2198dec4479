"""What every document has around its content."""

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
    """Printed at the head of each page, as a CSS string."""
    page_word: Markup
    """The word before a page number, as a CSS string."""
    generator: str
    faces: tuple[Face, ...]
    tones: tuple[Tone, ...]
    widths: tuple[int, ...]
    """Widths that columns of printed tables may have [mm]."""
