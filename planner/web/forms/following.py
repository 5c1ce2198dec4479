"""Records under another id: what named them by the old one follows, in forms, in the grid and in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from planner.domain.checks.references import references_to
from planner.scenario_io.amending import CannotAmend, data_of
from planner.scenario_io.renaming import named_anew
from planner.scenario_io.tree import Bare
from planner.web.forms.edited_file import record_id

KINDS: Final = frozenset(
    {"competencies", "groups", "programmes", "funds", "periods", "mentor_pools", "resources", "activities"}
)
"""Lists whose records are named elsewhere by their ids."""


def followed(before: Mapping[str, Bare], data: dict[str, Bare], kind: str, names: Mapping[str, str]) -> dict[str, Bare]:
    """`data`, in which records of a list have other ids than `before` (old id: new id), with what names them.

    An id that two records had, or would have, leaves its references alone: nobody could tell them apart again.
    """
    had, has = (Counter(_ids(each, kind)) for each in (before, data))
    clear = {old: new for old, new in names.items() if old != new and had[old] == 1 and has[new] == 1}
    return named_anew(data, kind, clear) if clear else data


@dataclass(frozen=True)
class NewId:
    """One record of a list that has another id, while some places still name the old one."""

    kind: str
    old: str
    new: str
    places: int
    """How many places name the old one."""


def new_ids(before: Mapping[str, Bare], data: Mapping[str, Bare]) -> Iterator[NewId]:
    """Find each list in which one id was replaced by another while the old one is still used elsewhere."""
    for kind in sorted(KINDS):
        had, has = _ids(before, kind), _ids(data, kind)
        if len(had) != len(has):
            continue
        changed = [(old, new) for old, new in zip(had, has, strict=True) if old != new]
        gone, come = Counter(had) - Counter(has), Counter(has) - Counter(had)
        if len(changed) != 1 or gone.total() != 1 or come.total() != 1:
            continue
        [(old, new)] = changed
        if old is None or new is None or old in has or new in had:
            continue
        if places := sum(1 for _each in references_to(data, kind, {old})):
            yield NewId(kind, old, new, places)


def renamed_in(befores: Iterable[str | None], text: str) -> tuple[list[NewId], dict[str, Bare]]:
    """The ids that changed in a text since the first of some earlier texts that shows any, and what it then says."""
    try:
        data = data_of(text)
        for before in befores:
            if before is not None and before != text and (found := list(new_ids(data_of(before), data))):
                for each in found:
                    data = named_anew(data, each.kind, {each.old: each.new})
                return found, data
    except CannotAmend:  # what is no readable text yet has no ids
        pass
    return [], {}


def _ids(data: Mapping[str, Bare], kind: str) -> list[str | None]:
    listed = data.get(kind)
    return [record_id(each) for each in listed] if isinstance(listed, list) else []
