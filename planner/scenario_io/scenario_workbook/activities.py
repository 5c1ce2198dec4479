"""The sheet of activities: those of the scenario, and those that are only offered."""

from __future__ import annotations

from planner.domain.codes import read_activity
from planner.scenario_io.scenario_workbook.programme_sheets import OFFERED
from planner.scenario_io.tree import Listing, Mapping, Node, Scalar


def choose_activities(root: Mapping) -> None:
    """Leave out the activities that are only offered and that no programme names."""
    listed, programmes = root.entries.get("activities"), root.entries.get("programmes")
    if not isinstance(listed, Listing):
        return
    named = {
        _code(programme.entries.get("activity"))
        for programme in (programmes.items if isinstance(programmes, Listing) else ())
        if isinstance(programme, Mapping)
    }
    kept: list[Node] = []
    for activity in listed.items:
        offered = activity.entries.pop(OFFERED, None) if isinstance(activity, Mapping) else None
        only_offered = isinstance(offered, Scalar) and offered.value is True
        if not (isinstance(activity, Mapping) and only_offered) or _code(activity.entries.get("code")) in named:
            kept.append(activity)
    listed.items[:] = kept
    if not kept:
        del root.entries["activities"], root.keys["activities"]


def _code(node: Node | None) -> str | None:
    """Return a code in its one spelling; what is none, as it stands."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    try:
        return read_activity(node.value)
    except (ValueError, TypeError):
        return str(node.value)
