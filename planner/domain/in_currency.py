"""Words around prices that say they are in a foreign currency: dalam dolar AS, Harga (USD), Mata uang: EUR."""

from __future__ import annotations

import re
from typing import Final

_SURE: Final = (
    r"(?:us\s?\$|s\$|a\$|[$\u20ac\u00a3\u00a5]|(?:dollars?|dolar|usd|eur|euro|sgd|jpy|yen|myr|ringgit|riyal|aud|gbp|cny"
    r"|yuan)\b)(?:\s*(?:as|us|amerika|singapura|australia|malaysia|saudi)\b)?"
)
_ANY: Final = rf"(?:{_SURE}|sar\b)"
"""Also the riyal in its code, which is search and rescue (SAR) where no price is spoken of."""

_SAID: Final = re.compile(
    rf"\b(?:dalam|dlm\.?|in)\s+(?:satuan\s+|mata\s+uang\s+)?{_SURE}"
    rf"|\b(?:mata\s+uang|currency)\s*[:=]?\s*{_ANY}"
    rf"|\b(?:harga|tarif|biaya|price|nilai|pagu|jumlah|anggaran)\w*\b[^.;:0-9()]{{0,40}}?"
    rf"(?:[(\[]\s*(?:dalam\s+|in\s+)?{_ANY}\s*[)\]]|(?:dalam|dlm\.?|in)\s+{_ANY})"
    rf"|\b(?:harga|price)(?:\s+satuan)?\s+{_SURE}\s*\Z"
    rf"|\A\W{{0,3}}{_SURE}\W{{0,3}}\Z",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(rf"[(\[]\s*{_SURE}\s*[)\]]|/\s*{_SURE}\s*\Z|\A\s*{_SURE}\s*/", re.IGNORECASE)


def in_foreign_currency(text: str) -> str:
    """Words by which prices beside or below them are in a foreign currency; empty where there are none."""
    found = _SAID.search(text)
    return found[0].strip() if found else ""


def unit_in_foreign_currency(text: str) -> str:
    """The same in the unit, name or specification of one price, where (USD) is enough."""
    found = _BESIDE.search(text)
    return found[0].strip() if found else in_foreign_currency(text)
