"""Validation errors of the records, in the words of a planner and at their place in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Record
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planner.domain.checks.did_you_mean import did_you_mean, near, suggestion
from planner.domain.checks.problem import value_shown
from planner.domain.floor import BY_YEAR, ONE_FLOOR
from planner.domain.named_keys import list_named
from planner.domain.programmes import ANY_OF, ONE
from planner.domain.resources import EVERY_PERIOD, NAMED_PERIODS
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.fields import expected_at
from planner.scenario_io.problems import MOST, located
from planner.scenario_io.replaced_keys import replaced_by
from planner.scenario_io.tree import (
    Mapping,
    Node,
    Path,
    Place,
    Scalar,
    child,
    descend,
    place_of,
    record_id,
    unreadable_at,
)
from planner.scenario_io.words import WORDS, shown


def translated(error: ValidationError, tree: Node) -> Iterator[Problem]:
    """Yield each fault once, at its place; faults of values that were refused before are left out."""
    every = error.errors(include_url=False)
    # More than are reported, since some follow from others; of very many, the rest need not be translated.
    found = [(_path(details["loc"], tree), details) for details in every[: 4 * MOST]]
    misspelt = {
        (*path[:-1], near(str(path[-1]), expected.known_keys()))
        for path, details in found
        if details["type"] == "extra_forbidden" and (expected := expected_at(path[:-1]))
    }
    seen: set[tuple[Path, str]] = set()
    for path, details in found:
        kind = details["type"]
        known = (path, kind) in seen or unreadable_at(tree, path)
        # A list is too short for pydantic as soon as none of its records could be read.
        follows = (kind == "missing" and path in misspelt) or (kind == "too_short" and bool(details["input"]))
        seen.add((path, kind))
        if not known and not follows:
            yield _problem(details, path, tree)


def _path(loc: tuple[str | int, ...], tree: Node) -> Path:
    """Return the path in the file: without the marks that pydantic puts in for unions, keys, prices, days and
    periods."""
    path: list[str | int] = []
    node: Node | None = tree
    before: str | int = ""
    for position, step in enumerate(loc):
        if step == "[key]" and position == len(loc) - 1:
            break
        if step in (EVERY_PERIOD, NAMED_PERIODS, ONE, ANY_OF, ONE_FLOOR, BY_YEAR):
            continue
        if before == "price" and step in ("amount", "by"):
            before = "price " + str(step)
            continue
        if before == "days" and step in ("whole", "each"):
            continue
        if position == 2 and path[0] == "periods" and step in ("name", "record"):  # a record may have such a key too
            continue
        if before == "price by" and step == "prices":
            before = ""
            continue
        before = step
        if isinstance(node, Scalar) and isinstance(step, int):
            break
        path.append(step)
        node = child(node, step) if node is not None else None
    return tuple(path)


def _problem(details: ErrorDetails, path: Path, tree: Node) -> Problem:
    kind, given = details["type"], details["input"]
    context: Record[str, Any] = details.get("ctx", {})
    of_key = kind == "extra_forbidden" or details["loc"][-1:] == ("[key]",)
    place = place_of(tree, path, of_key=of_key)
    if kind == "missing" and (table := _table_without(path, place, tree)) is not None:
        message = _("the column '{name}' is missing.").format(name=path[-1])
        return located(table, message, _("Add it, and fill it in for each row."), (path[0], *path[2:]))
    owner = _owner(path, tree)
    message, remedy = _words(kind, given, context, path, place, _column(path, tree))
    return located(place, f"'{owner}': {message}" if owner else message, remedy, path)


def _table_without(path: Path, place: Place, tree: Node) -> Place | None:
    """Return the table whose row lacks a value because no column is there for it; None elsewhere.

    So that what is wrong with the head is said once, not for each row.
    """
    if (
        not _IN_A_TABLE.search(place.file)
        or len(path) < 3
        or not isinstance(path[1], int)
        or any(isinstance(step, int) for step in path[2:])
    ):
        return None
    record, taken = descend(tree, path[:2])
    key = ".".join(map(str, path[2:]))
    if taken != 2 or not isinstance(record, Mapping) or not record.called:
        return None
    marks = tuple(f"{key}{mark}" for mark in (".", ":"))
    if any(name == key or name.startswith(marks) for name in record.called):
        return None
    return Place(_ROW_OF_A_SHEET.sub("", place.file))


_ROW_OF_A_SHEET: Final = re.compile(r"![A-Z]*[0-9]+\Z")


def _owner(path: Path, tree: Node) -> str:
    """Return the id of the record that holds the place, so that a planner need not count."""
    node: Node | None = tree
    found = ""
    for step in path[:-1]:
        node = child(node, step) if node is not None else None
        found = (record_id(node) if node is not None else None) or found
    return found if path[-1:] != ("id",) else ""


_IN_A_TABLE: Final = re.compile(r"\.(?:csv|parquet)\Z|\.xlsx:", re.IGNORECASE)
"""Files whose values stand in cells."""


def _words(kind: str, given: Any, context: Record[str, Any], path: Path, place: Place, column: str) -> tuple[str, str]:
    """Return what is wrong and what to do, by pydantic's name of the error."""
    key = str(path[-1]) if path else ""
    value = value_shown(given)
    match kind:
        case "planner":
            return str(context["sentence"]), ""
        case "missing":
            return _("'{key}' is missing.").format(key=key), (
                _("Fill in the column '{column}'.").format(column=column)
                if _IN_A_TABLE.search(place.file)
                else _("Add '{key}: …'.").format(key=key)
            )
        case "extra_forbidden":
            expected = expected_at(path[:-1])
            return _("unknown key '{key}'.").format(key=key), replaced_by(path) or suggestion(
                key, expected.keys_to_write() if expected else ()
            )
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type":
            return _("expected keys and values ('key: value'), not {value}.").format(value=value), _keys_of(path)
        case "tuple_type" | "list_type" | "iterable_type":
            return _("expected a list, not {value}.").format(value=value), _("Write each entry on a line after '- '.")
        case "too_short":
            return _("at least one entry is needed."), ""
        case "literal_error" | "enum":
            allowed = re.findall(r"'([^']*)'|(\d+)", str(context.get("expected", "")))
            names = [text or number for text, number in allowed]
            listed = ", ".join(chosen(text, names) if text else number for text, number in allowed)
            return (
                _("{value} is not one of: {names}.").format(value=value, names=listed),
                did_you_mean(given, names) if isinstance(given, str) else "",
            )
        case "greater_than":
            return _("{value} must be greater than {bound}.").format(value=value, bound=context.get("gt")), ""
        case "greater_than_equal":
            return _("{value} must be at least {bound}.").format(value=value, bound=context.get("ge")), ""
        case "less_than_equal":
            return _("{value} must be at most {bound}.").format(value=value, bound=context.get("le")), ""
        case "string_type":
            return _("expected text, not {value}.").format(value=value), _("Put it in quotes.")
        case "string_pattern_mismatch":
            return (
                _("{value} may hold only lower-case letters a-z, digits, '.', '_' and '-'.").format(value=value),
                _("It names the folder of the results; give a free title under 'name'."),
            )
        case "string_too_long":
            return _("this is longer than {count} characters.").format(count=context.get("max_length")), ""
    return _("{value} cannot be read here.").format(value=value), ""


def _keys_of(path: Path) -> str:
    """Return which keys are taken at `path`: those of a record, or the ids of a list."""
    named = list_named((*map(str, path), ""))
    if named == "years":
        return _("Its keys are years.")
    if named:
        return _("Its keys are ids of '{list}'.").format(list=named)
    expected = expected_at(path)
    keys = expected.keys_to_write() if expected else ()
    return _("Its keys: {keys}.").format(keys=", ".join(keys)) if keys else ""


def _column(path: Path, tree: Node) -> str:
    """Return the column of a table that fills a place, as the file calls it: what stands behind the number of the
    record."""
    numbers = [at for at, step in enumerate(path) if isinstance(step, int)]
    behind = max(numbers, default=-1) + 1
    key = ".".join(map(str, path[behind:]))
    record, taken = descend(tree, path[:behind])
    return record.called.get(key, key) if isinstance(record, Mapping) and taken == behind else key


def chosen(key: str, among: Collection[str]) -> str:
    """Return a word of the format in quotes, with the word that readers of the language in force have for it.

    `among` are all words that may stand there: other fields may have other words for the same key.
    """
    of_field = [vocabulary for vocabulary, keys in WORDS.items() if keys.keys() >= set(among)]
    words = {shown(vocabulary, key) for vocabulary in of_field}
    return f"'{key}' ({words.pop()})" if len(words) == 1 and words != {key} else f"'{key}'"
