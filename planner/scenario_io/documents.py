"""From a scenario file to one merged tree: the chain of `extends`, tables put in, settings applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Final, NamedTuple

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.encoding import decode, readable
from planner.scenario_io.fields import expected_at
from planner.scenario_io.file_kinds import ZIP, refuse_other_kinds
from planner.scenario_io.overlay import lay_over
from planner.scenario_io.overlay_strangers import tell_strangers
from planner.scenario_io.paths import read_bytes, refuse_too_large, sibling
from planner.scenario_io.people_table import KEY, LENIENT, put_people_in
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables import Expansion
from planner.scenario_io.tables.competency_columns import competencies_of, with_ids
from planner.scenario_io.tables.cost_table import CostTable, cost_table_of, join
from planner.scenario_io.tables.sheet import MAX_BYTES
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar, descend, record_id, record_names
from planner.scenario_io.tree import Path as TreePath
from planner.scenario_io.words_beside import put_words_in
from planner.scenario_io.yaml_tree import read_tree


class FileLimits(NamedTuple):
    """How large a file may be."""

    size: int
    """Bytes."""
    values: int
    """Values in it."""


WRITTEN: Final = FileLimits(2_000_000, 500_000)
"""Of a file that people write; larger lists belong into tables."""

RESOLVED: Final = FileLimits(50_000_000, 10_000_000)
"""Of a resolved scenario that this program wrote, with its tables in it."""

WORKBOOK: Final = ".xlsx"
_TABLES: Final = (".csv", ".tsv", ".tab")

MAX_CHAIN: Final = 20
"""Longest chain of files that extend one another."""


class Text(NamedTuple):
    """A scenario that is given as text rather than as a file."""

    content: str
    name: str
    """What messages call it."""
    folder: Path | None
    """Where the files that it names are; without it, it may name none."""


@dataclass(eq=False)
class Documents:
    """What has been read so far."""

    limits: FileLimits = WRITTEN
    problems: Problems = field(default_factory=Problems)
    files: list[Path] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    of_workbook: bool = False
    """Whether the scenario itself is a workbook."""

    costs: dict[int, CostTable] = field(default_factory=dict)
    """The table of cost lines that a document names, by the identity of its tree."""

    @cached_property
    def expansion(self) -> Expansion:
        """The tables read so far."""
        return Expansion(self.problems, self.files, self.notices)


def merged_tree(start: Path | Text, changes: Sequence[str], documents: Documents) -> Mapping:
    """Return the tree of `start` over all it extends, with `changes` applied.

    Faults of values are collected in `documents.problems`; raises InputError where nothing can be
    made of a file.
    """
    chain = chain_of(start, documents)
    root: Mapping | None = None
    _name_competencies(chain, documents)
    for tree in reversed(chain):
        if (costs := documents.costs.get(id(tree))) is not None:
            join(costs, tree, root, documents.expansion)
        if root is not None:
            tell_strangers(root, tree, documents.problems, documents.notices)
        laid = lay_over(root, tree, documents.problems)
        assert isinstance(laid, Mapping)
        root = laid
    assert root is not None
    given = [changes] if isinstance(changes, str) else list(changes)
    before = [change for change in given if change.partition("=")[0].split(".")[0].strip() == KEY]
    asked = before if KEY in root.entries else [change for change in before if change != LENIENT]
    root = with_changes(root, start, asked, documents)
    put_people_in(root, _folder(start), documents.problems, documents.files, documents.notices)
    root = with_changes(root, start, [change for change in given if change not in before], documents)
    if documents.expansion.lines:
        documents.expansion.check_programmes(dict(pair for tree in [*chain, root] for pair in _programmes(tree)))
    return root


def _name_competencies(chain: Sequence[Mapping], documents: Documents) -> None:
    """Let columns of tables that give the name of a competency mean its id."""
    if documents.expansion.made:
        known = competencies_of(*reversed(chain))
        with_ids(documents.expansion.made, known, documents.problems, documents.notices)


def with_changes(root: Mapping, start: Path | Text, changes: Sequence[str], documents: Documents) -> Mapping:
    """Return `root`, which was read from `start`, with `changes` applied."""
    for change in changes:
        from planner.scenario_io.settings import apply_setting  # not needed at most starts

        complete = partial(_with_tables, folder=_folder(start), documents=documents, root=root)
        changed = apply_setting(root, change, documents.problems, complete)
        assert isinstance(changed, Mapping)
        root = changed
    return root


def _folder(start: Path | Text) -> Path | None:
    return start.parent if isinstance(start, Path) else start.folder


def _with_tables(node: Node, path: TreePath, *, folder: Path | None, documents: Documents, root: Mapping) -> Node:
    """Return `node`, which is or will be at `path` of `root`, with the tables, the words and the logo it names put
    in."""
    node = put_words_in(node, folder, path, documents.problems, documents.files)
    owners = [record_id(descend(root, path[:steps])[0]) for steps in range(len(path), 0, -1)]
    owner = next((name for name in owners if name is not None), "")
    return documents.expansion.put_in(node, expected_at(path), folder, path, owner)


def _programmes(tree: Mapping) -> Iterator[tuple[str, str | None]]:
    """Yield ids of the programmes of one document, each with its name."""
    listed = tree.entries.get("programmes")
    yield from record_names(listed.items if isinstance(listed, Listing) else ()).items()


def chain_of(start: Path | Text, documents: Documents) -> list[Mapping]:
    """Return the scenario, what it extends, what that extends, and so on; each with its tables and without its
    `extends`."""
    chain: list[Mapping] = []
    seen: list[Path] = []
    following: Path | Text | None = start
    place = Place()
    tree_path: TreePath = ()
    while following is not None:
        try:
            if isinstance(following, Path):
                _refuse_loop(following, seen, place)
                seen.append(following)
            tree = _mapping_of(following, place, tree_path, documents)
            base, place = _base(tree, _folder(following))
            _with_tables(tree, (), folder=_folder(following), documents=documents, root=tree)
            if (costs := cost_table_of(tree, _folder(following), documents.expansion)) is not None:
                documents.costs[id(tree)] = costs
        except Refused as refused:
            documents.problems.extend([refused.problem])
            documents.problems.raise_any()
        chain.append(tree)
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


def _mapping_of(source: Path | Text, place: Place, tree_path: TreePath, documents: Documents) -> Mapping:
    """Return the tree of one file or text, which must be a mapping; raises Refused."""
    most = documents.limits.size
    if isinstance(source, Path):
        documents.files.append(source)
        file = str(source)
        is_workbook = source.suffix.lower() == WORKBOOK
        data = read_bytes(source, MAX_BYTES if is_workbook else most, place, tree_path)
        if is_workbook or data.startswith(ZIP):
            return _workbook(data, file, documents)
        _refuse_other_files(data, source)
        text = decode(data, file)
    else:
        file = source.name
        text = readable(source.content.removeprefix("\ufeff"), file)
        refuse_too_large(len(text.encode()), most, file, Place(file))
    tree = read_tree(text, file, documents.problems, documents.limits.values)
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


def _workbook(data: bytes, file: str, documents: Documents) -> Mapping:
    """Return the document in a workbook made from the template; raises Refused for any other."""
    from planner.scenario_io.scenario_workbook import workbook_tree  # Excel libraries are needed for it alone

    tree, notices = workbook_tree(data, file, documents.problems)
    documents.notices.extend(notices)
    documents.of_workbook = documents.of_workbook or len(documents.files) == 1
    return tree


def _refuse_other_files(data: bytes, source: Path) -> None:
    """Call a file what it is that can be no scenario, and say what to do; raises Refused."""
    refuse_other_kinds(data, Place(str(source)))
    if source.suffix.lower() in _TABLES:
        message = _("this is a table, not a scenario.")
        remedy = _(
            "Name it in a scenario, such as groups: {{table: {name}}}, or fill in the workbook of `planner template`."
        )
        raise Refused(located(Place(str(source)), message, remedy.format(name=source.name)))


def _base(tree: Mapping, folder: Path | None) -> tuple[Path | None, Place]:
    """Return the file that `tree` extends, if any; the key is taken out of the tree."""
    if tree.bare is not None and "extends" not in tree.bare:
        return None, Place()
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
    return sibling(node.value, folder, node.place, ("extends",)), node.place
