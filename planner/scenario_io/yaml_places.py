"""Where the values of a YAML document were written: one offset a value, and places only for those who ask."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cached_property, partial

from planner.scenario_io.tree import Bare, Listing, Mapping, Node, Place, Scalar


class YamlSource:
    """The text of a document, and the offset of each of its values in the order of the text.

    Values are numbered from 0: a mapping or list, then what is in it, of a mapping each key before its value.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.offsets = array("I")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\r\n|\r|\n", self.text))]

    def place(self, number: int) -> Place:
        """Return where the value of this number begins."""
        offset = self.offsets[number]
        line = bisect_right(self._line_starts, offset)
        return Place(self.file, line, offset - self._line_starts[line - 1] + 1)

    def place_of_key(self, data: dict[str, Bare], number: int, key: str) -> Place:
        """Return where a key of the mapping `data`, which has this number, was written."""
        at = number + 1
        for name, value in data.items():
            if name == key:
                break
            at += 1 + _size(value)
        return self.place(at)

    def node(self, data: Bare, number: int, place: Place | None = None) -> Node:
        """Return the value of this number as a node; of a collection the content follows when it is asked for."""
        place = place or self.place(number)
        if isinstance(data, dict):
            return Mapping.of_bare(data, partial(self._entries, data, number), place)
        if isinstance(data, list):
            return Listing.of_bare(data, partial(self._items, data, number), place)
        return Scalar(data, place)

    def _entries(self, data: dict[str, Bare], number: int) -> tuple[dict[str, Node], dict[str, Place]]:
        """Return the values of a mapping, and the places of its keys. A value on a later line has the place of its
        key."""
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        at = number + 1
        for key, value in data.items():
            keys[key], place = self.place(at), self.place(at + 1)
            entries[key] = self.node(value, at + 1, place if place.line == keys[key].line else keys[key])
            at += 1 + _size(value)
        return entries, keys

    def _items(self, data: list[Bare], number: int) -> list[Node]:
        items: list[Node] = []
        at = number + 1
        for value in data:
            items.append(self.node(value, at))
            at += _size(value)
        return items


def _size(data: Bare) -> int:
    """Return how many numbers a value takes: one for itself, and those of its content."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_size, data.values()))
    return 1 + sum(map(_size, data)) if isinstance(data, list) else 1
