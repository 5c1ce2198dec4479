"""Columns to attributes: which place of a record a column fills, and what its cells then mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final

from planner.domain.checks.did_you_mean import suggestion
from planner.locale import _
from planner.scenario_io.fields import Expected, Kind
from planner.scenario_io.problems import Problems
from planner.scenario_io.scalars import MAX_DIGITS
from planner.scenario_io.tables.sheet import InputCell, InputRow, InputTable
from planner.scenario_io.tree import Bare, Listing, Mapping, Node, Place, Scalar, ScalarValue

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_NEW_GAP: Final = "new_gap:"
_PREFIXES: Final = {"gap:": "gaps", "closed:": "closed"}
"""Beginnings of columns that fill a mapping by competency, and its key."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """What a column fills."""

    path: tuple[str, ...]
    kind: Kind


def columns_of(
    table: InputTable, record: Expected, extra: tuple[str, ...], problems: Problems
) -> dict[int, FieldColumn]:
    """The columns that fill attributes, by position; unknown ones are reported, `extra` ones ignored."""
    found: dict[int, FieldColumn] = {}
    filled: dict[tuple[str, ...], InputCell] = {}
    for position, header in table.columns.items():
        name = str(header.value)
        if name in extra:
            continue
        column = _column(name, record)
        if column is None:
            known = [*extra, *_names(record)]
            problems.add(header.place, _("unknown column '{name}'.").format(name=name), suggestion(name, known))
            continue
        if column.path in filled:
            problems.add(
                header.place,
                _("'{name}' and '{other}' are the same attribute.").format(name=name, other=filled[column.path].value),
                _("Remove one of the columns."),
            )
            continue
        filled[column.path] = header
        found[position] = column
    return found


def _column(name: str, record: Expected) -> FieldColumn | None:
    """gap:<competency>, closed:<competency>, new_gap:<year>:<competency>, an attribute, or a dotted one.

    After a mapping with free keys the rest is the key.
    """
    if name.startswith(_NEW_GAP) and "new_gaps" in record.known_keys():
        year, _colon, competency = name.removeprefix(_NEW_GAP).partition(":")
        if competency.strip():
            return FieldColumn(("new_gaps", year.strip(), competency.strip()), "number")
    for prefix, key in _PREFIXES.items():
        if name.startswith(prefix) and key in record.known_keys():
            return FieldColumn((key, name.removeprefix(prefix).strip()), "number")
    path: list[str] = []
    here: Expected | None = record
    rest = name
    while rest:
        if here is None:
            return None
        if here.kind == "keyed" or (here.kind == "price" and rest not in here.known_keys()):
            step, rest = rest, ""
        else:
            step, _dot, rest = rest.partition(".")
        if here.kind == "record" and step not in here.known_keys():
            return None
        path.append(step)
        here = here.below(step)
    return FieldColumn(tuple(path), here.kind) if here is not None and here.kind in _CELLS else None


_CELLS: Final = ("text", "number", "numbers", "names", "price")
"""Kinds that one cell can hold."""


def _names(record: Expected) -> Iterator[str]:
    for key in record.known_keys():
        below = record.below(key)
        if below is not None and below.kind in _CELLS:
            yield key
        elif below is not None and below.kind == "record":
            yield from (f"{key}.{inner}" for inner in _names(below))


def value_of(value: ScalarValue, kind: Kind, *, typed: bool) -> ScalarValue | list[ScalarValue]:
    """What a cell means in a column of this kind; the text of a file without types may be a number."""
    if kind == "numbers" and isinstance(value, str) and ";" in value:
        return [number_of(part.strip()) for part in value.split(";") if part.strip()]
    if kind in ("text", "names"):
        if kind == "names" and isinstance(value, str):
            return [name for part in value.split(";") if (name := part.strip())]
        return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
    return number_of(value) if not typed and isinstance(value, str) else value


def number_of(text: str) -> ScalarValue:
    """The number that `text` is, or else the text."""
    if len(text) > MAX_DIGITS or not _NUMBER.match(text):
        return text
    return Decimal(text) if "." in text else int(text)


def node_of(cell: InputCell, kind: Kind, *, typed: bool) -> Node:
    """A cell as the value its column means, at its place."""
    value = value_of(cell.value, kind, typed=typed)
    if isinstance(value, list):
        return Listing([Scalar(name, cell.place) for name in value], cell.place)
    return Scalar(value, cell.place)


def record_of(row: InputRow, columns: dict[int, FieldColumn], *, typed: bool, place: Place) -> Mapping:
    """A row as a record; its nodes are made when they are asked for."""
    bare: dict[str, Bare] = {}
    for position, value in row.values.items():
        if (column := columns.get(position)) is not None:
            inner: Bare = bare
            for step in column.path[:-1]:
                inner = inner.setdefault(step, {}) if isinstance(inner, dict) else None
            if isinstance(inner, dict):
                inner[column.path[-1]] = value_of(value, column.kind, typed=typed)
    return Mapping.of_bare(bare, partial(_filled, row, columns, typed=typed), place)


def _filled(row: InputRow, columns: dict[int, FieldColumn], *, typed: bool) -> tuple[dict[str, Node], dict[str, Place]]:
    record = Mapping({}, {}, row.place)
    for position, cell in row.cells.items():
        if (column := columns.get(position)) is not None:
            _fill(record, column.path, node_of(cell, column.kind, typed=typed), cell.place)
    return record.entries, record.keys


def _fill(record: Mapping, path: tuple[str, ...], node: Node, place: Place) -> None:
    """Put `node` at `path` inside `record`."""
    for step in path[:-1]:
        if step not in record.entries:
            record.put(step, Mapping({}, {}, place), place)
        inner = record.entries[step]
        if not isinstance(inner, Mapping):
            return
        record = inner
    record.put(path[-1], node, place)
