"""The fields of a form as the page shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from planner.domain.checks.problem import written
from planner.web.forms.candidates import Name
from planner.web.forms.shapes import FieldKind

type Steps = tuple[str | int, ...]
type Part = Control | FieldGroup


BETWEEN: Final = {"lists": ";", "requires": "|"}
"""What stands between the names of one row of a field."""
BLANKS: Final = 3
"""How many names a blank row has room for."""
CEILING_END: Final = "@ceiling"
"""What is sent behind a price list, a code in it, and what the ceiling is for."""
ROW_END: Final = "@"
"""How a value begins that is sent behind the names of a row; what follows stands between them."""


def name_of(steps: Sequence[str | int]) -> str:
    """Return the name of the field for a path: its steps as JSON, which no key can break."""
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":"))


@dataclass
class Control:
    """One field."""

    name: str
    steps: Steps
    kind: FieldKind | Literal["fixed", "code"]
    label: str
    text: str
    help: str = ""
    placeholder: str = ""
    required: bool = False
    options: tuple[Name, ...] = ()
    """Of a choice, or boxes to tick."""
    suggestions: str = ""
    """List of names that are offered while typing."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """What the entries of price lists that it names are called and cost, by list and code."""
    fixed: str = ""
    """Why it cannot be changed here; it is shown as it is."""

    @property
    def path(self) -> str:
        """Its path as problems say it."""
        return written(self.steps)

    @property
    def chosen(self) -> frozenset[str]:
        """Boxes that are ticked."""
        return frozenset(self.text.split("\n")) if self.text else frozenset()

    @property
    def offered(self) -> frozenset[str]:
        """What may be chosen."""
        return frozenset(option.value for option in self.options)

    @property
    def picks(self) -> list[list[str]]:
        """Names that stand together, a row each, with blanks for further ones; none of a field of another kind."""
        lines = [line for line in self.text.split("\n") if line.strip()]
        if self.kind in BETWEEN:
            rows = [[name.strip() for name in line.split(BETWEEN[self.kind])] for line in lines]
            return [*([*row, *[""] * max(1, BLANKS - len(row))] for row in rows), [""] * BLANKS]
        return [[*lines, *[""] * BLANKS]] if self.kind == "lines" and self.suggestions else []

    @property
    def ceilings(self) -> list[tuple[str, str, str, str]]:
        """Return, of a field of ceilings, price list, code, what it is for and what the entry is called, and a blank
        row; nothing where there are no lists to choose from."""
        if self.kind != "ceiling" or not self.options:
            return []
        rows = []
        for line in filter(None, self.text.split("\n")):
            named, _bar, of = line.partition(" | ")
            listed, _blank, code = named.partition(" ")
            rows.append((listed, code, of, self.entries.get(named, "")))
        only = self.options[0].value if len(self.options) == 1 else ""
        return [*rows, (only, "", "", "")]

    @property
    def row_end(self) -> str:
        """What is sent behind the names of one row; nothing where each is a line by itself."""
        return f"{ROW_END}{BETWEEN[self.kind]}" if self.kind in BETWEEN else ""

    @property
    def key(self) -> str:
        """The id of the element."""
        return "f-" + "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in self.name)


@dataclass
class FieldGroup:
    """Fields that belong together."""

    steps: Steps
    label: str
    help: str = ""
    parts: list[Part] = field(default_factory=list)
    folded: bool = False
    """Whether it is shown only when it is opened."""
    kind: Literal["rows", "item", "new", "pair", "price", "more", ""] = ""
    """rows: a field a line · item: an entry of a list · new: one that is not there yet · pair: a key and its value ·
    price: the fields of a price · more: what is seldom used."""
    remove: str = ""
    """Name of the box that takes it out."""
    link: str = ""
    """Where its content is edited, if not here."""

    @property
    def path(self) -> str:
        return written(self.steps)

    @property
    def filled(self) -> bool:
        """Whether anything in it is filled in."""
        return any(bool(control.text or control.fixed) for control in controls(self.parts))


def controls(parts: Sequence[Part]) -> Iterator[Control]:
    """Yield all fields, at any depth."""
    for part in parts:
        if isinstance(part, Control):
            yield part
        else:
            yield from controls(part.parts)


def blocks(parts: Sequence[Part]) -> Iterator[FieldGroup]:
    """Yield all blocks, at any depth."""
    for part in parts:
        if isinstance(part, FieldGroup):
            yield part
            yield from blocks(part.parts)
