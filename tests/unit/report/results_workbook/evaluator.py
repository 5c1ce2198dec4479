"""A small spreadsheet: every formula of a workbook computed again from its inputs, with exact fractions.

It knows what our workbooks use, and refuses anything else: + - * /, comparison, IF, MAX, ROUND, SUM, SUMIF, SUMIFS.
"""

from __future__ import annotations

import ast
import html
import io
import re
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any
from unittest.mock import patch

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

Value = Fraction | str | bool | None

_PIECES = re.compile(
    r"\"(?P<text>[^\"]*)\"|(?:'(?P<sheet>[^']+)'!)?\$?(?P<c1>[A-Z]{1,3})\$?(?P<r1>\d+)(?::\$?(?P<c2>[A-Z]{1,3})\$?(?P<r2>\d+))?"
)


_STORED = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>[^<]*</f><v>([^<]*)</v>')
"""A cell with a formula in a sheet of XlsxWriter: its place, its attributes and its stored result."""


def _read(content: bytes) -> Workbook:
    """The workbook, without the borders that openpyxl draws around merged cells: they are not in the file."""
    with patch.object(MergedCellRange, "format"):
        return load_workbook(io.BytesIO(content))


class Shown:
    """A sheet as its cells showed it when written: formulas by the results that stand beside them in the file."""

    def __init__(self, sheet: Worksheet, xml: str) -> None:
        self.sheet = sheet
        self.results: dict[str, Any] = {}
        for place, kind, shown in _STORED.findall(xml):
            number_of = float if "." in shown or "E" in shown else int
            self.results[place] = html.unescape(shown) if 't="str"' in kind else number_of(shown)

    def of(self, cell: Any) -> Any:
        """What a cell showed."""
        return self.results[cell.coordinate] if cell.data_type == "f" else cell.value

    def iter_rows(self, **span: Any) -> Iterator[tuple[Any, ...]]:
        """The values of its rows."""
        for row in self.sheet.iter_rows(**span | {"values_only": False}):
            yield tuple(map(self.of, row))


class Spreadsheet:
    """A workbook: what its cells hold, what they showed when written, and what its formulas come to."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._known: dict[tuple[str, int, int], Value] = {}
        self._spans: dict[tuple[str, int, int, int, int], list[Value]] = {}

    @cached_property
    def formulas(self) -> Workbook:
        """What its cells hold."""
        return _read(self._content)

    @cached_property
    def shown(self) -> dict[str, Shown]:
        """What the cells of each sheet showed when written."""
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            return {
                sheet.title: Shown(sheet, archive.read(f"xl/worksheets/sheet{nth}.xml").decode())
                for nth, sheet in enumerate(self.formulas.worksheets, 1)
            }

    def cells_with_formulas(self) -> Iterator[tuple[str, int, int]]:
        """(sheet, row, column), counted from 1."""
        for sheet in self.formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, int(cell.row or 0), int(cell.column or 0)

    def stored(self, sheet: str, row: int, column: int) -> Any:
        """The value that the file gives for a cell."""
        return self.shown[sheet].of(self.formulas[sheet].cell(row, column))

    def computed(self, sheet: str, row: int, column: int) -> Value:
        """The value of a cell, formulas computed from the inputs up."""
        key = (sheet, row, column)
        if key not in self._known:
            cell: Any = self.formulas[sheet].cell(row, column)
            if cell.data_type == "f":
                self._known[key] = self._formula(sheet, str(cell.value)[1:])
            elif isinstance(cell.value, int | float):
                self._known[key] = Fraction(repr(cell.value))
            else:
                self._known[key] = cell.value
        return self._known[key]

    def _span(self, sheet: str, top: int, left: int, bottom: int, right: int) -> list[Value]:
        """The values of a range, row by row; many formulas sum the same column."""
        key = (sheet, top, left, bottom, right)
        if key not in self._spans:
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            self._spans[key] = [self.computed(sheet, row, column) for row in rows for column in columns]
        return self._spans[key]

    def _formula(self, sheet: str, formula: str) -> Value:
        def piece(match: re.Match[str]) -> str:
            if match["text"] is not None:
                return repr(match["text"])
            place = match["sheet"] or sheet
            first = (int(match["r1"]), column_index_from_string(match["c1"]))
            if match["c2"] is None:
                return f"CELL({place!r},{first[0]},{first[1]})"
            last = (int(match["r2"]), column_index_from_string(match["c2"]))
            return f"SPAN({place!r},{first[0]},{first[1]},{last[0]},{last[1]})"

        result = self._value(ast.parse(_PIECES.sub(piece, formula), mode="eval").body)
        assert isinstance(result, Fraction | str | bool | None)
        return result

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=int(number)):
                return Fraction(number)
            case ast.Constant(value=str(text)):
                return text
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._value(operand)
            case ast.BinOp(left=left, op=op, right=right):
                return self._arithmetic(op, self._number(left), self._number(right))
            case ast.Compare(left=left, ops=[ast.Gt()], comparators=[right]):
                return self._number(left) > self._number(right)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, arguments)
        raise AssertionError(f"unknown: {ast.dump(node)}")

    def _number(self, node: ast.expr) -> Fraction:
        value = self._value(node)
        assert isinstance(value, Fraction | None), value
        return value or Fraction(0)

    @staticmethod
    def _arithmetic(op: ast.operator, left: Fraction, right: Fraction) -> Fraction:
        match op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
        raise AssertionError(f"unknown operator {op}")

    def _call(self, name: str, arguments: list[ast.expr]) -> Any:
        match name:
            case "CELL":
                place = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
                return self.computed(*place)  # type: ignore[arg-type]  # made just above: a name and two numbers
            case "SPAN":
                sheet, *sides = (a.value for a in arguments if isinstance(a, ast.Constant))
                return self._span(str(sheet), *map(int, sides))  # type: ignore[arg-type]  # numbers, as above
            case "IF":
                condition, then, otherwise = arguments
                return self._value(then if self._value(condition) else otherwise)
            case "ROUND":
                return round(self._number(arguments[0]), int(self._number(arguments[1])))
            case "MAX":
                return max(self._number(argument) for argument in arguments)
            case "SUM":
                return sum((v for a in arguments for v in self._value(a) if type(v) is Fraction), Fraction(0))
            case "SUMIF":
                keys, key, values = (self._value(argument) for argument in arguments)
                return self._picked(values, [(keys, key)])
            case "SUMIFS":
                values, *conditions = (self._value(argument) for argument in arguments)
                return self._picked(values, list(zip(conditions[::2], conditions[1::2], strict=True)))
        raise AssertionError(f"unknown function {name}")

    @staticmethod
    def _picked(values: list[Value], conditions: list[tuple[list[Value], Value]]) -> Fraction:
        assert all(len(keys) == len(values) for keys, _key in conditions)
        return sum(
            (
                value
                for n, value in enumerate(values)
                if type(value) is Fraction and all(keys[n] == key for keys, key in conditions)
            ),
            Fraction(0),
        )
