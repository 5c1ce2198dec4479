"""A document as a tree that remembers where each value and each key was written.

Overlays, tables and `--set` all make new trees out of old ones; the places travel along, so that a
problem found much later still names the file, line and column to edit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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


class Whole:
    """A file that was read as a whole and is asked for single entries, such as a price list."""


type ScalarValue = str | int | Decimal | bool | Unreadable | Whole | None


type Bare = Any
"""Plain data: dict, list, str, int, Decimal, bool, None; UNREADABLE where a value was refused."""


@dataclass(slots=True)
class Scalar:
    """Text, a number, true or false, or nothing."""

    value: ScalarValue
    place: Place


class Listing:
    """A list of values.

    A list that was read from a file holds `bare` data, and makes nodes of it when `items` is first asked for.
    """

    __slots__ = ("_items", "_unpack", "bare", "place")

    def __init__(self, items: list[Node], place: Place) -> None:
        self.place = place
        self.bare: list[Bare] | None = None
        self._items = items
        self._unpack: Callable[[], list[Node]] | None = None

    @classmethod
    def of_bare(cls, bare: list[Bare], unpack: Callable[[], list[Node]], place: Place) -> Listing:
        """Return a list of plain data; `unpack` makes its nodes, each with its place."""
        made = cls([], place)
        made.bare, made._unpack = bare, unpack
        return made

    @property
    def items(self) -> list[Node]:
        """The values as nodes; the list may be changed."""
        if self._unpack is not None:
            self._items, self._unpack, self.bare = self._unpack(), None, None
        return self._items


class Mapping:
    """Keys and values, in the order of the file.

    A mapping that was read from a file holds `bare` data, and makes nodes and places of it when `entries` or `keys`
    is first asked for: most files are read without a fault, and then nobody asks.
    """

    __slots__ = ("_entries", "_keys", "_unpack", "bare", "called", "place", "removed")

    def __init__(
        self, entries: dict[str, Node], keys: dict[str, Place], place: Place, removed: dict[str, Place] | None = None
    ) -> None:
        self.place = place
        self.removed: dict[str, Place] = {} if removed is None else removed
        """Keys that were taken away with `null`, and where."""
        self.called: dict[str, str] = {}
        """What the columns of the table it is a row of are called there, by dotted key."""
        self.bare: dict[str, Bare] | None = None
        self._entries, self._keys = entries, keys
        self._unpack: Callable[[], tuple[dict[str, Node], dict[str, Place]]] | None = None

    @classmethod
    def of_bare(
        cls, bare: dict[str, Bare], unpack: Callable[[], tuple[dict[str, Node], dict[str, Place]]], place: Place
    ) -> Mapping:
        """Return a mapping of plain data; `unpack` makes its nodes and the places of its keys."""
        made = cls({}, {}, place)
        made.bare, made._unpack = bare, unpack
        return made

    @property
    def entries(self) -> dict[str, Node]:
        """The values as nodes, by key; the dict may be changed."""
        self._open()
        return self._entries

    @property
    def keys(self) -> dict[str, Place]:
        """Where each key was written; the dict may be changed."""
        self._open()
        return self._keys

    def _open(self) -> None:
        if self._unpack is not None:
            (self._entries, self._keys), self._unpack, self.bare = self._unpack(), None, None

    def put(self, key: str, node: Node, place: Place) -> None:
        """Set the value of a key that is written at `place`."""
        self.entries[key] = node
        self.keys[key] = place


type Node = Scalar | Listing | Mapping


def plain(node: Node) -> Bare:
    """Return the plain data of a node. It may be shared with the tree, and must not be changed."""
    if isinstance(node, Scalar):
        return node.value
    if node.bare is not None:
        return node.bare
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items]


def child(node: Node, step: str | int) -> Node | None:
    """Return what stands under a key, at a position, or under an id in a list of records."""
    if isinstance(node, Mapping):
        return node.entries.get(str(step))
    if isinstance(node, Listing):
        if isinstance(step, int):
            return node.items[step] if 0 <= step < len(node.items) else None
        return next((item for item in node.items if record_id(item) == step), None)
    return None


def descend(node: Node, path: Sequence[str | int]) -> tuple[Node, int]:
    """Return the deepest node on the way along `path`, and how many steps led there."""
    for taken, step in enumerate(path):
        below = child(node, step)
        if below is None:
            return node, taken
        node = below
    return node, len(path)


def place_of(root: Node, path: Sequence[str | int], *, of_key: bool = False) -> Place:
    """Return where the value at `path` was written, or the nearest thing around it.

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
    """Return the id of a record, as text; None for anything else."""
    if not isinstance(node, Mapping):
        return None
    if node.bare is not None:
        identifier = node.bare.get("id")
    else:
        written = node.entries.get("id")
        identifier = written.value if isinstance(written, Scalar) else None
    if isinstance(identifier, bool | Unreadable | dict | list | None):
        return None
    return unicodedata.normalize("NFC", str(identifier)).strip()


def record_names(records: Iterable[Node]) -> dict[str, str | None]:
    """Return the name of each record with an id; None for one without a name."""
    found: dict[str, str | None] = {}
    for record in records:
        if (identifier := record_id(record)) is not None and isinstance(record, Mapping):
            name = record.bare.get("name") if record.bare is not None else record.entries.get("name")
            name = name.value if isinstance(name, Scalar) else name
            found.setdefault(identifier, name if isinstance(name, str) else None)
    return found


def within(root: Node, path: Sequence[str | int]) -> Path:
    """Return `path` without positions inside a single value, where the records would also take a list."""
    node, taken = descend(root, path)
    return tuple(path[:taken]) if isinstance(node, Scalar) else tuple(path)


def unreadable_at(root: Node, path: Sequence[str | int]) -> bool:
    """Return whether the value at `path`, or one around it, was refused already."""
    node, _taken = descend(root, path)
    return isinstance(node, Scalar) and node.value is UNREADABLE
