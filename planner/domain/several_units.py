"""Numbers of units in the words around a price: for 10 orang, sepuluh orang, per dozen."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = r"\d+(?:[.,]\d+)*"
IN_WORDS: Final = (
    r"(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)(?:\s+(?:belas|puluh|ratus|ribu))?"
    r"|se(?:puluh|belas|ratus|ribu|lusin|kodi)|lusin|kodi"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|dozen"
)
"""More than one in words; a longer number begins with one of these too."""

_PEOPLE: Final = re.compile(
    rf"\s*(?:per|/)?\s*(?:({DIGITS})|(?:{IN_WORDS}))\s*(?:orang|org|peserta|pax|people|persons|participants)\b",
    re.IGNORECASE,
)


def is_several(number: str) -> bool:
    """Whether figures say another number than one."""
    return int(re.sub("[.,]", "", number)) != 1


def unit_of_several_people(unit: str) -> bool:
    """Whether a unit stands for several people together, as 10 orang does."""
    found = _PEOPLE.match(unit)
    return found is not None and (found[1] is None or is_several(found[1]))
