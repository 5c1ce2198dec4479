"""Rows and numbers of a plan as plain data, and plain data as the text of plan.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache
from typing import Any, Final

from planner.domain.attendance import Pattern
from planner.plans.claim import Claim

_EXACT: Final = frozenset({"closed", "measure", "at_least", "at_most", "value"})


def plain_number(value: Any) -> Any:
    """Return a value of a row as JSON has it: fractions as floats, the programmes of a pattern as records."""
    kind = value.__class__
    if kind is str or kind is int:  # nearly all are; to ask whether one is a fraction takes ten times as long
        return value
    if isinstance(value, tuple):  # the programmes of an attendance pattern
        return [{"programme": programme, "period": period} for programme, period in value]
    return float(value) if isinstance(value, Fraction) else value


def plain_row(row: Any) -> dict[str, Any]:
    """Return a row as plain data; `actual` is left out where it is false."""
    values = {name: plain_number(getattr(row, name)) for name in _names(row.__class__)}
    return {name: value for name, value in values.items() if name != "actual" or value}


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a kind of rows, remembered: a plan has a thousand rows of ten kinds."""
    return tuple(field.name for field in fields(kind))


def rows_from_plain(kind: type, rows: Iterable[Any]) -> tuple[Any, ...]:
    """Return the rows of a table from plain data; exact numbers come back as the value of the float that was stored."""
    return tuple(_row_from_plain(kind, row) for row in rows)


def _row_from_plain(kind: type, row: dict[str, Any]) -> Any:
    read: dict[str, Any] = {n: Fraction(value) for n, value in row.items() if n in _EXACT and value is not None}
    if kind is Pattern:
        read["programmes"] = tuple((each["programme"], each["period"]) for each in row["programmes"])
    if "claim" in row:
        read["claim"] = Claim(row["claim"])
    return kind(**{**row, **read})


def json_text(plain: Mapping[str, Any]) -> str:
    """Return the text of plan.json: UTF-8, stable order, one line per row."""
    lines = []
    for key, value in plain.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f"{json.dumps(key)}: [\n{rows}]")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{" + ",\n ".join(lines) + "}\n"
