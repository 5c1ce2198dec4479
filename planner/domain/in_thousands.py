"""Words beside a price that say it is no rupiah: OH (x Rp1.000) for a unit, harga dalam ribuan in a specification."""

from __future__ import annotations

import re
from typing import Final

_SCALE: Final = r"(?:ribu|juta|miliar|milyar|triliun)"
_THOUSANDS: Final = (
    rf"\b(?:dalam|dlm\.?)\s+(?:satuan\s+)?{_SCALE}(?:an)?(?:\s+(?:rupiah|rp))?\b"
    rf"|\b{_SCALE}(?:an)?\s+(?:rupiah|rp)\b|\brp\.?\s*{_SCALE}(?:an)?\b"
    rf"|[(\[]\s*(?:x\s*)?(?:rp\.?\s*)?(?:x\s*)?[01]?[.,]?000(?:,-)?\s*[)\]]|[(\[]\s*{_SCALE}(?:an)?\s*[)\]]"
    r"|\bx\s*(?:rp\.?\s*)?1?[.,]?000\b|\bin\s+(?:thousands|millions|billions)\b"
)
_OF_UNIT: Final = re.compile(rf"{_THOUSANDS}|\A\s*{_SCALE}an\s*\Z", re.IGNORECASE)
_OF_PRICE: Final = re.compile(
    rf"\A\W*(?:{_THOUSANDS})\W*\Z|\b(?:harga|price)\b[^.;0-9]{{0,20}}?(?:{_THOUSANDS})", re.IGNORECASE
)


def unit_in_thousands(unit: str) -> str:
    """What a unit says of its price being in thousands or millions; empty where it says nothing."""
    found = _OF_UNIT.search(unit)
    return found[0].strip() if found else ""


def price_in_thousands(text: str) -> str:
    """What a name or a specification says of its price so, rather than of what is bought; empty where it does not."""
    found = _OF_PRICE.search(text)
    return found[0].strip() if found else ""
