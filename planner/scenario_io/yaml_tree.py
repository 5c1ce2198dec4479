"""One YAML document to a tree, event by event, refusing what YAML allows and planners never need.

Aliases, anchors, tags, several documents, deep nesting and duplicate keys are refused as they
pass, before anything is built from them; so a hostile file costs no more than its bytes.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import yaml

from planner.locale import _
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Path, Place, Scalar
from planner.scenario_io.yaml_faults import explained

MAX_DEPTH: Final = 40
"""Deepest nesting taken; the format itself needs 7."""


def read_tree(text: str, file: str, problems: Problems, most: int = 100_000) -> Node | None:
    """The tree of the one document in `text`, of at most `most` values; None when it is empty.

    Faults of single values go to `problems`; what stops the reading raises Refused.
    """
    try:
        loader = yaml.CSafeLoader(text)
        try:
            return _Builder(file, problems, most).build(loader)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise Refused(explained(error, text, file)) from None


class _Builder:
    """Builds the tree from the stream of events, with a stack of its own: no recursion to overflow."""

    def __init__(self, file: str, problems: Problems, most: int) -> None:
        self.file = file
        self.most = most
        self.problems = problems
        self.open: list[_Open] = []
        self.root: Node | None = None

    def build(self, loader: yaml.CSafeLoader) -> Node | None:
        documents = values = 0
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.ScalarEvent):
                self._refuse_special(event)
                self._close(self._scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_special(event)
                self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(self.open.pop().node)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(event, _("an alias (*{name}) is not allowed.").format(name=event.anchor))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event, _("a second document begins here."), _("Keep one scenario per file; remove the '---'.")
                    )
                continue
            else:
                continue
            values += 1
            if values > self.most:
                self._refuse(event, _("the file holds more than {count} values.").format(count=self.most))
        return self.root

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._refuse(
                event,
                _("the nesting is deeper than {depth} levels.").format(depth=MAX_DEPTH),
                _("Check the brackets and the indentation."),
            )
        place = self._place(event)
        node: Node = Mapping({}, {}, place) if isinstance(event, yaml.MappingStartEvent) else Listing([], place)
        self.open.append(_Open(node, bool(event.flow_style)))

    def _close(self, node: Node) -> None:
        """Hang a finished value where it belongs."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent.node, Listing):
            parent.node.items.append(node)
        elif isinstance(parent.node, Mapping):
            if parent.awaits_key:
                parent.key, parent.key_place = self._key(node), node.place
            else:
                self._put(parent, parent.node, node)
            parent.awaits_key = not parent.awaits_key

    def _put(self, opened: _Open, mapping: Mapping, node: Node) -> None:
        key, place = opened.key, opened.key_place
        if key is None or (opened.in_brackets and self._split_by_comma(mapping, key, node)):
            return
        if key in mapping.entries:
            self.problems.add(
                place,
                _("the key '{key}' stands twice; it stood already in line {line}.").format(
                    key=_cut(key), line=mapping.keys[key].line
                ),
                _("Remove one of them."),
            )
            return
        if node.place.line != place.line:
            node.place = place
        mapping.put(key, node, place)

    def _split_by_comma(self, mapping: Mapping, key: str, node: Node) -> bool:
        """Whether `{amount: 2,5 miliar}` was meant as one value: the comma cuts it into two entries."""
        if not (key[:1].isdigit() and isinstance(node, Scalar) and node.value is None and mapping.entries):
            return False
        before = next(reversed(mapping.entries))
        value = mapping.entries[before]
        if not isinstance(value, Scalar) or not str(value.value)[-1:].isdigit():
            return False
        self.problems.add(
            value.place,
            _("the comma between the braces splits '{value},{rest}' into two entries.").format(
                value=value.value, rest=_cut(key)
            ),
            _("Put it in quotes: '{value},{rest}'.").format(value=value.value, rest=_cut(key)),
            (*self._path()[:-1], before),
        )
        mapping.entries[before] = Scalar(UNREADABLE, value.place)
        return True

    def _key(self, node: Node) -> str | None:
        """A key as text in one normal form; None when it was refused."""
        if not isinstance(node, Scalar):
            self.problems.add(node.place, _("a key must be text, not a list or a mapping."), _("Check the brackets."))
            return None
        if node.value is UNREADABLE:
            return None
        if node.value is None or isinstance(node.value, bool):
            shown = "null" if node.value is None else str(node.value).lower()
            self.problems.add(
                node.place,
                _("a key must be text, not {value}.").format(value=shown),
                _("Put it in quotes if it is text: '{value}'.").format(value=shown),
            )
            return None
        return unicodedata.normalize("NFC", str(node.value)).strip()

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self._place(event)
        if event.style:
            return Scalar(event.value, place)
        try:
            return Scalar(read_plain(event.value), place)
        except AmbiguousScalar as error:
            self.problems.add(place, error.message, error.remedy, self._path())
            return Scalar(UNREADABLE, place)

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
        """Where in the document the reading stands."""
        steps: list[str | int] = []
        for opened in self.open:
            if isinstance(opened.node, Listing):
                steps.append(len(opened.node.items))
            elif not opened.awaits_key and opened.key is not None:
                steps.append(opened.key)
        return tuple(steps)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None
        return Place(self.file, mark.line + 1, mark.column + 1)


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("awaits_key", "in_brackets", "key", "key_place", "node")

    def __init__(self, node: Node, in_brackets: bool) -> None:
        self.node = node
        self.in_brackets = in_brackets
        self.awaits_key = True
        self.key: str | None = None
        self.key_place = node.place


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
