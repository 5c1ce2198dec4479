"""Why gaps stay open, in words for lists of names: what the report says of the groups, where it holds for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from planner.domain.exact_sums import shares_together
from planner.locale import _, language_in_force
from planner.plans.causes import Cause, OpenGap, Reasons
from planner.plans.stored_figures import as_written
from planner.report.material import Material
from planner.report.views.cause_words import reason_words
from planner.report.wording.formats import Formats
from planner.store.stored_plan import StoredPlan

_WILLING: Final = {Cause.SUCCESS, Cause.UNWILLING}
"""Causes that say that all who are willing take part."""


def reasons_of_open_gaps(stored: StoredPlan) -> dict[tuple[str, str], str]:
    """The certain reasons of a stored plan by (group, competency) for who has no seat; gaps without one are missing."""
    material = Material(stored.scenario, as_written(stored.plan()), Formats(language_in_force()))
    seated = _seated(material)
    found = {}
    for row in material.open_gaps.rows:
        if row.cause is Cause.PRIORITY:
            continue
        reasons = _for_people(material, row, seated)
        words = reason_words(material, reasons) if reasons else _("not everybody gets one in this plan")
        found[row.group, row.competency] = words[:1].lower() + words[1:]
    return found


def _for_people(material: Material, row: OpenGap, seated: Mapping[tuple[str, str], int]) -> Reasons:
    """The reasons that hold for who has no seat; empty where none is certain.

    A plan counts chances: that all who are willing take part is not so where some have two seats and others none. Then
    the reason is what rules out one more participant of each programme.
    """
    if _WILLING.isdisjoint(row.reasons) or _all_have_seats(material, row, seated):
        return row.reasons
    group = material.scenario.group[row.group]
    found = set()
    for programme in material.open_gaps.closing(group, row.competency):
        barriers = material.open_gaps.barriers(group, programme)
        if not barriers:
            return ()
        found.add(barriers[0])
    return tuple(cause for cause in Cause if cause in found)


def _all_have_seats(material: Material, row: OpenGap, seated: Mapping[tuple[str, str], int]) -> bool:
    """Whether the patterns give a seat to all people who are willing, of the group or of its agency.

    Of people of mixed groups, and where something has happened already, they do not say who has one.
    """
    scenario, socialized = material.scenario, material.plan.socialized
    circle = scenario.willingness.learners.get((row.group, row.competency))
    read = scenario.people.read if scenario.people is not None else None
    if circle is None or scenario.facts or (read is not None and not circle.people.keys().isdisjoint(read.mixed)):
        return False
    group, sent = scenario.group[row.group], {g: seated.get((g, row.competency), 0) for g in circle.people}
    together = shares_together((n, scenario.group[g].willing(g in socialized)) for g, n in circle.people.items())
    return sent[group.id] + 1 > circle.most(group, group.id in socialized) or sum(sent.values()) + 1 > together


def _seated(material: Material) -> Mapping[tuple[str, str], int]:
    """People by (group, competency) who attend something that closes it [people]."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for pattern in material.plan.attendance:
        for c in {c for p, _t in pattern.programmes for c in material.scenario.programme[p].closes}:
            found[pattern.group, c] += pattern.people
    return found
