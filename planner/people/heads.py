"""Which columns of a table of people hold which field, by their headings, the scenario and the layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from planner.domain.checks.did_you_mean import id_by_name, suggestion
from planner.domain.people import FIELDS, OF_COMPETENCY, UNUSED, PeopleColumns
from planner.locale import _
from planner.people.layouts import LAYOUTS, NIP_HEADS, key_of
from planner.people.sources import TableSource, matching

_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")

_BEHIND: Final = re.compile(r"(.*?\w)(?:\s*/\s*|\s+(?:(?:per|dalam|dlm\.?)\s+)?)([^\W\d_]+)\Z", re.IGNORECASE)
"""A heading whose last word is an addition without brackets."""

_HOURS: Final = frozenset({"hours", *(key for key, holds in LAYOUTS["training"].items() if holds == "hours")})
"""Keys of headings of JP."""

_OF_TIME: Final = frozenset(
    {"jam", "menit", "hari", "minggu", "sesi", "kali", "hour", "hours", "minute", "minutes", "day", "days", "week"}
)
"""Units of time in the heading of a column that are not JP."""


def heads_of(
    source: TableSource, table: PeopleColumns, competencies: Collection[str]
) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Return the headings of each field, and (what is wrong, what to do) for each fault in them.

    They are those that the scenario gives, otherwise those of the layout, otherwise headings that are names of fields.
    """
    found = _Heads(source, table, competencies)
    found.as_stated()
    found.by_layout()
    found.by_themselves()
    return found.heads, [*found.faults, *_other_hours(source, found.heads, found.taken)]


class _Heads:
    """The headings of each field of one table, found step by step."""

    def __init__(self, source: TableSource, table: PeopleColumns, competencies: Collection[str]) -> None:
        self._source, self._table = source, table
        self._called = competencies if isinstance(competencies, Mapping) else {}
        self._fields = (*FIELDS, "parent") if table.layout == "units" else FIELDS
        self._known = [*self._fields, *(f"{kind}:{c}" for kind in OF_COMPETENCY for c in competencies)]
        self.heads: dict[str, list[str]] = {}
        self.taken: set[str] = set()
        """Headings for which the scenario or the layout gives a field, or says that they are unused."""
        self.faults: list[tuple[str, str]] = []
        self._stated: frozenset[str] = frozenset()
        """Fields for which the scenario gives a heading."""

    def _take(self, head: str, field: str) -> None:
        self.taken.add(head)
        self.heads.setdefault(field, []).append(head)

    def as_stated(self) -> None:
        """Take the headings that the scenario gives under columns."""
        for named, holds in self._table.columns.items():
            head = matching(self._source, named)
            if head is None:
                message = _("there is no column '{name}'.").format(name=named)
                others = [head for head in self._source.columns if "\0" not in head]
                self.faults.append((message, suggestion(named, others)))
            elif holds == UNUSED:
                self.taken.add(head)
            elif holds not in self._known:
                self.faults.append((_unknown(holds), suggestion(holds, self._known)))
            else:
                self._take(head, holds)
        self._stated = frozenset(self.heads)

    def by_layout(self) -> None:
        """Take the headings of the layout for fields that the scenario does not give."""
        for key, holds in (LAYOUTS[self._table.layout] if self._table.layout else {}).items():
            for head in self._source.columns:
                if key_of(head) == key and head not in self.taken and holds not in self._stated:
                    self._take(head, holds)

    def by_themselves(self) -> None:
        """Take the headings that are names of fields, and a NIP for the id."""
        for head in self._source.columns:
            if head in self.taken:
                continue
            name = head if head in self._known else key_of(head) if key_of(head) in self._fields else head
            if name not in self._known and (meant := self._of_a_name(name)) is not None:
                if meant in self.heads:
                    message = _("the column '{name}' occurs twice.").format(name=head)
                    self.faults.append((message, _("Remove or rename one of them.")))
                name = meant
            if name in self._known and name not in self.heads:
                self.heads[name] = [head]
            elif self._adds_to(name):
                self.heads[name].append(head)
            elif head.startswith(tuple(kind + ":" for kind in OF_COMPETENCY)):
                self.faults.append((_unknown(head), suggestion(head, self._known)))
        numbers = [head for head in self._source.columns if key_of(head) in NIP_HEADS and head not in self.taken]
        if "id" not in self.heads and "id" in self._known and numbers:
            self.heads["id"] = numbers[:1]

    def _of_a_name(self, head: str) -> str | None:
        """Return the field of a heading that gives the name of a single competency in place of its id, or None."""
        kind, _colon, name = head.partition(":")
        identifier = id_by_name(name, self._called) if kind in OF_COMPETENCY else None
        return None if identifier is None else f"{kind}:{identifier}"

    def _adds_to(self, name: str) -> bool:
        """Return whether a heading may be added to those of the layout; further columns of ids mean other things."""
        beside = bool(self._table.layout) and name in self.heads and name not in self._stated
        return beside and name not in ("id", "unit_id")


def _other_hours(
    source: TableSource, heads: Mapping[str, Sequence[str]], taken: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield headings of JP that name another unit too, as in JP (hari) or JP/hari: what is wrong, and what to do."""
    for head in source.columns:
        name, remark = _parted(head)
        if not remark and (behind := _BEHIND.match(head)):
            name, remark = behind[1], behind[2]
        words = re.findall(r"[^\W\d_]+", remark.lower())
        unit = next((word for word in words if word in _OF_TIME), "")
        if not unit or "pelajaran" in words or "jp" in words or key_of(head) in _HOURS:  # Jumlah Jam is that of SIASN
            continue
        if head in heads.get("hours", ()) or (head not in taken and key_of(name) in _HOURS):
            message = _("the column '{head}': its figures would be '{unit}', but JP are read, of 45 minutes each.")
            remedy = _("Write JP in all its cells and take '{remark}' out of its head, or say under columns: unused.")
            yield message.format(head=head, unit=unit), remedy.format(remark=remark)


def with_remark(source: TableSource, table: PeopleColumns, name: str) -> str:
    """Return the heading that would hold a field without the brackets beside its name, as a key of YAML; or empty."""
    keys = {key for key, holds in (LAYOUTS[table.layout] if table.layout else {}).items() if holds == name} | {name}
    if name == "id":
        keys |= NIP_HEADS
    for head in source.columns:
        bare, remark = _parted(head)
        if remark and key_of(bare) in keys:
            return yaml_key(head)
    return ""


def yaml_key(head: str) -> str:
    """Return a heading as a key of YAML between braces."""
    plain = all(letter.isalnum() or letter in "_ " for letter in head)
    return head if plain else "'" + head.replace("'", "''") + "'"


def _parted(head: str) -> tuple[str, str]:
    """Return the name in a heading, and what stands in brackets beside it."""
    remark = " ".join(_BRACKETS.findall(head))
    return _BRACKETS.sub(" ", head), remark


def _unknown(name: str) -> str:
    if name.startswith(tuple(kind + ":" for kind in OF_COMPETENCY)):
        return _("'{name}' is of a competency that the scenario does not have.").format(name=name)
    return _("'{name}' is not a field of people.").format(name=name)
