"""Words around a price that say it is for several units: for 10 orang, sepuluh orang, per dozen.

The patterns are built on first use.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

DIGITS: Final = r"\d+(?:[.,]\d+)*"
IN_WORDS: Final = (
    r"(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)(?:\s+(?:belas|puluh|ratus|ribu))?"
    r"|se(?:puluh|belas|ratus|ribu|lusin|kodi)|lusin|kodi"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|dozen"
)
"""Numbers above one in words; longer numbers begin with one of these too."""


@cache
def _people() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,<>])(?<!\d[/-])(?:({DIGITS})|(?:{IN_WORDS}))\s*"
        r"(?:orang|org|peserta|pax|porsi|people|persons|participants|portions|ok|oh|oj|ojp|ob)\b",
        re.IGNORECASE,
    )


@cache
def _limit() -> re.Pattern[str]:
    """Return the pattern of words before a number of people that say how many may come, not what a price is for."""
    return re.compile(
        r"(?:\b(?:min|minim\w*|maks\w*|max\w*|kelas|angkatan|kuota|paling|sampai|hingga|bawah|atas|dari|lebih|kurang"
        r"|class|least|most|than|up\s+to|s[./]?d|(?:ber)?kapasitas|(?:ber)?daya\s+tampung|(?:me)?nampung|(?:me)?muat"
        r"|capacity|holds|seats)\b\.?|[<>=\u2264\u2265])\s*(?:\w+\s+){0,1}[:(]?\s*\Z",
        re.IGNORECASE,
    )


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(r"\b(?:se)?(?:lusin|kodi|gros)\b|\bdozens?\b|\b(?:per|a)\s+score\b", re.IGNORECASE)


@cache
def _holds() -> re.Pattern[str]:
    return re.compile(
        rf"\bisi\s*:?\s*({DIGITS})\s*(?:buah|bh|pcs|biji|bungkus|kotak|box)?\s*(?:\Z|[)\],;])", re.IGNORECASE
    )


@cache
def _priced() -> re.Pattern[str]:
    """Return the pattern of prices for several pieces or people; prices for several months or years are not meant."""
    return re.compile(
        r"\b(?:harga|tarif|prices?)\b(?:\s+(?:satuan|barang|adalah|ialah|dihitung|below|are|is|given))*\s*[:=(]?\s*"
        rf"(?:per|tiap|setiap|untuk|for|/)\s*(?:({DIGITS})|(?:{IN_WORDS}))\s*"
        r"(?:orang|org|peserta|lembar|lbr|buah|bh|pcs|biji|unit|paket|pkt|eksemplar|eks|box|dus|pak|pack|set|rim|kg"
        r"|people|persons|participants|pieces|sheets|units)\b",
        re.IGNORECASE,
    )


def prices_of_several(text: str) -> str:
    """Return the words beside a table that make its prices for several units (harga per 100 lembar); empty without."""
    found = _priced().search(text)
    return found[0] if found and (found[1] is None or is_several(found[1])) else ""


def is_several(number: str) -> bool:
    """Return whether a number in figures is not one."""
    return int(re.sub("[.,]", "", number)) != 1


def several_by_name(text: str) -> str:
    """Return the words of a name that make a price for several people or pieces, as untuk 10 orang; empty without."""
    for found in _people().finditer(text):
        number = found[1]
        if (number is None or (number[0] != "0" and is_several(number))) and not _limit().search(text[: found.start()]):
            return found[0]
    found_pieces = _pieces().search(text)
    return found_pieces[0] if found_pieces else ""


def several_by_unit(unit: str) -> str:
    """Return the words of a unit that mean several people or pieces, as 10 orang or kotak isi 10; empty without."""
    held = _holds().search(unit)
    return several_by_name(unit) or (held[0].rstrip(" )],;") if held and is_several(held[1]) else "")


def people_of_unit(unit: str) -> str:
    """Return the words of a unit that begins with several people or hours of theirs, as per 2 OJ; empty without."""
    found = _people().search(unit)
    number = found and found[1]
    return found[0] if found and (number is None or (number[0] != "0" and is_several(number))) else ""


@cache
def _per_number() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:per|tiap|setiap)\s*|[@/]\s*)({DIGITS})\s*([^\W\d_]+)", re.IGNORECASE)


def several_of_unit(text: str, unit: str) -> str:
    """Return the words that make a price for several of its own unit, as per 100 lembar where the unit is lembar."""
    for found in _per_number().finditer(text):
        if is_several(found[1]) and found[2].casefold() == unit.strip().casefold():
            return found[0]
    return ""
