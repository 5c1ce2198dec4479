"""The head of an agency's page in the annex: its figures, its groups side by side, and its seats by period."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from planner.domain.groups import Group
from planner.locale import _
from planner.plan.measures import Coverage
from planner.report.material import Material
from planner.report.views.competencies import coverage_cells, coverage_columns
from planner.report.views.cover import Fact
from planner.report.views.table import Column, Table, table


def agency_facts(material: Material, groups: list[Group], coverage: Coverage) -> tuple[Fact, ...]:
    """The figures of an agency that matter."""
    formats, measures = material.formats, material.measures
    people = sum(group.headcount for group in groups)
    facts = [
        Fact(_("Civil servants"), formats.count(people)),
        Fact(_("Participants"), formats.count(sum(measures.participants_by_group[group.id] for group in groups))),
        Fact(
            _("Gaps closed"),
            _("{closed} of {need} ({share})").format(
                closed=material.gaps(coverage.closed),
                need=formats.count(coverage.need),
                share=material.coverage(coverage),
            ),
        ),
        Fact(_("Gaps left open"), material.gaps(coverage.left)),
    ]
    if material.counts_hours:
        hours = sum((measures.hours_by_group[group.id] for group in groups), Fraction(0))
        facts.append(Fact(_("JP per person"), formats.number(hours / people, 1) if people else formats.count(0)))
    facts.append(Fact(_("Cost"), formats.rupiah(sum(measures.cost_by_group[group.id].total for group in groups))))
    return tuple(facts)


def groups_of(material: Material, number: int, name: str, groups: list[Group], coverage: Coverage) -> Table | None:
    """The groups of an agency side by side; None for a single group, which speaks for itself."""
    if len(groups) < 2:
        return None
    formats, measures = material.formats, material.measures
    columns = [
        Column(_("Group"), "name"),
        Column(_("Civil servants"), "number"),
        Column(_("Participants"), "number"),
    ]
    rows = [
        [group.label, formats.count(group.headcount), formats.count(measures.participants_by_group[group.id])]
        for group in groups
    ]
    total = [
        _("Total"),
        formats.count(sum(group.headcount for group in groups)),
        formats.count(sum(measures.participants_by_group[group.id] for group in groups)),
    ]
    if material.counts_hours:
        columns.append(Column(_("JP per person"), "number"))
        for cells, group in zip(rows, groups, strict=True):
            cells.append(formats.fixed(measures.hours_per_person_of(group), 1))
        hours = sum((measures.hours_by_group[group.id] for group in groups), Fraction(0))
        people = sum(group.headcount for group in groups)
        total.append(formats.fixed(hours / people, 1) if people else formats.count(0))
    return table(
        f"agency-{number}",
        _("{agency}: groups").format(agency=name),
        coverage_columns(*columns),
        [
            (*cells, *coverage_cells(material, measures.coverage_by_group[group.id]))
            for cells, group in zip(rows, groups, strict=True)
        ],
        total=(*total, *coverage_cells(material, coverage)),
        folded=False,
    )


def seats_of(material: Material, number: int, name: str, groups: list[Group]) -> Table | None:
    """Participants of an agency by programme and period; None when it has none."""
    scenario, formats = material.scenario, material.formats
    seats: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for group in groups:
        for row in material.measures.allocations_by_group[group.id]:
            seats[row.programme][row.period] += row.participants
    if not seats:
        return None

    def shown(number: int) -> str:
        return material.zero_as_dash(formats.count(number), number)

    held = [programme for programme in scenario.programmes if programme.id in seats]
    return table(
        f"seats-{number}",
        _("{agency}: seats by programme and period").format(agency=name),
        [
            Column(_("Programme"), "name"),
            *(Column(period, "number") for period in scenario.horizon),
            Column(_("Total"), "number"),
        ],
        [
            (
                programme.label,
                *(shown(seats[programme.id][period]) for period in scenario.horizon),
                formats.count(sum(seats[programme.id].values())),
            )
            for programme in held
        ],
        total=(
            _("Total"),
            *(shown(sum(seats[p.id][period] for p in held)) for period in scenario.horizon),
            formats.count(sum(sum(of.values()) for of in seats.values())),
        ),
        folded=False,
    )
