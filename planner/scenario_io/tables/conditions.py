"""Conditions of conditional formats: whether one holds for a cell, as far as that can be told without a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

type CellValue = str | float | bool | None
"""What a cell holds; None where it is blank."""
type Values = Mapping[tuple[int, int], CellValue]
"""The cells of a sheet that are not blank, by row and column from 1."""

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"""
    r"|(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]+)(?![A-Za-z0-9_(!:])|(?P<name>[A-Za-z][A-Za-z0-9.]*)"
    r"|(?P<mark><=|>=|<>|[=<>(),;+-]))"
)
_CELL: Final = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")
_COMPARED: Final[Mapping[str, Callable[[int], bool]]] = {
    "=": lambda sign: sign == 0, "<>": lambda sign: sign != 0, "<": lambda sign: sign < 0,
    ">": lambda sign: sign > 0, "<=": lambda sign: sign <= 0, ">=": lambda sign: sign >= 0,
}  # fmt: skip
OPERATORS: Final = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "greaterThan": ">", "lessThanOrEqual": "<=",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
"""The marks of comparisons by their names in a file."""


class Unreckoned(Exception):
    """A formula that only a spreadsheet can reckon."""


@dataclass(frozen=True)
class At:
    """Where a condition is asked: a cell, and the first cell of the range that the formula is written for."""

    values: Values
    cell: tuple[int, int]
    first: tuple[int, int]

    def value(self, formula: str) -> CellValue:
        """Return what a formula gives here; raises Unreckoned."""
        reading = _Formula(formula.lstrip().removeprefix("="), self)
        found = reading.compared()
        if reading.left():
            raise Unreckoned
        return found

    def reference(self, written: str) -> CellValue:
        """Return the value of the cell that a formula means here."""
        found = _CELL.fullmatch(written)
        if found is None:
            raise Unreckoned
        row, column = int(found[4]), column_number(found[2])
        if not found[3]:
            row += self.cell[0] - self.first[0]
        if not found[1]:
            column += self.cell[1] - self.first[1]
        return self.values.get((row, column))


def column_number(letters: str) -> int:
    """Return the number of a column from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def compares(value: CellValue, mark: str, other: CellValue) -> bool:
    """Return whether a comparison holds as in spreadsheets: numbers before texts before truths, texts in any case."""
    left, right = _ordered(value, other), _ordered(other, value)
    return _COMPARED[mark]((left > right) - (left < right))


def _ordered(value: CellValue, other: CellValue) -> tuple[int, float, str]:
    if value is None:  # blank is what the other one is, at its least
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    if isinstance(value, bool):
        return 2, float(value), ""
    return (1, 0.0, value.casefold()) if isinstance(value, str) else (0, value, "")


class _Formula:
    """A formula as it is read from left to right."""

    def __init__(self, text: str, at: At) -> None:
        self._at = at
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if match is None or match.lastgroup is None:
                raise Unreckoned
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            place = match.end()
        self._tokens.reverse()

    def left(self) -> bool:
        """Return whether something of it has not been read."""
        return bool(self._tokens)

    def _mark(self, *marks: str) -> str:
        if self._tokens and self._tokens[-1][0] == "mark" and self._tokens[-1][1] in marks:
            return self._tokens.pop()[1]
        return ""

    def compared(self) -> CellValue:
        value = self._operand()
        while mark := self._mark(*_COMPARED):
            value = compares(value, mark, self._operand())
        return value

    def _operand(self) -> CellValue:
        if self._mark("("):
            value = self.compared()
            self._closed()
            return value
        if self._mark("-"):
            value = self._operand()
            if isinstance(value, str | None):
                raise Unreckoned
            return -value
        kind, text = self._tokens.pop() if self._tokens else ("", "")
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "cell":
            return self._at.reference(text)
        return self._named(text.upper()) if kind == "name" else _unknown()

    def _named(self, name: str) -> CellValue:
        if name in ("TRUE", "FALSE") and not self._mark("("):
            return name == "TRUE"
        if name in ("TRUE", "FALSE"):
            self._closed()
            return name == "TRUE"
        if name not in _FUNCTIONS or not self._mark("("):
            raise Unreckoned
        given = [self.compared()]
        while self._mark(",", ";"):
            given.append(self.compared())
        self._closed()
        return _FUNCTIONS[name](given)

    def _closed(self) -> None:
        if not self._mark(")"):
            raise Unreckoned


def _unknown() -> CellValue:
    raise Unreckoned


def _truth(value: CellValue) -> bool:
    if isinstance(value, str):
        raise Unreckoned
    return bool(value)


_FUNCTIONS: Final[Mapping[str, Callable[[list[CellValue]], CellValue]]] = {
    "AND": lambda given: all(_truth(each) for each in given),
    "OR": lambda given: any(_truth(each) for each in given),
    "NOT": lambda given: not _truth(given[0]),
    "ISBLANK": lambda given: given[0] is None,
    "ISNUMBER": lambda given: isinstance(given[0], float),
    "ISTEXT": lambda given: isinstance(given[0], str),
    "ISERROR": lambda _given: False,  # a cell with an error is refused
    "ISERR": lambda _given: False,
    "ISNA": lambda _given: False,
    "TRIM": lambda given: " ".join(_text(given[0]).split()),
    "LEN": lambda given: float(len(_text(given[0]))),
}


def _text(value: CellValue) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).upper() if isinstance(value, bool) else value or ""
