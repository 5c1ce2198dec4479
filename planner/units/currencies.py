"""Words for other currencies than the rupiah, in amounts and around prices: dalam dolar AS, Harga (USD).

The patterns are built when the first text is checked, since most scenarios never need them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_SIGNS: Final = "$\u20ac\u00a3\u00a5"
_CODES: Final = ("usd", "eur", "sgd", "jpy", "myr", "aud", "gbp", "cny")
_RIYAL: Final = "sar"
"""Code of the riyal; where no price is meant, SAR is search and rescue."""
_NAMES: Final = ("dollar", "dollars", "dolar", "euro", "ringgit", "riyal", "yen", "yuan")
FOREIGN_WORDS: Final = frozenset({*_SIGNS, *_CODES, _RIYAL, *_NAMES, "us"})
"""Single words for a foreign currency beside the name of a column."""

_COUNTRY: Final = r"(?:\s*(?:as|us|amerika|singapura|australia|malaysia|saudi)\b)?"
_SURE: Final = rf"(?:us\s?\$|s\$|a\$|[{_SIGNS}]|(?:{'|'.join([*_NAMES, *_CODES])})\b){_COUNTRY}"
_ANY: Final = rf"(?:{_SURE}|{_RIYAL}\b)"


@cache
def _said() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:dalam|dlm\.?|in)\s+(?:satuan\s+|mata\s+uang\s+)?{_SURE}"
        rf"|\b(?:mata\s+uang|currency)\s*[:=]?\s*{_ANY}"
        rf"|\b(?:harga|tarif|biaya|price|nilai|pagu|jumlah|anggaran)\w*\b[^.;:0-9()]{{0,40}}?"
        rf"(?:[(\[]\s*(?:dalam\s+|in\s+)?{_ANY}\s*[)\]]|(?:dalam|dlm\.?|in)\s+{_ANY})"
        rf"|\b(?:harga|price)(?:\s+satuan)?\s+{_SURE}\s*\Z"
        rf"|\A\W{{0,3}}{_SURE}\W{{0,3}}\Z",
        re.IGNORECASE,
    )


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"[(\[]\s*{_SURE}\s*[)\]]|/\s*{_SURE}\s*\Z|\A\s*{_SURE}\s*/", re.IGNORECASE)


@cache
def _in_an_amount() -> re.Pattern[str]:
    return re.compile(rf"[{_SIGNS}]|\b(?:{'|'.join([*_CODES, _RIYAL, 'us'])})\b")


@cache
def _in_a_format() -> re.Pattern[str]:
    codes = "|".join([*_CODES, _RIYAL]).upper()
    return re.compile(rf"[{_SIGNS.replace('$', '')}]|(?<!\[)\$|\b(?:{codes})\b")


def in_foreign_currency(text: str) -> str:
    """Return words that put the prices beside or below them in a foreign currency; empty where there are none."""
    found = _said().search(text)
    return found[0].strip() if found else ""


def unit_in_foreign_currency(text: str) -> str:
    """Return the same for the unit, name or specification of one price, where (USD) is enough."""
    found = _beside().search(text)
    return found[0].strip() if found else in_foreign_currency(text)


def amount_is_foreign(amount: str) -> bool:
    """Return whether an amount in small letters has the sign or the code of a foreign currency: us$ 500."""
    return _in_an_amount().search(amount) is not None


def shows_foreign(number_format: str) -> bool:
    """Return whether a custom number format of a workbook shows the sign of another currency than the rupiah.

    `[$` may also begin other names, such as [$Rp-421] and [$-421].
    """
    return _in_a_format().search(number_format) is not None
