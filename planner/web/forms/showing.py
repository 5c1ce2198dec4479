"""From what a file says to the fields of a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from planner.domain.base import Record
from planner.locale import N_, _
from planner.scenario_io.amending import fresh
from planner.scenario_io.tree import UNREADABLE, Bare
from planner.scenario_io.words import WORDS
from planner.scenario_io.words import shown as word_shown
from planner.units.said import decimal_said
from planner.web.forms import labels
from planner.web.forms.candidates import Candidates, Name
from planner.web.forms.edited_file import EditedFile
from planner.web.forms.fields import Control, FieldGroup, Part, Steps, name_of
from planner.web.forms.listed_prices import entry_told
from planner.web.forms.shapes import STRICT, Shape, shapes_of
from planner.web.forms.texts import shown

MOST_BOXES: Final = 40
"""Names that are shown as boxes to tick; of more, they are typed."""
MOST_CHOICES: Final = 400
"""Names of which one is chosen; of more, it is typed."""
MOST_ROWS: Final = 30
"""Keys of a mapping that are all shown; of more, those that are filled in and some empty rows."""
MOST_ITEMS: Final = 40
"""Entries of a list that are shown within the form of its record."""
EMPTY_ROWS: Final = 3
_LANGUAGES: Final = {"id": "Bahasa Indonesia", "en": "English"}
"""Languages of reports, each by its own name."""
_MORE: Final = N_("Further fields")
_USUAL: Final = frozenset(
    {"id", "code", "name", "agency", "location", "headcount", "kind", "form", "hours", "amount", "gaps", "closes",
     "costs", "measure", "at_least", "at_most", "item", "per", "quantity", "unit", "price", "account", "fiscal_year",
     "description", "maximize", "minimize", "by", "year", "from", "to", "working_days", "weight", "class_size", "min",
     "max", "through", "table", "file", "together", "only_if", "at_most_one_of", "share"}
)  # fmt: skip
"""Keys that are shown even where they are blank."""


@dataclass
class Showing:
    """Makes the fields of one form."""

    edited: EditedFile
    lists: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    """Names that are offered while typing, by what they are."""

    @property
    def names(self) -> Candidates:
        return self.edited.names

    def record(self, model: type[Record], steps: Steps, data: Bare, base: Bare, *, whole: bool = False) -> list[Part]:
        """Return the fields of a record; what is seldom used is folded, unless it is filled in or the `whole` is asked
        for."""
        data = data if isinstance(data, dict) else {}
        base = base if isinstance(base, dict) else {}
        first: list[Part] = []
        more: list[Part] = []
        for key, shape in shapes_of(model).items():
            part = self.part(
                model, key, shape, (*steps, key), data.get(key), None if data.get(key, key) is None else base.get(key)
            )
            usual = whole or shape.required or key in data or key in _USUAL
            (first if usual else more).append(part)
        first.sort(key=lambda part: isinstance(part, FieldGroup))  # single fields before those that belong together
        if len(more) == 1:
            first, more = [*first, *more], []
        if more:
            first.append(FieldGroup(steps, _(_MORE), parts=more, folded=True, kind="more"))
        return first

    def part(self, model: type[Record], key: str, shape: Shape, steps: Steps, data: Bare, base: Bare) -> Part:
        """Return the field, or the fields, of one key."""
        name, about = labels.label(model, key), labels.help_of(model, key)
        if isinstance(data, dict) and "table" in data and shape.kind in ("records", "price"):
            return self._fixed(
                steps, name, data, _("It stands in the table {name}: edit it there.").format(name=data["table"])
            )
        if shape.kind == "record" and shape.model is not None:
            return self._nested(shape.model, steps, name, about, data, base)
        if shape.kind == "records" and shape.model is not None:
            return self._items(shape.model, steps, name, about, data, base)
        if shape.kind == "keyed":
            return self._keyed(shape, steps, name, about, data, base)
        if shape.kind == "price":
            return self._price(steps, name, about, data, base)
        if shape.kind == "by_period":
            return self._by_period(shape, steps, name, about, data, base)
        if shape.kind == "by_year" and shape.model is not None:
            return self._by_year(shape.model, steps, name, about, data, base)
        return self.leaf(shape, steps, name, about, data, base)

    def leaf(self, shape: Shape, steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Control:
        """Return a single field."""
        kind, options, suggestions = shape.kind, self._options(shape), ""
        text = "" if data is UNREADABLE else shown(kind, data)
        if text is None:
            return self._fixed(
                steps, label, data, _("It is written in a way that only the YAML text can show: edit it there.")
            )
        if kind == "refs" and len(options) > MOST_BOXES:
            kind, suggestions, options = "lines", self._offered(shape.refers), ()
        elif kind == "line" and shape.refers in STRICT and len(self.names.of(shape.refers)) <= MOST_CHOICES:
            kind, options = "choice", self.names.of(shape.refers)
        elif kind in ("lists", "requires") and 0 < len(self.names.of(shape.refers)) <= MOST_CHOICES:
            options = self.names.of(shape.refers)
        elif kind in ("lists", "requires"):
            suggestions = self._offered(shape.refers)
        elif kind == "ceiling" and len(self.names.of(shape.refers)) <= MOST_CHOICES:
            options = self.names.of(shape.refers)
        elif kind == "line" and shape.refers:
            suggestions, options = self._offered(shape.refers), ()
        if kind in ("choice", "flag", "refs"):
            known = {option.value for option in options}
            rest = [part for part in (text.split("\n") if kind == "refs" else [text]) if part and part not in known]
            options = (*options, *(Name(part, part) for part in rest))
        needed, blank = shape.required and base is None, self._placeholder(shape, base)
        told = Control(name_of(steps), steps, kind, label, text, about, blank, needed, options, suggestions)
        if kind == "ceiling" and isinstance(data, dict | list):
            for line in text.split("\n"):
                named = line.partition(" | ")[0]
                listed, _blank, code = named.partition(" ")
                told.entries = {**told.entries, named: entry_told(self.edited, listed, code)}
        return told

    def _fixed(self, steps: Steps, label: str, data: Bare, why: str) -> Control:
        told = fresh.inline(data) if not _unreadable(data) else ""
        return Control(name_of(steps), steps, "fixed", label, told, fixed=why)

    def _offered(self, refers: str) -> str:
        self.lists.setdefault(refers, self.names.of(refers)[:400])
        return refers

    def _options(self, shape: Shape) -> tuple[Name, ...]:
        if shape.kind == "flag":
            return tuple(Name(word, word_shown("yes or no", word)) for word in ("true", "false"))
        if shape.options == tuple(_LANGUAGES):
            return tuple(Name(word, name) for word, name in _LANGUAGES.items())
        if shape.options:
            return tuple(Name(word, word_of(word)) for word in shape.options)
        return self.names.of(shape.refers) if shape.kind == "refs" else ()

    def _placeholder(self, shape: Shape, base: Bare) -> str:
        """Return what holds where the field is blank: the value of the base, else the default of the format."""
        if base is not None and (text := shown(shape.kind, base)) is not None:
            text = word_of(text) if shape.kind == "choice" else text
            return _("as in {name}: {value}").format(name=self.edited.base_name, value=" · ".join(text.split("\n")))
        default = shape.default
        if isinstance(default, Fraction):
            share = shape.kind == "share"
            return decimal_said(default * 100) + "%" if share else decimal_said(default)
        return str(default) if isinstance(default, int) and not isinstance(default, bool) else ""

    def _nested(self, model: type[Record], steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Part:
        if data is not None and not isinstance(data, dict):
            return self._fixed(
                steps, label, data, _("It is written in a way that only the YAML text can show: edit it there.")
            )
        parts = self.record(model, steps, data, base, whole=True)
        return FieldGroup(steps, label, about, parts, folded=data is None)

    def _items(self, model: type[Record], steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Part:
        items = data if isinstance(data, list) else []
        block = FieldGroup(steps, label, about, folded=not items and base is None)
        if len(items) > MOST_ITEMS or steps[0] == "actuals":
            block.link, block.folded = "/".join(map(str, steps)), False
            block.help = _("{count} entries").format(count=len(items))
            return block
        for place, item in enumerate(items):
            at = (*steps, place)
            parts = self.record(model, at, item, None)
            entry = FieldGroup(at, title_of(item, self.names), facts_of(model, item), parts, len(items) > 1, "item")
            entry.remove = name_of((*at, "@remove"))
            block.parts.append(entry)
        at = (*steps, len(items))
        blank = self.record(model, at, None, None)
        block.parts.append(FieldGroup(at, _("Add one"), parts=blank, folded=True, kind="new"))
        return block

    def _keyed(self, shape: Shape, steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Part:
        inner = shape.inner
        assert inner is not None
        held = data if isinstance(data, dict) else {}
        based = base if isinstance(base, dict) else {}
        names = {name.value: name.label for name in self.names.of(shape.refers)} if shape.refers else {}
        free = not names or len(names) > MOST_ROWS
        keys = dict.fromkeys([*(names if not free else ()), *held, *(based if len(based) <= MOST_ROWS else ())])
        of_rows = inner.kind not in ("record", "keyed")
        block = FieldGroup(steps, label, about, kind="rows" if of_rows else "", folded=not held and not shape.required)
        for key in keys:
            called = names.get(key) or (self.names.label(shape.refers, key) if shape.refers else key)
            block.parts.append(self._held(inner, (*steps, key), called, held.get(key), based.get(key)))
        if free and inner.kind == "record" and inner.model is not None:
            key_at, value_at = (*steps, "@key0"), (*steps, "@value0")
            parts = self.record(inner.model, value_at, None, None, whole=True)
            name = Control(name_of(key_at), key_at, "line", _("Name"), "")
            block.parts.append(FieldGroup(value_at, _("Add one"), parts=[name, *parts], folded=True, kind="new"))
        elif free and inner.kind != "keyed":
            offered = self._offered(shape.refers) if shape.refers else ""
            for place in range(EMPTY_ROWS):
                key_at, value_at = (*steps, f"@key{place}"), (*steps, f"@value{place}")
                key = Control(name_of(key_at), key_at, "line", _("Name"), "", suggestions=offered)
                value = Control(name_of(value_at), value_at, inner.kind, _("Value"), "")
                block.parts.append(FieldGroup(key_at, "", parts=[key, value], kind="pair"))
        return block

    def _held(self, inner: Shape, steps: Steps, called: str, data: Bare, base: Bare) -> Part:
        """Return what a mapping with free keys holds under one key."""
        if inner.kind == "record" and inner.model is not None:
            return self._nested(inner.model, steps, called, "", data, base)
        if inner.kind == "keyed":
            return self._keyed(inner, steps, called, "", data, base)
        return self.leaf(inner, steps, called, "", data, base)

    def _price(self, steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Part:
        """Return one price, an entry of a price list, or prices by an attribute of the group or by year."""
        kinds = ("id", "agency", "location", "level", "employment", "year")
        listed = isinstance(data, dict) and "from" in data
        by = str(data.get("by", "")) if isinstance(data, dict) and not listed else ""
        how = "list" if listed else by
        ways = (Name("", _("one price")), Name("list", _("from a price list")),
                *(Name(kind, _("by {what}").format(what=word_shown("price by", kind))) for kind in kinds))  # fmt: skip
        block = FieldGroup(steps, label, about, kind="price")
        amount = None if isinstance(data, dict) else data
        block.parts.append(self.leaf(Shape("amount"), (*steps, "@amount"), label, about, amount, base))
        way = Control(name_of((*steps, "@how")), (*steps, "@how"), "choice", _("Kind of price"), how, options=ways)
        chosen = data if isinstance(data, dict) and listed else {}
        lists = Shape("line", refers="price_lists")
        of_list = self.leaf(lists, (*steps, "from"), _("Price list"), "", chosen.get("from"), None)
        code = self.leaf(Shape("line"), (*steps, "code"), _("Code in the list"), "", chosen.get("code"), None)
        code.kind = "code"
        code.help = entry_told(self.edited, of_list.text, code.text) or _("Type a word of its name to find it.")
        parts: list[Part] = [way, of_list, code]
        if by:
            others = {key: value for key, value in data.items() if key not in ("by", "default")}
            source = {"id": "groups", "year": "years"}.get(by, f"groups.{by}")
            parts.append(
                self.leaf(Shape("amount"), (*steps, "default"), _("For all others"), "", data.get("default"), None)
            )
            parts.append(
                self._keyed(Shape("keyed", None, Shape("amount"), refers=source), steps, _("Prices"), "", others, None)
            )
        block.parts.append(
            FieldGroup(steps, _("Price list, or prices by place or year"), parts=parts, folded=not how, kind="more")
        )
        return block

    def _by_period(self, shape: Shape, steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Part:
        one = None if isinstance(data, dict) else data
        block = FieldGroup(steps, label, about)
        block.parts.append(self.leaf(Shape("number"), (*steps, "@amount"), label, about, one, base))
        named = self._keyed(shape, steps, _("Different in each period"), "", data, base)
        assert isinstance(named, FieldGroup)
        named.folded = not isinstance(data, dict)
        block.parts.append(named)
        return block

    def _by_year(self, model: type[Record], steps: Steps, label: str, about: str, data: Bare, base: Bare) -> Part:
        years = [name.value for name in self.names.of("years")]
        held = data if isinstance(data, dict) else base if isinstance(base, dict) else {}
        by_year = any(str(key).isdigit() for key in held) or (not held and len(years) > 1)
        if not by_year:
            return self._nested(model, steps, label, about, data, base)
        shape = Shape("keyed", None, Shape("record", model), refers="years")
        return self._keyed(shape, steps, label, about, data, base)


def word_of(key: str) -> str:
    """Return a word of the format as readers of the language in force say it."""
    if key in ("letter", "memo"):
        return _("letter") if key == "letter" else _("memo")
    return next((word_shown(words, key) for words, known in WORDS.items() if key in known), key).replace("_", " ")


def title_of(item: Bare, names: Candidates) -> str:
    """Return what an entry of a list is called."""
    if not isinstance(item, dict):
        return str(item)
    for keys in (("name", "item", "role"), ("maximize", "minimize"), ("id", "code")):
        for key in keys:
            if isinstance(value := item.get(key), str | int) and str(value):
                return word_of(str(value)) if key in ("maximize", "minimize") else str(value)
    parts = [
        names.label(f"{key}s", str(item[key])) for key in ("fund", "programme", "group", "period") if item.get(key)
    ]
    return " · ".join(parts) or _("without a name")


_GROUPED: Final = 10_000
"""Numbers from this one on are easier to read in groups of digits; years are below."""


def facts_of(model: type[Record], item: Bare) -> str:
    """Return the key figures of an entry, in one line."""
    if not isinstance(item, dict):
        return ""
    told: list[str] = []
    for key, shape in shapes_of(model).items():
        if key in ("id", "name", "item", "maximize", "minimize") or len(told) == 5:
            continue
        value: Any = item.get(key)
        if value is None or isinstance(value, dict | list) or shape.kind == "words":
            continue
        kind = "amount" if isinstance(value, int) and value >= _GROUPED else shape.kind
        text = word_of(str(value)) if kind == "choice" else shown(kind, value)
        if text:
            told.append(f"{labels.label(model, key)}: {text}")
    return " · ".join(told)


def _unreadable(data: Bare) -> bool:
    if isinstance(data, dict | list):
        return any(map(_unreadable, data.values() if isinstance(data, dict) else data))
    return data is UNREADABLE
