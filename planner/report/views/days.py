"""Days away from work: how many person-days the groups are in class in each period, and how many are released."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.running import days_of, released_days
from planner.locale import _
from planner.report.material import Material
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING


def tells_days(material: Material) -> bool:
    """Return whether the scenario says anything about days: limits of groups, or days of programmes."""
    scenario = material.scenario
    limited = any(group.release is not None for group in scenario.groups)
    return limited or any(programme.days is not None for programme in scenario.programmes)


def days_each(material: Material, programme_id: str) -> Fraction:
    """Return the training days of one participant, over all periods of the run."""
    return sum(days_of(material.scenario, material.scenario.programme[programme_id]), Fraction(0))


def days_table(material: Material) -> Table | None:
    """Return the person-days in class by period, and of groups with a limit the released ones and the fullest group."""
    if not tells_days(material):
        return None
    formats, scenario = material.formats, material.scenario
    spent = material.measures.days_by_group_and_period
    rows = []
    for period in scenario.horizon:
        away = sum((spent.get((group.id, period), Fraction(0)) for group in scenario.groups), Fraction(0))
        limited = [
            (
                spent.get((group.id, period), Fraction(0)),
                released_days(scenario, group.release, group.headcount, period),
                group,
            )
            for group in scenario.groups
            if group.release is not None
        ]
        used = sum((row[0] for row in limited), Fraction(0))
        released = sum((row[1] for row in limited), Fraction(0))
        fullest = max((row for row in limited if row[1]), key=lambda row: row[0] / row[1], default=None)
        rows.append(
            (
                period,
                formats.number(scenario.working_days[period], 1),
                formats.number(away, 1),
                formats.number(used, 1) if limited else NOTHING,
                formats.number(released, 1) if limited else NOTHING,
                f"{fullest[2].label} ({formats.share(fullest[0] / fullest[1])})" if fullest and fullest[0] else NOTHING,
            )
        )
    return table(
        "table-days",
        _("Days away from work by period (person-days)"),
        [
            Column(_("Period"), "name"),
            Column(_("Working days of one person"), "number"),
            Column(_("In class"), "number"),
            Column(_("of groups with a limit"), "number"),
            Column(_("Days released"), "number"),
            Column(_("Fullest group")),
        ],
        rows,
    )
