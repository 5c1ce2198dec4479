"""Groups in which more or fewer gaps are closed with a partner, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from planner.analysis.partners.contributions import Contribution, GapChange
from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING

MOST_ROWS: Final = 4
MOST_NAMES: Final = 2
"""Maximum number of rows of a table, and of competencies of a group, so that it fits on one page."""
_NOISE: Final = Fraction(1, 10**6)
"""Differences up to this come from plans that are kept in floats [gaps]."""


def group_rows(material: Material, contribution: Contribution, *, paid_for: bool) -> list[tuple[str, ...]]:
    """Return the groups that change, those that gain most first; further ones, and those that lose, in one row each."""
    by_group: dict[str, list[GapChange]] = {}
    for change in contribution.changes:
        if (change.group in contribution.trained) == paid_for:
            by_group.setdefault(change.group, []).append(change)
    gains = {group: sum((c.gained for c in changes), Fraction(0)) for group, changes in by_group.items()}
    order = sorted((group for group, gained in gains.items() if gained > _NOISE), key=lambda group: -gains[group])
    fixed = material.formats.fixed
    rows: list[tuple[str, ...]] = []
    for group in order[:MOST_ROWS]:
        best = sorted((c for c in by_group[group] if c.gained > _NOISE), key=lambda c: -c.gained)
        competencies = [material.scenario.competency[c.competency].label for c in best[:MOST_NAMES]]
        if len(best) > MOST_NAMES:
            competencies.append(_("and others"))
        rows.append((material.scenario.group[group].label, listed(competencies), fixed(gains[group], 2)))
    further = order[MOST_ROWS:]
    if further:
        words = ngettext("{number} further group", "{number} further groups", len(further))
        gained = sum((gains[group] for group in further), Fraction(0))
        rows.append((words.format(number=material.formats.count(len(further))), NOTHING, fixed(gained, 2)))
    fewer = [group for group, gained in gains.items() if gained < -_NOISE]
    if fewer:
        words = ngettext("{number} group that gets fewer", "{number} groups that get fewer", len(fewer))
        lost = sum((gains[group] for group in fewer), Fraction(0))
        rows.append((words.format(number=material.formats.count(len(fewer))), NOTHING, fixed(lost, 2)))
    return rows


def group_table(
    material: Material,
    contribution: Contribution,
    number: int,
    rows: Sequence[tuple[str, ...]],
    *,
    paid_for: bool = True,
) -> Table:
    return table(
        f"table-partner-{'groups' if paid_for else 'elsewhere'}-{number}",
        _("Groups that you pay for, and what they would lose")
        if paid_for
        else _("Groups that you do not pay for, in the plan with you against the one without"),
        [Column(_("Group"), "name"), Column(_("Competencies")), Column(_("Gaps closed more"), "number")],
        rows,
        total=(_("Total"), "", material.formats.fixed(contribution.gained_in(paid_for=paid_for), 2)),
        note=_compared_with(material, contribution),
    )


def _compared_with(material: Material, contribution: Contribution) -> str:
    """Return what the groups are compared with; it may close a little less than the best plan without the partner."""
    words = _("Compared with the plan without you that is most similar to this one.")
    nearest, best = contribution.compared, contribution.plan_without
    if nearest is None or best is None or nearest.gaps_closed == best.gaps_closed:
        return words
    closes = _(
        "It closes an expected {number} gaps; what plans are compared by differs by no more than their tolerance."
    )
    return f"{words} {closes.format(number=material.formats.number(nearest.gaps_closed))}"
