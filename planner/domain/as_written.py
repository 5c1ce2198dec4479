"""A scenario in the words of the file format, and its fingerprint: that of the text of all its parts.

A part that a scenario shares with another need not be written again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from planner.domain.base import Record


def plain_of(scenario: Record, names: Collection[str] | None = None) -> dict[str, Any]:
    """The parts of a scenario of these names, by default all, as plain data: defaults are left out, and numbers are int
    or Decimal."""
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
    """The canonical text of these parts of a scenario, by default of all that do not hold their defaults."""
    return {key: _written(part) for key, part in plain_of(scenario, names).items()}


def fingerprint_of(texts: Mapping[str, str]) -> str:
    """The fingerprint of a scenario with these texts of its parts: that of the canonical JSON of the whole."""
    import hashlib  # loaded for fingerprints alone, which a scenario that is only checked has not

    whole = ",".join(f"{_written(key)}:{texts[key]}" for key in sorted(texts))
    return hashlib.sha256(f"{{{whole}}}".encode()).hexdigest()


def _written(part: Any) -> str:
    import json

    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
