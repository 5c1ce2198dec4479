"""Words for powers of ten: those of amounts, and those by which all amounts around are in thousands or millions.

The patterns are built when the first text is looked into that may say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

POWERS: Final = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12,
    "trilyun": 10**12,
}  # fmt: skip
"""What the words of amounts stand for."""
SEVERAL_POWERS: Final = {"m": ("miliar", "juta"), "k": ("ribu", "ribu"), "t": ("triliun", "triliun")}
"""Letters that stand for a power of ten, and the words they could mean."""
ENGLISH: Final = ("thousand", "thousands", "million", "millions", "billion", "billions")

_SHORT: Final = ("rb", "jt")
_ALL: Final = tuple(f"{word}an" for word in POWERS if word not in _SHORT)
SCALE_WORDS: Final = frozenset({*POWERS, *_ALL, *ENGLISH})
"""Single words that say so beside the name of a column."""

_SCALE: Final = rf"(?:{'|'.join([*_ALL, *POWERS])})\b"
_FIGURES: Final = r"1?(?:[.,]?000)+\b"
_ANYWHERE: Final = (
    rf"\b(?:dalam|dlm\.?)\s+(?:satuan\s+|nilai\s+)?(?:rp\.?\s*)?{_SCALE}(?:\s+(?:rupiah|rp)\b)?"
    rf"|(?<!\d\s)\b{_SCALE}\s+(?:rupiah|rp)\b|\brp\.?\s*(?:x\s*)?{_SCALE}"
    r"|[(\[]\s*(?:x\s*)?(?:rp\.?\s*)?(?:x\s*)?[01]?[.,]?000(?:,-)?\s*[)\]]"
    rf"|[(\[]\s*{_SCALE}\s*[)\]]|(?<!\d\s)(?:\brp\.?\s*)?\bx\s*(?:rp\.?\s*)?{_FIGURES}"
    r"|['\u2019`]000\b(?:\s*(?:rupiah|rp)\b)?|(?<![\d.,])\b000\s+(?:rupiah|rp)\b"
    r"|\bin (?:thousands|millions|billions)\b"
)
"""Words that say so wherever they stand; those of one amount, as in 5 juta rupiah, do not."""
_HINT: Final = re.compile(rf"(?<![^\W\d_])(?:rp|x)*(?:{'|'.join([*POWERS, 'in [tmb]'])})|000", re.IGNORECASE)
"""In every text that says so; distribusi and kontribusi have no word of it."""
_LITERAL_ZEROS: Final = re.compile(
    r"""[0#?]\s*((?:"\s*[.,]?\s*0{3}(?:[.,]?0{3})*\s*"|\\[.,]?(?:\\0){3}|"[.,]"(?:\\0){3}))"""
)
"""Zeros in a format that no number brings along: #,##0".000"."""


@cache
def _of_table() -> re.Pattern[str]:
    return re.compile(rf"{_ANYWHERE}|\A\W*{_SCALE}\W*\Z|[:=]\s*{_SCALE}\W*\Z", re.IGNORECASE)


@cache
def _of_unit() -> re.Pattern[str]:
    return re.compile(rf"{_ANYWHERE}|\A\s*(?:{'|'.join(_ALL)})\s*\Z", re.IGNORECASE)


@cache
def _of_price() -> re.Pattern[str]:
    return re.compile(rf"\A\W*(?:{_ANYWHERE})\W*\Z|\b(?:harga|price)\b[^.;0-9]{{0,20}}?(?:{_ANYWHERE})", re.IGNORECASE)


def table_in_thousands(text: str) -> str:
    """What a text about a table says of its amounts being in thousands or millions; empty where it says nothing."""
    return _found(_of_table, text).strip(" :=")


def unit_in_thousands(unit: str) -> str:
    """The same of a unit and its price: OH (x Rp1.000)."""
    return _found(_of_unit, unit)


def price_in_thousands(text: str) -> str:
    """The same of a name or a specification, where it speaks of the price rather than of what is bought."""
    return _found(_of_price, text)


def _found(pattern: Callable[[], re.Pattern[str]], text: str) -> str:
    if not _HINT.search(text):
        return ""
    found = pattern().search(text)
    return found[0].strip() if found else ""


def format_in_thousands(number_format: str) -> str:
    """The word by which a format of a workbook shows other amounts than are stored: "juta" behind a stored 75, or .000.

    Commas behind the figures divide by a thousand each, so that the word may only say what they do: #,##0,,"juta".
    """
    for part in number_format.split(";"):
        if zeros := _LITERAL_ZEROS.search(part):
            return "".join(character for character in zeros[1] if character not in '"\\ ')
    for part in number_format.replace("\\", "").split(";"):
        quoted: list[str] = re.findall(r'"([^"]*)"', part)
        for word in re.split(r"[^a-z]+", " ".join(quoted).casefold()):
            commas = re.search(r"[0#?](,+)(?![0#?,])", re.sub(r'"[^"]*"', "", part))
            if word in POWERS and POWERS[word] != 1000 ** (len(commas[1]) if commas else 0):
                return word
    return ""
