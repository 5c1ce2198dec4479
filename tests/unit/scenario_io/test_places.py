"""Places are worked out from offsets when they are asked for: the same as the parser gives for each event."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.scenario_io.problems import Problems
from planner.scenario_io.tree import Listing, Mapping, Node, Scalar
from planner.scenario_io.yaml_tree import read_tree

leaves = (
    st.integers(0, 10**6) | st.sampled_from(["a", "é😀", "x: y", "dua\nbaris", "'", ""]) | st.none() | st.booleans()
)
keys = st.sampled_from(["a", "b", "kunci panjang", "é😀", "7", "c"])
documents = st.dictionaries(
    keys,
    st.recursive(leaves, lambda inner: st.dictionaries(keys, inner, max_size=4) | st.lists(inner, max_size=4)),
    min_size=1,
    max_size=4,
)


def events(text: str) -> Iterator[tuple[int, int]]:
    """Line and column of each value and key, as the parser tells them."""
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            mark = event.start_mark
            assert mark is not None
            yield mark.line + 1, mark.column + 1


def nodes(node: Node, key: tuple[int | None, int | None] | None = None) -> Iterator[tuple[int | None, int | None]]:
    """The places of a tree in the order of the text."""
    own = (node.place.line, node.place.column)
    yield own
    if isinstance(node, Mapping):
        for name, value in node.entries.items():
            place = node.keys[name]
            yield place.line, place.column
            yield from nodes(value)
    elif isinstance(node, Listing):
        for item in node.items:
            yield from nodes(item)
    else:
        assert isinstance(node, Scalar)


@given(documents, st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "# catatan\n\n"]))
def test_places_are_those_of_the_parser(document: object, flow: bool, ending: str, before: str) -> None:
    text = before + yaml.safe_dump(document, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    # {amount: 2,5} is told as one value that the comma splits, as test_yaml_faults.py has it
    assume(not re.search(r"\d['\"]?,\s+['\"]?\d[^,:]*: null", text))
    text = text.replace("\n", ending)

    tree = read_tree(text, "s.yaml", Problems())

    assert tree is not None
    told = list(nodes(tree))
    parsed = list(events(text))
    assert len(told) == len(parsed)
    # A value on a later line than its key has the place of the key.
    assert all(mine == theirs or (mine[0] or 0) < (theirs[0] or 0) for mine, theirs in zip(told, parsed, strict=True))
    assert set(told) <= set(parsed)
