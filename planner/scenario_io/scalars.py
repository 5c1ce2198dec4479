"""Plain YAML scalars under a strict reading: what two programs would read in two ways is refused.

true and false are the only booleans; whole and decimal numbers are exact (int, Decimal); anything
else is text, and `units` reads money and shares from it. A day such as 2027-01-04 is its text: nothing else is meant
by it.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Final

from planner.locale import _
from planner.scenario_io.tree import ScalarValue

MAX_DIGITS: Final = 40
"""Longest number taken; nothing planned comes near it."""

_WORDS: Final[dict[str, ScalarValue]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False,
}  # fmt: skip
_YES_NO: Final = frozenset({"yes", "no", "on", "off"})
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)\Z")
_DECIMAL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)?\.[0-9]+\Z")
_SCIENTIFIC: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+[eE][-+][0-9]{1,3}\Z")
"""A power of ten that every reader takes for a number, as programs write small ones: 1.0e-05."""
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9_]+(?:\.[0-9_]*)?\Z")
_OTHER_BASE: Final = re.compile(r"[-+]?0[xXoObB][0-9a-fA-F_]+\Z")
_BASE_60: Final = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?\Z")
_POWER: Final = re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)[eE][-+]?[0-9]+\Z")
_NO_NUMBER: Final = re.compile(r"[-+]?\.(?:nan|inf)\Z", re.IGNORECASE)
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*)?\Z")
_SUSPICIOUS_START: Final = frozenset("0123456789.+-~")


class AmbiguousScalar(ValueError):
    """A plain scalar that is refused: what is wrong with it, and what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def read_plain(text: str) -> ScalarValue:
    """Return the value of a scalar written without quotes; raises AmbiguousScalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _SUSPICIOUS_START:
        return _word(text)
    if _WHOLE.match(text) or _DECIMAL.match(text):
        digits = text.replace("_", "")
        if len(digits) > MAX_DIGITS:
            raise AmbiguousScalar(
                _("this number has {count} characters, far more than any number here needs.").format(count=len(digits)),
                _("Check it; put it in quotes if it is a code."),
            )
        return Decimal(digits) if "." in digits else int(digits)
    if _SCIENTIFIC.match(text):
        return Decimal(text)
    _refuse_number_like(text)
    return text


def _word(text: str) -> str:
    lower = text.lower()
    if lower in _YES_NO:
        raise AmbiguousScalar(
            _("'{value}' is text to some programs and true or false to others.").format(value=text),
            _("Put it in quotes if it is text: '{value}'. If yes or no is meant, write true or false.").format(
                value=text
            ),
        )
    if lower in ("true", "false"):
        raise AmbiguousScalar(
            _("'{value}' could be text, or true or false.").format(value=text),
            _("Put it in quotes if it is text: '{value}'. Otherwise write {lower}.").format(value=text, lower=lower),
        )
    return text


def _refuse_number_like(text: str) -> None:
    quote = _("Put it in quotes if it is text: '{value}'.").format(value=_cut(text))
    if _NO_NUMBER.match(text):
        raise AmbiguousScalar(_("'{value}' is not a number to plan with.").format(value=text), _("Write a number."))
    if _LEADING_ZERO.match(text):
        raise AmbiguousScalar(
            _("'{value}' is ambiguous: a leading zero makes an octal number for some programs.").format(
                value=_cut(text)
            ),
            _("Write the number without the zero, or put it in quotes if it is a code: '{value}'.").format(
                value=_cut(text)
            ),
        )
    if _OTHER_BASE.match(text):
        raise AmbiguousScalar(
            _("'{value}' is ambiguous: text, or a number in another base.").format(value=_cut(text)),
            quote + " " + _("Write numbers in decimal digits."),
        )
    if _BASE_60.match(text):
        raise AmbiguousScalar(
            _("'{value}' is ambiguous: a time, or a number in base 60 for some programs.").format(value=_cut(text)),
            quote,
        )
    if _POWER.match(text):
        raise AmbiguousScalar(
            _("'{value}' is ambiguous: text, or a number with a power of ten.").format(value=_cut(text)),
            _("Write the number out, for example 1_000_000_000, or put it in quotes if it is text: '{value}'.").format(
                value=_cut(text)
            ),
        )
    if date := _DATE.match(text):
        year, month, day = (int(part) for part in date.groups())
        try:
            written = datetime.date(year, month, day).isoformat()
        except ValueError:
            message = _("'{value}' looks like a date, but no such day exists.").format(value=text)
            raise AmbiguousScalar(message, quote) from None
        if text != written:
            message = _("'{value}' is ambiguous: text, or a date.").format(value=_cut(text))
            raise AmbiguousScalar(message, _("Write a date as {date}. {quote}").format(date=written, quote=quote))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
