"""Tables of the command line: with rules on a terminal (drawn by rich), aligned plain text in files and pipes.

No word or number is ever cut: on a narrow terminal words wrap, and a word wider than its column widens the line.
See docs/decisions/0008-batch-libraries.md for why rich alone does not do.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from planner.cli.failures import without_control

WIDEST: Final = 44
"""Width at which texts of a plain table wrap [columns]."""

Rows = Sequence[Sequence[str]]


def show(rows: Rows, *, head: bool = False, title: str = "", on_stderr: bool = False) -> None:
    """Print a table to standard output or standard error; with `head` the first row is the header.

    The first column is aligned left. The others are figures aligned right if there is a header, else aligned left too.
    Below a header, a row with only its first cell filled is the heading of a section.
    """
    clean = [[" ".join(without_control(cell).split("\n")) for cell in row] for row in rows]
    stream = sys.stderr if on_stderr else sys.stdout
    if stream.isatty():
        _ruled(clean, head, without_control(title), on_stderr)
    else:
        stream.write(plain(clean, head=head, title=without_control(title)) + "\n")


def plain(rows: Rows, *, head: bool = False, title: str = "") -> str:
    """Return the rows as aligned text; texts wider than WIDEST wrap between words."""
    widths = [max(WIDEST, least) if natural > WIDEST else natural for natural, least in _measured(rows)]
    lines = [title, ""] if title else []
    for number, row in enumerate(rows):
        if head and number > 1 and not any(row[1:]):
            lines.append("")
        folded = [_folded(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*folded, fillvalue=""):
            padded = []
            for column, (text, width) in enumerate(zip(parts, widths, strict=True)):
                space = " " * (width - _width(text))
                padded.append(space + text if head and column else text + space)
            lines.append("  ".join(padded).rstrip())
        if head and number == 0:
            lines.append("  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _folded(text: str, width: int) -> list[str]:
    """Return the lines of `text`, wrapped at spaces to `width` columns."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if _width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _measured(rows: Rows) -> list[tuple[int, int]]:
    """Return (width of the widest text, width of the widest word) of each column [columns]."""
    return [
        (max(map(_width, column)), max(_width(word) for cell in column for word in cell.split(" ")))
        for column in zip(*rows, strict=True)
    ]


def _width(text: str) -> int:
    """Return the columns that a text takes; wide characters take two."""
    if text.isascii():
        return len(text)  # without loading rich
    from rich.cells import cell_len

    return cell_len(text)


def _ruled(rows: Rows, head: bool, title: str, on_stderr: bool) -> None:
    from rich.box import SIMPLE, SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(stderr=on_stderr)
    around = 3 * len(rows[0]) + 2
    widths = _fitting(rows, console.width - around)
    console.width = max(console.width, sum(widths) + around)
    drawn = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=SIMPLE_HEAD if head else SIMPLE,
        show_header=head,
    )
    for number, width in enumerate(widths):
        heading = Text(rows[0][number]) if head else ""
        drawn.add_column(heading, justify="right" if head and number else "left", width=width)
    for row in rows[1:] if head else rows:
        if head and not any(row[1:]):
            drawn.add_section()
        drawn.add_row(*map(Text, row), style="bold" if head and not any(row[1:]) else None)
    console.print(drawn)


def _fitting(rows: Rows, room: int) -> list[int]:
    """Return the widths of the columns within `room`: the widest are narrowed first, none below its widest word."""
    measured = _measured(rows)
    widths = [natural for natural, _least in measured]
    while sum(widths) > room:
        foldable = [number for number, (_natural, least) in enumerate(measured) if widths[number] > least]
        if not foldable:
            break
        widths[max(foldable, key=widths.__getitem__)] -= 1
    return widths
