"""What the free keys of a scenario name: gaps stand under competencies, seats under programmes, amounts under years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

KEYS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "activities": ("activities",),
        "amount": ("periods",),
        "amounts": ("years",),
        "closed": ("competencies",),
        "closes": ("competencies",),
        "completed": ("programmes",),
        "gaps": ("competencies",),
        "new_gaps": ("years", "competencies"),
        "only_if": ("programmes",),
        "releases": ("periods",),
        "seats": ("programmes",),
        "uses": ("resources",),
    }
)
"""By field of a record: the list of the scenario that its free keys name, then that of the keys below those."""

ONE_RECORD: Final = frozenset({"scenario", "choices", "actuals", "narrative", "people"})
"""Parts of a scenario that are one record: what stands below their name is a field, no id."""


def list_named(path: Sequence[str | int]) -> str:
    """Return the list that the last step of a `path` of the scenario names something of; empty where it is no free key.

    `groups.analis.gaps.keu` names a competency, `funds.apbd.amounts.2028` a year, `groups.gaps` a group called so.
    """
    first = 1 if path and path[0] in ONE_RECORD else 2
    for at in range(len(path) - 2, first - 1, -1):
        lists, below = KEYS_OF.get(str(path[at]), ()), len(path) - 2 - at
        if below < len(lists):
            return lists[below]
    return ""
