"""Each agency and its groups: what they are given, which gaps stay open, and why where it is certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.domain.groups import Group
from planner.locale import _, ngettext
from planner.plan.measures import Coverage, summed
from planner.plan.plan import Closing
from planner.report import labels
from planner.report.formats import NOTHING
from planner.report.material import Material, listed
from planner.report.open_gaps import Cause, OpenGap
from planner.report.views.agency_page import agency_facts, groups_of, seats_of
from planner.report.views.competencies import coverage_cells, coverage_columns
from planner.report.views.cover import Fact
from planner.report.views.heading import Heading
from planner.report.views.summary import cause_words
from planner.report.views.table import Column, Table, table

MANY_GROUPS: Final = 100
"""With more groups than this the part of each agency is folded on screen."""
OPEN_GROUPS: Final = 3
"""With at most so many groups their parts are open on screen."""


@dataclass(frozen=True)
class GroupPart:
    """One group of civil servants."""

    name: str
    about: str
    result: str
    nothing: str
    given: Table | None
    gaps: Table | None
    open: bool


@dataclass(frozen=True)
class AgencyPart:
    """One agency with its groups, on a page of its own in print."""

    name: str
    facts: tuple[Fact, ...]
    overview: Table | None
    seats: Table | None
    groups: tuple[GroupPart, ...]
    folded: bool


@dataclass(frozen=True)
class Agencies:
    """The section on agencies and groups."""

    heading: Heading
    intro: str
    agencies: tuple[AgencyPart, ...]


def agencies(material: Material, heading: Heading) -> Agencies:
    numbers = {group.id: number for number, group in enumerate(material.scenario.groups, start=1)}
    return Agencies(
        heading=heading,
        intro=_(
            "A reason is given for a gap left open only where it is certain: where, with the rest of the plan as it "
            "is, that reason alone rules out one more participant."
        ),
        agencies=tuple(
            _agency(material, number, agency, groups, numbers)
            for number, (agency, groups) in enumerate(material.measures.agencies.items(), start=1)
        ),
    )


def _agency(
    material: Material, number: int, agency: str | None, groups: list[Group], numbers: dict[str, int]
) -> AgencyPart:
    name = material.agency(agency) if len(material.measures.agencies) > 1 or agency else _("All groups")
    coverage = material.measures.coverage_by_agency[agency]
    return AgencyPart(
        name=name,
        facts=agency_facts(material, groups, coverage),
        overview=groups_of(material, number, name, groups, coverage),
        seats=seats_of(material, number, name, groups) if len(groups) > 1 else None,
        groups=tuple(_group(material, group, numbers[group.id]) for group in groups),
        folded=len(numbers) > MANY_GROUPS,
    )


def _group(material: Material, group: Group, number: int) -> GroupPart:
    measures, formats = material.measures, material.formats
    coverage, people = measures.coverage_by_group[group.id], measures.participants_by_group[group.id]
    results = [
        _("{closed} of {need} gaps closed ({share})").format(
            closed=material.gaps(coverage.closed),
            need=formats.count(coverage.need),
            share=material.coverage(coverage),
        ),
        ngettext("{number} participant", "{number} participants", people).format(number=formats.count(people)),
    ]
    if material.counts_hours:
        hours = formats.number(measures.hours_per_person_of(group), 1)
        results.append(_("{hours} JP per person").format(hours=hours))
    return GroupPart(
        name=group.label,
        about=_about(material, group),
        result=listed(results) if coverage.need else _("no gaps"),
        nothing="" if people else _("No training is given to this group."),
        given=_given(material, group, number) if people else None,
        gaps=_gaps(material, group, number) if coverage.need else None,
        open=len(material.scenario.groups) <= OPEN_GROUPS,
    )


def _about(material: Material, group: Group) -> str:
    """Who they are, and how many of them are willing to take part."""
    formats = material.formats
    employment = labels.employment(group.employment) if group.employment else None
    who = [part for part in (group.location, group.level, employment) if part]
    who.append(
        ngettext("{number} person", "{number} people", group.headcount).format(number=formats.count(group.headcount))
    )
    willing = material.open_gaps.willing(group)
    if group.id in material.plan.socialized:
        who.append(
            _("willing to take part: {share} after socialization (before: {before})").format(
                share=formats.given_share(willing), before=formats.given_share(group.uptake)
            )
        )
    elif willing < 1:
        who.append(_("willing to take part: {share}").format(share=formats.given_share(willing)))
    return listed(who)


def _given(material: Material, group: Group, number: int) -> Table:
    scenario, formats = material.scenario, material.formats
    seats = summed(material.seats_by_group.get(group.id, ()), lambda s: (s.programme, s.period), lambda s: s.seats)
    given = material.measures.allocations_by_group[group.id]
    columns = [
        Column(_("Programme"), "name"),
        Column(_("Form")),
        Column(_("Period")),
        Column(_("Participants"), "number"),
        Column(_("JP each"), "number"),
    ]
    rows = [
        [
            scenario.programme[row.programme].label,
            labels.form(scenario.programme[row.programme].form),
            row.period,
            formats.count(row.participants),
            material.zero_as_dash(
                formats.number(scenario.programme[row.programme].hours), scenario.programme[row.programme].hours
            ),
        ]
        for row in given
    ]
    if seats:
        columns.append(Column(_("Free seats"), "number"))
        for cells, row in zip(rows, given, strict=True):
            free = seats.get((row.programme, row.period), 0)
            cells.append(material.zero_as_dash(formats.count(free), free))
    return table(f"given-{number}", _("{group}: training given").format(group=group.label), columns, rows, folded=False)


def _gaps(material: Material, group: Group, number: int) -> Table:
    left_open = {row.competency: row for row in material.open_gaps.by_group.get(group.id, ())}
    closings = [closing for closing in material.measures.closings_by_group[group.id] if closing.need]
    return table(
        f"gaps-{number}",
        _("{group}: gaps, and why some stay open").format(group=group.label),
        [*coverage_columns(Column(_("Competency"), "name")), Column(_("Reason"))],
        [_gap_row(material, group, closing, left_open.get(closing.competency)) for closing in closings],
        folded=False,
    )


def _gap_row(material: Material, group: Group, closing: Closing, left_open: OpenGap | None) -> tuple[str, ...]:
    return (
        material.scenario.competency[closing.competency].label,
        *coverage_cells(material, Coverage(closing.need, closing.closed)),
        _reason(material, group, left_open) if left_open else NOTHING,
    )


def _reason(material: Material, group: Group, row: OpenGap) -> str:
    """Why a gap stays open, in one line."""
    if row.cause is Cause.UNWILLING and not material.open_gaps.willing(group):
        return _("Nobody in the group is willing to take part")
    if row.cause is Cause.SEVERAL:
        rest = listed([cause_words(cause) for cause in row.causes])
    else:
        rest = cause_words(row.cause)
    if row.unwilling and row.rest:
        return _("{number} not willing to take part; the others: {reason}").format(
            number=material.gaps(row.unwilling), reason=rest[:1].lower() + rest[1:]
        )
    return rest
