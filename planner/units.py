"""Quantities as planners write them: rupiah, shares, counts and text, read exactly or refused.

Nothing is guessed. Rupiah is an int, a share or a quantity a `Fraction`; a float counts as the decimal number that it
prints, so that 0.7 is exactly seven tenths.
Each reader returns the value or raises `ValueError` with a sentence for the planner.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Final

from planner.amounts import power_of_ten, read_amount
from planner.locale import _, language_in_force

MAX_RUPIAH: Final = 10**15
"""Amounts from this one on are refused: no Indonesian budget reaches them, and solvers fail on them [rupiah]."""

MAX_COUNT: Final = 10**9
"""Numbers of people, classes and seats from this one on are refused."""

_MONTHS: Final = (
    "januari january jan", "februari february feb", "maret march mar", "april apr", "mei may", "juni june jun",
    "juli july jul", "agustus august agu agt aug", "september sep sept", "oktober october okt oct",
    "november nopember nov nop", "desember december des dec",
)  # fmt: skip
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DAY_IN_WORDS: Final = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\.?\s+(\d{4})\Z", re.ASCII)
_UNTIL: Final = r"\s*(?:[-/\u2013]|s\.?\s?[./]?\s?d\b\.?|sampai(?:\s+dengan)?\b|to\b)\s*"
_DAYS: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d){_UNTIL}(\d{{4}}-\d\d-\d\d)\Z", re.ASCII)
_DAYS_IN_WORDS: Final = re.compile(
    rf"(\d{{1,2}})(?:\s+([A-Za-z]+)\.?)?(?:\s+(\d{{4}}))?{_UNTIL}(\d{{1,2}}\s+([A-Za-z]+)\.?\s+(\d{{4}}))\Z", re.ASCII
)


def read_rupiah(value: object) -> int:
    """Whole rupiah from 2_500_000_000, "Rp2.500.000.000", "2,5 miliar" or "750 juta".

    Texts are read by `amounts.read_amount`. Refused: fractions of a rupiah, negative amounts, "1.000.000" without Rp
    (thousands or decimals?), "1,000,000", and anything from 10^15 up.
    """
    amount = _rupiah(value)
    if amount < 0:
        raise ValueError(_("an amount of money cannot be negative ({value}).").format(value=_short(value)))
    if amount >= MAX_RUPIAH:
        raise ValueError(
            _("Rp{value} is 10^15 or more; no budget is so large. Check the number of zeros.").format(
                value=_short(amount)
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
                    value=_short(value)
                )
            )
        return int(exact)
    if not isinstance(value, str):
        raise ValueError(_("expected an amount in rupiah, such as 2500000 or '2,5 juta'."))
    return read_amount(value)


def read_share(value: object) -> Fraction:
    """A share in [0, 1] from 0.7 or "70%" ("12,5%" and "0,34%" too)."""
    share = _share(value)
    if not 0 <= share <= 1:
        words = _("a share lies between 0 and 1, that is 0% to 100%; this says {value}.").format(value=_short(value))
        if 1 < share <= 100 and not isinstance(value, str):
            words += " " + _("Write {value}% if that is meant.").format(value=decimal_said(share))
        raise ValueError(words)
    return share


def _share(value: object) -> Fraction:
    if isinstance(value, str):
        text = value.strip()
        if match := re.match(r"(\d{1,20}(?:[.,]\d{1,20})?)\s*(?:%|persen)\Z", text):
            return Fraction(match[1].replace(",", ".")) / 100
    elif not isinstance(value, bool) and isinstance(value, int | float | Decimal | Fraction):
        return _exact(value)
    raise ValueError(_("'{value}' is not a share. Write 0.7 or 70%.").format(value=_short(value)))


def read_limit(value: object) -> tuple[Fraction, bool]:
    """The bound of a rule: (value, is it a share).

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
    """A number of at least 0, exactly: quantities, hours, weights, ratios."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise ValueError(_not_a_number(value))
    _refuse_thousands(value, whole=False)
    exact = _exact(value)
    if exact < 0:
        raise ValueError(_("this number cannot be negative ({value}).").format(value=_short(value)))
    if exact >= MAX_RUPIAH:
        raise ValueError(_("{value} is 10^15 or more, larger than anything planned.").format(value=_short(value)))
    return exact


_POWER: Final = re.compile(r"\d+(?:[.,]\d*)?[eE][+-]?\d+\Z")
_BESIDE: Final = re.compile(r"(\d+)(%|\s+[a-z][a-z. ]*|[a-z]{3}[a-z. ]*)\Z", re.IGNORECASE)
"""A number and a word; one or two letters at its end may be a digit that was mistyped, as in 1O."""
_BELOW_ZERO: Final = re.compile(r"[-\u2212\u2013]\s*\d[\d.,]*\Z|\(\s*\d[\d.,]*\s*\)\Z")
_GROUPS: Final = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:['\u2019]\d{3})+)\Z")


def _not_a_number(value: object) -> str:
    """Why a value that is no number is refused; of a text that looks like one, the readings it could have."""
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
            return _("'{value}' has a word beside the number. Write {number}.").format(value=text, number=found[1])
    return _("expected a number, not '{value}'.").format(value=_short(value))


def read_count(value: object) -> int:
    """A whole number of people, classes or seats, at least 0."""
    if type(value) is int and 0 <= value < MAX_COUNT:
        return value
    _refuse_thousands(value, whole=True)
    number = read_number(value)
    if number.denominator != 1:
        raise ValueError(_("{value} is not a whole number.").format(value=_short(value)))
    if number >= MAX_COUNT:
        raise ValueError(_("{value} is 10^9 or more; that cannot be a count.").format(value=_short(value)))
    return int(number)


def read_text(value: object) -> str:
    """Text in one normal form (NFC), trimmed; plain whole and decimal numbers count as text (a code, a level)."""
    if isinstance(value, bool) or value is None or not isinstance(value, str | int | Decimal):
        raise ValueError(_no_text(value))
    text = str(value).strip()
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).strip()
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in "\n\t":
            raise ValueError(
                _("the text has an invisible control character (U+{code:04X}). Remove it.").format(code=ord(character))
            )
    return text


def _no_text(value: object) -> str:
    """Why a value is no text, and what to write instead."""
    if value is None:
        return _("nothing is written here. Write the text, or leave the key out.")
    if isinstance(value, list | tuple):
        return _("expected one text, not a list. Write a single value, without brackets and without '- '.")
    if isinstance(value, Mapping):
        return _("expected a text, not keys and values. Write the text itself.")
    return _("expected text. Put it in quotes: '…'.")


def read_name(value: object) -> str:
    """Text of one line that is not empty: an identifier or an attribute value."""
    if (
        type(value) is str
        and 0 < len(value) <= 200
        and value.isascii()
        and value.isprintable()
        and value.strip() == value
    ):
        return value
    text = read_text(value)
    if not text:
        raise ValueError(_("this may not be empty."))
    if "\n" in text or "\t" in text:
        raise ValueError(_("this must be a single line."))
    if len(text) > 200:
        raise ValueError(_("this is longer than 200 characters."))
    return text


def read_date(value: object) -> datetime.date:
    """A day from "2027-01-04", "4 Januari 2027" or "4 January 2027". Figures alone, such as 4/1/2027, are refused:
    programs do not agree on which is the month."""
    text = value.isoformat()[:10] if isinstance(value, datetime.date) else str(value).strip()
    if written := _DAY_IN_WORDS.match(text):
        months = [n for n, names in enumerate(_MONTHS, start=1) if written[2].casefold() in names.split()]
        text = f"{written[3]}-{(months or [0])[0]:02}-{int(written[1]):02}"
    try:
        return datetime.date.fromisoformat(text) if _DAY.match(text) else datetime.date.min.replace(year=0)
    except ValueError:
        raise ValueError(
            _("'{value}' is no day. Write it as 2027-01-04 or 4 Januari 2027.").format(value=_short(value))
        ) from None


def read_days(value: object) -> tuple[datetime.date, datetime.date]:
    """The first and the last day from "5-7 April 2027", "29 April s.d. 3 Mei 2027", "2027-04-05/2027-04-07", or one
    day. Month and year of the last day are those of the first where it names none."""
    text = " ".join(str(value).split())
    parts = (text, text)
    if written := _DAYS.match(text):
        parts = written[1], written[2]
    elif written := _DAYS_IN_WORDS.match(text):
        parts = f"{written[1]} {written[2] or written[5]} {written[3] or written[6]}", written[4]
    try:
        first, last = map(read_date, parts)
    except ValueError:
        message = _("'{value}' are no days. Write them as 5-7 April 2027 or 2027-04-05/2027-04-07.")
        raise ValueError(message.format(value=_short(value))) from None
    if last < first:
        raise ValueError(_("'{value}' ends before it begins.").format(value=_short(value)))
    return first, last


def twin_key(name: str) -> str:
    """Normalise case, spaces and Unicode forms, so that names that look the same compare equal."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


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
    if value.as_tuple().digits[-1] == 0:
        raise ValueError(
            _("{value} could be read in two ways. Write {thousands} or {decimal}.").format(
                value=value, thousands=thousands, decimal=decimal_text(Fraction(value))
            )
        )


def _exact(value: int | float | Decimal | Fraction) -> Fraction:
    """Return the exact value of a number as written; NaN and infinity are refused."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(_("{value} is not a finite number.").format(value=value))
        if value and abs(value.adjusted()) > 40:
            raise ValueError(
                _("{value} is too large or too small for any quantity of a plan.").format(value=_short(value))
            )
    return Fraction(value)


def _short(value: object) -> str:
    """Quote `value` for a message, cut to a bounded length."""
    if isinstance(value, int) and abs(value) >= 10**40:
        return _("a number of more than 40 digits")
    if isinstance(value, dict | list | tuple):
        return _("a mapping") if isinstance(value, dict) else _("a list")
    if isinstance(value, Fraction | Decimal | float):
        with suppress(ValueError):  # not finite
            value = decimal_said(Fraction(str(value)))
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def nearest(value: float | Fraction | Decimal) -> int:
    """Round to the whole number shown, halves away from zero as planners and spreadsheets round: 2.5 to 3, -2.5 to -3.

    Computed exactly; a float counts as the decimal number that it prints.
    """
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def decimal_said(value: Fraction) -> str:
    """Write `value` as a sentence of the language in force does: 12,5 in Indonesian. Files are written with a point."""
    text = decimal_text(value)
    return text.replace(".", ",") if language_in_force() == "id" else text


def count_said(number: int) -> str:
    """Write a whole number with its thousands marked as the language in force does: 29.000 in Indonesian."""
    return f"{number:,}".replace(",", "." if language_in_force() == "id" else ",")


def rupiah_said(amount: int) -> str:
    """Write an amount as a sentence of the language in force does: Rp29.000 in Indonesian, Rp29,000 in English."""
    return "Rp" + count_said(amount)


def decimal_text(value: Fraction) -> str:
    """Write `value` as the shortest exact decimal, or as a/b where it has none."""
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
