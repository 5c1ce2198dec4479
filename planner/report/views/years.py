"""Gaps year by year: those that exist by the end of each year, new ones, and what is closed of them."""

from __future__ import annotations

from dataclasses import dataclass

from planner.locale import _
from planner.plans.years import YearGaps, YearOfPlan
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING


@dataclass(frozen=True)
class OneYear:
    """What the section says of one year."""

    title: str
    sentence: str
    by_competency: Table
    by_agency: Table | None


@dataclass(frozen=True)
class Years:
    """The section on the years of a plan."""

    heading: Heading
    intro: str
    overview: Table
    years: tuple[OneYear, ...]


def years(material: Material, heading: Heading) -> Years:
    """Return the section; only for a plan of several years."""
    found = material.measures.years
    return Years(
        heading=heading,
        intro=_(
            "Closed by the end of a year is what the courses that have ended by then close, at most the gaps that exist"
            " by then. Training beyond the gaps of its year does not count later. By the end of the last year the"
            " figures are those of the whole plan."
        ),
        overview=table(
            "table-years",
            _("Gaps by the end of each year"),
            _columns(Column(_("Year"), "name")),
            [(year.year, *_cells(material, year.total)) for year in found],
            folded=False,
        ),
        years=tuple(_one_year(material, year) for year in found),
    )


def _one_year(material: Material, year: YearOfPlan) -> OneYear:
    scenario, total = material.scenario, year.total
    by_competency = year.by(lambda row: row.competency, scenario.competency)
    by_agency = year.by(lambda row: scenario.group[row.group].agency, material.measures.agencies)
    sentence = _(
        "By the end of {year} there are {need} gaps, {new} of them new; an expected {closed} are closed ({share})."
    )
    return OneYear(
        title=_("Year {year}").format(year=year.year),
        sentence=sentence.format(
            year=year.year,
            need=material.formats.count(total.need),
            new=material.formats.count(total.new),
            closed=material.gaps_in_words(total.closed),
            share=material.formats.share(total.share),
        ),
        by_competency=table(
            f"table-years-{year.year}-competencies",
            _("{year}: gaps by competency").format(year=year.year),
            _columns(Column(_("Competency"), "name")),
            [(scenario.competency[c].label, *_cells(material, gaps)) for c, gaps in by_competency.items()],
            total=(_("Total"), *_cells(material, total)),
        ),
        by_agency=table(
            f"table-years-{year.year}-agencies",
            _("{year}: gaps by agency").format(year=year.year),
            _columns(Column(_("Agency"), "name")),
            [(material.agency(agency), *_cells(material, gaps)) for agency, gaps in by_agency.items()],
            total=(_("Total"), *_cells(material, total)),
        )
        if len(by_agency) > 1
        else None,
    )


def _columns(first: Column) -> list[Column]:
    names = (_("Existing"), _("of them new"), _("Closed (expected)"), _("Still open (expected)"), _("Coverage"))
    return [first, *(Column(name, "number") for name in names)]


def _cells(material: Material, gaps: YearGaps) -> tuple[str, ...]:
    return (
        material.formats.count(gaps.need),
        material.formats.count(gaps.new),
        material.gaps_in_column(gaps.closed),
        material.gaps_in_column(gaps.left),
        material.formats.share(gaps.share) if gaps.need else NOTHING,
    )
