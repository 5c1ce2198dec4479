"""The section on target groups: who they are, how many, and their training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.domain.groups import Group
from planner.locale import _, ngettext
from planner.report.material import Material
from planner.report.views.annexed import annex_as_place
from planner.report.views.heading import Heading
from planner.report.views.table import LONG, Column, Table, table
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING


@dataclass(frozen=True)
class Targets:
    """The section on target groups."""

    heading: Heading
    intro: str
    groups: Table


def targets(material: Material, heading: Heading) -> Targets:
    groups = len(material.scenario.groups)
    people = material.measures.headcount
    return Targets(
        heading=heading,
        intro=" ".join(
            [
                ngettext(
                    "The plan is for {people} civil servant.", "The plan is for {people} civil servants.", people
                ).format(people=material.formats.count(people)),
                ngettext("They form {number} group.", "They form {number} groups.", groups).format(
                    number=material.formats.count(groups)
                ),
                *_agencies(material),
                _("A group is named with its level, place and kind of employment where the scenario states them."),
            ]
        ),
        groups=_groups(material),
    )


def _agencies(material: Material) -> Iterator[str]:
    """Yield in how many agencies the people serve, as far as groups name one."""
    named = [agency for agency in material.measures.agencies if agency is not None]
    if not named:
        return
    yield ngettext("They serve in {number} agency.", "They serve in {number} agencies.", len(named)).format(
        number=material.formats.count(len(named))
    )
    if without := material.measures.agencies.get(None):
        words = ngettext("{number} group names no agency.", "{number} groups name no agency.", len(without))
        yield words.format(number=material.formats.count(len(without)))


def _groups(material: Material) -> Table:
    """Return one row for each group, by agency."""
    formats, measures = material.formats, material.measures
    columns = [
        Column(_("Group"), "name"),
        Column(_("Agency")),
        Column(_("Level, place, employment")),
        Column(_("Civil servants"), "number"),
        Column(_("Participants"), "number"),
    ]
    rows = [
        [
            group.label,
            material.agency(agency) if agency else NOTHING,
            who(group) or NOTHING,
            formats.count(group.headcount),
            formats.count(measures.participants_by_group[group.id]),
        ]
        for agency, groups in measures.agencies.items()
        for group in groups
    ]
    total = [_("Total"), "", "", formats.count(measures.headcount), formats.count(measures.participants)]
    if material.counts_hours:
        columns.append(Column(material.hours_per_person, "number"))
        members = [group for groups in measures.agencies.values() for group in groups]
        for cells, group in zip(rows, members, strict=True):
            cells.append(formats.fixed(measures.hours_per_person_of(group), 1))
        total.append(formats.fixed(measures.hours_per_person, 1))
    return table(
        "table-targets",
        _("Target groups and their training"),
        columns,
        rows,
        total=total,
        printed_in=annex_as_place(material) if len(rows) > LONG else "",
    )


def who(group: Group) -> str:
    """Return level, place and employment of a group, as far as they are stated."""
    employment = labels.employment(group.employment) if group.employment else None
    return ", ".join(part for part in (group.level, group.location, employment) if part)
