"""Widths of the columns of a table in Word, on a page of any width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.report.charts.text import length
from planner.report.views.column_widths import SIZE, column_widths
from planner.report.views.table import HEAD, Table

_TWIPS: Final = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_WIDER: Final = 1.35
"""How much wider than the typeface that widths are measured with others run: Verdana, or what LibreOffice takes in its
place, and bold sums."""
_BOLD: Final = 1.12
"""How much wider bold is than the typeface that widths are measured with: what no column may be narrower than."""
_MARGINS: Final = 1.4
"""Margins of a cell beyond those of a printed table: Word has 1,9 mm at each side [mm]."""
_PADDING: Final = 2.6
"""Room beside a word, as in printed tables [mm]."""


def table_widths(table: Table, page: int) -> list[int]:
    """Return the widths of the columns within that of the `page` [twips]: figures do not break, the others share what
    is left.

    Where the page is narrow, short texts break between words before names break within one.
    """
    rows = [row for row in (*table.rows, *((table.total,) if table.total else ())) if row.mark != HEAD]
    longest = [max((row.cells[at] for row in rows), key=len, default="") for at in range(len(table.columns))]
    needed = column_widths(
        [column.kind for column in table.columns],
        [column.label for column in table.columns],
        longest,
        SIZE * _BOLD,
        upright=False,
    )
    fixed = [round((width + _MARGINS) * _TWIPS) if width else 0 for width in needed]
    sharing = [at for at, width in enumerate(fixed) if not width]
    widest = [
        1 + _widest_word(column.label, [row.cells[at] for row in rows], page) for at, column in enumerate(table.columns)
    ]
    words = [widest[at] for at in sharing]
    least = [
        width if column.kind == "number" else min(width, word) if " " in text else bool(width) * word
        for column, width, word, text in zip(table.columns, fixed, widest, longest, strict=True)
    ]  # codes cannot break between words
    most = page - page // (4 * len(fixed)) * len(sharing)
    room = max(page - sum(words), min(sum(least), most))
    fixed = _within([round(width * _WIDER / _BOLD) for width in fixed], least, room)
    left = page - sum(fixed)
    if not sharing:
        return [width + left // len(fixed) for width in fixed]
    words = [min(word, word * left // sum(words)) for word in words]
    left -= sum(words)
    wanted = [max(1, min(_twips(longest[at]), page) - word) for at, word in zip(sharing, words, strict=True)]
    for at, word, want in zip(sharing, words, wanted, strict=True):
        fixed[at] = word + left * want // sum(wanted)
    return fixed


def _widest_word(head: str, texts: Sequence[str], page: int) -> int:
    """Return the width in which no word of a column breaks, up to its share of half the page [twips]."""
    words = {word for text in (head, *texts) for word in text.split()}
    return min(max(map(_twips, words), default=0), page // 4)


def _within(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return the widths of at most `room` together: as wanted, else nearer to the least, and below these only as a last
    resort."""
    too_much = sum(wanted) - room
    if too_much <= 0:
        return list(wanted)
    spare = sum(wanted) - sum(least)
    share = min(1.0, too_much / spare) if spare > 0 else 1.0
    nearer = [int(width - share * (width - low)) for width, low in zip(wanted, least, strict=True)]
    scale = min(1.0, room / sum(nearer))
    return [int(width * scale) for width in nearer]


def _twips(text: str) -> int:
    """Return the width of a cell that holds a text on one line, in bold and in a wider typeface [twips]."""
    return round((length(text, SIZE * _WIDER, bold=True) * 25.4 / 72 + _MARGINS + _PADDING) * _TWIPS)
