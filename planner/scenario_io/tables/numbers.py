"""Numbers in cells: read where a text has one meaning, and what a number in a workbook may not be."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.locale import _
from planner.scenario_io.scalars import MAX_DIGITS
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tables.sheet import InputCell
from planner.scenario_io.tree import ScalarValue
from planner.units.said import decimal_text

_PLAIN: Final = re.compile(r"-?(?:0|[1-9][0-9]*(?:_[0-9]{3})*)\Z")
_SPACED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3})+\Z")
_POINT: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_COMMA: Final = re.compile(r"-?(?:0|[1-9][0-9]*),[0-9]+\Z")
_THOUSANDS: Final = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}\Z")
_INDONESIAN: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,2}\Z")
_FIGURES: Final = re.compile(r"[-+]?[0-9][0-9.,\s]*\Z")
_LONG: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")

DIGITS: Final = 15
"""Digits that a worksheet keeps of a number."""


def number_of(text: str, *, commas: bool = False) -> ScalarValue:
    """Return the number that `text` is, or else the text, of which `units` says why it is none.

    Decimals have a point, or a comma where that cannot group thousands. In a file with decimal `commas` it is the
    other way round: its separator is the semicolon because the comma is taken.
    """
    if len(text) > MAX_DIGITS:
        return text
    if text.isdigit() and text.isascii() and text[0] != "0":  # most cells
        return int(text)
    if _PLAIN.match(text):
        return int(text)
    if _SPACED.match(text):
        return int("".join(text.split()))
    if _INDONESIAN.match(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    sure, other = (_COMMA, _POINT) if commas else (_POINT, _COMMA)
    if sure.match(text) or (other.match(text) and not _THOUSANDS.match(text)):
        return Decimal(text.replace(",", "."))
    return text


def looks_like_figures(text: str) -> bool:
    """Return whether a text reads like a number."""
    return _FIGURES.match(text) is not None


def stored_as_text(text: str) -> Fault:
    """Return what is wrong with a number that a workbook holds as text; of a negative one that nothing takes it."""
    message = _("the number {value} is stored as text.").format(value=f"'{text[:40]}'")
    if text.startswith("-"):
        message = _("this number cannot be negative ({value}).").format(value=text[:40])
    return (
        message,
        _("Format the cell as a number and type it again, with the decimal mark of your Excel."),
    )


def disguised(cell: InputCell) -> Fault | None:
    """Return what is wrong with a code that its cell shows otherwise than it holds it, as 012 for 12."""
    if cell.shown is None:
        return None
    message = _("this cell shows {shown} but holds the number {stored}.").format(shown=cell.shown, stored=cell.value)
    return message, _("Format the cell as text and type it again as it is meant.")


def shown_otherwise(cell: InputCell, unit: str) -> Fault | None:
    """Return what is wrong with a number that its cell shows with a percent sign, as dollars or rupiah, or in
    thousands.

    The unit says what belongs there: an amount, a count, a share, hours, or a number of anything else.
    """
    if cell.scaled:
        return shows_scaled(cell.scaled)
    if cell.foreign and unit in ("amount", "count"):
        message = _("this cell shows its number as money in a foreign currency.")
        return message, _("Format the cell as a number or as rupiah, and check it.")
    if (cell.rupiah or cell.foreign) and unit in ("count", "share", "hours"):
        message = _("this cell shows its number as money, but no amount belongs here.")
        return message, _("Format the cell as a number, and check it.")
    if (
        unit not in ("amount", "count")
        or not cell.percent
        or not isinstance(cell.value, int | Decimal)
        or isinstance(cell.value, bool)
    ):
        return None
    message = _("this cell shows {share}, but a number belongs here.").format(share=percentage(cell.value))
    return message, _("Format the cell as a number, and check it.")


def shows_scaled(word: str) -> Fault:
    """Return the problem that a cell shows its number with a word such as juta, but holds it without."""
    message = _("this cell shows its number with '{word}' behind it, but holds it without.").format(word=word)
    return message, _("Type the number in full, with all its zeros, in a cell without that format.")


def holds_a_date() -> Fault:
    """That a cell holds a date or a time where neither belongs."""
    return _("this cell holds a date or a time."), _("Format the cell as text or number and type its value again.")


def holds_error(error: str) -> Fault:
    """That a cell holds the error of a formula."""
    return _("this cell holds the error {value}.").format(value=error), _("Correct its formula.")


def percentage(value: int | Decimal) -> str:
    """Return a number that its cell shows as a percentage, as text: 0.3 is 30%."""
    return decimal_text(Fraction(value) * 100) + "%"


def long_number(text: str) -> int | Decimal | None:
    """Return the number in a text that has more digits than a cell keeps; None for any other text."""
    if len(text) > MAX_DIGITS or not _LONG.match(text) or len(text.replace(".", "").strip("0")) <= DIGITS:
        return None
    return Decimal(text) if "." in text else int(text)


def cell_number(value: Fraction) -> float | None:
    """Return `value` as the number of a cell; None if the cell would hold another one."""
    number = float(value)
    return number if Fraction(Decimal(f"{number:.{DIGITS}G}")) == value and abs(number) < 10**DIGITS else None
