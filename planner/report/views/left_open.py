"""Gaps left open, with the reasons: one line for each competency; the annex has each group."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from planner.locale import _
from planner.plans.causes import OpenGap, Reasons, gaps_by_reasons, leading_causes
from planner.report.material import Material, listed
from planner.report.views.cause_words import led_by
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Table, table


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
            "An expected {left} of {need} gaps stay open. The annex gives the reasons for each group; no reason is"
            " named where none is certain, because the plan uses money and seats elsewhere."
        ).format(left=material.gaps_in_words(left), need=material.formats.count(material.plan.total_need))
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
        [
            Column(_("Competency"), "name"),
            Column(_("Left open (expected)"), "number"),
            Column(_("Reasons (expected gaps)")),
        ],
        rows,
        total=(_("Total"), material.gaps_in_column(material.measures.coverage.left), ""),
        folded=False,
    )


def _reasons(material: Material, causes: dict[Reasons, Fraction]) -> str:
    """Return the reasons that lead, each with its number of gaps."""
    return listed(
        [
            _("{reason} ({gaps})").format(reason=led_by(material, each), gaps=material.gaps_in_words(each.gaps))
            for each in leading_causes(causes)
        ]
    )
