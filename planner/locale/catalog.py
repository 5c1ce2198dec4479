"""A compiled catalog (.mo) that is searched and not read: a process needs a few of its thousands of messages.

The file holds the messages sorted, so each is found by halving. `gettext` would parse all of them at every start.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from struct import unpack_from


class Catalog(gettext.NullTranslations):
    """The messages of one catalog whose language has one form for all numbers; others stay as they are."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._content = file.read_bytes()
        magic, _version, self._count, self._messages, self._translated = unpack_from("<5I", self._content)
        if magic != 0x950412DE:
            raise ValueError(f"no catalog: {file}")
        self.gettext = lru_cache(maxsize=None)(self._found)  # type: ignore[method-assign]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = self.gettext(msgid1)
        return found if found != msgid1 else super().ngettext(msgid1, msgid2, n)

    def _found(self, message: str) -> str:
        sought = message.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            here = self._text(self._messages, middle).partition(b"\0")[0]  # the plural stands behind the singular
            if here == sought:
                return self._text(self._translated, middle).decode() or message
            if here < sought:
                low = middle + 1
            else:
                high = middle
        return message

    def _text(self, table: int, number: int) -> bytes:
        length, offset = unpack_from("<2I", self._content, table + 8 * number)
        return self._content[offset : offset + length]
