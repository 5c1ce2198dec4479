"""One YAML document to a tree, event by event, refusing what YAML allows and planners never need.

Aliases, anchors, tags, several documents, deep nesting and duplicate keys are refused as they
pass, before anything is built from them; so a hostile file costs no more than its bytes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import yaml

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.scenario_io.tree import UNREADABLE, Bare, Node, Path, Place, ScalarValue
from planner.scenario_io.yaml_places import YamlSource
from planner.units.numbers import read_number, read_rupiah

MAX_DEPTH: Final = 40
"""Deepest nesting taken; the format itself needs 7."""

_MOST_REMEMBERED: Final = 10_000
"""Different scalars of a file whose value is remembered: most files repeat few."""

_UNSEEN: Final = object()

_ENGLISH: Final = re.compile(r"(?:\A|[^\d.,])\d{1,3}(?:,\d{3})+(?:\.\d*)?\Z")
"""A number with a comma before every three digits."""


def read_tree(text: str, file: str, problems: Problems, most: int = 100_000) -> Node | None:
    """Return the tree of the one document in `text`, of at most `most` values; None when it is empty.

    Faults of single values go to `problems`; what stops the reading raises Refused.
    """
    try:
        loader = yaml.CSafeLoader(text)
        try:
            return _Builder(YamlSource(file, text), problems, most).build(loader)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        from planner.scenario_io.yaml_faults import explained  # needed for faults alone

        raise Refused(explained(error, text, file)) from None


class _Open:
    """A list or mapping whose end has not been read yet; the outermost one holds the document itself."""

    __slots__ = ("awaits_key", "data", "in_brackets", "key", "key_number", "number", "refused", "split")

    def __init__(self, data: Any, number: int, in_brackets: bool) -> None:
        self.data: Any = data
        self.number = number
        """Number of its start among all values of the document."""
        self.in_brackets = in_brackets
        self.awaits_key = isinstance(data, dict)
        """Whether the next value of a mapping is a key."""
        self.key: str | None = None
        """The key whose value is being read; None if the key was refused."""
        self.key_number = number
        self.refused: Problem | None = None
        """What is wrong with the key, unless it turns out to be the end of a value that a comma splits."""
        self.split: _Split | None = None
        """The value that commas have split so far."""


@dataclass(slots=True, eq=False)
class _Split:
    """A value between braces that its commas split into several entries."""

    key: str
    text: str
    place: Place
    path: Path

    def problem(self) -> Problem:
        message = _("the comma between the braces splits '{value}' into several entries.").format(value=_cut(self.text))
        remedy = _two_readings(self.text) or _("Put it in quotes: '{value}'.").format(value=_cut(self.text))
        return located(self.place, message, remedy, self.path)


class _Builder:
    """Builds plain data from the stream of events, with a stack of its own: no recursion to overflow.

    For each value the source keeps its offset in the text; places are worked out when somebody asks for them.
    """

    def __init__(self, source: YamlSource, problems: Problems, most: int) -> None:
        self.source = source
        self.offsets = source.offsets
        self.most = most
        self.problems = problems
        self.document: list[Bare] = []
        self.open = [_Open(self.document, 0, in_brackets=False)]
        self.values: dict[str, ScalarValue] = {}
        """Values of scalars without quotes that were read before."""
        self.keys: dict[str, str] = {}
        """Keys without quotes that were read before."""

    def build(self, loader: yaml.CSafeLoader) -> Node | None:
        offsets, keys, values, most = self.offsets, self.keys, self.values, self.most
        next_event = loader.get_event
        documents = 0
        here = self.open[-1]
        while (event := next_event()) is not None:
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor is not None or event.tag is not None:
                    self._refuse_special(event)
                number = len(offsets)
                offsets.append(_offset(event))
                text = event.value
                if here.awaits_key:
                    key = None if event.style else keys.get(text)
                    here.key = self._key(event) if key is None else key
                    here.key_number, here.awaits_key = number, False
                else:
                    value = text if event.style else values.get(text, _UNSEEN)
                    self._take(here, self._plain(event) if value is _UNSEEN else value)
            elif isinstance(event, yaml.CollectionStartEvent):
                here = self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                ended, here = self.open.pop(), self.open[-1]
                self._tell_split(ended)
                if here.awaits_key:
                    self._refuse_key(ended)
                else:
                    self._take(here, ended.data)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(event, _("an alias (*{name}) is not allowed.").format(name=event.anchor))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event, _("a second document begins here."), _("Keep one scenario per file; remove the '---'.")
                    )
            if len(offsets) > most:
                self._refuse(event, _("the file holds more than {count} values.").format(count=most))
        return self.source.node(self.document[0], 0) if self.document else None

    def _begin(self, event: yaml.CollectionStartEvent) -> _Open:
        if event.anchor is not None or event.tag is not None:
            self._refuse_special(event)
        if len(self.open) > MAX_DEPTH:
            self._refuse(
                event,
                _("the nesting is deeper than {depth} levels.").format(depth=MAX_DEPTH),
                _("Check the brackets and the indentation."),
            )
        number = len(self.offsets)
        self.offsets.append(_offset(event))
        data: Bare = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Open(data, number, bool(event.flow_style)))
        return self.open[-1]

    def _take(self, here: _Open, value: Bare) -> None:
        """Put a finished value where it belongs."""
        data, key = here.data, here.key
        if type(data) is list:
            data.append(value)
            return
        here.awaits_key = True
        if value is None and key is not None and self._split_by_comma(here, key):
            here.refused = None
            del self.offsets[here.key_number :]
            return
        self._tell_split(here)
        if here.refused is not None:
            self.problems.extend([here.refused])
            here.refused = key = None
        if key is not None and key not in data:
            data[key] = value
            return
        if key is not None and key in data:
            first = self.source.place_of_key(data, here.number, key)
            self.problems.add(
                self.source.place(here.key_number),
                _("the key '{key}' is defined twice; the other is in line {line}.").format(
                    key=_cut(key), line=first.line
                ),
                _("Remove one of them."),
            )
        del self.offsets[here.key_number :]

    def _split_by_comma(self, here: _Open, key: str) -> bool:
        """Return whether `{amount: 2,5 miliar}` was meant as one value: the comma cuts it into several entries."""
        if not self._may_be_split(here, key):
            return False
        if here.split is not None:
            here.split.text += f",{key}"
            return True
        before = next(reversed(here.data))
        text = f"{here.data[before]},{key}"
        here.split = _Split(before, text, self.source.place(here.key_number - 1), (*self._path(), before))
        here.data[before] = UNREADABLE
        return True

    @staticmethod
    def _may_be_split(here: _Open, key: str) -> bool:
        """Return whether a key may be what follows a comma in the number before it."""
        if not (here.in_brackets and (key[:1].isdigit() or key in ("-", "--")) and here.data):  # Rp50.000,-
            return False
        if here.split is not None:
            return here.split.text[-1:].isdigit()
        value = here.data[next(reversed(here.data))]
        return not isinstance(value, list | dict) and str(value)[-1:].isdigit()

    def _tell_split(self, here: _Open) -> None:
        if here.split is not None:
            self.problems.extend([here.split.problem()])
            here.split = None

    def _key(self, event: yaml.ScalarEvent) -> str | None:
        """Return a key as text in one normal form; None when it was refused."""
        here = self.open[-1]
        if not event.style and self._may_be_split(here, event.value):
            try:
                read_plain(event.value)
            except AmbiguousScalar as error:
                here.refused = located(self._place(event), error.message, error.remedy, self._path())
                return str(event.value)
        value = event.value if event.style else self._plain(event)
        if value is UNREADABLE:
            return None
        if value is None or isinstance(value, bool):
            shown = "null" if value is None else str(value).lower()
            self.problems.add(
                self._place(event),
                _("a key must be text, not {value}.").format(value=shown),
                _("Put it in quotes if it is text: '{value}'.").format(value=shown),
            )
            return None
        key = unicodedata.normalize("NFC", str(value)).strip()
        if not event.style and len(self.keys) < _MOST_REMEMBERED:
            self.keys[event.value] = key
        return key

    def _refuse_key(self, ended: _Open) -> None:
        """Report a list or mapping where a key belongs."""
        here = self.open[-1]
        here.key, here.key_number, here.awaits_key = None, ended.number, False
        place = self.source.place(ended.number)
        self.problems.add(place, _("a key must be text, not a list or a mapping."), _("Check the brackets."))

    def _plain(self, event: yaml.ScalarEvent) -> ScalarValue:
        """Return the value of a scalar without quotes; UNREADABLE when it was refused."""
        try:
            value = read_plain(event.value)
        except AmbiguousScalar as error:
            self.problems.add(self._place(event), error.message, error.remedy, self._path())
            return UNREADABLE
        if len(self.values) < _MOST_REMEMBERED:
            self.values[event.value] = value
        return value

    def _refuse_special(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(
                event,
                _("an anchor (&{name}) is not allowed.").format(name=_cut(event.anchor)),
                _("Write the value out."),
            )
        if event.tag is not None:
            self._refuse(
                event,
                _("a tag ({tag}) is not allowed.").format(tag=_cut(event.tag)),
                _("Remove it; write plain values."),
            )

    def _refuse(self, event: yaml.Event, message: str, remedy: str = "") -> None:
        raise Refused(located(self._place(event), message, remedy))

    def _path(self) -> Path:
        """Return the path of the value that is being read."""
        steps: list[str | int] = []
        for opened in self.open[1:]:
            if isinstance(opened.data, list):
                steps.append(len(opened.data))
            elif not opened.awaits_key and opened.key is not None:
                steps.append(opened.key)
        return tuple(steps)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None
        return Place(self.source.file, mark.line + 1, mark.column + 1)


def _offset(event: yaml.Event) -> int:
    """Return where an event begins in the text [characters]."""
    mark = event.start_mark
    assert mark is not None
    return mark.index


def _two_readings(text: str) -> str:
    """Return why an amount or a number with English marks is refused in quotes, too; empty for other texts."""
    if not _ENGLISH.search(text):
        return ""
    try:
        (read_rupiah if text[:1].isalpha() else read_number)(text)
    except ValueError as error:
        sentence = str(error)
        return sentence[:1].upper() + sentence[1:]
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
