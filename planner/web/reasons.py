"""Why: the reason in words of a gap left open, a programme not held, a fund not used, and money left.

Nothing is computed here that the report does not compute: causes are those of `plans.open_gaps` and `plans.fund_left`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.locale import _, ngettext
from planner.plans.causes import Cause
from planner.report.material import Material
from planner.report.views.agency_groups import reason_left_open
from planner.report.views.cause_words import in_short
from planner.report.wording.money_left import why_left


@dataclass(frozen=True)
class Hindrance:
    """A programme and a group: who takes part, and what rules out one more."""

    group: str
    programme: str
    """Ids, for the question what it would cost to have it."""
    label: str
    taking_part: str
    reasons: tuple[str, ...]
    """Empty where all that is listed has the same ones, which stand above."""


@dataclass(frozen=True)
class Reason:
    """The answer to one "why?"."""

    title: str
    sentences: tuple[str, ...]
    bars: tuple[Hindrance, ...] = ()
    about: str = ""
    """What the rows of `bars` are: programmes or groups, in words."""


@dataclass(frozen=True)
class Lead:
    """Something that may be asked about: its address, its name, and the reason in short."""

    query: str
    label: str
    note: str


MOST_GROUPS: Final = 40
"""Most groups that are named for one programme."""
SHORTLY: Final = 200
"""Most groups of a scenario of which each programme's reason is found for a list."""


def of_gap(material: Material, group: Group, competency: str) -> Reason:
    """Return why a gap of a group stays open, or that it does not."""
    closings = material.measures.closings_by_group[group.id]
    closing = next((each for each in closings if each.competency == competency), None)
    label = material.scenario.competency[competency].label
    title = _("{group}: {competency}").format(group=group.label, competency=label)
    if closing is None or not closing.need:
        return Reason(title, (_("This group has no gap in this competency."),))
    words = _("{closed} of {need} gaps are closed (expected).")
    sentences = [words.format(closed=material.gaps_in_words(closing.closed), need=material.formats.count(closing.need))]
    left = next((row for row in material.open_gaps.by_group.get(group.id, ()) if row.competency == competency), None)
    if left is None:
        sentences.append(_("None of them stays open."))
    else:
        reason = reason_left_open(material, group, left)
        open_words = _("{left} stay open: {reason}.")
        sentences.append(open_words.format(left=material.gaps_in_words(left.left), reason=reason))
        if left.cause is Cause.PRIORITY:
            sentences.append(_("Nothing alone rules out one more: the plan uses the means elsewhere."))
    bars = tuple(_bar(material, group, each, each.label) for each in material.open_gaps.closing(group, competency))
    return Reason(title, tuple(sentences), bars, _("Programmes that close it"))


def of_programme(material: Material, programme: Programme) -> Reason:
    """Return why a programme is not held, or not by more: for each group with a gap that it closes."""
    measures = material.measures
    people = measures.participants_by_programme[programme.id]
    if people:
        words = ngettext("{number} participant takes it.", "{number} participants take it.", people)
        sentences = [words.format(number=material.formats.count(people))]
    else:
        sentences = [_("The plan does not hold this programme.")]
    needing = [
        group
        for group in material.scenario.groups
        if any(
            closing.need and programme in material.open_gaps.closing(group, closing.competency)
            for closing in measures.closings_by_group[group.id]
            if closing.competency in programme.closes
        )
    ]
    if not needing:
        sentences.append(_("No group that may take it has a gap that it closes."))
    bars = tuple(_bar(material, group, programme, group.label) for group in needing[:MOST_GROUPS])
    if len(needing) > MOST_GROUPS:
        more = len(needing) - MOST_GROUPS
        words = ngettext("{number} further group is not shown.", "{number} further groups are not shown.", more)
        sentences.append(words.format(number=material.formats.count(more)))
    whole = len(needing) <= MOST_GROUPS
    shared = set(bars[0].reasons).intersection(*(bar.reasons for bar in bars)) if bars else set()
    if shared and whole and not people:
        sentences.append(_("For every group: {reasons}.").format(reasons=", ".join(sorted(shared))))
        if all(shared.issuperset(bar.reasons) for bar in bars):  # nothing more is to be said of any of them
            bars = tuple(replace(bar, reasons=()) for bar in bars)
    return Reason(programme.label, tuple(sentences), bars, _("Groups with a gap that it closes"))


def of_fund(material: Material, fund: Fund) -> Reason:
    """Return what a fund pays and keeps, and why it keeps it."""
    rupiah, paid = material.formats.rupiah, material.measures.cost_by_fund[fund.id]
    words = _("It pays {paid} of {amount}.")
    sentences = [words.format(paid=rupiah(paid), amount=rupiah(fund.amount))]
    offered = sum(fund.seats.values())
    if offered:
        taken = material.measures.seats_by_fund[fund.id]
        seats = _("Of its {offered} free seats {taken} are taken.")
        sentences.append(seats.format(offered=material.formats.count(offered), taken=material.formats.count(taken)))
    left = material.funds_left.of(fund)
    if left is not None:
        kept = _("{amount} is left. {why}")
        sentences.append(kept.format(amount=rupiah(left.amount), why=why_left(material, fund)))
    elif fund.amount:
        sentences.append(_("Nothing is left."))
    return Reason(fund.label, tuple(sentences))


def leads(material: Material) -> tuple[Sequence[Lead], Sequence[Lead], Sequence[Lead]]:
    """Return what may be asked about: programmes that are not held, partners, and own funds with money left."""
    running = set(material.measures.running)
    idle = [
        Lead(urlencode({"program": each.id}), each.label, _shortly(material, each))
        for each in material.scenario.programmes
        if each.id not in running
    ]
    return idle, list(_funds(material, own=False)), list(_funds(material, own=True))


def _shortly(material: Material, programme: Programme) -> str:
    if len(material.scenario.groups) > SHORTLY:
        return ""
    found = of_programme(material, programme)
    return found.sentences[-1] if len(found.sentences) > 1 else ""


def _funds(material: Material, *, own: bool) -> Iterator[Lead]:
    for fund in material.scenario.funds:
        if fund.own == own:
            unused = not material.measures.cost_by_fund[fund.id] and not material.measures.seats_by_fund[fund.id]
            left = material.funds_left.of(fund)
            seats = sum(fund.seats.values()) - material.measures.seats_by_fund[fund.id]
            free = ngettext("{number} free seat", "{number} free seats", seats)
            kept = [material.formats.rupiah(left.amount)] if left else []
            kept += [free.format(number=material.formats.count(seats))] if seats else []
            words = _("{amount} left").format(amount=" · ".join(kept)) if kept else _("nothing left")
            query = urlencode({"dana": fund.id})
            yield Lead(query, fund.label, _("not used; {left}").format(left=words) if unused else words)


def _bar(material: Material, group: Group, programme: Programme, label: str) -> Hindrance:
    people = material.measures.participants_by_group_and_programme.get((group.id, programme.id), 0)
    words = ngettext("{number} participant", "{number} participants", people)
    found = material.open_gaps.barriers(group, programme)
    named = material.open_gaps.named(group, programme) if found else ((), ())
    reasons = tuple(in_short(material, cause, *named) for cause in found)
    none = (_("no single certain reason: the plan uses the means elsewhere"),)
    taking = words.format(number=material.formats.count(people)) if people else _("nobody takes part")
    return Hindrance(group.id, programme.id, label, taking, reasons or none)
