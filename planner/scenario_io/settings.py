"""`--set funds.unja.amount=0`: one value changed from the command line, by its dotted path.

Records are named by id, those without one by name, item or position (from 0); of several ways to cut the path
at its dots the longest key that exists is taken, so that ids and account codes may hold dots.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from planner.domain.checks.did_you_mean import suggestion
from planner.locale import _
from planner.scenario_io.fields import Expected, expected_at
from planner.scenario_io.overlay import is_null, lay_over
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.scenario_io.tree import Listing, Mapping, Node, Path, Place, Scalar, record_id
from planner.scenario_io.yaml_tree import read_tree

_FLOW: Final = ("[", "{", '"', "'")
_MOST: Final = 100_000
_HALF_SIGN: Final = re.compile("[\ud800-\udfff]")
"""What a command line in another encoding leaves of a character."""


class _NoSuchPath(Exception):
    """The path leads nowhere; has where it ends, and the keys that exist there."""

    def __init__(self, missing: list[str], known: tuple[str, ...]) -> None:
        super().__init__(".".join(missing))
        self.missing = missing
        self.known = known


def apply_setting(root: Node, setting: str, problems: Problems, complete: Callable[[Node, Path], Node]) -> Node:
    """Return the tree with one `PATH=VALUE` applied; faults go to `problems` and leave the tree as it is.

    `complete` puts in the tables that the value names, given the value and its path.
    """
    dotted, equals, text = setting.partition("=")
    dotted = dotted.strip()
    place = Place(setting=dotted or setting)
    if not equals or not dotted or len(setting) > _MOST or _HALF_SIGN.search(setting):
        problems.add(place, _("a setting is written PATH=VALUE."), _("For example: --set funds.apbd.amount=0"))
        return root
    try:
        value = _value(text, dotted, problems)
        steps = _steps(root, dotted.split("."), ())
        value = complete(value, steps)
    except Refused as refused:
        problems.extend([refused.problem])
        return root
    except _NoSuchPath as error:
        segments, name = dotted.split("."), error.missing[0]
        where = ".".join(segments[: len(segments) - len(error.missing)])
        message = (
            _("'{where}' has no '{name}'.").format(where=where, name=name)
            if where
            else _("there is no '{name}' in the scenario.").format(name=name)
        )
        problems.add(place, message, suggestion(name, error.known))
        return root
    return _with(root, steps, value, place, problems, ())


def _value(text: str, dotted: str, problems: Problems) -> Node:
    """Return the value: a plain scalar under the rules of the files, or YAML in brackets or quotes."""
    text = text.strip()
    place = Place(setting=dotted)
    if not text:
        raise Refused(
            located(place, _("there is no value after '='."), _("Write null to remove the key, or '' for empty text."))
        )
    if not text.startswith(_FLOW):
        try:
            return Scalar(read_plain(text), place)
        except AmbiguousScalar as error:
            raise Refused(located(place, error.message, error.remedy)) from None
    within = Problems()
    try:
        node = read_tree(text, "", within)
    except Refused as refused:
        raise Refused(located(place, refused.problem.message, refused.problem.remedy)) from None
    if within.found:
        problems.extend(located(place, problem.message, problem.remedy) for problem in within.found[1:])
        raise Refused(located(place, within.found[0].message, within.found[0].remedy))
    return Scalar(None, place) if node is None else _moved(node, dotted)


def _moved(node: Node, dotted: str) -> Node:
    """Return `node` with the setting as the place of everything in it."""
    place = Place(setting=dotted)
    if isinstance(node, Mapping):
        entries = {key: _moved(value, f"{dotted}.{key}") for key, value in node.entries.items()}
        return Mapping(entries, {key: Place(setting=f"{dotted}.{key}") for key in entries}, place)
    if isinstance(node, Listing):
        return Listing([_moved(item, f"{dotted}[{position}]") for position, item in enumerate(node.items)], place)
    return Scalar(node.value, place)


def _steps(node: Node | None, segments: list[str], path: Path) -> Path:
    """Return the path as keys and positions; raises _NoSuchPath at the first segment that leads nowhere."""
    if not segments:
        return ()
    failure: _NoSuchPath | None = None
    for taken in range(len(segments), 0, -1):
        name = ".".join(segments[:taken])
        step = _step(node, name)
        if step is None:
            continue
        below = node.items[step] if isinstance(node, Listing) and isinstance(step, int) else None
        if isinstance(node, Mapping):
            below = node.entries[str(step)]
        try:
            return (step, *_steps(below, segments[taken:], (*path, step)))
        except _NoSuchPath as error:
            failure = failure or error
    if failure is not None:
        raise failure
    return _new_steps(node, segments, path)


def _step(node: Node | None, name: str) -> str | int | None:
    """Return how `name` is reached from `node`, if it is there."""
    if isinstance(node, Mapping):
        return name if name in node.entries else None
    if isinstance(node, Listing):
        called = _called(node)
        if called.count(name) == 1:
            return called.index(name)
        if name.isascii() and name.isdigit() and len(name) < 7 and int(name) < len(node.items):
            return int(name) if record_id(node.items[int(name)]) is None else None
    return None


def _new_steps(node: Node | None, segments: list[str], path: Path) -> Path:
    """Return the steps to something that is not there yet but could be."""
    expected = expected_at(path)
    if isinstance(node, Listing):
        known = (name if name is not None else str(position) for position, name in enumerate(_called(node)))
        raise _NoSuchPath(segments, tuple(known))
    if expected is not None and not isinstance(node, Scalar):
        if expected.kind == "keyed" or (expected.kind == "price" and node is not None):
            return (".".join(segments),)
        if segments[0] in expected.known_keys() and expected.kind == "record":
            return (segments[0], *_steps(None, segments[1:], (*path, segments[0])))
    raise _NoSuchPath(segments, _known(node, expected))


def _called(listing: Listing) -> list[str | None]:
    """Return what the entries of a list are called: by id, else by name or item, as rules and cost lines are."""
    names: list[str | None] = []
    for entry in listing.items:
        name = record_id(entry)
        for key in ("name", "item"):
            there = entry.entries.get(key) if isinstance(entry, Mapping) and name is None else None
            if isinstance(there, Scalar) and isinstance(there.value, str):
                name = there.value.strip()
        names.append(name)
    return names


def _known(node: Node | None, expected: Expected | None) -> tuple[str, ...]:
    there = tuple(node.entries) if isinstance(node, Mapping) else ()
    return (*there, *(key for key in (expected.known_keys() if expected else ()) if key not in there))


def _with(node: Node | None, steps: Path, value: Node, place: Place, problems: Problems, path: Path) -> Node:
    """Return a copy of `node` with `value` laid over what `steps` lead to."""
    if not steps:
        return lay_over(node, value, problems, path)
    step, rest = steps[0], steps[1:]
    if isinstance(node, Listing) and isinstance(step, int):
        items = list(node.items)
        removing = not rest and (is_null(value) or _is_removal(value))
        items[step : step + 1] = [] if removing else [_with(items[step], rest, value, place, problems, (*path, step))]
        return Listing(items, node.place)
    old = node if isinstance(node, Mapping) else Mapping({}, {}, place)
    key = str(step)
    if not rest:
        return lay_over(old, Mapping({key: value}, {key: place}, old.place), problems, path)
    merged = Mapping(dict(old.entries), dict(old.keys), old.place, dict(old.removed))
    merged.called = old.called
    merged.put(key, _with(old.entries.get(key), rest, value, place, problems, (*path, key)), old.keys.get(key, place))
    return merged


def _is_removal(value: Node) -> bool:
    if not isinstance(value, Mapping) or set(value.entries) - {"id"} != {"remove"}:
        return False
    remove = value.entries["remove"]
    return isinstance(remove, Scalar) and remove.value is True
