"""One document laid over another: mappings merge, records merge by id, null removes, the rest replaces."""

from __future__ import annotations

from planner.domain.checks.did_you_mean import suggestion
from planner.locale import _
from planner.scenario_io.fields import expected_at
from planner.scenario_io.problems import Problems
from planner.scenario_io.tree import UNREADABLE, Bare, Listing, Mapping, Node, Path, Scalar, record_id


def lay_over(base: Node | None, over: Node, problems: Problems, path: Path = ()) -> Node:
    """Return `over` on top of `base`; with no base, `over` by itself, its nulls and removals resolved.

    Neither tree is changed. `null` where there is nothing to remove is an error unless the format
    knows the key, and so is the removal of a record that is not there.
    """
    if isinstance(base, Scalar) and base.value is UNREADABLE and not isinstance(over, Scalar):
        # What is to be changed could not be read, which is reported; the change alone would raise false problems.
        return base
    if isinstance(over, Scalar) or (base is None and over.bare is not None and not _removes(over.bare)):
        return over
    if isinstance(over, Mapping):
        return _mapping(base if isinstance(base, Mapping) else None, over, problems, path)
    if over.items and all(record_id(item) is not None for item in over.items):
        return _records(base if isinstance(base, Listing) else None, over, problems, path)
    items = [lay_over(None, item, problems, (*path, position)) for position, item in enumerate(over.items)]
    return Listing(items, over.place)


def _removes(data: Bare) -> bool:
    """Return whether something in `data` may take another away: a null, or a key 'remove'."""
    if isinstance(data, dict):
        return "remove" in data or any(value is None or _removes(value) for value in data.values())
    return isinstance(data, list) and any(map(_removes, data))


def _mapping(base: Mapping | None, over: Mapping, problems: Problems, path: Path) -> Mapping:
    merged = Mapping({}, {}, over.place)
    if base is not None:
        merged = Mapping(
            dict(base.entries), dict(base.keys), over.place if not path else base.place, dict(base.removed)
        )
    merged.called = over.called if base is None else base.called  # what stands at its place
    for key, node in over.entries.items():
        place = over.keys[key]
        if not is_null(node):
            merged.put(key, lay_over(merged.entries.get(key), node, problems, (*path, key)), place)
            merged.removed.pop(key, None)
        elif key in merged.entries:
            del merged.entries[key], merged.keys[key]
            merged.removed[key] = place
        else:
            merged.removed[key] = place
            _check_known(merged, key, base is not None, problems, path)
    return merged


def _check_known(mapping: Mapping, key: str, changing: bool, problems: Problems, path: Path) -> None:
    """Report a null under a key that could not be there; under any other it stands for an absent value.

    Where keys are free (gaps, releases), a scenario that changes another must name one that is there.
    """
    expected = expected_at(path)
    if expected is None or (expected.kind == "keyed" and not changing) or key in expected.known_keys():
        return
    problems.add(
        mapping.removed[key],
        _("there is no '{key}' here to remove.").format(key=key),
        suggestion(key, expected.known_keys() or mapping.entries),
        (*path, key),
    )


def _records(base: Listing | None, over: Listing, problems: Problems, path: Path) -> Listing:
    items = list(base.items) if base is not None else []
    position_of = {_called(item): position for position, item in reversed(list(enumerate(items)))}
    taken: set[int] = set()
    dropped: set[int] = set()
    for item in over.items:
        identifier = record_id(item)
        assert isinstance(item, Mapping)
        position = position_of.get(identifier)
        if "remove" in item.entries:
            if not _is_removal(item, problems, path):
                continue
            if position is not None:
                dropped.add(position)
            else:
                problems.add(
                    item.place,
                    _("there is no '{id}' here to remove.").format(id=identifier),
                    suggestion(str(identifier), (str(known) for known in position_of if known is not None)),
                    path,
                )
        elif position is None or position in taken or position in dropped:
            # A second record with an id of the same file is kept, so that it is reported as a duplicate.
            if position is None or position in dropped:
                position_of[identifier] = len(items)
            taken.add(len(items))
            items.append(lay_over(None, item, problems, (*path, len(items))))
        else:
            items[position] = lay_over(items[position], item, problems, (*path, position))
            taken.add(position)
    kept = [item for position, item in enumerate(items) if position not in dropped]
    return Listing(kept, base.place if base is not None else over.place)


def _called(item: Node) -> str | None:
    """Return the id of a record; of a list that holds names too, such as the periods, the name."""
    return item.value if isinstance(item, Scalar) and isinstance(item.value, str) else record_id(item)


def _is_removal(item: Mapping, problems: Problems, path: Path) -> bool:
    """Return whether `{id: x, remove: true}` is written so; anything else under `remove` is an error."""
    node = item.entries["remove"]
    if isinstance(node, Scalar) and node.value is True and set(item.entries) == {"id", "remove"}:
        return True
    if isinstance(node, Scalar) and node.value is UNREADABLE:
        return False
    problems.add(
        item.keys["remove"],
        _("a record that is removed has only its id and 'remove: true'."),
        _("Write {{id: {id}, remove: true}}, or leave out 'remove'.").format(id=record_id(item)),
        path,
    )
    return False


def is_null(node: Node) -> bool:
    """Return whether `null`, or nothing at all, is written."""
    return isinstance(node, Scalar) and node.value is None
