"""A document as a tree that remembers where each value and each key was written.

Overlays, tables and `--set` all make new trees out of old ones; the places travel along, so that a
problem found much later still names the file, line and column to edit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple

type Path = tuple[str | int, ...]
"""A place inside a document: keys of mappings and 0-based positions in lists."""


class Place(NamedTuple):
    """Where something was written."""

    file: str = ""
    """File as the planner named it; for a worksheet with the cell, as in buku.xlsx:Kelompok!C7."""
    line: int | None = None
    """Line, from 1."""
    column: int | None = None
    """Column, from 1: a character of a text file, a column of a table."""
    note: str = ""
    """What the place is called in a table, such as: column 'headcount'."""
    setting: str = ""
    """The dotted path of the `--set` it was written in."""

    def __str__(self) -> str:
        if self.setting:
            return f"--set {self.setting}"
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part not in ("", None))


class Unreadable(Enum):
    """Stands where a value was refused, so that one fault is reported once."""

    VALUE = "unreadable"


UNREADABLE: Final = Unreadable.VALUE

type ScalarValue = str | int | Decimal | bool | Unreadable | None


@dataclass(slots=True)
class Scalar:
    """Text, a number, true or false, or nothing."""

    value: ScalarValue
    place: Place


@dataclass(slots=True)
class Listing:
    """A list of values."""

    items: list[Node]
    place: Place


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order of the file."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place
    removed: dict[str, Place] = field(default_factory=dict)
    """Keys that were taken away with `null`, and where."""

    def put(self, key: str, node: Node, place: Place) -> None:
        self.entries[key] = node
        self.keys[key] = place


type Node = Scalar | Listing | Mapping


def plain(node: Node) -> Any:
    """The bare data: dict, list, str, int, Decimal, bool, None; UNREADABLE where a value was refused."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return node.value


def child(node: Node, step: str | int) -> Node | None:
    """What stands under a key, at a position, or under an id in a list of records."""
    if isinstance(node, Mapping):
        return node.entries.get(str(step))
    if isinstance(node, Listing):
        if isinstance(step, int):
            return node.items[step] if 0 <= step < len(node.items) else None
        return next((item for item in node.items if record_id(item) == step), None)
    return None


def descend(node: Node, path: Sequence[str | int]) -> tuple[Node, int]:
    """The deepest node on the way along `path`, and how many steps led there."""
    for taken, step in enumerate(path):
        below = child(node, step)
        if below is None:
            return node, taken
        node = below
    return node, len(path)


def place_of(root: Node, path: Sequence[str | int], *, of_key: bool = False) -> Place:
    """Where the value at `path` was written, or the nearest thing around it.

    With `of_key` the place of the last key itself: for names that are keys, as in `gaps`.
    """
    if of_key and path:
        parent, taken = descend(root, path[:-1])
        if taken == len(path) - 1 and isinstance(parent, Mapping) and str(path[-1]) in parent.keys:
            return parent.keys[str(path[-1])]
    node, taken = descend(root, path)
    if taken < len(path) and isinstance(node, Mapping) and str(path[taken]) in node.removed:
        return node.removed[str(path[taken])]
    return node.place


def record_id(node: Node) -> str | None:
    """The id of a record, as text; None for anything else."""
    if not isinstance(node, Mapping):
        return None
    identifier = node.entries.get("id")
    if not isinstance(identifier, Scalar) or isinstance(identifier.value, bool | Unreadable | None):
        return None
    return unicodedata.normalize("NFC", str(identifier.value)).strip()


def within(root: Node, path: Sequence[str | int]) -> Path:
    """`path` without positions inside a single value, where the records would also take a list."""
    node, taken = descend(root, path)
    return tuple(path[:taken]) if isinstance(node, Scalar) else tuple(path)


def unreadable_at(root: Node, path: Sequence[str | int]) -> bool:
    """Whether the value at `path`, or one around it, was refused already."""
    node, _taken = descend(root, path)
    return isinstance(node, Scalar) and node.value is UNREADABLE
