"""Keys that other keys have taken the place of, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.locale import N_, _

_FLOOR: Final = N_(
    "The legal floor stands in one block now: 'floor: {{share: 0.34%, of: 4_625_723_464_795, other_countable: 0, "
    "citation: …}}'."
)

_REPLACED: Final[Mapping[tuple[str, ...], str]] = {
    ("scenario", "regional_budget"): _FLOOR,
    ("scenario", "floor_share"): _FLOOR,
    ("scenario", "citations", "floor_share"): _FLOOR,
}


def replaced_by(path: tuple[str | int, ...]) -> str:
    """Return what to write instead of the unknown key at `path`; empty where it never was a key."""
    words = _REPLACED.get(tuple(str(step) for step in path))
    return "" if words is None else _(words).format()
