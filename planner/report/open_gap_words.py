"""Why gaps stay open, in words for lists of names: what the report says of the groups, where it holds for people."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from planner.domain.exact_sums import shares_together
from planner.domain.willingness import Circle
from planner.locale import _, language_in_force
from planner.plans.causes import Cause, OpenGap, Reasons
from planner.plans.stored_figures import as_written
from planner.report.material import Material
from planner.report.views.cause_words import in_short, reason_words
from planner.report.wording.formats import Formats
from planner.store.stored_plan import StoredPlan

_WILLING: Final = {Cause.SUCCESS, Cause.UNWILLING}
"""Causes that say that all who are willing take part."""


def reasons_of_open_gaps(stored: StoredPlan) -> dict[tuple[str, str], str]:
    """Return the certain reasons of a stored plan by (group, competency) for who has no seat; gaps without one are
    missing."""
    material = Material(stored.scenario, as_written(stored.plan()), Formats(language_in_force()))
    seated = _Seated(material)
    found = {}
    for row in material.open_gaps.rows:
        if row.cause is Cause.PRIORITY:
            continue
        reasons = _for_people(material, row, seated)
        words = _words(material, reasons)
        found[row.group, row.competency] = words[:1].lower() + words[1:]
    return found


def _words(material: Material, reasons: Reasons) -> str:
    if reasons == (Cause.SUCCESS,):  # who reaches the standard is not why somebody has no seat
        return in_short(material, Cause.SUCCESS)
    return reason_words(material, reasons) if reasons else _("not everybody gets one in this plan")


def _for_people(material: Material, row: OpenGap, seated: _Seated) -> Reasons:
    """Return the reasons that hold for who has no seat; empty where none is certain.

    A plan counts chances: that all who are willing take part is not so where some have two seats and others none. Then
    the reason is what rules out one more participant of each programme.
    """
    if _WILLING.isdisjoint(row.reasons) or seated.all_willing(row.group, row.competency):
        return row.reasons
    group = material.scenario.group[row.group]
    found = set()
    for programme in material.open_gaps.closing(group, row.competency):
        barriers = material.open_gaps.barriers(group, programme)
        if not barriers:
            return ()
        found.add(barriers[0])
    return tuple(cause for cause in Cause if cause in found)


class _Seated:
    """Who has a seat in what closes a gap, by the attendance patterns of a plan."""

    def __init__(self, material: Material) -> None:
        self._scenario, self._socialized = material.scenario, frozenset(material.plan.socialized)
        read = self._scenario.people.read if self._scenario.people is not None else None
        self._mixed = frozenset(read.mixed if read is not None else ())
        self._people: dict[tuple[str, str], int] = defaultdict(int)
        self._full: dict[tuple[str, str], bool | None] = {}
        for pattern in material.plan.attendance:
            for c in {c for p, _t in pattern.programmes for c in self._scenario.programme[p].closes}:
                self._people[pattern.group, c] += pattern.people

    def all_willing(self, group: str, c: str) -> bool:
        """Return whether all people who are willing have a seat, of a group or of its agency.

        Of people of mixed groups, and where something has happened already, the patterns do not say who has one.
        """
        circle = self._scenario.willingness.learners.get((group, c))
        if circle is None or self._scenario.facts:
            return False
        key = next(iter(circle.people)), c
        if key not in self._full:
            self._full[key] = self._all_together(circle, c)
        full, record = self._full[key], self._scenario.group[group]
        if full is None:
            return False
        return full or self._people[group, c] + 1 > circle.most(record, group in self._socialized)

    def _all_together(self, circle: Circle, c: str) -> bool | None:
        """Return whether all willing people of all groups of an agency together have a seat; None where some of the
        groups are mixed."""
        if not self._mixed.isdisjoint(circle.people):
            return None
        shares = ((n, self._scenario.group[g].willing(g in self._socialized)) for g, n in circle.people.items())
        return sum(self._people[g, c] for g in circle.people) + 1 > shares_together(shares)
