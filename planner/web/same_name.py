"""Whether two typed names may be one person: written otherwise, shortened, or with a title."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TITLES: Final = frozenset(
    {"dr", "drs", "dra", "ir", "hj", "prof", "st", "se", "sh", "sip", "sos", "mm", "msi", "mh", "map", "mpd", "spd"}
    | {"skom", "mt", "bapak", "ibu", "pak", "bu", "sdr"}
)
"""Titles that stand before or behind a name."""


def words_of(name: str) -> list[str]:
    """Return the words of a name that tell people apart, without case, accents, marks and titles."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    first, _comma, behind = plain.partition(",")
    given = (part for part in behind.split() if "." not in part and len(part) > 2)  # no degree
    found = re.findall(r"[a-z0-9]+", " ".join((first, *given)))
    return [word for word in found if word not in _TITLES] or found


def same(one: str, other: str) -> bool:
    """Return whether both are one name, whatever the order of its words."""
    return sorted(words_of(one)) == sorted(words_of(other)) or one.casefold() == other.casefold()


def alike(one: str, other: str) -> bool:
    """Return whether the shorter name may be the longer one: each of its words is one of it, its initial, or a letter
    off."""
    short, long = sorted((words_of(one), words_of(other)), key=len)
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        found = next((each for each in left if _may_be(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return bool(short)


def _may_be(word: str, other: str) -> bool:
    if len(word) == 1 or len(other) == 1:
        return word[:1] == other[:1]
    return word == other or (min(len(word), len(other)) > 3 and _distance_is_one(word, other))


def _distance_is_one(word: str, other: str) -> bool:
    """Return whether one letter more, less or other makes one word of the other."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1:
        return False
    place = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[place:] == long[place + 1 :] or (len(short) == len(long) and short[place + 1 :] == long[place + 1 :])
