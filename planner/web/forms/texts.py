"""Values of a file as the text of a field, and the text of a field as a value of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from planner.locale import language_in_force
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.scenario_io.tree import Bare
from planner.units.said import count_said
from planner.web.forms.shapes import FieldKind

_GROUPS: Final = re.compile(r"(?:Rp\.?\s*)?([1-9]\d{0,2}(?:([.,])\d{3}(?:\2\d{3})*)?|[1-9]\d*)(?:,00|,-)?\Z", re.ASCII)
_COMMA: Final = re.compile(r"-?\d+,\d+(?:\s*%)?\Z", re.ASCII)
_PERCENT: Final = re.compile(r"-?\d+\.\d+\s*%\Z", re.ASCII)
_FACTORS: Final = re.compile(r"\d.*[^\d\s]")


def shown(kind: FieldKind, value: Bare) -> str | None:
    """Return the text of a value in a field of this kind; None where such a field cannot show it."""
    if value is None:
        return ""
    if kind == "flag":
        return str(value).lower() if isinstance(value, bool) else None
    if kind in ("lines", "refs"):
        names = value if isinstance(value, list) else [value]
        told = [_name(name) for name in names]
        return "\n".join(name for name in told if name is not None) if _all(told) else None
    if kind == "lists":
        rows = [shown("lines", row) for row in value] if isinstance(value, list) else [None]
        return "\n".join("; ".join(row.split("\n")) for row in rows if row is not None) if _all(rows) else None
    if kind == "requires":
        return _requirements(value)
    if kind == "ceiling":
        return _ceilings(value)
    if kind == "numbers" and isinstance(value, list):
        parts = [shown("number", part) for part in value]
        return "; ".join(part for part in parts if part is not None) if _all(parts) else None
    if kind == "coefficient" and isinstance(value, dict):
        factors = [(shown("number", number), name) for name, number in value.items()]
        return " x ".join(f"{number} {name}" for number, name in factors)
    if isinstance(value, bool | dict | list) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, str):
        if kind in NUMBERS and _PERCENT.match(value) and language_in_force() == "id":
            return value.replace(".", ",")
        return value if kind == "words" or not re.search("[\r\n]", value) else None
    if kind in ("amount", "count") and isinstance(value, int):
        return count_said(value)
    written = format(value, "f") if isinstance(value, Decimal) else str(value)
    return written.replace(".", ",") if kind in NUMBERS and language_in_force() == "id" else written


NUMBERS: Final = frozenset({"number", "share", "bound", "coefficient", "numbers", "amount", "count"})


def _name(name: Bare) -> str | None:
    text = str(name) if isinstance(name, str | int | Decimal) and not isinstance(name, bool) else None
    return text if text is not None and "\n" not in text else None


def _all(parts: Sequence[str | None]) -> bool:
    return all(part is not None for part in parts)


def _requirements(value: Bare) -> str | None:
    lines: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and set(each) == {"any"} and (names := shown("lines", each["any"])) is not None:
            lines.append(" | ".join(names.split("\n")))
        elif (name := _name(each)) is not None and "|" not in name:
            lines.append(name)
        else:
            return None
    return "\n".join(lines)


def _ceilings(value: Bare) -> str | None:
    """Return the entries of price lists, each as its list, its code, and what it is for behind a bar."""
    lines: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict) or not {"from", "code"} <= set(each) <= {"from", "code", "of"}:
            return None
        parts = [_name(each[key]) or "" for key in ("from", "code")]
        if not all(parts) or re.search(r"[\s|]", parts[0]) or "|" in parts[1]:
            return None
        lines.append(" ".join(parts) + (f" | {each['of']}" if "of" in each else ""))
    return "\n".join(lines)


def _ceiling(line: str) -> Bare:
    named, _bar, of = (part.strip() for part in line.partition("|"))
    listed, _blank, code = named.partition(" ")
    return {"from": listed, "code": code.strip()} | ({"of": of} if of else {})


def meant(kind: FieldKind, text: str) -> Bare:
    """Return the value that the text of a field of this kind means; None for an empty one.

    What cannot be read stays text, so that the format itself says what is wrong with it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip("\n").rstrip() if kind == "words" else text.strip()
    if not text:
        return None
    if kind in ("line", "words", "choice"):
        return text
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    if kind in ("lines", "refs"):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if kind == "lists":
        return [[name.strip() for name in line.split(";") if name.strip()] for line in text.split("\n") if line.strip()]
    if kind == "requires":
        rows = [[name.strip() for name in line.split("|") if name.strip()] for line in text.split("\n")]
        return [row[0] if len(row) == 1 else {"any": row} for row in rows if row]
    if kind == "ceiling":
        return [_ceiling(line) for line in text.split("\n") if line.strip()]
    if kind == "numbers" and ";" in text:
        return [meant("number", part) for part in text.split(";") if part.strip()]
    if kind == "coefficient" and _FACTORS.match(text) and not _COMMA.match(text):
        return text
    if kind in ("amount", "count") and (whole := _GROUPS.match(text)):
        return int(re.sub("[.,]", "", whole[1]))
    if kind in ("number", "numbers", "coefficient", "share", "bound", "count", "year") and _COMMA.match(text):
        text = text.replace(",", ".")
    return plain_value(text)


def plain_value(text: str) -> Bare:
    """Return a text without quotes as the format reads it; what it refuses stays text."""
    try:
        return read_plain(text)
    except AmbiguousScalar:
        return text
