"""What a workbook shows of a number where that is not the number: percentages, and codes such as 012 of a stored 12."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter

from planner.scenario_io.tree import ScalarValue

_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
_SPACING: Final = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Colours, languages, and the blanks that a format puts around a number."""

_AS_STORED: Final = frozenset({"", "General", "@", "0", "#"})
_GROUPED: Final = frozenset({"#,##0", "#.##0", "# ##0"})
_FOREIGN: Final = re.compile(r"[\u20ac\u00a3\u00a5]|(?<!\[)\$|\b(?:USD|EUR|SGD|SAR|JPY|MYR|AUD)\b")
"""Signs of other currencies; `[$` only begins the name of one, such as [$Rp-421] and [$-421]."""

_ZEROS: Final = re.compile(r"0+\Z")

_SUM: Final = re.compile(r"\s*[=+]?\s*(?:SUM|SUBTOTAL|AGGREGATE)\s*\(", re.IGNORECASE)
_PLUS: Final = re.compile(r"\s*[=+]?\s*\$?[A-Z]{1,3}\$?[0-9]+(?:\s*\+\s*\$?[A-Z]{1,3}\$?[0-9]+)+\s*\Z")
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")
_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)")


@dataclass(frozen=True)
class Shown:
    """How the cell styles of a workbook show numbers, by their position."""

    formats: Mapping[int, str]
    foreign: frozenset[int] = frozenset()
    """Styles of the workbook's own that show a number with the sign of another currency than the rupiah."""

    @cached_property
    def percent(self) -> frozenset[int]:
        """Styles that show a number times 100 with a percent sign; in quotes the sign is only text."""
        return frozenset(at for at, text in self.formats.items() if "%" in _QUOTED.sub("", text))

    def code(self, value: ScalarValue, style: int | None) -> str | None:
        """What a cell shows of a number, where whoever reads it as a code would read another one; else None."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | Decimal)
            or style is None
            or style not in self.formats
        ):
            return None
        return shown_code(Decimal(value), self.formats[style])


def shown_by_style(workbook: Any) -> Shown:
    """The number format of each cell style of a workbook that openpyxl has read."""
    own = dict(enumerate(workbook._number_formats, BUILTIN_FORMATS_MAX_SIZE))
    numbers = [style.numFmtId for style in workbook._cell_styles]
    formats = {at: BUILTIN_FORMATS.get(number) or own.get(number, "") for at, number in enumerate(numbers)}
    # those built in show $ in files and the currency of the country on the screen
    foreign = {at for at, text in formats.items() if numbers[at] not in BUILTIN_FORMATS and _FOREIGN.search(text)}
    return Shown(formats, frozenset(foreign))


def shown_code(value: Decimal, number_format: str) -> str | None:
    """What `number_format` shows of `value`, where that differs from its digits; else None.

    Of a format that is not understood the format itself, since it may show anything.
    """
    stored, whole = format(value, "f"), value == value.to_integral_value()
    bare = _SPACING.sub("", number_format.split(";")[0]).strip()
    if bare in _AS_STORED:
        return None
    if bare in _GROUPED:
        return None if whole and abs(value) < 1_000 else f"{int(value):,}".replace(",", ".")
    if _ZEROS.match(bare) and whole:
        shown = stored.rjust(len(bare), "0")
        return None if shown == stored else shown
    if (match := re.fullmatch(r"(?:#,##)?0\.(0+)", bare)) and abs(value) < 1_000:
        shown = f"{value:.{len(match[1])}f}"
        return None if shown == stored else shown
    return number_format[:20]


def adds_rows(formula: str, row: int, column: int) -> bool:
    """Whether the formula of a cell adds up its own column in other rows; a sum along its own row, or of another
    sheet, is none."""
    own = get_column_letter(column)
    if _PLUS.match(formula):
        cells = _CELL.findall(formula)
        return all(letters == own and int(number) != row for letters, number in cells)
    if not _SUM.match(formula) or "!" in formula:
        return False
    if "[" in formula:  # of a table, such as SUBTOTAL(109,Tabel1[orang])
        return "@" not in formula and "#this row" not in formula.casefold()
    ranges = _RANGE.findall(formula)
    return any(own in (left, right) and {int(top), int(bottom)} != {row} for left, top, right, bottom in ranges)
