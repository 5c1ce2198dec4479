"""Amounts of money as offices write them: read where they have exactly one meaning, refused with their own reason.

An Indonesian amount has a dot before every three digits and a decimal comma: Rp1.250.000,00. An English one has them
the other way round, so that `Rp 500,000.00` is five hundred thousand to one reader and five hundred to another.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from planner.locale import _
from planner.units.currencies import amount_is_foreign
from planner.units.scales import POWERS, SEVERAL_POWERS

_CURRENCY: Final = re.compile(r"(?:rp|idr)\b\s*\.?\s*|(?:rp|idr)(?=\d)")
_EVEN: Final = re.compile(r"\s*[,.](?:-{1,3}|=)\Z")
"""The end of an amount without a fraction: Rp50.000,-"""

# only digits 0 to 9: those of other scripts may be read differently by whoever checks the file
_PLAIN: Final = re.compile(r"\d+(?:_\d+)*\Z", re.ASCII)
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+\Z", re.ASCII)
_SPACED: Final = re.compile(r"\d{1,3}(?: \d{3})+\Z", re.ASCII)
_WITH_DECIMALS: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})\Z", re.ASCII)
_POINT_DECIMALS: Final = re.compile(r"(\d+)\.(\d{1,2})\Z", re.ASCII)
_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?\Z", re.ASCII)
_THREE_DECIMALS: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d{3,})\Z", re.ASCII)
_SCALED: Final = re.compile(r"(\d+(?:,\d+)?)\s*([a-z]+)\.?\Z", re.ASCII)
_POWER: Final = re.compile(r"\d+(?:[.,]\d*)?e[+-]?\d+\Z", re.ASCII)
_NEGATIVE: Final = re.compile(r"[-\u2212\u2013]\s*(?:rp\.?\s*)?\d.*|\(.*\d.*\)|(?:rp|idr)\.?\s*[-\u2212\u2013]\s*\d.*")
_UNIT: Final = re.compile(r"(.*\d)\s*(?:[,.]-{1,3})?\s*(?:/|\bper\b)\s*[a-z].*\Z")
_TAX: Final = re.compile(r"\b(?:ppn|pph|pajak|tax|vat)\b|\+\+")
_LONGEST: Final = 60


def read_amount(text: str) -> int:
    """Return whole rupiah from "Rp2.500.000", "1.250.000,00", "Rp50.000,-", "2,5 miliar", "50rb", however large.

    Raises ValueError with a sentence that says why any other text is refused, and which readings it could have.
    """
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "…"
    if len(text) > _LONGEST:
        raise ValueError(_("this is too long for an amount in rupiah: {value}").format(value=shown))
    plain = " ".join(text.lower().replace("\u00a0", " ").replace("\u202f", " ").split())
    if _NEGATIVE.match(plain):
        raise ValueError(_("an amount of money cannot be negative ({value}).").format(value=shown))
    currency = _CURRENCY.match(plain)
    bare = (plain[currency.end() :] if currency else plain).removesuffix(" rupiah").strip()
    even = _EVEN.search(bare)
    if even:
        bare = bare[: even.start()]
    amount = _whole(bare, named=currency is not None or even is not None, shown=shown)
    if amount is None:
        raise ValueError(_reason(bare, shown))
    return amount


def _whole(bare: str, *, named: bool, shown: str) -> int | None:
    """Return the amount without its currency; None where it has no single reading.

    `named` says that Rp or ,- marks it as an amount, whose dots then group thousands.
    """
    if _PLAIN.match(bare):
        return int(bare.replace("_", ""))
    if _SPACED.match(bare):
        return int(bare.replace(" ", ""))
    if _DOTTED.match(bare):
        if named:
            return int(bare.replace(".", ""))
        sentence = (
            _("'{value}' could be read in two ways. Write {plain} or 'Rp{bare}'.")
            if bare.count(".") == 1
            else _("'{value}' has dots between thousands, but no Rp. Write {plain} or 'Rp{bare}'.")
        )
        raise ValueError(sentence.format(value=shown, plain=bare.replace(".", ""), bare=bare))
    if match := _WITH_DECIMALS.match(bare) or _POINT_DECIMALS.match(bare):
        if int(match[2]) == 0:
            return int(match[1].replace(".", ""))
        raise ValueError(_fraction(shown))
    if (match := _SCALED.match(bare)) and (scale := POWERS.get(match[2])) is not None:
        exact = Fraction(match[1].replace(",", ".")) * scale
        if exact.denominator != 1:
            raise ValueError(_("'{value}' is not a whole number of rupiah.").format(value=shown))
        return int(exact)
    return None


def _fraction(shown: str) -> str:
    return _("{value} has a fraction of a rupiah. Write whole rupiah, or for example '2,5 miliar'.").format(value=shown)


def _reason(bare: str, shown: str) -> str:
    """Return why a text is not an amount, with the readings that it could have."""
    if _POWER.match(bare):
        return power_of_ten(shown)
    if _ENGLISH.match(bare):
        thousands = bare.partition(".")[0].replace(",", ".")
        if bare.count(",") == 1:
            decimal = bare.partition(",")[0]
            return _(
                "'{value}' could be read in two ways: Rp{thousands} with English marks, or Rp{decimal} and a decimal"
                " comma. Write the one that is meant."
            ).format(value=shown, thousands=thousands, decimal=decimal)
        return _("'{value}' is written with English marks. Write Rp{thousands} if that is meant.").format(
            value=shown, thousands=thousands
        )
    if match := _THREE_DECIMALS.match(bare):
        return _(
            "'{value}' could be read in two ways: Rp{decimal} and three decimals, or Rp{thousands} with a comma in"
            " place of a dot. Write the one that is meant."
        ).format(value=shown, decimal=match[1], thousands=match[1] + "." + match[2])
    if (match := re.match(r"(\d+(?:[.,]\d+)*)\s*([a-z])\Z", bare)) and match[2] in SEVERAL_POWERS:
        first, second = SEVERAL_POWERS[match[2]]
        words = f"'{match[1]} {first}'" + (f", '{match[1]} {second}'" if second != first else "")
        return _("'{value}': the letter could mean several things. Write out the word: {words}.").format(
            value=shown, words=words
        )
    if (match := re.match(r"(\d+(?:\.\d+)+)\s*([a-z]+)\Z", bare)) and match[2] in POWERS:
        return _(
            "'{value}': a dot before '{word}' may be a decimal mark or group thousands. Write a decimal comma, or the"
            " amount in full."
        ).format(value=shown, word=match[2])
    if re.match(r"\d{1,3}(?:['\u2019]\d{3})+\Z", bare):
        return _("'{value}' has apostrophes between thousands. Write {plain} or 'Rp{bare}'.").format(
            value=shown, plain=re.sub(r"\D", "", bare), bare=re.sub(r"\D", ".", bare)
        )
    if re.match(r"\d[\d.,]*\s*(?:-|\u2013|s\.?\s?/?d\b\.?|sampai)\s*(?:rp\.?\s*)?\d[\d.,]*(?:,-)?\Z", bare):
        return _("'{value}' names two amounts, from and to. Write the one that is meant.").format(value=shown)
    if _TAX.search(bare):
        return _(
            "'{value}' names a tax beside the amount. Write the price before tax alone, and the tax in its own place:"
            " 'tax', such as 11% (in a table also the column PPN or Pajak)."
        ).format(value=shown)
    if match := _UNIT.match(bare):
        return _(
            "'{value}' names a unit beside the amount. Write the amount alone; the unit has its own place."
        ).format(value=shown)
    if amount_is_foreign(bare):
        return _("'{value}' is in a foreign currency. Write rupiah.").format(value=shown)
    if re.match(r"[0-9.,]+\Z", bare) and re.search(r"\d[.,]\d", bare):
        return _(
            "'{value}': the marks do not stand before every three digits, so a digit may be missing or too many."
            " Write the amount anew, such as Rp2.500.000."
        ).format(value=shown)
    return _("'{value}' is not an amount in rupiah. Write for example 2500000, 'Rp2.500.000' or '2,5 juta'.").format(
        value=shown
    )


def power_of_ten(shown: str) -> str:
    """Return why a number with a power of ten is refused: whoever wrote it so has lost digits."""
    return _(
        "'{value}' is a number shortened to a power of ten, which loses digits. Show all digits of the cell in Excel"
        " (format Number, or Text for codes), and type it again from its source."
    ).format(value=shown)
