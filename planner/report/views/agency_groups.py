"""The groups of an agency in the annex: who they are, their training, gaps left open, and the reasons."""

from __future__ import annotations

from typing import Final

from planner.domain.groups import Group
from planner.locale import _, ngettext
from planner.plans.causes import Cause, OpenGap
from planner.plans.measures import summed
from planner.plans.plan_rows import Closing
from planner.report.material import Material, listed
from planner.report.views.agency_page import figures_of
from planner.report.views.cause_words import in_short
from planner.report.views.table import HEAD, Column, Table, TableRow, table
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING

BULLET: Final = "\u2022"


def training_and_gaps(material: Material, number: int, name: str, groups: list[Group]) -> Table:
    """Return the table of an agency: for each group a row with its description and training, and a row for each of its
    gaps."""
    rows: list[TableRow | tuple[str, ...]] = []
    for group in groups:
        left_open = {row.competency: row for row in material.open_gaps.by_group.get(group.id, ())}
        closings = [closing for closing in material.measures.closings_by_group[group.id] if closing.need]
        about = listed([*_about(material, group), *([] if closings else [_("no gaps")])])
        if len(groups) > 1:
            about += f"\n{figures_of(material, [group], material.measures.coverage_by_group[group.id])}"
        given = _given(material, group) or [_("No training is given to this group.")]
        rows.append(TableRow((group.label, "\n".join([about, *(f"{BULLET} {line}" for line in given)]), ""), HEAD))
        rows += [_gap_row(material, group, closing, left_open.get(closing.competency)) for closing in closings]
    return table(
        f"gaps-{number}",
        _("{agency}: training of each group, gaps closed and left open, and why").format(agency=name),
        [
            Column(_("Competency"), "name"),
            Column(_("Closed (expected) of needed"), "number"),
            Column(_("Left open (expected), and why")),
        ],
        rows,
        folded=False,
    )


def _about(material: Material, group: Group) -> list[str]:
    """Describe a group: place, level, employment, size, and how many are willing to take part."""
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
    return who


def _given(material: Material, group: Group) -> list[str]:
    """Return a line for each programme of a group: JP, free seats, and participants by period."""
    formats, measures = material.formats, material.measures
    periods: dict[str, list[str]] = {}
    for row in measures.allocations_by_group[group.id]:
        words = ngettext("{period} {number} participant", "{period} {number} participants", row.participants)
        periods.setdefault(row.programme, []).append(
            words.format(period=row.period, number=formats.count(row.participants))
        )
    free = summed(material.seats_by_group.get(group.id, ()), lambda row: row.programme, lambda row: row.seats)
    lines = []
    for id, taken in periods.items():
        programme = material.scenario.programme[id]
        hours = _("{hours} JP").format(hours=formats.number(programme.hours)) if programme.hours else ""
        lasts = ngettext("runs {number} period", "runs {number} periods", programme.lasts)
        seats = ngettext("{number} free seat", "{number} free seats", free.get(id, 0))
        length = lasts.format(number=formats.count(programme.lasts)) if programme.lasts > 1 else ""
        notes = [hours, length, seats.format(number=formats.count(free[id])) if free.get(id) else ""]
        noted = listed([note for note in notes if note])
        lines.append(f"{programme.label}{f' ({noted})' if noted else ''}: {', '.join(taken)}")
    return lines


def _gap_row(material: Material, group: Group, closing: Closing, left_open: OpenGap | None) -> tuple[str, ...]:
    left = material.gaps(closing.need - closing.closed)
    return (
        material.scenario.competency[closing.competency].label,
        _("{closed} of {need}").format(
            closed=material.gaps_in_column(closing.closed), need=material.formats.count(closing.need)
        ),
        f"{left}: {reason_left_open(material, group, left_open)}" if left_open else NOTHING,
    )


def reason_left_open(material: Material, group: Group, row: OpenGap) -> str:
    """Return why a gap stays open, in one line."""
    if row.cause is Cause.UNWILLING:
        willing = material.open_gaps.willing(group)
        return in_short(material, row.cause) if willing else _("nobody in the group is willing to take part")
    rest = ", ".join(in_short(material, cause, row.resources, row.rules) for cause in row.reasons)
    told_apart = row.rest if row.reasons != (Cause.SUCCESS,) else 0
    if row.unwilling and row.not_reached and told_apart:
        words = _(
            "{unwilling} not willing to take part; {failing} would not reach the standard in any programme;"
            " the others: {reason}"
        )
    elif row.not_reached and told_apart:
        words = _("{failing} would not reach the standard in any programme; the others: {reason}")
    elif row.unwilling:
        words = _("{unwilling} not willing to take part; the others: {reason}")
    else:
        words = "{reason}"
    unwilling, failing = material.gaps(row.unwilling), material.gaps(row.not_reached)
    return words.format(unwilling=unwilling, failing=failing, reason=rest)
