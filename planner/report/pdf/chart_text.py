"""Text of charts in a PDF, drawn line by line.

WeasyPrint 70 lays out every letter of an SVG text on its own, as texts along curves need; in a report with ten charts
that is a fifth of the whole time, and letters lose their kerning. The texts of our charts begin at one place and have
no parts, so each is laid out here as one line, with the same functions. Where a later WeasyPrint lacks one of them, it
draws the text itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any


@contextmanager
def whole_lines() -> Iterator[None]:
    """Texts of our charts are drawn as whole lines within a `with` block."""
    try:
        from weasyprint.css.properties import INITIAL_VALUES
        from weasyprint.draw.text import draw_first_line
        from weasyprint.matrix import Matrix
        from weasyprint.svg import TAGS
        from weasyprint.svg.text import Style, TextBox
        from weasyprint.text.line_break import split_first_line
    except ImportError:
        yield
        return
    by_letters = TAGS["text"]

    def line(svg: Any, node: Any, font_size: float) -> None:
        style = Style(INITIAL_VALUES)
        style.font_config = svg.font_config
        style["font_family"] = [name.strip(" \"'") for name in node.get("font-family", "sans-serif").split(",")]
        style["font_weight"], style["font_size"] = int(node.get("font-weight", 400)), font_size
        layout, *_rest, baseline = split_first_line(node.text, style, svg.context, inf, 0)
        box = TextBox(layout, style)
        box.baseline = baseline
        svg.stream.push_state()
        fill, stroke = svg.set_graphical_state(node, font_size)
        svg.stream.begin_text()
        layout.reactivate(style)
        svg.fill_stroke(fill, stroke, text=True)
        draw_first_line(
            svg.stream, box, "none", "none", Matrix(d=-1, e=float(node.get("x", 0)), f=float(node.get("y", 0)))
        )
        svg.stream.end_text()
        svg.stream.pop_state()

    TAGS["text"] = line
    try:
        yield
    finally:
        TAGS["text"] = by_letters
