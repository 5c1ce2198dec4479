"""One form of a scenario: where it is, what it shows, and what the file is to say once it was sent."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.scenario_io.tree import Bare
from planner.web.forms import posted
from planner.web.forms.edited_file import EditedFile, below, record_id
from planner.web.forms.fields import FieldGroup, Part, Steps, blocks
from planner.web.forms.posted import Posted, shown_fields
from planner.web.forms.shapes import SECTIONS, Shape, shape_at, shapes_of
from planner.web.forms.showing import Showing

BESIDE: Final = {"periods": ("hours_per_day", "price_growth")}
"""Keys at the top of a scenario that are shown with one of its parts."""


@dataclass
class Form:
    """One form: where it is, what it shows, and what it would add."""

    edited: EditedFile
    address: str
    steps: Steps
    shape: Shape
    old: Bare
    """What the record says before; of a copy, what is copied."""
    new: bool = False
    base: Bare = None
    """What the record is in the file that this one builds on."""
    parts: list[Part] = field(default_factory=list)
    showing: Showing | None = None

    @property
    def remembered(self) -> str:
        """What the fields say, for whoever sends them back."""
        return shown_fields(self.parts, [block.remove for block in blocks(self.parts) if block.remove])

    @property
    def laid(self) -> Bare:
        """The record over the one that it builds on."""
        return self.base | self.old if isinstance(self.base, dict) and isinstance(self.old, dict) else self.old


def form_at(edited: EditedFile, address: str, source: str = "") -> Form:
    """Return the form of an address such as "funds/apbd"; `source` names the record that a new one is a copy of."""
    steps, added = edited.path(address or SECTIONS[0])
    shape = shape_at(steps)
    assert shape is not None
    old = edited.at(steps) if added is None else added
    if isinstance(old, str) and isinstance(steps[-1], int):
        old = {"id": old}  # a period that is its name
    if added is not None and source:
        copied = edited.at(edited.path(f"{'/'.join(map(str, steps[:-1]))}/{source}")[0])
        old = {key: value for key, value in copy.deepcopy(copied).items() if key not in ("id", "code")}
    form = Form(edited, address or SECTIONS[0], steps, shape, old, added is not None)
    form.showing = showing = Showing(edited)
    base = edited.base_at(steps)
    if base is None and added and "id" in added:
        listed = edited.base_at(steps[:-1])
        base = (
            next((each for each in listed if record_id(each) == added["id"]), None)
            if isinstance(listed, list)
            else None
        )
    form.base = base
    if shape.kind == "record" and shape.model is not None:
        form.parts = showing.record(shape.model, steps, old, base, whole=False)
    elif shape.kind == "keyed":
        form.parts = [showing.part(Scenario, str(steps[-1]), shape, steps, old, base)]
        for part in form.parts:
            if isinstance(part, FieldGroup):
                part.folded = False
    for key in BESIDE.get(form.address, ()):
        told = shapes_of(Scenario)[key]
        form.parts.append(showing.part(Scenario, key, told, (key,), edited.data.get(key), edited.base.get(key)))
    return form


def wanted(form: Form, sent: Posted, action: str) -> dict[str, Bare]:
    """Return what the file is to say after a form was sent."""
    data: dict[str, Bare] = copy.deepcopy(form.edited.data)
    steps, shape = form.steps, form.shape
    if action in ("hapus", "lepas") and isinstance(steps[-1], int):
        return _without(form, data)
    for key in BESIDE.get(form.address, ()):
        _put(data, (key,), posted.leaf(shapes_of(Scenario)[key], (key,), data.get(key), sent))
    if not sent.any_changed(steps):
        return data
    if shape.kind == "record" and shape.model is not None:
        made: Bare = posted.record(shape.model, steps, form.old, sent)
        before = form.edited.at(steps)
        if set(made) == {"id"} and (isinstance(before, str) or _is_of_names(form)):
            made = made["id"]
        if made or not form.new:
            _put(data, steps, made if made or isinstance(steps[-1], int) or before == {} else None)
    elif shape.kind == "keyed":
        _put(data, steps, posted.keyed(shape, steps, form.old, sent))
    return data


def _is_of_names(form: Form) -> bool:
    """Return whether a new record joins a list of bare names, as periods may be."""
    records = form.edited.at(form.steps[:-1])
    return form.new and isinstance(records, list) and bool(records) and all(isinstance(each, str) for each in records)


def _without(form: Form, data: dict[str, Bare]) -> dict[str, Bare]:
    """Return the data without the record of a form; one of the base is marked as taken out."""
    *above, place_ = form.steps
    records = below(data, above)
    name = record_id(form.old)
    based = form.edited.base_at(above)
    if isinstance(records, list) and isinstance(place_, int) and place_ < len(records):
        del records[place_]
    if isinstance(based, list) and name is not None and any(record_id(each) == name for each in based):
        _put(data, (*above, len(records or ())), {"id": name, "remove": True})
    elif not records:
        _put(data, tuple(above), None)
    return data


def _put(data: dict[str, Bare], steps: Sequence[str | int], value: Bare) -> None:
    """Set what is at a path, or take it out; a list or mapping on the way is made."""
    here: Any = data
    for step, following in pairwise(steps):
        if isinstance(here, list) and isinstance(step, int) and step == len(here):
            here.append([] if isinstance(following, int) else {})
        elif isinstance(here, dict) and not isinstance(here.get(str(step)), dict | list):
            here[str(step)] = [] if isinstance(following, int) else {}
        here = here[step]
    last = steps[-1]
    if isinstance(here, list) and isinstance(last, int):
        here[last : last + 1] = [value]
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value
