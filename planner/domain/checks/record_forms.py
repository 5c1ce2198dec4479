"""Whether the records of a scenario hold valid values: those made without reading may hold anything.

`model_copy` and `model_construct` check nothing, and pydantic trusts records inside a record. So each record is read
once more from its own fields.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from types import NoneType
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.domain.base import Record
from planner.domain.checks.problem import DomainProblem, Path, value_shown, written
from planner.domain.funds import Fund
from planner.errors import Problem
from planner.locale import _

_SINGLE: Final = frozenset({str, int, bool, Fraction, datetime.date, NoneType})
"""Types of most values; they hold nothing else."""


class _FieldForm(NamedTuple):
    """What is known of a field of a record."""

    name: str
    key: str
    """Its name in files."""
    required: bool
    default: Any
    """Only to be compared with: pydantic would copy it for each record."""


def form_problems(scenario: Record, like: Record | None = None) -> Iterator[DomainProblem]:
    """Yield all fields of all records of `scenario` that hold invalid values.

    Records that are the same objects in the scenario `like`, which has been read, are not read again.
    """
    parts = () if like is None else like.__dict__.values()
    lists = [part if isinstance(part, tuple) else (part,) for part in parts]
    yield from _problems(scenario, (), {id(record) for part in lists for record in part if isinstance(record, Record)})


def _problems(value: Any, path: Path, seen: set[int]) -> Iterator[DomainProblem]:
    if isinstance(value, Record):
        if id(value) in seen:
            return
        seen.add(id(value))
        yield from _of_record(value, path)
        inner: Sequence[tuple[str | int, Any]] = [(field.key, value.__dict__[field.name]) for field in _held(value)]
    elif isinstance(value, Mapping):
        inner = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, tuple | list):
        inner = list(enumerate(value))
    else:
        return
    for step, each in inner:
        if type(each) not in _SINGLE:
            yield from _problems(each, (*path, step), seen)


@cache
def _fields(kind: type[Record]) -> tuple[_FieldForm, ...]:
    """Return the fields of a kind of records."""
    return tuple(
        _FieldForm(name, field.alias or name, field.is_required(), field.get_default(call_default_factory=True))
        for name, field in kind.model_fields.items()
    )


def _held(record: Record) -> list[_FieldForm]:
    """Return the fields that a record has: one that was not read may lack some."""
    return [field for field in _fields(type(record)) if field.name in record.__dict__]


def _of_record(record: Record, path: Path) -> Iterator[DomainProblem]:
    fields = _held(record)
    try:
        read = type(record).model_validate(
            {field.key: record.__dict__[field.name] for field in fields if _is_stated(record, field)}
        )
    except ValidationError as error:
        for key, message in _said(error).items():
            yield DomainProblem((*path, key), message)
        return
    for name, key, _required, _default in fields:
        if not _alike(record.__dict__[name], read.__dict__[name]):
            message = _("{value} is written as in a file; here the value read from it is needed.")
            remedy = _("Make the record with 'model_validate', which reads it.")
            yield DomainProblem((*path, key), message.format(value=value_shown(record.__dict__[name])), remedy)


def _is_stated(record: Record, field: _FieldForm) -> bool:
    """Return whether a file would state the field: it differs from its default and does not follow from another."""
    if field.name == "amount" and isinstance(record, Fund):
        return not record.__dict__.get("amounts")
    return field.required or not _alike(record.__dict__[field.name], field.default)


def _said(error: ValidationError) -> dict[str, str]:
    """Return the first fault of each field, in words."""
    found: dict[str, str] = {}
    for fault in error.errors(include_url=False):
        found.setdefault(str(fault["loc"][0]) if fault["loc"] else "", _sentence(fault))
    return found


def refusals(error: ValidationError, given: Any) -> list[Problem]:
    """Return the first fault of each place in the fields `given` to a record, in words."""
    found: dict[str, str] = {}
    for fault in error.errors(include_url=False):
        if fault["type"] == "too_short" and fault["input"]:
            continue  # a list is too short for pydantic as soon as none of its records could be read
        found.setdefault(written(_place(fault, given)), _sentence(fault))
    return [Problem(message, path=path) for path, message in found.items()]


def _place(fault: ErrorDetails, given: Any) -> Path:
    """Return the place of a fault, without the marks that pydantic inserts for unions and keys."""
    path: list[str | int] = []
    for step in fault["loc"]:
        listed = isinstance(given, list | tuple) and isinstance(step, int)
        if listed or (isinstance(given, Mapping) and step in given):
            given = given[step]
        elif fault["type"] != "missing" or step != fault["loc"][-1]:
            continue
        path.append(step)
    return tuple(path)


def _sentence(fault: ErrorDetails) -> str:
    context, value = fault.get("ctx", {}), value_shown(fault["input"])
    match fault["type"]:
        case "planner":
            return str(context["sentence"])
        case "missing":
            return _("'{key}' is missing.").format(key=fault["loc"][-1])
        case "extra_forbidden":
            return _("unknown key '{key}'.").format(key=fault["loc"][-1])
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type":
            return _("expected keys and values ('key: value'), not {value}.").format(value=value)
        case "tuple_type" | "list_type" | "iterable_type":
            return _("expected a list, not {value}.").format(value=value)
        case "too_short":
            return _("at least one entry is needed.")
    return _("{value} cannot be read here.").format(value=value)


def _alike(given: Any, read: Any) -> bool:
    """Return whether `given` already is what reading it gives: the same exact value in the same containers."""
    if type(read) not in _SINGLE:
        if isinstance(read, Record) or isinstance(given, Record):
            return type(given) is type(read)  # the fields of an inner record are checked separately
        if isinstance(read, Mapping):
            same = isinstance(given, Mapping) and given.keys() == read.keys()
            return same and all(_alike(given[key], read[key]) for key in read)
        if isinstance(read, tuple):
            return isinstance(given, tuple) and len(given) == len(read) and all(map(_alike, given, read))
    return isinstance(given, bool) == isinstance(read, bool) and isinstance(given, type(read)) and bool(given == read)
