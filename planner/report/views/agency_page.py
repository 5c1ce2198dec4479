"""The first part of an agency's page in the annex: its figures, or its groups with participants by period."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.domain.groups import Group
from planner.locale import _
from planner.plans.coverage import Coverage
from planner.report.material import Material
from planner.report.views.competencies import coverage_cells, coverage_columns
from planner.report.views.table import Column, Table, table

MOST_PERIODS: Final = 6
"""Maximum number of periods with a column each; the training of each group names the periods in any case."""


def figures_of(material: Material, group: Group, coverage: Coverage) -> str:
    """Return the figures of an agency with a single group, in one line."""
    formats, measures = material.formats, material.measures
    people = measures.participants_by_group_and_period
    seats = [(t, people.get((group.id, t), 0)) for t in material.scenario.horizon]
    taken = ", ".join(f"{period} {formats.count(number)}" for period, number in seats if number)
    total = formats.count(measures.participants_by_group[group.id])
    figures = [
        (_("Civil servants"), formats.count(group.headcount)),
        (_("Participants"), f"{total} ({taken})" if taken else total),
        *(
            [(material.hours_per_person, formats.number(_hours_per_person(material, [group]), 1))]
            if material.counts_hours
            else []
        ),
        (
            _("Gaps closed (expected)"),
            _("{closed} of {need} ({share})").format(
                closed=material.gaps(coverage.closed),
                need=formats.count(coverage.need),
                share=material.coverage(coverage),
            ),
        ),
        (_("Gaps left open (expected)"), material.gaps(coverage.left)),
        (_("Cost"), formats.rupiah(measures.cost_by_group[group.id].total)),
    ]
    return " · ".join(f"{label}: {figure}" for label, figure in figures)


def groups_of(material: Material, number: int, name: str, groups: list[Group], coverage: Coverage) -> Table:
    """Return the table of the groups of an agency.

    Periods in which none of its people is trained have no column.
    """
    people = material.measures.participants_by_group_and_period
    used = [t for t in material.scenario.horizon if any(people.get((group.id, t)) for group in groups)]
    periods = used if len(used) <= MOST_PERIODS else []
    columns = [
        Column(_("Group"), "name"),
        Column(_("Civil servants"), "number"),
        *(Column(period, "number") for period in periods),
        Column(_("Participants"), "number"),
        *([Column(material.hours_per_person, "number")] if material.counts_hours else []),
        *coverage_columns(),
        Column(_("Cost (Rp)"), "number"),
    ]
    by_group = material.measures.coverage_by_group
    return table(
        f"agency-{number}",
        _("{agency}: groups, their seats by period, gaps and cost").format(agency=name)
        if periods
        else _("{agency}: groups, their gaps and cost").format(agency=name),
        columns,
        [_cells(material, group.label, [group], by_group[group.id], periods) for group in groups],
        total=_cells(material, _("Total"), groups, coverage, periods),
        folded=False,
    )


def _cells(
    material: Material, name: str, groups: list[Group], coverage: Coverage, periods: list[str]
) -> tuple[str, ...]:
    """Return the figures of one group, or of several together."""
    formats, measures = material.formats, material.measures
    people = measures.participants_by_group_and_period
    seats = [sum(people.get((group.id, period), 0) for group in groups) for period in periods]
    return (
        name,
        formats.count(sum(group.headcount for group in groups)),
        *(formats.count(each) if each else "" for each in seats),
        formats.count(sum(measures.participants_by_group[group.id] for group in groups)),
        *([formats.fixed(_hours_per_person(material, groups), 1)] if material.counts_hours else []),
        *coverage_cells(material, coverage),
        material.money(sum(measures.cost_by_group[group.id].total for group in groups)),
    )


def _hours_per_person(material: Material, groups: list[Group]) -> Fraction:
    """Return JP given to the groups / their people, in a year on average [JP per person and year]."""
    people = sum(group.headcount for group in groups)
    hours = sum((material.measures.hours_by_group[group.id] for group in groups), Fraction(0))
    return hours / people / len(material.scenario.years) if people else Fraction(0)
