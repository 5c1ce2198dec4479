"""Cells of a sheet that was read already, before anybody knows which of its columns hold what."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class SheetCells:
    """Heads, and rows of cells as text; rows and columns are counted from 0."""

    heads: list[str]
    rows: list[list[str | None]]
    numbers: list[int]
    """The number of each row as the sheet counts."""
    as_codes: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column, what stands in place of a number that its cell shows as another code, as 012 of 12."""
    as_numbers: dict[tuple[int, int], str] = field(default_factory=dict)
    """What stands in place of a number that its cell shows as money, or with a word such as ribu behind it."""
    rounded: set[tuple[int, int]] = field(default_factory=set)
    """Cells that show another number than they hold: rounded, or in thousands."""

    def changed(self, at: int, others: dict[tuple[int, int], str]) -> list[str | None]:
        """Return a column with what `others` put in place of its cells."""
        return [others.get((row, at), cells[at]) for row, cells in enumerate(self.rows)]
