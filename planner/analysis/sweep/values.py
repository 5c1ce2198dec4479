"""Reading of the values to vary over: `0:2 miliar:500 juta`, `80%,90%,100%`, `TW1;TW2`.

Quantities are read exactly, as in scenario files. FROM, TO and STEP have one unit; TO is included if a step meets it.
A list is separated by commas, or by semicolons where a comma could be a decimal comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from planner.locale import _
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.units.numbers import percentage_in, read_rupiah, refuse_two_readings
from planner.units.said import decimal_text

MOST_VALUES: Final = 2000
"""Most values of one axis, and most points of a grid."""

Kind = Literal["rupiah", "share", "number", "text"]

_MAYBE_DECIMAL: Final = re.compile(r"\d,\d+\s*[^\d\s,;._]")
"""A comma between digits followed by a unit: "2,5 miliar" could be one amount or two."""
_OPENING: Final = {"[": "]", "{": "}", "'": "'", '"': '"'}


@dataclass(frozen=True)
class Value:
    """A value to vary over."""

    text: str
    """As written in a `--set`."""
    kind: Kind
    number: Fraction | None = None
    """Number of rupiah, share [0-1] or plain number; None for text."""


def read_values(text: str) -> tuple[Value, ...]:
    """Return the values in `text`, without duplicates. Raise ValueError with a message for the planner."""
    text = text.strip()
    bounds = _split(text, ":")
    if len(bounds) == 3:
        return tuple(_range(*bounds))
    parts = _split(text, ";")
    if len(parts) == 1:
        bare = "".join(piece for piece, inside in _pieces(text) if not inside)
        if _MAYBE_DECIMAL.search(bare):
            message = _(
                "the comma in '{text}' could separate two values or be a decimal comma. Separate values by ';'."
            )
            raise ValueError(message.format(text=_shortened(text)))
        parts = _split(text, ",")
    if not all(parts):
        raise ValueError(_("a value is missing in '{text}'.").format(text=_shortened(text)))
    if len(parts) > MOST_VALUES:
        raise ValueError(_too_many(len(parts)))
    values: dict[object, Value] = {}
    for value in _with_zeros([read_value(part) for part in parts]):
        values.setdefault(value.text if value.number is None else (value.kind, value.number), value)
    return tuple(values.values())


def read_value(text: str) -> Value:
    """Return `text` as a share, an amount of money or a plain number, else as text.

    Raises ValueError for a number of two readings, such as 1.500%.
    """
    if text.endswith("%") and (share := percentage_in(text)) is not None:
        return Value(text, "share", share)
    if re.match(r"(rp|\d)", text.lower()) and re.search(r"[a-z]", text.lower()):
        try:
            return Value(text, "rupiah", Fraction(read_rupiah(text)))
        except ValueError:
            return Value(text, "text")
    try:
        plain = read_plain(text)
    except AmbiguousScalar:
        return Value(text, "text")
    if isinstance(plain, Decimal):
        refuse_two_readings(plain)
    if isinstance(plain, int | Decimal) and not isinstance(plain, bool):
        return Value(text, "number", Fraction(plain))
    return Value(text, "text")


def common_kind(values: Sequence[Value]) -> Kind:
    """Return the kind of all values; text if the kinds differ."""
    kinds = {value.kind for value in values}
    return kinds.pop() if len(kinds) == 1 else "text"


def written(number: Fraction, kind: Kind) -> str:
    """Return a quantity as written in a `--set`."""
    return decimal_text(number * 100) + "%" if kind == "share" else decimal_text(number)


def _with_zeros(values: Sequence[Value]) -> list[Value]:
    """Return `values` with the unit of the others for a 0 without a unit."""
    kind = common_kind([value for value in values if value.number != 0 or value.kind != "number"] or values)
    if kind == "text":
        return list(values)
    return [replace(value, kind=kind) if value.number == 0 else value for value in values]


def _range(first: str, last: str, step: str) -> Iterator[Value]:
    """Yield the values from `first` to `last`, rising or falling. Raise ValueError with a message for the planner."""
    ends = [read_value(part) for part in (first, last, step)]
    for part, value in zip((first, last, step), ends, strict=True):
        if value.number is None:
            raise ValueError(
                _("FROM:TO:STEP needs three quantities; '{part}' is not one.").format(part=_shortened(part))
                + " "
                + _("Write for example 0:2 miliar:500 juta.")
            )
    kinds = {value.kind for value in ends if value.number or value.kind != "number"}
    if len(kinds) > 1:
        raise ValueError(_("FROM, TO and STEP must be in one unit, as in 80%:120%:10%."))
    kind = kinds.pop() if kinds else "number"
    start, end, stride = (value.number or Fraction(0) for value in ends)
    if stride <= 0:
        raise ValueError(_("STEP must be above 0."))
    count = int(abs(end - start) / stride) + 1
    if count > MOST_VALUES:
        raise ValueError(_too_many(count))
    for position in range(count):
        number = start + position * (stride if end >= start else -stride)
        yield Value(written(number, kind), kind, number)


def _too_many(count: int) -> str:
    shown = str(count) if count < 10**12 else _("more than 10^12")
    return _("this needs {count} points; at most {most} are allowed. Use a larger STEP.").format(
        count=shown, most=MOST_VALUES
    )


def _split(text: str, mark: str) -> list[str]:
    """Return `text` split at each `mark` outside brackets and quotes."""
    parts = [""]
    for piece, inside in _pieces(text):
        if inside:
            parts[-1] += piece
            continue
        first, *others = piece.split(mark)
        parts[-1] += first
        parts += others
    return [part.strip() for part in parts]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield (part of `text`, whether it is inside brackets or quotes)."""
    piece, closing = "", ""
    for character in text:
        if not closing and character in _OPENING and piece.rstrip()[-1:] in ("", ",", ";", ":"):
            yield piece, False
            piece, closing = character, _OPENING[character]
        elif closing and character == closing:
            yield piece + character, True
            piece, closing = "", ""
        else:
            piece += character
    yield piece, bool(closing)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
