"""Records of an overlay that seem to change one of the file below, which has none called so, and would add one instead.

That happens where the file below gives a record another id: the change of 40 people becomes a group of 40 more.
"""

from __future__ import annotations

from typing import Final

from planner.domain.checks.did_you_mean import record_suggestion
from planner.domain.checks.problem import listed
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.fields import expected_at
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tree import Listing, Mapping, record_id, record_names

LISTS: Final = ("competencies", "groups", "activities", "programmes", "mentor_pools", "resources", "funds")
"""Lists whose records an overlay changes by their ids."""


def tell_strangers(base: Mapping, over: Mapping, problems: Problems, notices: list[Problem]) -> None:
    """Tell the records of `over` that are none of `base` and have less than all of those have.

    Without a key that every record needs it is a problem; otherwise it may be meant, and is noticed.
    """
    for name in LISTS:
        below, above = base.entries.get(name), over.entries.get(name)
        if not isinstance(below, Listing) or not isinstance(above, Listing):
            continue
        own = [item for item in below.items if isinstance(item, Mapping)]
        known = record_names(own)
        shared = set[str]().union(*map(_keys, own)).intersection(*map(_keys, own)) if own else set()
        needed = _needed(name)
        for item in above.items:
            identifier = record_id(item)
            if not isinstance(item, Mapping) or identifier is None or identifier in known or "remove" in _keys(item):
                continue
            absent = sorted(shared - _keys(item))
            if not absent:
                continue
            message = _(
                "the file that this one extends has no '{id}' under '{list}', so this adds one, without {keys}."
            )
            message = message.format(id=identifier, list=name, keys=listed(absent))
            remedy = record_suggestion(identifier, known)
            if needed & set(absent):
                problems.add(item.place, message, remedy, (name,))
            else:
                notices.append(located(item.place, message, remedy, (name,)))


def _keys(item: Mapping) -> set[str]:
    return set(item.entries if item.bare is None else item.bare)


def _needed(name: str) -> set[str]:
    """Return the keys that every record of a list needs."""
    expected = expected_at((name, 0))
    fields = expected.model.model_fields if expected is not None and expected.model is not None else {}
    return {field.alias or key for key, field in fields.items() if field.is_required()}
