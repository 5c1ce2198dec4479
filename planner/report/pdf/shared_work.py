"""Do once what WeasyPrint does anew for each box: cells of tables repeat the same few texts, widths and styles.

The functions are those of WeasyPrint 70, given the same arguments; only their results are kept. With another version
nothing is kept. docs/decisions/0006-pdf-tricks.md has the figures.
"""

from __future__ import annotations

from typing import Any, Final

import weasyprint
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, percent, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import pango

VERSION: Final = "70."
"""The versions of WeasyPrint whose functions are understood here."""

_SIDES: Final = ("top", "right", "bottom", "left")
_BORDERS: Final = tuple(f"border_{side}_width" for side in _SIDES)
_USED: Final = (
    *(f"{space}_{side}" for space in ("margin", "padding") for side in _SIDES),
    *(f"{limit}{length}" for limit in ("", "min_", "max_") for length in ("width", "height")),
    *_BORDERS,
)
"""What `resolve_percentages` sets."""

_OF_TEXT: Final = tuple(
    sorted(
        name
        for name in INITIAL_VALUES
        if name.startswith(("font_", "hyphenate_", "text_decoration_", "text_underline_"))
        or name
        in ("direction", "hyphens", "lang", "letter_spacing", "line_height", "overflow_wrap", "tab_size", "white_space")
        or name in ("word_break", "word_spacing")
    )
)
"""Properties that decide how a text is laid out."""

_lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}
_fitting: dict[tuple[Any, ...], tuple[Any, ...]] = {}
_looks: dict[int, tuple[Any, Any]] = {}
_lengths: dict[tuple[Any, ...], tuple[Any, dict[str, Any]]] = {}
_struts: dict[int, tuple[Any, Any]] = {}
_kept_back: dict[str, Any] = {}


def share_work() -> bool:
    """Keep results from here on in this process; False if WeasyPrint is of another version."""
    if not weasyprint.VERSION.startswith(VERSION):
        return False
    if not _kept_back:
        _kept_back.update(
            split=line_break.split_first_line,
            resolve=percent.resolve_percentages,
            reactivate=line_break.Layout.reactivate,
            draw=drawing.draw_first_line,
            strut=line_break.strut,
        )
        inline.split_first_line = preferred.split_first_line = _split_first_line
        line_break.Layout.deactivate, line_break.Layout.reactivate = _deactivate, _reactivate
        drawing.draw_first_line = _draw_first_line
        _replace_everywhere(line_break.strut, _strut)
        _replace_everywhere(percent.resolve_percentages, _resolve_percentages)
    return True


def forget() -> None:
    """Drop what was kept: it is of the document that was laid out last."""
    _lines.clear()
    _fitting.clear()
    _looks.clear()
    _lengths.clear()
    _struts.clear()


def _replace_everywhere(function: Any, other: Any) -> None:
    """Put a function in place of another in all modules of WeasyPrint that have it by name."""
    import sys

    called: str = function.__name__
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, called, None) is function:
            setattr(module, called, other)


def _split_first_line(
    text: str, style: Any, context: Any, width: Any, spacing: Any, is_line_start: bool = True, minimum: bool = False
) -> Any:
    """Return the first line of a text. It is the same for the same text, look and width, and wherever the text fits in
    it."""
    look = _looks.get(id(style))
    if look is None:  # the style is kept, so that no other gets its number
        look = _looks[id(style)] = (tuple(map(repr, map(style.__getitem__, _OF_TEXT))), style)
    short = (text, look[0], spacing)
    known = _fitting.get(short)
    if known is not None and (width is None or known[3] <= width):
        return known
    key = (*short, width, is_line_start, minimum)
    known = _lines.get(key)
    if known is None:
        known = _lines[key] = _kept_back["split"](text, style, context, width, spacing, is_line_start, minimum)
        if known[2] is None and (width is None or known[3] <= width):
            _fitting[short] = known
    return known


def _strut(style: Any) -> Any:
    """Return the height and baseline of a line; the same for the same style."""
    known = _struts.get(id(style))
    if known is None:
        known = _struts[id(style)] = (_kept_back["strut"](style), style)
    return known[0]


def _deactivate(layout: Any) -> None:
    """Keep the layout of a line, but for the width in which it was found, to draw it as it is."""
    pango.pango_layout_set_width(layout.layout, -1)


def _reactivate(layout: Any, style: Any) -> None:
    """Lay out a kept line again only where its spaces were widened."""
    if layout.justification_spacing:
        _kept_back["reactivate"](layout, style)


class _Recorder:
    """Passes calls on to a stream, and remembers them."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.calls = stream, []  # type: Any, list[tuple[str, tuple[Any, ...]]]
        self.ink_rect, self.logical_rect, self.add_font = stream.ink_rect, stream.logical_rect, stream.add_font

    def set_text_matrix(self, *values: float) -> None:
        self.stream.set_text_matrix(*values)

    def show_text(self, text: Any) -> None:
        self.calls.append(("show_text", (text,)))
        self.stream.show_text(text)

    def set_font_size(self, font: Any, size: Any) -> None:
        self.calls.append(("set_font_size", (font, size)))
        self.stream.set_font_size(font, size)

    def set_text_rise(self, rise: float) -> None:
        self.calls.append(("set_text_rise", (rise,)))
        self.stream.set_text_rise(rise)


def _draw_first_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:
    """Draw a line; the same calls for the same layout."""
    layout = box.pango_layout
    if overflow == "ellipsis" or ellipsis != "none" or layout.justification_spacing:
        return _kept_back["draw"](stream, box, overflow, ellipsis, matrix)  # type: ignore[no-any-return]
    calls = layout.__dict__.get("calls")
    if calls is None:
        recorder = _Recorder(stream)
        emojis: list[Any] = _kept_back["draw"](recorder, box, overflow, ellipsis, matrix)
        if not emojis and box.text.strip():
            layout.calls = recorder.calls
        return emojis
    stream.set_text_matrix(*matrix.values)
    for name, values in calls:
        getattr(stream, name)(*values)
    return []


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the lengths of a box; the same for the same style and space."""
    if isinstance(containing_block, boxes.Box):
        space = (containing_block.width, containing_block.height)
    else:
        space = tuple(containing_block)
    style = box.style
    collapsed = style["border_collapse"] == "collapse" and tuple(getattr(box, name, None) for name in _BORDERS)
    key = (id(style), *space, isinstance(box, boxes.PageBox), collapsed)
    known = _lengths.get(key)
    if known is None:
        _kept_back["resolve"](box, containing_block)
        _lengths[key] = (style, {name: getattr(box, name) for name in _USED})
    else:
        box.__dict__.update(known[1])
