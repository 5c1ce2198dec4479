"""The form of plain plan data: what each part of plan.json holds, derived from the fields of the records it becomes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from fractions import Fraction
from functools import cache
from typing import Any, Final, get_args

from planner.domain.objectives import Bucket, Goal
from planner.errors import InputError, Problem
from planner.locale import N_, _
from planner.plans.claim import Claim

_Test = Callable[[Any], bool]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number_from_0(value: Any) -> bool:
    return _is_number(value) and value >= 0


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_starts(value: Any) -> bool:
    keys = {"programme", "period"}
    return isinstance(value, list) and all(
        isinstance(each, dict) and each.keys() == keys and all(map(_is_text, each.values())) for each in value
    )


_KINDS: Final[Mapping[str, tuple[_Test, str]]] = {
    "str": (_is_text, N_("text")),
    "int": (_is_count, N_("a whole number of at least 0")),
    "float": (_is_number, N_("a number")),
    "Fraction": (_is_number, N_("a number")),
    "number from 0": (_is_number_from_0, N_("a number of at least 0")),
    "bool": (lambda value: isinstance(value, bool), N_("true or false")),
    "Goal": (lambda value: value in get_args(Goal) and value != "", N_("a goal")),
    "Bucket": (lambda value: value in get_args(Bucket), N_("agency, location, group or competency")),
    "Claim": (lambda value: value in list(Claim), N_("a claim")),
    "tuple[Start, ...]": (_are_starts, N_("a list of programmes and periods")),
    "list": (lambda value: isinstance(value, list | tuple), N_("a list")),
    "dict": (lambda value: isinstance(value, dict), N_("keys and values")),
}
"""For each type of field, a test of its value in plan.json and the words for it: people and rupiah are never below
0."""

_FROM_0: Final = frozenset({"closed", "seconds"})
"""Fields of rows that hold a number of at least 0; bounds, measures and values of levels may be below it."""

_PARTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("format", "total_need", "total_cost", "own_cost", "partner_cost"), "int"),
    **dict.fromkeys(("bound", "relative_gap"), "float"),
    **dict.fromkeys(("gaps_closed", "weighted_gaps_closed", "tolerance"), "number from 0"),
    **dict.fromkeys(("status", "planner_version"), "str"),
    **dict.fromkeys(("scenario", "solver"), "dict"),
    "claim": "Claim",
    "socialized": "list",
}
"""Kinds of the parts of plan.json beside its tables."""


def ensure_plan(plain: Any, format: int, statuses: Sequence[str], tables: Mapping[str, type], solver: type) -> None:
    """Raise InputError unless `plain` has the form of a plan: its parts, and rows of the kinds named in its `tables`.

    `years` are there only in plans of several years.
    """
    needed = {name: "list" for name in tables if name != "years" or (isinstance(plain, dict) and name in plain)}
    _ensure_parts(plain, {**_PARTS, **needed})
    if plain["format"] != format:
        raise _refused("format", _("the format of a plan is {format}.").format(format=format))
    if plain["status"] not in statuses:
        raise _refused("status", _expected(N_("a status"), plain["status"]))
    _ensure_parts(plain["scenario"], {"id": "str", "sha256": "str"}, "scenario")
    for number, group in enumerate(plain["socialized"]):
        _ensure("str", group, f"socialized[{number}]")
    for name in needed:
        for number, row in enumerate(plain[name]):
            _ensure_row(tables[name], row, f"{name}[{number}]")
    if not any(row["goal"] == "gaps_closed" for row in plain["objective"]):
        raise _refused("objective", _("'{key}' is missing.").format(key="gaps_closed"))
    _ensure_row(solver, {"seconds": None, **plain["solver"]}, "solver", ("took",))


def _ensure_parts(plain: Any, kinds: Mapping[str, str], path: str = "") -> None:
    """Raise InputError unless `plain` is an object with each of the parts, of the kind named, and no others."""
    _ensure("dict", plain, path)
    for name in plain:
        if name not in kinds:
            raise _refused(f"{path}.{name}" if path else str(name), _("unknown key '{key}'.").format(key=name))
    for name, kind in kinds.items():
        place = f"{path}.{name}" if path else name
        if name not in plain:
            raise _refused(place, _("'{key}' is missing.").format(key=name))
        _ensure(kind, plain[name], place)


def _ensure_row(kind: type, row: Any, path: str, derived: Iterable[str] = ()) -> None:
    """Raise InputError unless `row` has the fields of `kind` and no others; `derived` ones are not in plan.json."""
    _ensure("dict", row, path)
    tests, needed = _tests_of(kind)
    for name, value in row.items():
        if name not in tests or name in derived:
            raise _refused(f"{path}.{name}", _("unknown key '{key}'.").format(key=name))
        test, words = tests[name]
        if not test(value):
            raise _refused(f"{path}.{name}", _expected(words, value))
    for name in needed - row.keys():
        raise _refused(f"{path}.{name}", _("'{key}' is missing.").format(key=name))


@cache
def _tests_of(kind: type) -> tuple[dict[str, tuple[_Test, str]], frozenset[str]]:
    """Return tests of the fields of a record, and the names of those that it needs."""
    tests = {}
    for each in fields(kind):
        annotation = str(each.type)
        optional = annotation.endswith(" | None")
        test, words = _KINDS["number from 0" if each.name in _FROM_0 else annotation.removesuffix(" | None")]
        tests[each.name] = ((lambda value, test=test: value is None or test(value)) if optional else test, words)
    return tests, frozenset(each.name for each in fields(kind) if each.default is MISSING)


def _ensure(kind: str, value: Any, path: str) -> None:
    test, words = _KINDS[kind]
    if not test(value):
        raise _refused(path, _expected(words, value))


def _expected(words: str, value: Any) -> str:
    text = repr(value)
    return _("a plan has {expected} here, not {value}.").format(
        expected=_(words), value=text if len(text) <= 60 else text[:57] + "…"
    )


def _refused(path: str, message: str) -> InputError:
    return InputError([Problem(message, path=path)])
