"""Where a scenario file names one of its records, so that no reference breaks unseen when its id changes or it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from posixpath import normpath
from typing import Final

from planner.domain.checks.references import references_to
from planner.scenario_io.tree import Bare
from planner.web.forms import labels
from planner.web.forms.edited_file import address_of, below, record_id
from planner.web.forms.following import KINDS, followed
from planner.web.forms.form import Form
from planner.web.forms.shapes import shape_at
from planner.web.forms.showing import title_of

MOST: Final = 8
"""Most places that are shown."""


@dataclass(frozen=True)
class Mention:
    """A place that names a record: a field of another record, or of a part of the scenario."""

    words: str
    address: str


@dataclass(frozen=True)
class Mentions:
    """The places that name a record, the first of them in words."""

    count: int
    shown: tuple[Mention, ...]

    @property
    def further(self) -> int:
        return self.count - len(self.shown)


def mentions_of(form: Form) -> Mentions:
    """Return where the file names the record of a form; nowhere for what is new or has no id."""
    kind, name = str(form.steps[0]), record_id(form.old)
    if form.new or name is None or kind not in KINDS or len(form.steps) != 2:
        return Mentions(0, ())
    found = [path for path, _name, _key in references_to(form.edited.data, kind, {name})]
    told = dict.fromkeys(_mention(form, path) for path in found)
    return Mentions(len(found), tuple(told)[:MOST])


def renamed_with(form: Form, data: dict[str, Bare]) -> dict[str, Bare]:
    """Return `data` in which the record of a form may have another id, with whatever named it by the old one."""
    for kind, names in new_id_of(form, data).items():
        return followed(form.edited.data, data, kind, names)
    return data


def new_id_of(form: Form, data: dict[str, Bare]) -> dict[str, dict[str, str]]:
    """Return the id that the record of a form had and the one that it has in `data`, by its list; empty where it has
    none, or the same."""
    kind, old = str(form.steps[0]), record_id(form.old)
    new = record_id(below(data, form.steps))
    if form.new or kind not in KINDS or len(form.steps) != 2 or old is None or new is None or old == new:
        return {}
    return {kind: {old: new}}


def _mention(form: Form, path: tuple[str | int, ...]) -> Mention:
    """Return a place in words: the part, the record, the field."""
    data = form.edited.data
    section, _about = labels.section(str(path[0]))
    here = below(data, path[:1])
    model = None
    if len(path) > 2 and isinstance(path[1], int) and isinstance(here, list):
        shape = shape_at(path[:2])
        model = None if shape is None else shape.model
        owner = title_of(here[path[1]], form.edited.names)
        words, address = f"{section}: {owner}", f"{path[0]}/{address_of(here, path[1])}"
        key = path[2]
    else:
        words, address, key = section, str(path[0]), path[1]
        shape = shape_at(path[:1])
        model = None if shape is None else shape.model
    field = labels.label(model, key) if model is not None and isinstance(key, str) else ""
    return Mention(f"{words} · {field}" if field else words, address)


def elsewhere(form: Form, files: Mapping[str, Mapping[str, Bare]]) -> list[str]:
    """Return the names of the files that build on this one and name its record."""
    kind, name = str(form.steps[0]), record_id(form.old)
    if form.new or name is None or len(form.steps) != 2:
        return []
    return naming(kind, {name}, files)


def naming(kind: str, names: Collection[str], files: Mapping[str, Mapping[str, Bare]]) -> list[str]:
    """Return the names of those of `files` that name one of the records of a list.

    `files` are those that build on the file of the records, each after the one that it builds on. Where one takes a
    record out, what builds on that one means another record by the same id.
    """
    found: list[str] = []
    gone: dict[str, frozenset[str]] = {}
    for other, data in files.items() if kind in KINDS else ():
        taken_out = gone.get(normpath(str(data.get("extends"))), frozenset())
        gone[other] = taken_out | _taken_out(data, kind)
        still = {*names} - taken_out
        if still and (_overlays(data, kind, still) or any(True for _each in references_to(data, kind, still))):
            found.append(other)
    return found


def _taken_out(data: Mapping[str, Bare], kind: str) -> frozenset[str]:
    listed = data.get(kind)
    removed = (
        [each for each in listed if isinstance(each, dict) and each.get("remove")] if isinstance(listed, list) else []
    )
    return frozenset(name for each in removed if (name := record_id(each)) is not None)


def _overlays(data: Mapping[str, Bare], kind: str, names: Collection[str]) -> bool:
    listed = data.get(kind)
    return isinstance(listed, list) and any(record_id(each) in names for each in listed)
