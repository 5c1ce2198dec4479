"""What a workbook shows of a number where that is not the number: percentages, and codes such as 012 of a stored 12."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from planner.locale import _
from planner.scenario_io.tables.unseen_colours import Unseen, unseen_of_book
from planner.scenario_io.tree import ScalarValue
from planner.units.currencies import shows_foreign
from planner.units.said import decimal_said
from planner.units.scales import format_in_thousands

_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
_SPACING: Final = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Colours, languages, and the blanks that a format puts around a number."""

_AS_STORED: Final = frozenset({"", "General", "@", "0", "#"})
_GROUPED: Final = frozenset({"#,##0", "#.##0", "# ##0"})
_RUPIAH: Final = re.compile(r"\b(?:Rp|IDR)\b", re.IGNORECASE)
_CURRENCY: Final = frozenset((5, 6, 7, 8, 42, 44))
"""Numbers of the formats for money that every spreadsheet has."""

_ZEROS: Final = re.compile(r"0+\Z")
_NUMBER: Final = re.compile(r"[#,0]*?[0#](?:\.([0#]+))?(,*)(%?)\Z")
"""A format of figures alone: decimals, commas that each divide by a thousand, and a percent sign."""

_BLANK: Final = re.compile(r'(?:\[[^\]]*\])*\s*(?:;|(?:"\s*")+\s*(?:;|\Z))')
"""A format that shows nothing of a positive number."""

_IN_PARTS: Final = re.compile(r"[0#]+(?:[.\- /]0+)+\Z")
"""A format of codes whose parts are divided by literal marks, such as 0"."00."""

_WIDE: Final = Context(prec=400)
"""A context with room for every number of a workbook."""

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
    rupiah: frozenset[int] = frozenset()
    """Styles that show a number as rupiah; those of spreadsheets themselves show the currency of the country."""
    scaled: Mapping[int, str] = field(default_factory=dict)
    """The word by which a style shows a number as thousands or millions that it is not stored as."""
    struck: frozenset[int] = frozenset()
    """Styles that strike through what they show."""
    unseen: Unseen = field(default_factory=Unseen)
    """Styles whose letters nobody sees."""
    mute: frozenset[int] = frozenset()
    """Styles that show no text."""

    @cached_property
    def percent(self) -> frozenset[int]:
        """Styles that show a number times 100 with a percent sign; in quotes the sign is only text."""
        return frozenset(at for at, text in self.formats.items() if shows_percent(text))

    def code(self, value: ScalarValue, style: int | None) -> str | None:
        """Return what a cell shows of a number, where whoever reads it as a code would read another one; else None."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | Decimal)
            or style is None
            or style not in self.formats
        ):
            return None
        return shown_code(Decimal(value), self.formats[style])

    def rounded(self, value: ScalarValue, style: int | None) -> tuple[str, str] | None:
        """Return what a cell shows of a number, and what it holds, where the two differ: 3 of a stored 2.5."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or style is None:
            return None
        number_format = self.formats.get(style, "")
        if isinstance(value, int) and not any(mark in number_format for mark in ',;"'):
            return None
        return shown_number(Decimal(value), number_format)


def shown_by_style(workbook: Any) -> Shown:
    """Return the number format of each cell style of a workbook that openpyxl has read."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    own = dict(enumerate(workbook._number_formats, BUILTIN_FORMATS_MAX_SIZE))
    numbers = [style.numFmtId for style in workbook._cell_styles]
    formats = {at: BUILTIN_FORMATS.get(number) or own.get(number, "") for at, number in enumerate(numbers)}
    # those built in show $ in files and the currency of the country on the screen
    foreign = {at for at, text in formats.items() if numbers[at] not in BUILTIN_FORMATS and shows_foreign(text)}
    money = {at for at, text in formats.items() if numbers[at] in _CURRENCY or _RUPIAH.search(text)}
    struck = {at for at, style in enumerate(workbook._cell_styles) if workbook._fonts[style.fontId].strike}
    scaled = {at: word for at, text in formats.items() if (word := format_in_thousands(text))}
    return Shown(formats, frozenset(foreign), frozenset(money), scaled, frozenset(struck), unseen_of_book(workbook),
                 frozenset(at for at, text in formats.items() if shows_no_text(text)))  # fmt: skip


def shown_code(value: Decimal, number_format: str) -> str | None:
    """Return what `number_format` shows of `value`, where that differs from its digits; else None.

    Of a format that is not understood the format itself, since it may show anything.
    """
    stored, whole = format(value, "f"), value == value.to_integral_value()
    bare = _SPACING.sub("", number_format.split(";")[0]).strip()
    if bare in _AS_STORED:
        return None if whole or bare not in ("0", "#") else format(_shown(value, 0), "f")
    if bare in _GROUPED:
        return None if whole and abs(value) < 1_000 else f"{_shown(value, 0):,f}".replace(",", ".")
    if (
        whole
        and _QUOTED.search(bare)
        and _IN_PARTS.match(parts := _QUOTED.sub(lambda mark: mark[0].strip('\\"'), bare))
    ):
        return _in_parts(stored, parts)
    if _ZEROS.match(bare) and whole:
        shown = stored.rjust(len(bare), "0")
        return None if shown == stored else shown
    if (match := re.fullmatch(r"(?:#,##)?0\.(0+)", bare)) and abs(value) < 1_000:
        shown = format(_shown(value, len(match[1])), "f")
        return None if shown == stored else shown
    return number_format[:20]


def _shown(value: Decimal, places: int) -> Decimal:
    """Round as spreadsheets do: halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def _in_parts(stored: str, parts: str) -> str:
    """Return the digits of a number in the places of a format, the last digit in the last one: 503 in 0.00 is 5.03."""
    digits, shown = list(stored), ""
    for mark in reversed(parts):
        if mark not in "0#":
            shown = mark + shown
        elif digits or mark == "0":
            shown = (digits.pop() if digits else "0") + shown
    return "".join(digits) + shown


def shown_number(value: Decimal, number_format: str) -> tuple[str, str] | None:
    """Return what `number_format` shows of `value`, and the value, as texts where they differ: rounded or divided.

    A format that is more than figures is not looked into; one such as ;;; shows nothing.
    """
    if value > 0 and _BLANK.match(number_format):
        return _("(nothing)"), decimal_said(Fraction(value))
    bare = _SPACING.sub("", _QUOTED.sub("", number_format.split(";")[0])).strip()
    if (match := _NUMBER.match(bare)) is None:
        return None
    stored = Fraction(value) * (100 if match[3] else 1)
    scaled = value * (100 if match[3] else 1) / 1000 ** len(match[2])
    shown = Fraction(_shown(scaled, len(match[1] or "")))
    return None if shown == stored else (decimal_said(shown) + match[3], decimal_said(stored) + match[3])


def shows_percent(number_format: str) -> bool:
    """Return whether a format shows a number times 100 with a percent sign; in quotes the sign is only text."""
    return "%" in _QUOTED.sub("", number_format)


def shows_no_text(number_format: str) -> bool:
    """Return whether a format with a part for texts leaves it blank, as ;;; does."""
    parts = number_format.split(";")
    return len(parts) == 4 and not re.sub(r'"\s*"|\[[^\]]*\]|\s', "", parts[3])


def adds_rows(formula: str, row: int, column: int) -> bool:
    """Return whether the formula of a cell adds up its own column in other rows; a sum along its own row, or of another
    sheet, is none."""
    from openpyxl.utils import get_column_letter

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
