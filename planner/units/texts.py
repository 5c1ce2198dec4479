"""Texts and names as planners write them: in one normal form, on one line where they name something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from planner.locale import _


def read_text(value: object) -> str:
    """Return text in one normal form (NFC), trimmed; plain whole and decimal numbers count as text (a code, a
    level)."""
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
    """Return why a value is not text, and what to write instead."""
    if value is None:
        return _("nothing is written here. Write the text, or leave the key out.")
    if isinstance(value, list | tuple):
        return _("expected one text, not a list. Write a single value, without brackets and without '- '.")
    if isinstance(value, Mapping):
        return _("expected a text, not keys and values. Write the text itself.")
    return _("expected text. Put it in quotes: '…'.")


def read_name(value: object) -> str:
    """Return text of one line that is not empty: an identifier or an attribute value."""
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


_BETWEEN_WORDS: Final = re.compile(r"(?<![0-9])[.,;:'\"`()/_\-\u2010-\u2019]+|[.,;:'\"`()/_\-\u2010-\u2019]+(?![0-9])")
"""Punctuation of names, except between digits."""


def name_key(name: str) -> str:
    """Return a name with case, spaces and Unicode forms normalised, so that names that look the same are equal."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def near_key(name: str) -> str:
    """Return a name without punctuation too, and with `dan` for `&`: names that probably mean the same are equal.

    Marks between digits stay: 1.2 is not 12.
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " dan ")
    return "".join(_BETWEEN_WORDS.sub(" ", plain).split())
