"""Quantities as sentences show them: rounded as spreadsheets round, and with the marks of the current language."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

from planner.locale import _, language_in_force


def nearest(value: float | Fraction | Decimal) -> int:
    """Round to the whole number shown, halves away from zero as planners and spreadsheets round: 2.5 to 3, -2.5 to -3.

    Computed exactly; a float counts as the decimal number that it prints.
    """
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def decimal_said(value: Fraction) -> str:
    """Return `value` as a sentence of the current language shows it: 12,5 in Indonesian. Files are written with a
    point."""
    text = decimal_text(value)
    return text.replace(".", ",") if language_in_force() == "id" else text


def count_said(number: int) -> str:
    """Return a whole number with its thousands marked as in the current language: 29.000 in Indonesian."""
    return f"{number:,}".replace(",", "." if language_in_force() == "id" else ",")


def number_said(value: Fraction) -> str:
    """Return a quantity as reports show it: a whole number with its thousands marked, others as a decimal."""
    return count_said(value.numerator) if value.denominator == 1 else decimal_said(value)


def rupiah_said(amount: int) -> str:
    """Return an amount as a sentence of the current language shows it: Rp29.000 in Indonesian, Rp29,000 in English."""
    return "Rp" + count_said(amount)


def decimal_text(value: Fraction) -> str:
    """Return `value` as the shortest exact decimal, or as a/b where it has none."""
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest //= 2
        twos += 1
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def shortened(value: object) -> str:
    """Return `value` for a message, cut to a bounded length; what it is where it is no single value."""
    if isinstance(value, int) and abs(value) >= 10**40:
        return _("a number of more than 40 digits")
    if isinstance(value, dict | list | tuple):
        return _("a mapping") if isinstance(value, dict) else _("a list")
    if isinstance(value, Fraction | Decimal | float):
        with suppress(ValueError):  # not finite
            value = decimal_said(Fraction(str(value)))
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def quoted(value: object) -> str:
    """Return `value` in quotes for a message, or what it is where it is no single value or too long: a list."""
    said = shortened(value)
    is_described = isinstance(value, dict | list | tuple) or (isinstance(value, int) and abs(value) >= 10**40)
    return said if is_described else f"'{said}'"
