"""Gaps needed and closed: by competency, by agency, and as a heat map of groups and competencies."""

from __future__ import annotations

from dataclasses import dataclass

from planner.locale import _
from planner.plans.coverage import Coverage
from planner.report.charts.bars import WIDTH as PORTRAIT
from planner.report.charts.bars import Bar, bars
from planner.report.material import Material
from planner.report.views.annexed import annex_as_place
from planner.report.views.coverage_map import coverage_map
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING


@dataclass(frozen=True)
class Competencies:
    """The section on gaps."""

    heading: Heading
    intro: str
    by_competency: Figure
    by_agency: Table | None
    by_group: Table
    heat: Figure
    heat_on_its_side: bool
    """Whether the heat map needs landscape pages."""


def competencies(material: Material, heading: Heading) -> Competencies:
    heat = coverage_map(material)
    return Competencies(
        heading=heading,
        intro=_(
            "A gap is one person below the job standard in one competency. Closed gaps are expected numbers: "
            "the number of participants times the share of them who are expected to reach the standard. Coverage is "
            "closed / needed, of all gaps: also of those that no programme on offer closes."
        ),
        by_competency=_by_competency(material),
        by_agency=_by_agency(material) if len(material.measures.agencies) > 1 else None,
        by_group=_by_group(material),
        heat=heat,
        heat_on_its_side=any(drawing.width > PORTRAIT for drawing in heat.drawings),
    )


def coverage_columns(*first: Column) -> list[Column]:
    """Return the columns of a coverage table, after those that name the row."""
    return [
        *first,
        Column(_("Needed"), "number"),
        Column(_("Closed (expected)"), "number"),
        Column(_("Left open (expected)"), "number"),
        Column(_("Coverage"), "number"),
    ]


def coverage_cells(material: Material, coverage: Coverage) -> tuple[str, ...]:
    return (
        material.formats.count(coverage.need),
        material.gaps_in_column(coverage.closed),
        material.gaps_in_column(coverage.left),
        material.coverage(coverage),
    )


def _by_competency(material: Material) -> Figure:
    rows = [(c, material.measures.coverage_by_competency[c.id]) for c in material.scenario.competencies]
    title = _("Gaps needed and closed by competency")
    drawn = [
        Bar(
            c.label,
            float(coverage.closed),
            coverage.need,
            _("{closed} of {need} · {share}").format(
                closed=material.gaps_in_words(coverage.closed),
                need=material.formats.count(coverage.need),
                share=material.coverage(coverage),
            ),
            hint=c.label,
        )
        for c, coverage in rows
        if coverage.need
    ]
    description = _("One bar per competency: its length is the number of gaps, the filled part those that are closed.")
    return Figure(
        tuple(bars("chart-competencies", title, description, drawn, _("closed (expected)"), _("left open (expected)"))),
        (
            table(
                "table-competencies",
                _("In figures: {title}").format(title=title),
                coverage_columns(Column(_("Competency"), "name"), Column(_("Kind"))),
                [(c.label, labels.competency_kind(c.kind), *coverage_cells(material, done)) for c, done in rows],
                total=(_("Total"), "", *coverage_cells(material, material.measures.coverage)),
            ),
        ),
    )


def _by_agency(material: Material) -> Table:
    return table(
        "table-agencies",
        _("Gaps needed and closed by agency"),
        coverage_columns(Column(_("Agency"), "name")),
        [
            (material.agency(agency), *coverage_cells(material, coverage))
            for agency, coverage in material.measures.coverage_by_agency.items()
        ],
        total=(_("Total"), *coverage_cells(material, material.measures.coverage)),
    )


def _by_group(material: Material) -> Table:
    measures = material.measures
    return table(
        "table-groups",
        _("Gaps needed and closed by group"),
        coverage_columns(Column(_("Group"), "name"), Column(_("Agency"))),
        [
            (
                group.label,
                material.agency(agency) if agency else NOTHING,
                *coverage_cells(material, measures.coverage_by_group[group.id]),
            )
            for agency, groups in measures.agencies.items()
            for group in groups
        ],
        total=(_("Total"), "", *coverage_cells(material, measures.coverage)),
        printed_in=annex_as_place(material),
    )
