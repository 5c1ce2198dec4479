"""Words for powers of ten: in single amounts, and in words that put all amounts around in thousands or millions.

The patterns are built when the first text that may contain such words is checked.
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
"""The powers of ten that words in amounts stand for."""
SEVERAL_POWERS: Final = {"m": ("miliar", "juta"), "k": ("ribu", "ribu"), "t": ("triliun", "triliun")}
"""Letters that stand for a power of ten, and the words they could mean."""
ENGLISH: Final = ("thousand", "thousands", "million", "millions", "billion", "billions")

_SHORT: Final = ("rb", "jt")
_ALL: Final = tuple(f"{word}an" for word in POWERS if word not in _SHORT)
SCALE_WORDS: Final = frozenset({*POWERS, *_ALL, *ENGLISH})
"""Single words that put amounts in thousands or millions beside the name of a column."""

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
"""Words that say so anywhere in a text; words of a single amount, as in 5 juta rupiah, do not."""
_HINT: Final = re.compile(rf"(?<![^\W\d_])(?:rp|x)*(?:{'|'.join([*POWERS, 'in [tmb]'])})|000", re.IGNORECASE)
"""A quick test that every such text passes; distribusi and kontribusi do not contain such a word."""


_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_FIGURES_BEHIND: Final = re.compile(r"[0#?](,*)\s*\0((?:[.,' ]\d{3})+(?!\d)|\d+)")
"""Digits that a format writes after those of the number, with the commas between the two."""


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
    """Return the words in a text about a table that put its amounts in thousands or millions; empty where there are
    none."""
    return _found(_of_table, text).strip(" :=")


def unit_in_thousands(unit: str) -> str:
    """Return the same for a unit and its price: OH (x Rp1.000)."""
    return _found(_of_unit, unit)


def price_in_thousands(text: str) -> str:
    """Return the same for a name or a specification, where it is about the price rather than about what is bought."""
    return _found(_of_price, text)


def _found(pattern: Callable[[], re.Pattern[str]], text: str) -> str:
    if not _HINT.search(text):
        return ""
    found = pattern().search(text)
    return found[0].strip() if found else ""


def format_in_thousands(number_format: str) -> str:
    """Return the word by which a format of a workbook shows other amounts than are stored: "juta" after a stored 75, or
    ".000" after a stored 250; empty where there is none.

    Commas after the digits divide by a thousand each, so that the word may only say what they do: #,##0,,"juta".
    """
    for part in number_format.split(";"):
        literal = _LITERAL.sub(lambda mark: f"\0{mark[1] or mark[2] or ''}\1", part).replace("\1\0", "")
        zeros = _FIGURES_BEHIND.search(literal)
        if zeros and 10 ** sum(map(str.isdigit, zeros[2])) != 1000 ** len(zeros[1]):
            return zeros[2].strip()
    for part in number_format.replace("\\", "").split(";"):
        quoted: list[str] = re.findall(r'"([^"]*)"', part)
        for word in re.split(r"[^a-z]+", " ".join(quoted).casefold()):
            commas = re.search(r"[0#?](,+)(?![0#?,])", re.sub(r'"[^"]*"', "", part))
            if word in POWERS and POWERS[word] != 1000 ** (len(commas[1]) if commas else 0):
                return word
    return ""
