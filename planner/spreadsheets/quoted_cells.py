"""Quoted cells of text files that go on over several lines, and rows that are lost in them.

A double quote that somebody forgot swallows all rows down to the next one: they become the text of a single cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Swallowed(NamedTuple):
    """Rows that stand in one cell."""

    line: int
    """The line in which the cell begins, from 1."""
    last: int
    """The line in which it ends."""


def swallows_rows(text: str, at: int, width: int, separator: str) -> bool:
    """Return whether the text of a cell, that of column `at` of `width`, holds the ends and beginnings of whole
    rows."""
    lines = text.splitlines()
    if len(lines) < 2 or width < 2:
        return False
    counts = [line.count(separator) for line in lines]
    inner = all(count == width - 1 for count in counts[1:-1])
    return counts[0] == width - 1 - at and counts[-1] == at and inner


def cell_after(line: str, separator: str, open_at: int | None) -> tuple[int | None, int]:
    """Return the column of the cell that a line leaves open, None if none, and where its text begins.

    `open_at` is the column of the cell that is open before it. A quote opens a cell only where the cell begins.
    """
    start, column, begins = 0, open_at or 0, 0
    inside = open_at is not None
    while True:
        if not inside and line.startswith('"', start):
            inside, start = True, start + 1
            begins = start
        if inside:
            end = line.find('"', start)
            while end >= 0 and line.startswith('""', end):
                end = line.find('"', end + 2)
            if end < 0:
                return column, begins
            inside, start = False, end + 1
        cut = line.find(separator, start)
        if cut < 0:
            return None, 0
        start, column = cut + 1, column + 1


def swallowed(lines: Iterable[str], separator: str, width: int) -> Iterator[Swallowed]:
    """Yield the cells of a text file that swallow rows; `width` is the number of its columns."""
    at: int | None = None
    held: list[str] = []
    first = 0
    for number, line in enumerate(lines, start=1):
        before = at
        if '"' not in line:
            if before is not None:
                held.append(line.rstrip("\r\n"))
            continue
        at, begins = cell_after(line.rstrip("\r\n"), separator, before)
        if before is not None:
            if at == before and begins == 0:
                held.append(line.rstrip("\r\n"))
                continue
            text = "\n".join([*held, line[: _closed(line)]])
            if swallows_rows(text, before, width, separator):
                yield Swallowed(first, number)
        held, first = ([line.rstrip("\r\n")[begins:]], number) if at is not None else ([], 0)


def _closed(line: str) -> int:
    """Return where the quoted cell ends that is open at the beginning of a line."""
    end = line.find('"')
    while line.startswith('""', end):
        end = line.find('"', end + 2)
    return end
