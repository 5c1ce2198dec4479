"""Records of a scenario file under other ids: whatever names them in the same file names them anew."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from planner.domain.checks.references import references_to, text_of
from planner.domain.one_off import AGREEMENT
from planner.scenario_io.tree import Bare


def named_anew(data: dict[str, Bare], kind: str, names: Mapping[str, str]) -> dict[str, Bare]:
    """Return `data` with the references to records of a list (`kind`) by their new names, all at once.

    The ids of the records themselves stay as they are.
    """
    made = copy.deepcopy(data)
    keyed: dict[tuple[str | int, ...], Any] = {}
    for path, name, of_key in list(references_to(made, kind, names)):
        above = at(made, path[:-1])
        if of_key:
            keyed[path[:-1]] = above
        else:
            above[path[-1]] = _like(above[path[-1]], names[name])
    for mapping in keyed.values():
        _rename_keys(mapping, names)
    return made


def at(data: Any, path: Sequence[str | int]) -> Any:
    """Return what stands at a path."""
    for step in path:
        data = data[step]
    return data


def _like(old: Bare, name: str) -> Bare:
    """Return the new name as the old one was written: a year as a number, the fund of an agreement behind its word."""
    if isinstance(old, int) and name.isascii() and name.isdigit():
        return int(name)
    return f"{AGREEMENT}{name}" if isinstance(old, str) and old.startswith(AGREEMENT) else name


def _rename_keys(mapping: dict[Any, Bare], names: Mapping[str, str]) -> None:
    """Give keys their new names, in the order that they have."""
    entries = [(names.get(text_of(key) or "", key), value) for key, value in mapping.items()]
    mapping.clear()
    mapping.update(entries)
