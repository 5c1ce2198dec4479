"""The words by which a price of a list holds no longer, or soon will not, told from those by which it holds until it is
withdrawn."""

from __future__ import annotations

import re
from typing import Final

_WITHDRAWN: Final = (
    r"(?:dicabut|dihapus|ditarik|kedaluwarsa|kadaluwarsa|kadaluarsa|withdrawn|revoked|inactive|obsolete|expired"
    r"|(?:tidak|tdk|non|bukan)[ -]?(?:lagi )?(?:berlaku|aktif|digunakan|dipakai))\b"
)
_ANNOUNCED: Final = (
    r"(?:(?:akan|bakal|hendak|segera|direncanakan|diusulkan|dijadwalkan|will|shall|to be)"
    r"(?: +(?:segera|untuk|soon|be))* +)?"
)
"""Words before a withdrawal that is still to come, which stand with it where it is told."""
_SAID: Final = re.compile(rf"\b{_ANNOUNCED}{_WITHDRAWN}", re.IGNORECASE)
_NOT_YET: Final = re.compile(
    rf"\b(?:(?:belum|blm|tidak|tdk|tak|bukan|tanpa|dapat|bisa|not|never|no|isn't|aren't|may be|can be)"
    r"(?: +(?:pernah|akan|ada|yang|sedang|juga|dapat|bisa|been|yet))*"
    r"|(?:s\.? ?[./]? ?d\b\.?|sampai|hingga|until|till?|kecuali|unless|selama|sepanjang|jika|jikalau|bila|apabila|kalau"
    r"|sebelum|if|before)(?! +(?:saat|hari|detik) +ini\b| +(?:sekarang|kini|now)\b)(?: +[^\W\d_]+){0,5}?"
    rf") +{_WITHDRAWN}",
    re.IGNORECASE,
)
"""A price that is not withdrawn, or that holds until it is: hingga dicabut, selama belum dicabut."""


def withdrawn(text: str) -> str:
    """Return the words by which a price of a list holds no longer, or soon will not; empty where there are none."""
    found = _SAID.search(_NOT_YET.sub(" ", text))
    return found[0] if found else ""


def not_withdrawn(text: str) -> bool:
    """Return whether a text says that prices hold as long as nobody withdraws them."""
    return not withdrawn(text) and _NOT_YET.search(text) is not None
