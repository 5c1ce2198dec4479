"""Gaps left open, with the reasons: one line for each competency; the annex has each group."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.locale import _
from planner.plans.causes import OpenGap, Reasons, gaps_by_reasons
from planner.report.material import Material, listed
from planner.report.views.cause_words import reason_words
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Table, table

_NAMED: Final = 3
"""Maximum number of reasons named in one line, by number of gaps."""


@dataclass(frozen=True)
class LeftOpen:
    """The section on gaps that stay open."""

    heading: Heading
    intro: str
    competencies: Table | None


def left_open(material: Material, heading: Heading) -> LeftOpen:
    left = material.measures.coverage.left
    return LeftOpen(
        heading=heading,
        intro=_(
            "{left} of {need} gaps stay open. The annex gives the reasons for each group; no reason is named where "
            "none is certain, because the plan uses money and seats elsewhere."
        ).format(left=material.gaps(left), need=material.formats.count(material.plan.total_need))
        if left
        else _("No gap stays open."),
        competencies=_competencies(material) if left else None,
    )


def _competencies(material: Material) -> Table:
    of_competency: dict[str, list[OpenGap]] = defaultdict(list)
    for row in material.open_gaps.rows:
        of_competency[row.competency].append(row)
    by_competency = {competency: gaps_by_reasons(those) for competency, those in of_competency.items()}
    rows = []
    for id, competency in material.scenario.competency.items():
        if id in by_competency:
            left = sum(by_competency[id].values(), Fraction(0))
            rows.append((competency.label, material.gaps_in_column(left), _reasons(material, by_competency[id])))
    return table(
        "table-left-open",
        _("Gaps left open, and why"),
        [Column(_("Competency"), "name"), Column(_("Left open"), "number"), Column(_("Reasons (gaps)"))],
        rows,
        total=(_("Total"), material.gaps_in_column(material.measures.coverage.left), ""),
        folded=False,
    )


def _reasons(material: Material, causes: dict[Reasons, Fraction]) -> str:
    """Return the main reasons, each with its number of gaps."""
    ranked = sorted(((gaps, reasons) for reasons, gaps in causes.items()), key=lambda entry: -entry[0])
    words = [
        _("{reason} ({gaps})").format(reason=reason_words(material, reasons), gaps=material.gaps(gaps))
        for gaps, reasons in ranked[:_NAMED]
    ]
    if rest := sum((gaps for gaps, _others in ranked[_NAMED:]), Fraction(0)):
        words.append(_("other reasons ({gaps})").format(gaps=material.gaps(rest)))
    return listed(words)
