"""Numbers as planners write them: rupiah, shares, counts and quantities, read exactly or refused.

Nothing is guessed. Rupiah is an int, a share or a quantity a `Fraction`; a float counts as the decimal number that it
prints, so that 0.7 is exactly seven tenths.
Each reader returns the value or raises `ValueError` with a sentence for the planner.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.locale import _
from planner.units.amounts import power_of_ten, read_amount
from planner.units.said import decimal_said, decimal_text, quoted, shortened

MAX_RUPIAH: Final = 10**15
"""Amounts from this one on are refused: no Indonesian budget reaches them, and solvers fail on them [rupiah]."""

MAX_COUNT: Final = 10**9
"""Numbers of people, classes and seats from this one on are refused."""


def read_rupiah(value: object) -> int:
    """Return whole rupiah from 2_500_000_000, "Rp2.500.000.000", "2,5 miliar" or "750 juta".

    Texts are read by `amounts.read_amount`. Refused: fractions of a rupiah, negative amounts, "1.000.000" without Rp
    (thousands or decimals?), "1,000,000", and anything from 10^15 up.
    """
    amount = _rupiah(value)
    if amount < 0:
        raise ValueError(_("an amount of money cannot be negative ({value}).").format(value=shortened(value)))
    if amount >= MAX_RUPIAH:
        raise ValueError(
            _("{value} is 10^15 or more; no budget is so large. Check the number of zeros.").format(
                value=f"Rp{amount}" if amount < 10**40 else shortened(amount)
            )
        )
    return amount


def _rupiah(value: object) -> int:
    if isinstance(value, bool):
        raise ValueError(_("expected an amount in rupiah, not yes or no."))
    if isinstance(value, int):
        return value
    if isinstance(value, float | Decimal | Fraction):
        _refuse_thousands(value, whole=True)
        exact = _exact(value)
        if exact.denominator != 1:
            raise ValueError(
                _("{value} has a fraction of a rupiah. Write whole rupiah, or for example '2,5 miliar'.").format(
                    value=shortened(value)
                )
            )
        return int(exact)
    if not isinstance(value, str):
        raise ValueError(_("expected an amount in rupiah, such as 2500000 or '2,5 juta'."))
    return read_amount(value)


_PERCENTAGE: Final = re.compile(r"(\d{1,20}(?:[.,]\d{1,20})?)\s*(?:%|persen)\Z", re.ASCII)


def read_share(value: object) -> Fraction:
    """Return a share in [0, 1] from 0.7 or "70%" ("12,5%" and "0,34%" too)."""
    share = _share(value)
    if not 0 <= share <= 1:
        words = _("a share lies between 0 and 1, that is 0% to 100%; this says {value}.").format(value=shortened(value))
        if 1 < share <= 100 and (share >= 10 or not isinstance(value, str)):  # 6100% is 61 typed where a % stands
            words += " " + _("Write {value}% if that is meant.").format(value=decimal_said(share))
        raise ValueError(words)
    return share


def percentage_in(text: str) -> Fraction | None:
    """Return the share that a text such as 12,5% or 70 persen states, None if it states none.

    Raises ValueError for 1.500%, which is fifteen times the whole to one reader and one and a half percent to another.
    """
    match = _PERCENTAGE.match(text.strip())
    if match is None:
        return None
    refuse_two_readings(Decimal(match[1].replace(",", ".")), text.strip(), "%")
    return Fraction(match[1].replace(",", ".")) / 100


def _share(value: object) -> Fraction:
    if isinstance(value, str):
        if (share := percentage_in(value)) is not None:
            return share
    elif not isinstance(value, bool) and isinstance(value, int | float | Decimal | Fraction):
        return _exact(value)
    raise ValueError(not_a_share(value))


_LIKE_SHARE: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\Z", re.ASCII)


def not_a_share(value: object) -> str:
    """Return why a value that is no share is refused, and what to write: of a text with a number, what it may mean."""
    text = value.strip() if isinstance(value, str) else ""
    number = Fraction(text.replace(",", ".")) if _LIKE_SHARE.match(text) else Fraction(0)
    if not 0 < number <= 100:
        return _("{value} is not a share. Write 0.7 or 70%.").format(value=quoted(value))
    if number > 1:
        return _("{value} is not a share. Write {share}%.").format(value=quoted(value), share=decimal_said(number))
    return _("{value} is not a share. Write {whole}% or {share}%, as it is meant.").format(
        value=quoted(value), whole=decimal_said(100 * number), share=decimal_said(number)
    )


def read_limit(value: object) -> tuple[Fraction, bool]:
    """Return the bound of a rule: (value, whether it is a share).

    "30%" is a share and 30 a number; a number strictly between 0 and 1 is a share too, since no
    rule is about less than one rupiah, person, hour, class or gap. Rupiah texts are read as money.
    """
    if isinstance(value, str):
        if "%" in value:
            return read_share(value), True
        return Fraction(read_rupiah(value)), False
    number = read_number(value)
    return number, 0 < number < 1


def read_number(value: object) -> Fraction:
    """Return a number of at least 0, exactly: quantities, hours, weights, ratios."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise ValueError(_not_a_number(value))
    _refuse_thousands(value, whole=False)
    exact = _exact(value)
    if exact < 0:
        raise ValueError(_("this number cannot be negative ({value}).").format(value=shortened(value)))
    if exact >= MAX_RUPIAH:
        raise ValueError(_("{value} is 10^15 or more, larger than anything planned.").format(value=shortened(value)))
    return exact


_POWER: Final = re.compile(r"\d+(?:[.,]\d*)?[eE][+-]?\d+\Z", re.ASCII)
_OF_TIME: Final = re.compile(
    r"(?:hari|minggu|pekan|bulan|tahun|menit|days?|weeks?|months?|years?|minutes?)\W*\Z", re.IGNORECASE
)
"""Units of time at the end of a text: 3 hari are no 3 JP."""

_BESIDE: Final = re.compile(r"(\d+)(%|\s+[a-z][a-z. ]*|[a-z]{3}[a-z. ]*)\Z", re.IGNORECASE | re.ASCII)
"""A number and a word; one or two letters at its end may be a digit that was mistyped, as in 1O."""
_BELOW_ZERO: Final = re.compile(r"[-\u2212\u2013]\s*\d[\d.,]*\Z|\(\s*\d[\d.,]*\s*\)\Z")
_GROUPS: Final = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:['\u2019]\d{3})+)\Z")


def _not_a_number(value: object) -> str:
    """Return why a value that is not a number is refused; for a text that looks like one, the readings it could
    have."""
    if isinstance(value, str) and len(text := value.strip()) <= 40:
        if _POWER.match(text):
            return power_of_ten(text)
        if _BELOW_ZERO.match(text):
            return _("this number cannot be negative ({value}).").format(value="-" + text.strip("-\u2212\u2013() "))
        if _GROUPS.match(text):
            thousands = re.sub(r"\D", "", text)
            if len(re.findall(r"\D", text)) > 1 or text[-4] in "'\u2019":
                return _("'{value}' has marks within the number. Write {thousands} if that is meant.").format(
                    value=text, thousands=thousands
                )
            decimal = decimal_text(Fraction(text.replace(",", ".")))
            return _("{value} could be read in two ways. Write {thousands} or {decimal}.").format(
                value=text, thousands=thousands, decimal=decimal
            )
        if (found := _BESIDE.match(text)) is not None:
            if found[2] == "%":
                return _("'{value}' is a share, but a number belongs here.").format(value=text)
            if _OF_TIME.search(text):
                return _("'{value}' names a unit of time. Write the number alone, in the unit of this field.").format(
                    value=text
                )
            return _("'{value}' has a word beside the number. Write {number}.").format(value=text, number=found[1])
    return _("expected a number, not {value}.").format(value=quoted(value))


def read_count(value: object) -> int:
    """Return a whole number of people, classes or seats, at least 0."""
    if type(value) is int and 0 <= value < MAX_COUNT:
        return value
    _refuse_thousands(value, whole=True)
    number = read_number(value)
    if number.denominator != 1:
        raise ValueError(_("{value} is not a whole number.").format(value=shortened(value)))
    if number >= MAX_COUNT:
        raise ValueError(
            _("{value} is 10^9 or more, too many for people, classes or seats.").format(value=shortened(value))
        )
    return int(number)


def _refuse_thousands(value: object, *, whole: bool) -> None:
    """Refuse 1.200, which is twelve hundred to one reader and one and a fifth to another.

    Where a `whole` number belongs, any three digits after the point are refused; elsewhere those
    that end in 0, which nobody writes after a decimal point.
    """
    if not isinstance(value, Decimal) or value.as_tuple().exponent != -3 or not 1 <= abs(value) < 1000:
        return
    thousands = int(value * 1000)
    if whole:
        raise ValueError(
            _("{value} could be read in two ways. Write {thousands} if thousands are meant.").format(
                value=value, thousands=thousands
            )
        )
    refuse_two_readings(value)


def refuse_two_readings(value: Decimal, said: str = "", unit: str = "") -> None:
    """Refuse three digits after the point that end in 0, which nobody writes after a decimal point.

    `said` is the number as somebody wrote it, and `unit` what stands behind both readings.
    """
    if value.as_tuple().exponent == -3 and 1 <= abs(value) < 1000 and value.as_tuple().digits[-1] == 0:
        thousands, decimal = f"{int(value * 1000)}{unit}", decimal_text(Fraction(value)) + unit
        message = _("{value} could be read in two ways. Write {thousands} or {decimal}.")
        raise ValueError(message.format(value=said or value, thousands=thousands, decimal=decimal))


def _exact(value: int | float | Decimal | Fraction) -> Fraction:
    """Return the exact value of a number as written; NaN and infinity are refused."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(_("{value} is not a finite number.").format(value=value))
        if value and abs(value.adjusted()) > 40:
            raise ValueError(
                _("{value} is too large or too small for any quantity of a plan.").format(value=shortened(value))
            )
    return Fraction(value)
