"""Draw each text of a chart as one line.

WeasyPrint lays out every letter of an SVG text separately, as texts along curves need, which takes longer and loses
the kerning. Texts of our charts begin at one point and have no parts, so each is laid out as one line, with the
functions of WeasyPrint 70. Where another version lacks one of them, it draws the text itself.
docs/decisions/0006-pdf-tricks.md has the figures.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any


def draw_whole_lines() -> Callable[[], None]:
    """Make WeasyPrint draw texts of charts as whole lines, until the function that is returned is called."""
    try:
        from weasyprint.css.properties import INITIAL_VALUES
        from weasyprint.draw import text as drawing
        from weasyprint.layout import inline
        from weasyprint.matrix import Matrix
        from weasyprint.svg import TAGS
        from weasyprint.svg.text import Style, TextBox
    except ImportError:
        return lambda: None

    styles: dict[tuple[Any, ...], Any] = {}

    def style_of(svg: Any, families: str, weight: int, size: float) -> Any:
        style = styles.get(key := (families, weight, size))
        if style is None or style.font_config is not svg.font_config:
            style = styles[key] = Style(INITIAL_VALUES)
            style.font_config = svg.font_config
            style["font_family"] = [name.strip(" \"'") for name in families.split(",")]
            style["font_weight"], style["font_size"] = weight, size
        return style

    def line(svg: Any, node: Any, font_size: float) -> None:
        weight = int(node.get("font-weight", 400))
        style = style_of(svg, node.get("font-family", "sans-serif"), weight, font_size)
        layout, *_rest, baseline = inline.split_first_line(node.text, style, svg.context, inf, 0)
        box = TextBox(layout, style)
        box.baseline = baseline
        svg.stream.push_state()
        fill, stroke = svg.set_graphical_state(node, font_size)
        svg.stream.begin_text()
        layout.reactivate(style)
        svg.fill_stroke(fill, stroke, text=True)
        place = Matrix(d=-1, e=float(node.get("x", 0)), f=float(node.get("y", 0)))
        drawing.draw_first_line(svg.stream, box, "none", "none", place)
        svg.stream.end_text()
        svg.stream.pop_state()

    before = TAGS["text"]
    TAGS["text"] = line

    def as_before() -> None:
        TAGS["text"] = before

    return as_before
