"""Groups and their gaps as a grid: a row for each group, a column for each of its fields and each competency."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from planner.domain.groups import Group
from planner.locale import _
from planner.scenario_io.tree import UNREADABLE, Bare
from planner.web.forms import labels, posted
from planner.web.forms.candidates import Name
from planner.web.forms.edited_file import EditedFile, addresses_of, below, record_id
from planner.web.forms.fields import Control, Steps, name_of
from planner.web.forms.posted import Posted
from planner.web.forms.shapes import FieldKind, Shape, shapes_of
from planner.web.forms.showing import word_of
from planner.web.forms.texts import shown

_KINDS: Final = ("line", "choice", "count", "number", "share")
"""Kinds of fields of a group that a cell can hold."""
FIRST: Final = ("id", "name", "headcount")
"""Fields of a group that stand before its gaps; the others stand behind them."""
NEW: Final = "+"


@dataclass(frozen=True)
class GridColumn:
    """One column: which key of a group it is about."""

    keys: tuple[str, ...]
    label: str
    shape: Shape
    of_gaps: bool = False
    options: tuple[Name, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.shape.kind not in ("line", "choice")


@dataclass(frozen=True)
class GridRow:
    """One group as text."""

    key: str
    """Its id, or its position where that is not enough."""
    label: str
    texts: tuple[str, ...]
    fixed: tuple[int, ...] = ()
    """Columns that only the YAML text can show."""
    of_base: bool = False
    """Whether this file says nothing of it: it comes from the file that this one builds on."""

    @property
    def remove(self) -> str:
        """Name of the box that takes it out."""
        return name_of(("groups", self.key, "@remove"))


class GroupGrid:
    """The groups of a scenario file."""

    def __init__(self, edited: EditedFile) -> None:
        self.edited = edited
        data = edited.data.get("groups")
        self.table = str(data["table"]) if isinstance(data, dict) and "table" in data else ""
        """Name of the table that has the groups instead; empty where the file has them."""
        self.own: list[Any] = data if isinstance(data, list) else []
        based = edited.base.get("groups")
        names = {record_id(each) for each in self.own}
        others = based if isinstance(based, list) else []
        self.based: list[Any] = [each for each in others if record_id(each) not in names]
        self.under: dict[str | None, Bare] = {record_id(each): each for each in others}
        """Groups of the base, by id."""
        self.keys = tuple(addresses_of(self.own))
        """Keys of the rows of the file in its order; after `wanted` as they are to be."""
        self.renamed: dict[str, str] = {}
        """Groups that have another id after `wanted`: old id, new id."""

    @cached_property
    def columns(self) -> tuple[GridColumn, ...]:
        """What is known of each group, with its gaps after the first fields."""
        found = {key: shape for key, shape in shapes_of(Group).items() if shape.kind in _KINDS}
        plain = {
            key: GridColumn((key,), labels.label(Group, key), shape, options=_options(shape))
            for key, shape in found.items()
        }
        gaps = [
            GridColumn(("gaps", name.value), name.label, Shape("count"), of_gaps=True)
            for name in self.edited.names.of("competencies")
        ]
        return (*(plain[key] for key in FIRST), *gaps, *(column for key, column in plain.items() if key not in FIRST))

    @cached_property
    def rows(self) -> tuple[GridRow, ...]:
        """All groups: those of the file, then those that it takes from its base."""
        return self.rows_between(0, self.count)

    @property
    def count(self) -> int:
        return len(self._records)

    def rows_between(self, first: int, end: int) -> tuple[GridRow, ...]:
        """Return the rows from place `first` on, up to that at `end`; only they are written as text."""
        return tuple(self._row(*record) for record in self._records[first:end])

    @cached_property
    def _records(self) -> list[tuple[str, Bare, Bare, bool]]:
        """The key of each row, what the file and its base say of the group, and whether only the base does."""
        if self.table:
            scenario = self.edited.scenario
            plain = scenario.to_plain()["groups"] if scenario is not None else ()
            return [(str(group["id"]), group, None, False) for group in plain]
        kept = [
            (key, group, self.under.get(record_id(group)), False)
            for key, group in zip(self.keys, self.own, strict=True)
            if not (isinstance(group, dict) and group.get("remove") is True)
        ]
        return kept + [(str(record_id(group)), {}, group, True) for group in self.based]

    @cached_property
    def _cells(self) -> list[tuple[FieldKind, tuple[str, ...], str]]:
        """Kind, steps down to what holds it, and key of each column."""
        return [(column.shape.kind, column.keys[:-1], column.keys[-1]) for column in self.columns]

    @cached_property
    def _holders(self) -> tuple[tuple[str, ...], ...]:
        """Steps down to each mapping of a group that holds cells."""
        return tuple(dict.fromkeys(at for _kind, at, _key in self._cells))

    def _row(self, key: str, group: Bare, base: Bare, of_base: bool) -> GridRow:
        texts: list[str] = []
        fixed: list[int] = []
        holders = {at: (_mapping(group, at), _mapping(base, at)) for at in self._holders}
        for number, (kind, at, last) in enumerate(self._cells):
            own, under = holders[at]
            value = own[last] if last in own else under.get(last)
            text = shown(kind, value) if value is not None and value is not UNREADABLE else ""
            if text is None:
                fixed.append(number)
            texts.append(text or "")
        return GridRow(key, texts[1] or texts[0] or key, tuple(texts), tuple(fixed), of_base)

    def empty_rows(self, count: int) -> list[GridRow]:
        """Return the rows to be filled in."""
        blank = ("",) * len(self.columns)
        return [GridRow(f"{NEW}{number}", _("new group"), blank) for number in range(1, count + 1)]

    def controls(self, row: GridRow) -> list[Control]:
        """Return the cells of a row as fields."""
        found: list[Control] = []
        for number, (column, text) in enumerate(zip(self.columns, row.texts, strict=True)):
            steps: Steps = ("groups", row.key, *column.keys)
            fixed = _("Edit it in the YAML text.") if number in row.fixed else ""
            called = f"{column.label}, {row.label}"
            found.append(
                Control(name_of(steps), steps, column.shape.kind, called, text, options=column.options, fixed=fixed)
            )
        return found

    def wanted(self, sent: Posted) -> dict[str, Bare]:
        """Return what the file is to say after the cells were sent; raises LookupError where a row is not there any
        more."""
        data: dict[str, Bare] = copy.deepcopy(self.edited.data)
        held: dict[str, Bare] = dict(zip(addresses_of(self.own), self.own, strict=True))
        based = {str(record_id(group)): group for group in self.based}
        made: dict[str, Bare] = dict(held)
        for key in _row_keys(sent):
            steps: Steps = ("groups", key)
            base = based.get(key)
            if key not in held and base is None and not key.startswith(NEW):
                raise LookupError(key)
            if sent.changed((*steps, "@remove")):
                made.pop(key, None)
                name = record_id(held.get(key)) or key
                if base is not None or name in self.under:
                    made[key] = {"id": name, "remove": True}
            elif sent.any_changed(steps):
                old = held.get(key, {"id": key} if base is not None else {})
                row = posted.record(Group, steps, old, sent)
                if row:
                    made[key] = self._without_base(row, steps, sent, key)
        self.keys = tuple(made)
        pairs = ((record_id(row), record_id(made.get(key))) for key, row in held.items())
        self.renamed = {old: new for old, new in pairs if old is not None and new is not None and old != new}
        data["groups"] = list(made.values())
        return data if made or "groups" in self.edited.data else {k: v for k, v in data.items() if k != "groups"}

    def _without_base(self, row: dict[str, Bare], steps: Steps, sent: Posted, key: str) -> dict[str, Bare]:
        """Return a row in which a cell that was emptied takes away what the base says there."""
        under = self.under.get(record_id(row))
        for column in self.columns if under is not None else ():
            at = (*steps, *column.keys)
            if sent.changed(at) and not sent.text(at).strip() and below(under, column.keys) is not None:
                here = row
                for step in column.keys[:-1]:
                    here = here.setdefault(step, {})
                here[column.keys[-1]] = None
        return row


def _mapping(record: Bare, steps: tuple[str, ...]) -> dict[str, Bare]:
    """Return the mapping at some steps of a record; an empty one where there is none."""
    found = below(record, steps)
    return found if isinstance(found, dict) else {}


def _options(shape: Shape) -> tuple[Name, ...]:
    return tuple(Name(word, word_of(word)) for word in shape.options)


def _row_keys(sent: Posted) -> list[str]:
    """Return the keys of the rows that were sent, in their order."""
    return list(dict.fromkeys(str(json.loads(name)[1]) for name in sent.shown))
