"""From the fields of a form that was sent to what the file is to say: fields that were not changed change nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.base import Record
from planner.scenario_io.tree import Bare
from planner.web.forms.fields import BETWEEN, CEILING_END, ROW_END, Steps, controls, name_of
from planner.web.forms.fields import Part as Part
from planner.web.forms.shapes import Shape, shapes_of
from planner.web.forms.texts import meant


@dataclass(frozen=True)
class Posted:
    """A form that was sent: each field as it was shown, and as it is."""

    shown: Mapping[str, str]
    values: Callable[[str], Sequence[str]]
    """All values of a field, by its name."""

    def has(self, steps: Steps) -> bool:
        """Return whether there was a field for this path."""
        return name_of(steps) in self.shown

    def text(self, steps: Steps) -> str:
        return self.value(name_of(steps))

    def value(self, name: str) -> str:
        """Return the text of a field, by its name; names that were picked in rows are put together as a line each."""
        sent = self.values(name)
        if sent and sent[-1] in _ROW_ENDS:
            return "\n".join(_rows(sent))
        if sent and sent[-1] == CEILING_END:
            return "\n".join(_ceilings(sent))
        return one_line_ends("\n".join(sent))

    def changed(self, steps: Steps) -> bool:
        """Return whether the field was there and does not say what it said."""
        name = name_of(steps)
        return name in self.shown and self.text(steps).strip() != self.shown[name].strip()

    def without(self, names: Collection[str]) -> Posted:
        """Return the form as if these fields had not been in it."""
        return Posted({name: text for name, text in self.shown.items() if name not in names}, self.values)

    def any_changed(self, steps: Steps) -> bool:
        """Return whether any field at or below a path was changed."""
        start = name_of(steps)[:-1]
        names = [name for name in self.shown if name == start + "]" or name.startswith(start + ",")]
        return any(self.changed(tuple(json.loads(name))) for name in names)


_ROW_ENDS: Final = {f"{ROW_END}{between}": between for between in BETWEEN.values()}


def _rows(sent: Sequence[str]) -> Iterator[str]:
    """Yield the rows of names that were picked: behind each stands what belongs between its names."""
    row: list[str] = []
    for value in sent:
        if value not in _ROW_ENDS:
            row += [value.strip()] if value.strip() else []
            continue
        between = _ROW_ENDS[value]
        if row:
            yield (f"{between} " if between == ";" else f" {between} ").join(row)
        row = []


def _ceilings(sent: Sequence[str]) -> Iterator[str]:
    """Return the lines of ceilings: of each row price list, code, and what it is for. A row without a code is none."""
    row: list[str] = []
    for value in sent:
        if value != CEILING_END:
            row.append(" ".join(value.split()))
            continue
        listed, code, of = (*row, "", "", "")[:3]
        if code or of:
            yield f"{listed} {code}".strip() + (f" | {of}" if of else "")
        row = []


def one_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown_fields(parts: Sequence[Part], removals: Sequence[str] = ()) -> str:
    """Return what a form remembers of its fields: the text of each, as JSON."""
    told = {control.name: control.text for control in controls(parts) if not control.fixed}
    return json.dumps(told | dict.fromkeys(removals, ""), ensure_ascii=False)


def record(model: type[Record], steps: Steps, old: Bare, form: Posted) -> dict[str, Bare]:
    """Return the record at a path; keys that are new stand where the format has them."""
    held = old if isinstance(old, dict) else {}
    made = dict(held)
    before: str | None = None
    for key, shape in shapes_of(model).items():
        value = _value(shape, (*steps, key), held.get(key), form) if form.any_changed((*steps, key)) else held.get(key)
        if value is None and not (key in held and held[key] is None):
            made.pop(key, None)
            continue
        if key not in made:
            made = _put(made, key, value, before)
        made[key] = value
        before = key
    return made


def _put(made: dict[str, Bare], key: str, value: Bare, after: str | None) -> dict[str, Bare]:
    """Return `made` with a new key behind another, or at the end."""
    if after is None:
        return {**made, key: value}
    entries: dict[str, Bare] = {}
    for name, each in made.items():
        entries[name] = each
        if name == after:
            entries[key] = value
    return entries


def _value(shape: Shape, steps: Steps, old: Bare, form: Posted) -> Bare:
    """Return what stands under one key, of which some field was changed; None where nothing does."""
    if shape.kind == "record" and shape.model is not None:
        return record(shape.model, steps, old, form) or ({} if shape.required else None)
    if shape.kind == "records" and shape.model is not None:
        return _items(shape.model, steps, old, form)
    if shape.kind == "keyed":
        return keyed(shape, steps, old, form)
    if shape.kind == "price":
        return _price(steps, old, form)
    if shape.kind == "by_period":
        if form.changed((*steps, "@amount")) and (one := meant("number", form.text((*steps, "@amount")))) is not None:
            return one
        return keyed(shape, steps, old if isinstance(old, dict) else None, form)
    if shape.kind == "by_year" and shape.model is not None:
        held = old if isinstance(old, dict) else {}
        by_year = any(str(key).isdigit() for key in held) or not any(
            form.has((*steps, key)) for key in shapes_of(shape.model)
        )
        if by_year:
            return keyed(Shape("keyed", None, Shape("record", shape.model)), steps, old, form)
        return record(shape.model, steps, old, form) or None
    return leaf(shape, steps, old, form)


def leaf(shape: Shape, steps: Steps, old: Bare, form: Posted) -> Bare:
    """Return the value of a single field."""
    if not form.changed(steps):
        return old
    value = meant(shape.kind, form.text(steps))
    if shape.kind == "ceiling" and isinstance(old, dict) and isinstance(value, list) and len(value) == 1:
        return value[0]
    if shape.kind in ("lines", "refs") and isinstance(value, list) and len(value) == 1 and not isinstance(old, list):
        return value[0] if isinstance(old, str | int) else value
    if shape.kind == "words" and isinstance(old, str) and old.endswith("\n") and isinstance(value, str):
        return value + "\n"
    return value


def _items(model: type[Record], steps: Steps, old: Bare, form: Posted) -> Bare:
    """Return a list of records: those marked are taken out, and one that was filled in is added."""
    held = old if isinstance(old, list) else []
    made: list[Bare] = []
    for place, item in enumerate(held):
        at = (*steps, place)
        if not form.changed((*at, "@remove")):
            made.append(record(model, at, item, form) if form.any_changed(at) else item)
    at = (*steps, len(held))
    if form.any_changed(at) and (added := record(model, at, None, form)):
        made.append(added)
    return made or None


def keyed(shape: Shape, steps: Steps, old: Bare, form: Posted) -> Bare:
    """Return a mapping with free keys: blank fields take a key out, and the empty rows put new ones in."""
    inner = shape.inner
    assert inner is not None
    made: dict[str, Bare] = dict(old) if isinstance(old, dict) else {}
    for key in _keys_below(steps, form):
        at = (*steps, key)
        value = _value(inner, at, made.get(key), form) if form.any_changed(at) else made.get(key)
        if value is None:
            made.pop(key, None)
        else:
            made[key] = value
    place = 0
    while form.has((*steps, f"@key{place}")):
        key = form.text((*steps, f"@key{place}")).strip()
        at = (*steps, f"@value{place}")
        value = record(inner.model, at, None, form) if inner.model else meant(inner.kind, form.text(at))
        if key and value is not None:
            made[key] = value
        place += 1
    return made or None


def _keys_below(steps: Steps, form: Posted) -> list[str]:
    """Return the keys of a mapping that had a field."""
    depth = len(steps)
    found: dict[str, None] = {}
    start = name_of(steps)[:-1] + ","
    for name in form.shown:
        if name.startswith(start):
            step: Any = json.loads(name)[depth]
            if isinstance(step, str) and not step.startswith("@"):
                found[step] = None
    return list(found)


def _price(steps: Steps, old: Bare, form: Posted) -> Bare:
    """Return an amount, an entry of a price list, or prices by something, as the kind of price says."""
    how = form.text((*steps, "@how")).strip()
    held = old if isinstance(old, dict) else {}
    if not how:
        given = [leaf(Shape("line"), (*steps, key), held.get(key), form) for key in ("from", "code")]
        amount = form.text((*steps, "@amount"))
        if all(given) and not amount.strip() and not form.changed((*steps, "@how")):
            how = "list"
        else:
            return meant("amount", amount) if form.changed((*steps, "@amount")) or held else old
    if how == "list":
        made = {key: leaf(Shape("line"), (*steps, key), held.get(key), form) for key in ("from", "code")}
        rest = {key: value for key, value in held.items() if key not in made} if "from" in held else {}
        return {key: value for key, value in made.items() if value is not None} | rest or None
    same = held if held.get("by") == how else {}
    fresh: dict[str, Bare] = {"by": how}
    default = leaf(Shape("amount"), (*steps, "default"), same.get("default"), form)
    if default is not None:
        fresh["default"] = default
    elif not same and (one := meant("amount", form.text((*steps, "@amount")))) is not None:
        fresh["default"] = one  # the one price so far is that of all others
    others = {key: value for key, value in same.items() if key not in ("by", "default")}
    hidden = {"by", "default", "from", "code"}
    rows = keyed(Shape("keyed", None, Shape("amount")), steps, others, _Without(form, steps, hidden)) if same else {}
    return fresh | (rows or {})


class _Without(Posted):
    """A form without the fields of some keys below a path."""

    def __init__(self, form: Posted, steps: Steps, keys: set[str]) -> None:
        hidden = {name_of((*steps, key)) for key in keys}
        super().__init__({name: text for name, text in form.shown.items() if name not in hidden}, form.values)
