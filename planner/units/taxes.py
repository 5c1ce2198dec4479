"""Words by which a price includes its tax: sudah termasuk PPN, including VAT."""

from __future__ import annotations

import re
from functools import cache


@cache
def _included() -> re.Pattern[str]:
    return re.compile(
        r"(?<!belum )(?<!tidak )(?<!tdk )(?<!blm )(?<!not )\b"
        r"(?:termasuk|sdh\.?|incl(?:\.|udes|uding|usive(?:\s+of)?)?)\s*:?\s*(?:semua\s+|all\s+)?(?:ppn|pajak|tax(?:es)?|vat)\b",
        re.IGNORECASE,
    )


def includes_tax(text: str) -> str:
    """Return words by which a price includes its tax; empty where there are none."""
    found = _included().search(" ".join(text.split()))
    return found[0] if found else ""
