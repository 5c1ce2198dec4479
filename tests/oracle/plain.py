"""Values of a scenario's plain data as the oracle reads them: "70%" and 0.7, one or many, selectors."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

Plain = dict[str, Any]


@lru_cache(maxsize=10_000, typed=True)
def number(value: Any) -> Fraction:
    """7, 0.7 or "70%", exactly as written."""
    if isinstance(value, Fraction):
        return value
    text = str(value).strip()
    return Fraction(text[:-1].replace(",", ".")) / 100 if text.endswith("%") else Fraction(text)


def limit(value: Any) -> tuple[Fraction, bool]:
    """The bound of a rule and whether it is a share: "30%" is, and so is a number between 0 and 1."""
    exact = number(value)
    return exact, str(value).strip().endswith("%") or 0 < exact < 1


def listed(value: Any) -> list[str]:
    return [] if value is None else [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]


def selects(selector: Plain | None, seen: dict[str, list[str]]) -> bool:
    """All attributes named must match, any value of a list may; no selector selects all."""
    return all(set(listed(values)) & set(seen[name]) for name, values in (selector or {}).items())
