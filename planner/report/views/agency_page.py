"""The figures of an agency or a group in the annex: people, seats by period, gaps and cost, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.domain.groups import Group
from planner.locale import _
from planner.plans.coverage import Coverage
from planner.report.material import Material
from planner.report.views.hours_reached import reached_of


def figures_of(material: Material, groups: Sequence[Group], coverage: Coverage) -> str:
    """Return the figures of groups together, in one line: those of an agency, or of one group of several.

    Periods in which none of their people is trained are not named.
    """
    formats, measures = material.formats, material.measures
    people = measures.participants_by_group_and_period
    seats = [(t, sum(people.get((group.id, t), 0) for group in groups)) for t in material.scenario.horizon]
    taken = ", ".join(f"{period} {formats.count(number)}" for period, number in seats if number)
    total = formats.count(sum(measures.participants_by_group[group.id] for group in groups))
    reached = reached_of(material, groups)
    figures = [
        (_("Civil servants"), formats.count(sum(group.headcount for group in groups))),
        (_("Participants"), f"{total} ({taken})" if taken else total),
        *(
            [(material.hours_per_person, formats.number(_hours_per_person(material, groups), 1))]
            if material.counts_hours
            else []
        ),
        *([(_("Reach the target"), reached)] if reached else []),
        (
            _("Gaps closed (expected)"),
            _("{closed} of {need} ({share})").format(
                closed=material.gaps_in_words(coverage.closed),
                need=formats.count(coverage.need),
                share=material.coverage(coverage),
            ),
        ),
        (_("Gaps left open (expected)"), material.gaps_in_words(coverage.left)),
        (_("Cost"), formats.rupiah(sum(measures.cost_by_group[group.id].total for group in groups))),
    ]
    return " · ".join(f"{label}: {figure}" for label, figure in figures)


def _hours_per_person(material: Material, groups: Sequence[Group]) -> Fraction:
    """Return JP given to the groups / their people, in a year on average [JP per person and year]."""
    people = sum(group.headcount for group in groups)
    hours = sum((material.measures.hours_by_group[group.id] for group in groups), Fraction(0))
    return hours / people / len(material.scenario.years) if people else Fraction(0)
