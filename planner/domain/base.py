"""The base of all records, and the field types that read quantities as planners write them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from planner.errors import InputError
from planner.locale import _
from planner.units.dates import read_date
from planner.units.numbers import MAX_RUPIAH, read_count, read_number, read_rupiah, read_share
from planner.units.said import decimal_text
from planner.units.texts import read_name, read_text


class _Reader:
    """A field that holds what `read` makes of the value given; the sentence of its ValueError reaches the planner
    unchanged.

    The annotated type itself is not validated, since `read` returns nothing else. The bounds of a field (`gt=0`) come
    with the type and are checked on what was read.
    """

    def __init__(self, read: Callable[[Any], Any]) -> None:
        def validate(value: Any) -> Any:
            try:
                return read(value)
            except ValueError as error:
                raise PydanticCustomError("planner", "{sentence}", {"sentence": str(error)}) from None

        self._validate = validate

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        bounded = handler(source)
        if bounded == handler.generate_schema(source):
            return core_schema.no_info_plain_validator_function(self._validate)
        return core_schema.no_info_before_validator_function(self._validate, bounded)


def _cached[T](read: Callable[[Any], T]) -> Callable[[Any], T]:
    """Cache `read` for texts and whole numbers, of which scenarios repeat a few many times.

    Decimals are not cached: 1.200 equals 1.2, but only one of them is refused.
    """
    cached = lru_cache(maxsize=1024, typed=True)(read)

    def reading(value: Any) -> T:
        return cached(value) if isinstance(value, str | int) else read(value)

    return reading


def plain_number(value: Fraction) -> int | Decimal:
    """Return `value` as a file would write it: a whole or a decimal number."""
    return int(value) if value.denominator == 1 else Decimal(decimal_text(value))


def plain_share(value: Fraction) -> str:
    """Return `value` as a file would write it: with a percent sign."""
    return decimal_text(value * 100) + "%"


_NUMBER_SCHEMA = {"type": "number", "minimum": 0}
_SHARE_SCHEMA = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": r"^\s*\d+([.,]\d+)?\s*%\s*$"},
    ]
}
_RUPIAH_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "exclusiveMaximum": MAX_RUPIAH},
        {"type": "string", "pattern": r"^\s*([Rr]p\.?\s*)?\d.*$"},
    ]
}
_TEXT_SCHEMA = {"type": ["string", "number"]}

Rupiah = Annotated[int, _Reader(read_rupiah), WithJsonSchema(_RUPIAH_SCHEMA)]
"""Whole rupiah, at least 0 and below 10^15."""

Share = Annotated[Fraction, _Reader(_cached(read_share)), PlainSerializer(plain_share), WithJsonSchema(_SHARE_SCHEMA)]
"""An exact share in [0, 1]."""

Quantity = Annotated[
    Fraction, _Reader(_cached(read_number)), PlainSerializer(plain_number), WithJsonSchema(_NUMBER_SCHEMA)
]
"""An exact number of at least 0: hours, quantities, weights, ratios."""

Count = Annotated[int, _Reader(read_count), WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number of people, classes or seats."""

Day = Annotated[
    datetime.date,
    _Reader(read_date),
    PlainSerializer(datetime.date.isoformat),
    WithJsonSchema({"type": "string"}),
]
"""A day."""

Text = Annotated[str, _Reader(read_text), WithJsonSchema(_TEXT_SCHEMA)]
"""Free text, several lines if need be."""

Name = Annotated[str, _Reader(read_name), WithJsonSchema(_TEXT_SCHEMA)]
"""Text on one line, not empty: an id, a name or an attribute value."""


def as_tuple(value: Any) -> Any:
    """Return one value as a list of one, as in `agency: BPKAD`."""
    if isinstance(value, list | tuple):
        return tuple(value)
    return value if value is None or isinstance(value, Mapping) else (value,)


Names = Annotated[tuple[Name, ...], BeforeValidator(as_tuple)]
"""One name or a list of names."""


def _frozen(name: str) -> AttributeError:
    message = _("'{key}' cannot be changed, since records stay as they are made.")
    remedy = _("Make another with 'model_copy(update=…)'.")
    return AttributeError(f"{message.format(key=name)} {remedy}")


class Record(BaseModel):
    """A frozen record that refuses unknown keys; its attribute docstrings are the help of its fields.

    Validators are built when they are first used. Defaults that are records are therefore made by `model_construct`,
    which needs none: modules load sooner, and one validator of the whole scenario is enough to read it.
    Modules of records do without `from __future__ import annotations`: it would turn each type into a text that
    pydantic compiles anew at every start.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced, unchecked, as pydantic makes it. Raises TypeError for unknown
        fields.

        What was derived from the fields, such as a fingerprint, is derived anew: pydantic would keep that of the
        original.
        """
        self._ensure_fields(update or {})
        copied = super().model_copy(update=update, deep=deep)
        if update:
            for name in copied.__dict__.keys() - type(self).model_fields.keys():
                del copied.__dict__[name]
        return copied

    @classmethod
    def _ensure_fields(cls, names: Iterable[str]) -> None:
        """Raise TypeError where a name is not a field: pydantic would keep it without effect."""
        unknown = [name for name in names if name not in cls.model_fields]
        if unknown:
            raise TypeError(f"{cls.__name__} has no field {unknown[0]!r}; it has {', '.join(cls.model_fields)}")

    if not TYPE_CHECKING:  # hidden from mypy, which then refuses assignments by itself

        def __setattr__(self, name: str, value: Any) -> None:
            """Raise AttributeError with a sentence for the caller: records never change."""
            raise _frozen(name)

        def __delattr__(self, name: str) -> None:
            """Raise AttributeError with a sentence for the caller: records never change."""
            raise _frozen(name)

    def __getstate__(self) -> dict[Any, Any]:
        """Return what is pickled: the fields. Derived values are left out: another thread may be adding to them, and
        pickle fails on a mapping that grows meanwhile."""
        state = super().__getstate__()
        held = state["__dict__"]
        state["__dict__"] = {name: held[name] for name in type(self).model_fields if name in held}
        return state

    @classmethod
    def model_json_schema(cls, *arguments: Any, **named: Any) -> dict[str, Any]:
        """Return the JSON Schema of the record; all records are built first.

        A default that is a record is written by that record's own serializer, which pydantic 2.12 does not build by
        itself.
        """
        waiting = [Record]
        while waiting:
            record = waiting.pop()
            record.model_rebuild()
            waiting += record.__subclasses__()
        return super().model_json_schema(*arguments, **named)


class OutermostRecord(Record):
    """A record that callers in Python make directly: its fields are read, or refused with sentences for planners."""

    def __init__(self, /, **fields: Any) -> None:
        """Raise InputError with the first fault of each place; `model_validate` raises pydantic's ValidationError."""
        try:
            super().__init__(**fields)
        except ValidationError as error:
            from planner.domain.checks.record_forms import refusals  # only faults need it

            raise InputError(refusals(error, fields)) from None

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # else model_validate would call it too
