"""Rows and numbers of a plan as plain data, and plain data as the text of plan.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, Final

from planner.domain.attendance import Pattern
from planner.plans.claim import Claim

_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""The kinds of values that JSON has too; most rows have no other."""

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
    names, values_of = _names(row.__class__)
    values = values_of(row)
    if not _PLAIN.issuperset(map(type, values)):
        values = tuple(map(plain_number, values))
    plain = dict(zip(names, values, strict=True))
    if plain.get("actual") is False:
        del plain["actual"]
    return plain


@cache
def _names(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the fields of a kind of rows and what reads them, remembered: a plan has a thousand rows of ten kinds."""
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


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
