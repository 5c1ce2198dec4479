"""Laws of the merge that hold for any documents: what changes nothing, and what is the same done twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.scenario_io.overlay import lay_over
from planner.scenario_io.problems import Problems
from planner.scenario_io.tree import Listing, Mapping, Node, Place, Scalar, plain

keys = st.sampled_from(["groups", "gaps", "keu", "id", "name"])
leaves = st.integers(0, 5) | st.sampled_from(["a", "b"]) | st.booleans()
records = st.lists(
    st.tuples(st.sampled_from("abcd"), st.dictionaries(st.sampled_from(["x", "y"]), leaves, max_size=2)),
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: [{"id": name, **rest} for name, rest in pairs])
documents = st.dictionaries(
    keys,
    st.recursive(
        leaves | records, lambda inner: st.dictionaries(keys, inner, max_size=3) | st.lists(inner, max_size=2)
    ),
    max_size=4,
)


def node(value: Any) -> Node:
    """A tree of plain data, from nowhere."""
    place = Place()
    if isinstance(value, dict):
        return Mapping({key: node(inner) for key, inner in value.items()}, dict.fromkeys(value, place), place)
    if isinstance(value, list):
        return Listing([node(inner) for inner in value], place)
    return Scalar(value, place)


def merged(base: Any, over: Any) -> Any:
    return plain(lay_over(node(base), node(over), Problems()))


def unique_ids(value: Any) -> bool:
    """Whether no list has two records of one id, which are twins and refused later."""
    if isinstance(value, dict):
        return all(unique_ids(inner) for inner in value.values())
    if not isinstance(value, list):
        return True
    ids = [str(item["id"]) for item in value if isinstance(item, dict) and isinstance(item.get("id"), int | str)]
    return len(set(ids)) == len(ids) and all(unique_ids(inner) for inner in value)


@given(documents)
def test_nothing_laid_over_changes_nothing(base: Any) -> None:
    assert merged(base, {}) == base


@given(documents)
def test_a_document_over_nothing_is_itself(over: Any) -> None:
    assert merged({}, over) == over


@given(documents.filter(unique_ids))
def test_a_document_over_itself_is_itself(base: Any) -> None:
    assert merged(base, base) == base


@given(documents.filter(unique_ids), documents.filter(unique_ids))
def test_a_change_made_twice_is_made_once(base: Any, over: Any) -> None:
    once = merged(base, over)

    assert merged(once, over) == once


@given(documents.filter(unique_ids), documents.filter(unique_ids))
def test_merging_leaves_both_trees_as_they_were(base: Any, over: Any) -> None:
    first, second = node(base), node(over)
    lay_over(first, second, Problems())

    assert (plain(first), plain(second)) == (base, over)


@given(documents)
def test_null_removes_every_key(base: Any) -> None:
    assert merged(base, dict.fromkeys(base)) == {}


@given(records)
def test_remove_takes_every_record(base: Any) -> None:
    removals = [{"id": record["id"], "remove": True} for record in base]

    assert merged({"groups": base}, {"groups": removals}) == {"groups": []}
