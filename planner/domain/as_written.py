"""A scenario in the words of the file format, and the fingerprint of that text.

Parts that a scenario shares with another are not written again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from planner.domain.base import Record


def plain_of(scenario: Record, names: Collection[str] | None = None) -> dict[str, Any]:
    """Return the named parts of a scenario, by default all, as plain data: without defaults, numbers as int or
    Decimal."""
    included = None if names is None else set(names)
    plain: dict[str, Any] = scenario.model_dump(by_alias=True, exclude_defaults=True, include=included)
    for programme in plain.get("programmes", ()):
        for item in programme.get("costs", ()):
            if isinstance(item["price"], dict):
                item["price"] |= item["price"].pop("prices", {})
    for fund in plain.get("funds", ()):
        if "amounts" in fund:
            del fund["amount"]
    return plain


def texts_of(scenario: Record, names: Collection[str] | None = None) -> dict[str, str]:
    """Return the canonical text of the named parts of a scenario, by default of all that differ from their defaults."""
    return {key: _written(part) for key, part in plain_of(scenario, names).items()}


def fingerprint_of(texts: Mapping[str, str]) -> str:
    """Return the fingerprint of a scenario from the texts of its parts: the hash of the canonical JSON of the whole."""
    import hashlib  # only fingerprints need it, and a scenario that is only checked gets none

    whole = ",".join(f"{_written(key)}:{texts[key]}" for key in sorted(texts))
    return hashlib.sha256(f"{{{whole}}}".encode()).hexdigest()


def _written(part: Any) -> str:
    import json

    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
