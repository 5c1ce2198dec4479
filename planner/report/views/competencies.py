"""Gaps needed and closed: by competency, by agency, and as a heat map of groups and competencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.locale import _
from planner.plan.measures import Coverage
from planner.report import labels
from planner.report.charts.bars import Bar, bars
from planner.report.charts.heat import COLUMNS, Heat, heat_map
from planner.report.charts.palette import step_of
from planner.report.formats import NOTHING
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Figure, Row, Table, table

MOST_ROWS: Final = 80
"""With more groups than this the heat map shows agencies; the groups have their own tables."""


@dataclass(frozen=True)
class Competencies:
    """The section on gaps."""

    heading: Heading
    intro: str
    by_competency: Figure
    by_agency: Table | None
    by_group: Table
    heat: Figure


def competencies(material: Material, heading: Heading) -> Competencies:
    by_agencies = len(material.scenario.groups) > MOST_ROWS and len(material.measures.agencies) > 1
    return Competencies(
        heading=heading,
        intro=_(
            "A gap is one person below the job standard in one competency. Closed gaps are expected numbers: "
            "the number of participants times the share of them who are expected to reach the standard."
        ),
        by_competency=_by_competency(material),
        by_agency=_by_agency(material) if len(material.measures.agencies) > 1 else None,
        by_group=_by_group(material),
        heat=_heat(material, by_agencies),
    )


def coverage_columns(*first: Column) -> list[Column]:
    """The columns of a coverage table after those that name the row."""
    return [
        *first,
        Column(_("Needed"), "number"),
        Column(_("Closed"), "number"),
        Column(_("Left open"), "number"),
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
                closed=material.gaps(coverage.closed),
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
        "competencies",
        tuple(bars("chart-competencies", title, description, drawn, _("closed"), _("left open"))),
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
    )


def _heat(material: Material, by_agencies: bool) -> Figure:
    """Coverage of each (row, competency), rows being groups by agency, or agencies."""
    scenario, measures = material.scenario, material.measures
    if by_agencies:
        names = {agency: material.agency(agency) for agency in measures.agencies}
        row_of = {group.id: group.agency for group in scenario.groups}
    else:
        listed = [group for groups in measures.agencies.values() for group in groups]
        names = {group.id: group.label for group in listed}
        row_of = {group.id: group.id for group in listed}
    found = measures.coverage_by(lambda closing: (row_of[closing.group], closing.competency))
    columns = [c for c in scenario.competencies if measures.coverage_by_competency[c.id].need]
    numbers = {key: number for number, key in enumerate(names)}
    places = {c.id: number for number, c in enumerate(columns)}
    by_place = {(numbers[row], places[c]): coverage for (row, c), coverage in found.items() if coverage.need}
    labels_of_rows, labels_of_columns = list(names.values()), [c.label for c in columns]
    title = (
        _("Share of gaps closed, by agency and competency")
        if by_agencies
        else _("Share of gaps closed, by group and competency")
    )
    description = _(
        "Rows are groups or agencies, columns competencies; each cell gives the percentage of gaps closed. "
        "A dot means that there is no gap."
    )
    cells = {
        (r, c): _cell(material, coverage, labels_of_rows[r], labels_of_columns[c])
        for (r, c), coverage in by_place.items()
    }
    drawings = heat_map("chart-heat", title, description, labels_of_rows, labels_of_columns, cells, step_words())
    tables = _matrix(material, title, labels_of_rows, labels_of_columns, by_place)
    return Figure("heat", tuple(drawings), tuple(tables))


def _cell(material: Material, coverage: Coverage, row: str, column: str) -> Heat:
    percent = material.formats.share(coverage.share, 0).removesuffix("%")
    hint = _("{row}, {column}: {closed} of {need} closed").format(
        row=row, column=column, closed=material.gaps(coverage.closed), need=material.formats.count(coverage.need)
    )
    return Heat(step_of(coverage.share), percent, hint)


def step_words() -> tuple[str, ...]:
    """Words of the legend, one for each step of colour."""
    return (
        "0%",
        *(f"{low}\u2013{high}%" for low, high in ((1, 24), (25, 49), (50, 74), (75, 99))),
        "100%",
    )


def _matrix(
    material: Material,
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    found: Mapping[tuple[int, int], Coverage],
) -> list[Table]:
    """closed/need of each cell, in tables of as many columns as a drawing has."""
    made = []
    for first in range(0, len(columns), COLUMNS):
        block = range(first, min(first + COLUMNS, len(columns)))
        made.append(
            table(
                "table-heat" if first == 0 else f"table-heat-{first // COLUMNS + 1}",
                _("{title}: closed / needed").format(title=title),
                [Column(_("Name"), "name"), *(Column(columns[c], "number") for c in block)],
                [Row((rows[r], *(_both(material, found.get((r, c))) for c in block))) for r in range(len(rows))],
                folded=True,
            )
        )
    return made or [table("table-heat", title, [Column(_("Name"), "name")], [(row,) for row in rows], folded=True)]


def _both(material: Material, coverage: Coverage | None) -> str:
    if coverage is None:
        return NOTHING
    return f"{material.gaps(coverage.closed)}/{material.formats.count(coverage.need)}"
