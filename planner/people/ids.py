"""Ids of people as they are typed: a NIP of 18 digits may also be printed 19800101 200501 1 001, or with NIP before
it."""

from __future__ import annotations

import re
from typing import Final

NIP: Final = "([0-9][ \u00a0.-]?){18}"
"""A NIP anywhere in a text, also as it is printed; a regular expression for Python and the database."""
PRINTED: Final = f"(?i)(nip[.: \u00a0]*)?{NIP}"
"""A whole text that is nothing but a NIP, as it is printed."""
_PRINTED: Final = re.compile(PRINTED)


def plain_id(typed: str) -> str:
    """Return an id as lists of people have it."""
    plain = typed.strip(" \t\r\n\u00a0\ufeff")
    plain = (plain[1:-1] if len(plain) > 1 and plain[0] == plain[-1] == "'" else plain.lstrip("'")).strip()
    return re.sub("[^0-9]", "", plain) if _PRINTED.fullmatch(plain) else plain
