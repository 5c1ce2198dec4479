"""The map of a province: agencies, places or groups as tiles coloured by coverage, each with its figures as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from planner.domain.groups import Group
from planner.locale import N_, _, ngettext
from planner.plans.coverage import Coverage
from planner.report.charts.palette import step_of
from planner.report.material import Material

By = Literal["instansi", "wilayah", "kelompok"]
WAYS: Final[Mapping[By, str]] = {
    "instansi": N_("by agency"),
    "wilayah": N_("by location"),
    "kelompok": N_("by group"),
}
"""Words of the address, and how the map is divided."""


@dataclass(frozen=True)
class CoverageTile:
    """A part of the civil servants, or one gap of a group."""

    key: str
    """What the address calls it."""
    label: str
    share: str
    figures: str
    step: int
    """Colour step from 0, nothing closed, to 5, all."""


@dataclass(frozen=True)
class GroupTiles:
    """A group with a tile for each of its gaps."""

    id: str
    label: str
    about: str
    tiles: tuple[CoverageTile, ...]


def ways(material: Material) -> list[By]:
    """Return the ways of dividing the map that tell more than one part from another."""
    groups = material.scenario.groups
    found: dict[By, int] = {
        "instansi": len({group.agency for group in groups}),
        "wilayah": len({group.location for group in groups}),
        "kelompok": len(groups),
    }
    return [by for by, number in found.items() if number > 1] or ["kelompok"]


def tiles(material: Material, by: By) -> list[CoverageTile]:
    """Return one tile for each part, those with most left open first."""
    part_of, name = _parts(material, by)
    group = material.scenario.group
    found = material.measures.coverage_by(lambda closing: part_of(group[closing.group]))
    rows = sorted(found.items(), key=lambda row: -row[1].left)
    return [_tile(material, key or "", name(key), coverage) for key, coverage in rows if coverage.need]


def groups_in(material: Material, by: By, key: str) -> list[Group]:
    """Return the groups of a part."""
    part_of, _name = _parts(material, by)
    return [group for group in material.scenario.groups if (part_of(group) or "") == key]


def tiles_of(material: Material, group: Group) -> GroupTiles:
    """Return a group with a tile for each of its gaps."""
    labels = material.scenario.competency
    closings = [closing for closing in material.measures.closings_by_group[group.id] if closing.need]
    made = (
        _tile(material, each.competency, labels[each.competency].label, Coverage(each.need, each.closed))
        for each in closings
    )
    words = ngettext("{number} person", "{number} people", group.headcount)
    people = words.format(number=material.formats.count(group.headcount))
    return GroupTiles(group.id, group.label, people, tuple(made))


def label_of(material: Material, by: By, key: str) -> str:
    """Return what a part is called."""
    return _parts(material, by)[1](key or None)


def _parts(material: Material, by: By) -> tuple[Callable[[Group], str | None], Callable[[str | None], str]]:
    """Return the part of a group, and the name of a part."""
    if by == "instansi":
        return lambda group: group.agency, material.agency
    if by == "wilayah":
        return lambda group: group.location, lambda name: name or _("no location named")
    known = material.scenario.group
    return lambda group: group.id, lambda id: known[id].label if id in known else ""


def _tile(material: Material, key: str, label: str, coverage: Coverage) -> CoverageTile:
    words = _("{closed} of {need}")
    figures = words.format(closed=material.gaps_in_words(coverage.closed), need=material.formats.count(coverage.need))
    return CoverageTile(key, label, material.formats.share(coverage.share, 0), figures, step_of(coverage.share))
