"""From a scenario file to one merged tree: the chain of `extends`, tables put in, settings applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Final, NamedTuple

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.encoding import decode
from planner.scenario_io.fields import expected_at
from planner.scenario_io.overlay import lay_over
from planner.scenario_io.paths import read_bytes, sibling
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.settings import apply_setting
from planner.scenario_io.tables import Expansion
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar, descend, record_id
from planner.scenario_io.tree import Path as TreePath
from planner.scenario_io.yaml_tree import read_tree


class Limits(NamedTuple):
    """How large a file may be."""

    size: int
    """Bytes."""
    values: int
    """Values in it."""


WRITTEN: Final = Limits(2_000_000, 500_000)
"""Of a file that people write; larger lists belong into tables."""

RESOLVED: Final = Limits(50_000_000, 10_000_000)
"""Of a resolved scenario that this program wrote, with its tables in it."""

MAX_CHAIN: Final = 20
"""Longest chain of files that extend one another."""


@dataclass
class Documents:
    """What has been read so far."""

    limits: Limits = WRITTEN
    problems: Problems = field(default_factory=Problems)
    files: list[Path] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    @cached_property
    def expansion(self) -> Expansion:
        """The tables read so far."""
        return Expansion(self.problems, self.files, self.notices)


def merged_tree(path: Path, settings: Sequence[str], documents: Documents) -> Mapping:
    """The tree of `path` over all it extends, with `settings` applied.

    Faults of values are collected in `documents.problems`; raises InputError where nothing can be
    made of a file.
    """
    chain = chain_of(path, documents)
    root: Mapping | None = None
    for _file, tree in reversed(chain):
        laid = lay_over(root, tree, documents.problems)
        assert isinstance(laid, Mapping)
        root = laid
    assert root is not None
    for setting in settings:
        complete = partial(_with_tables, by=path, documents=documents, root=root)
        changed = apply_setting(root, setting, documents.problems, complete)
        assert isinstance(changed, Mapping)
        root = changed
    documents.expansion.check_programmes({name for _file, tree in [*chain, (path, root)] for name in _programmes(tree)})
    return root


def _with_tables(node: Node, path: TreePath, *, by: Path, documents: Documents, root: Mapping) -> Node:
    """`node`, which stands or will stand at `path` of `root`, with the tables it names put in."""
    owners = [record_id(descend(root, path[:steps])[0]) for steps in range(len(path), 0, -1)]
    owner = next((name for name in owners if name is not None), "")
    return documents.expansion.put_in(node, expected_at(path), by, path, owner)


def _programmes(tree: Mapping) -> Iterator[str]:
    """Ids of the programmes of one document."""
    listed = tree.entries.get("programmes")
    for item in listed.items if isinstance(listed, Listing) else ():
        if (name := record_id(item)) is not None:
            yield name


def chain_of(path: Path, documents: Documents) -> list[tuple[Path, Mapping]]:
    """The file, what it extends, what that extends, and so on; each with its tables and without its `extends`."""
    chain: list[tuple[Path, Mapping]] = []
    seen: list[Path] = []
    following: Path | None = path
    place = Place()
    tree_path: TreePath = ()
    while following is not None:
        try:
            _refuse_loop(following, seen, place)
            seen.append(following)
            tree = _mapping_of(following, place, tree_path, documents)
            base, place = _base(tree, following)
            _with_tables(tree, (), by=following, documents=documents, root=tree)
        except Refused as refused:
            documents.problems.extend([refused.problem])
            documents.problems.raise_any()
        chain.append((following, tree))
        following, tree_path = base, ("extends",)
    return chain


def _refuse_loop(path: Path, seen: Sequence[Path], place: Place) -> None:
    """Refuse a file that is in the chain already, under whatever name, or a chain without end."""
    try:
        again = any(path.samefile(file) for file in seen)
    except (OSError, ValueError):
        return
    if not again and len(seen) < MAX_CHAIN:
        return
    arrows = " -> ".join(file.name for file in [*seen, path])
    if again:
        message = _("the scenarios extend one another in a circle: {files}.").format(files=arrows)
    else:
        message = _("more than {count} scenarios extend one another.").format(count=MAX_CHAIN)
    raise Refused(located(place, message, _("Let the first of them extend none."), ("extends",)))


def _mapping_of(path: Path, place: Place, tree_path: TreePath, documents: Documents) -> Mapping:
    """The tree of one file, which must be a mapping; raises Refused."""
    documents.files.append(path)
    file = str(path)
    data = read_bytes(path, documents.limits.size, place, tree_path)
    tree = read_tree(decode(data, file), file, documents.problems, documents.limits.values)
    start = Place(file, 1, 1)
    if tree is None or (isinstance(tree, Scalar) and tree.value is None):
        raise Refused(located(start, _("the file is empty."), _("Start from the example that `planner init` writes.")))
    if not isinstance(tree, Mapping):
        raise Refused(
            located(
                tree.place,
                _("a scenario is a mapping of keys (format, scenario, groups, …), not a list or a single value."),
                _("Begin with the line 'format: 1'."),
            )
        )
    return tree


def _base(tree: Mapping, by: Path) -> tuple[Path | None, Place]:
    """The file that `tree` extends, if any; the key is taken out of the tree."""
    node = tree.entries.pop("extends", None)
    key = tree.keys.pop("extends", None)
    if node is None or key is None or (isinstance(node, Scalar) and node.value in (None, UNREADABLE)):
        return None, Place()
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        raise Refused(
            located(
                node.place, _("'extends' names one file."), _("Write for example: extends: base.yaml"), ("extends",)
            )
        )
    return sibling(node.value, by, node.place, ("extends",)), node.place
