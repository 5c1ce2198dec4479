"""Whole numbers in Indonesian words (terbilang), as amounts are spelled out in letters and receipts."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_POWERS: Final = (
    "", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun", "sekstiliun", "septiliun", "oktiliun",
    "noniliun", "desiliun",
)  # fmt: skip
"""Names of the powers of a thousand; the last one counts all that lies above."""


def terbilang(number: int) -> str:
    """Return any whole number in words: 1_001_250 is "satu juta seribu dua ratus lima puluh"."""
    if number < 0:
        return f"minus {terbilang(-number)}"
    return " ".join(_words(number)) or _DIGITS[0]


def rupiah_terbilang(amount: int) -> str:
    """Return an amount in words, beginning with a capital, as it stands in brackets beside the figures."""
    words = f"{terbilang(amount)} rupiah"
    return words[0].upper() + words[1:]


def _words(number: int) -> list[str]:
    """Return the words of a number of at least 0; none for 0."""
    words: list[str] = []
    highest = len(_POWERS) - 1
    above, number = divmod(number, 1000**highest)
    if above:
        words += [*_words(above), _POWERS[highest]]
    for power in range(highest - 1, -1, -1):
        block, number = divmod(number, 1000**power)
        if power == 1 and block == 1:
            words.append("seribu")
        elif block:
            words += [*_below_thousand(block), *([_POWERS[power]] if power else [])]
    return words


def _below_thousand(number: int) -> list[str]:
    """Return the words of 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"] if hundreds else []
    if rest == 10:
        return [*words, "sepuluh"]
    if rest == 11:
        return [*words, "sebelas"]
    if rest < 10:
        return [*words, *([_DIGITS[rest]] if rest else [])]
    if rest < 20:
        return [*words, _DIGITS[rest - 10], "belas"]
    tens, ones = divmod(rest, 10)
    return [*words, _DIGITS[tens], "puluh", *([_DIGITS[ones]] if ones else [])]
