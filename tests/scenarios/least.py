"""The scenario with the fewest keys that has no problems."""

from __future__ import annotations

from typing import Any

BASE: dict[str, Any] = {
    "format": 1,
    "scenario": {"id": "a", "fiscal_year": 2027},
    "competencies": [{"id": "k", "kind": "technical"}],
    "groups": [{"id": "g", "headcount": 10, "gaps": {"k": 5}}],
    "programmes": [{"id": "p", "closes": {"k": 1}, "costs": [{"item": "i", "per": "participant", "price": 5}]}],
    "funds": [{"id": "f", "kind": "own", "amount": 100}],
}
