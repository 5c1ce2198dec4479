"""Records under another id: what named them by the old one follows, in forms, in the grid and in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    """Return `data`, in which records of a list have other ids than `before` (old id: new id), with what names them.

    An id that two records had, or would have, leaves its references alone: nobody could tell them apart again.
    """
    had, has = (Counter(_ids(each, kind)) for each in (before, data))
    clear = {old: new for old, new in names.items() if old != new and had[old] == 1 and has[new] == 1}
    return named_anew(data, kind, clear) if clear else data


def followed_above(data: dict[str, Bare], kind: str, names: Mapping[str, str]) -> dict[str, Bare]:
    """Return `data` of a file that builds on one whose records have other ids (old id: new id): it names them anew, and
    what it changes in them is laid over them again. An id that it gives to a record itself is left alone."""
    own = set(_ids(data, kind))
    clear = {old: new for old, new in names.items() if new not in own}
    made = named_anew(data, kind, clear)
    listed = made.get(kind)
    for at, each in enumerate(listed if isinstance(listed, list) else ()):
        old = record_id(each)
        if old in clear and isinstance(listed, list):
            listed[at] = {**each, "id": clear[old]} if isinstance(each, dict) else clear[old]
    return made


@dataclass(frozen=True)
class NewId:
    """One record of a list that has another id."""

    kind: str
    old: str
    new: str
    places: int
    """How many places of its file still name the old one."""


def new_ids(before: Mapping[str, Bare], data: Mapping[str, Bare]) -> Iterator[NewId]:
    """Find each record with another id in its place in a list; none of a list in which others came, went or moved."""
    for kind in sorted(KINDS):
        had, has = _ids(before, kind), _ids(data, kind)
        if len(had) != len(has):
            continue
        changed = [(old, new) for old, new in zip(had, has, strict=True) if old != new]
        pairs = [(old, new) for old, new in changed if old is not None and new is not None]
        sure = all(old not in has and new not in had and had.count(old) == has.count(new) == 1 for old, new in pairs)
        for old, new in pairs if sure and len(pairs) == len(changed) else ():
            yield NewId(kind, old, new, sum(1 for _each in references_to(data, kind, {old})))


def renamed_in(
    befores: Iterable[str | None], text: str, elsewhere: Callable[[NewId], bool] = lambda _each: False
) -> tuple[list[NewId], dict[str, Bare]]:
    """Return the ids that changed in a text but are still named by their old value, in the text or `elsewhere`, and the
    data with the new names. The text is compared with earlier ones in turn; the first that shows such ids counts."""
    try:
        for before in befores:
            if before is None or before == text:  # nothing changed: the text need not be read
                continue
            data = data_of(text)
            found = [each for each in new_ids(data_of(before), data) if each.places or elsewhere(each)]
            if found:
                for each in found:
                    data = named_anew(data, each.kind, {each.old: each.new})
                return found, data
    except CannotAmend:  # what is no readable text yet has no ids
        pass
    return [], {}


def _ids(data: Mapping[str, Bare], kind: str) -> list[str | None]:
    listed = data.get(kind)
    return [record_id(each) for each in listed] if isinstance(listed, list) else []
