"""Formulas of a workbook whose stored results no longer hold once other cells are changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils.cell import range_boundaries

Cell = tuple[str, int, int]
"""Sheet, row and column, from 1."""
_ANYWHERE: Final = frozenset({"INDIRECT(", "OFFSET(", "INDEX(", "CHOOSE(", "GETPIVOTDATA("})
"""Functions whose arguments do not say which cells are read."""


@dataclass(frozen=True)
class _Area:
    """Cells that a formula reads."""

    sheet: str
    columns: tuple[int | None, int | None]
    rows: tuple[int | None, int | None]

    def has(self, cell: Cell) -> bool:
        sheet, row, column = cell
        return sheet == self.sheet.casefold() and _within(column, self.columns) and _within(row, self.rows)


def _within(number: int, between: tuple[int | None, int | None]) -> bool:
    first, last = between
    return (first is None or number >= first) and (last is None or number <= last)


def dependents(workbook: Workbook, changed: Collection[Cell]) -> set[Cell]:
    """Cells with a formula that reads one of the `changed` cells, itself or through others.

    A formula of which that cannot be told is among them: its result is doubted rather than believed.
    """
    formulas = {cell: _areas(formula, cell[0]) for cell, formula in _formulas(workbook) if cell not in changed}
    found = {cell for cell, areas in formulas.items() if areas is None}
    fresh = {*changed, *found}
    while fresh:
        known = {(sheet.casefold(), row, column) for sheet, row, column in fresh}
        left = {cell: areas for cell, areas in formulas.items() if cell not in found and areas}
        fresh = {cell for cell, areas in left.items() if any(area.has(each) for area in areas for each in known)}
        found |= fresh
    return found


def _formulas(workbook: Workbook) -> Iterator[tuple[Cell, str]]:
    sheets: list[Any] = workbook.worksheets
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = getattr(cell.value, "text", cell.value)  # one of an array has more about it
                    yield (sheet.title, cell.row, cell.column), str(text or "")


def _areas(formula: str, sheet: str) -> list[_Area] | None:
    """Return the cells that a formula reads; None where it does not say that in itself."""
    try:
        tokens = Tokenizer(formula if formula.startswith("=") else f"={formula}").items
    except (TokenizerError, IndexError):
        return None
    found = []
    for token in tokens:
        if token.type == Token.FUNC and token.value.upper() in _ANYWHERE:
            return None
        if token.type != Token.OPERAND or token.subtype != Token.RANGE or "[" in token.value.partition("]")[0]:
            continue  # cells of another workbook are not changed
        named, _mark, area = token.value.rpartition("!")
        if named.startswith("'"):
            named = named[1:-1].replace("''", "'")
        try:
            left, top, right, bottom = range_boundaries(area)
        except (ValueError, TypeError):
            return None  # a name of cells
        if ":" in named:
            return None  # cells of several sheets
        found.append(_Area(named or sheet, (left, right), (top, bottom)))
    return found
