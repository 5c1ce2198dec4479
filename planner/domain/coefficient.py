"""Quantities of cost lines: a number, or a product of up to four named factors, such as 4 OJ x 3 hari."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.base import plain_number
from planner.locale import _
from planner.units.numbers import read_number
from planner.units.said import decimal_text
from planner.units.texts import read_name

MOST_FACTORS: Final = 4
"""Most factors of a quantity: a line of SIPD has four fields for them (vol_1 to vol_4)."""

_TIMES: Final = re.compile("\\s+[x\u00d7*](?:\\s+|\\Z)", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"[\s*\u00d7,;+/(&]\d|\bx\d", re.IGNORECASE)
"""A number within the name of a factor, which would be lost: the 3 in "4 OJ*3 hari"."""
_FACTOR: Final = re.compile(r"([0-9][0-9.,_]*)\s+([^0-9\s].*)")


class Product(Fraction):
    """A quantity written as named factors: the number is their product, and the factors are kept."""

    factors: tuple[tuple[str, Fraction], ...]

    def __new__(cls, factors: Iterable[tuple[str, Fraction]]) -> Self:
        named = tuple(factors)
        value = prod((number for _name, number in named), start=Fraction(1))
        made = super().__new__(cls, value.numerator, value.denominator)
        made.factors = named
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.factors,)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    def __str__(self) -> str:
        return " x ".join(f"{decimal_text(number)} {name}" for name, number in self.factors)


def read_coefficient(value: object) -> Fraction:
    """Return the number, or the product of {name: number} or of a text such as "4 OJ x 3 hari"; ValueError for
    others."""
    if isinstance(value, Product):
        return value
    named: list[tuple[object, object]] | None = None
    if isinstance(value, Mapping):
        named = list(value.items())
    elif isinstance(value, str):
        found = [_FACTOR.fullmatch(part.strip()) for part in _TIMES.split(value.strip())]
        if all(found):
            named = [(match[2], _number(match[1])) for match in found if match]
            if len({name for name, _ in named}) < len(named):
                raise ValueError(_("a factor of a quantity is named twice: '{text}'.").format(text=value[:60]))
    if named is None:
        return read_number(value)
    if not 1 <= len(named) <= MOST_FACTORS:
        raise ValueError(
            _("a quantity has {count} factors; it may have one to {most}.").format(count=len(named), most=MOST_FACTORS)
        )
    factors = [(read_name(name), read_number(number)) for name, number in named]
    for name, _value in factors:
        if _HIDDEN.search(name):
            raise ValueError(
                _(
                    "the name of the factor '{name}' holds a number. Write factors such as 4 OJ x 3 hari, with blanks"
                    " around the x."
                ).format(name=name)
            )
        if _TIMES.search(f" {name} ") or not _FACTOR.fullmatch(f"1 {name}"):
            raise ValueError(_("'{name}' cannot name a factor of a quantity.").format(name=name))
    return Product(factors)


def _number(text: str) -> object:
    """Return the number in a text, where a decimal comma counts as a point; the text itself where it is not a
    number."""
    try:
        return Decimal(text.replace("_", "").replace(",", "."))
    except ArithmeticError:
        return text


def _read(value: Any) -> Fraction:
    try:
        return read_coefficient(value)
    except ValueError as error:
        raise PydanticCustomError("planner", "{sentence}", {"sentence": str(error)}) from None


def _plain(value: Fraction) -> int | Decimal | dict[str, int | Decimal]:
    if isinstance(value, Product):
        return {name: plain_number(number) for name, number in value.factors}
    return plain_number(value)


_SCHEMA: Final = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {
            "type": "object",
            "additionalProperties": {"type": "number", "minimum": 0},
            "minProperties": 1,
            "maxProperties": MOST_FACTORS,
        },
        {"type": "string", "pattern": r"^\s*[0-9].*$"},
    ]
}

Coefficient = Annotated[Fraction, BeforeValidator(_read), PlainSerializer(_plain), WithJsonSchema(_SCHEMA)]
"""A number of at least 0, or up to four named factors."""
