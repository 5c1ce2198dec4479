"""Tables in the terminal: ruled on a terminal, aligned plain text in files and pipes.

Nothing is ever cut. On a narrow terminal words go to the next line, and where a single word or number
is wider than its column, the line grows.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from planner.cli.failures import without_control

Rows = Sequence[Sequence[str]]


def show(rows: Rows, *, head: bool = False, title: str = "", on_stderr: bool = False) -> None:
    """Print rows to standard output or standard error; with `head` the first row heads the columns.

    The first column stands to the left, and so do the others of a table without a head; below a head
    they are figures and stand to the right.
    """
    clean = [[" ".join(without_control(cell).split("\n")) for cell in row] for row in rows]
    stream = sys.stderr if on_stderr else sys.stdout
    if stream.isatty():
        _ruled(clean, head, without_control(title), on_stderr)
    else:
        stream.write(plain(clean, head=head, title=without_control(title)) + "\n")


def plain(rows: Rows, *, head: bool = False, title: str = "") -> str:
    """The rows as aligned text, one line each."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = [title, ""] if title else []
    for number, row in enumerate(rows):
        padded = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            padded.append(space + cell if head and column else cell + space)
        lines.append("  ".join(padded).rstrip())
        if head and number == 0:
            lines.append("  ".join("-" * width for width in widths))
    return "\n".join(lines)


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
        drawn.add_row(*map(Text, row))
    console.print(drawn)


def _fitting(rows: Rows, room: int) -> list[int]:
    """Widths of the columns: as wide as their texts if there is room, else narrower, but no word is cut."""
    from rich.cells import cell_len

    columns = list(zip(*rows, strict=True))
    widths = [max(map(cell_len, column)) for column in columns]
    least = [max(cell_len(word) for cell in column for word in cell.split(" ")) for column in columns]
    while sum(widths) > room:
        foldable = [number for number, width in enumerate(widths) if width > least[number]]
        if not foldable:
            break
        widths[max(foldable, key=lambda number: widths[number])] -= 1
    return widths
