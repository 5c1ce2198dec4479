"""Whose seats are taken: the changes from this plan to the closest plan that includes the group."""

from __future__ import annotations

from collections.abc import Iterator

from planner.analysis.plans.moves import Moves
from planner.analysis.why_not.why import WhyAnswer
from planner.locale import _
from planner.plans.measures import Measures
from planner.plans.plan import Plan
from planner.report.material import Material
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.section import Block
from planner.report.views.table import Column, Table, table


def blocks(material: Material, answer: WhyAnswer, nearest: Plan, moved: Moves) -> Iterator[Block]:
    figures = PlanFigures(material, (_("Plan"), _("With the group")), (answer.base, nearest))
    tables = [made for made in (_people(figures, moved), _classes(figures, moved), _funds(figures, nearest)) if made]
    sentences = tuple(_sentences(figures, answer, moved))
    yield Block(_("Whose seats it takes"), sentences=sentences, tables=tuple(tables))


def _sentences(figures: PlanFigures, answer: WhyAnswer, moved: Moves) -> Iterator[str]:
    material = figures.material
    count = material.formats.count
    yield _(
        "Of the best plans with {number} people of the group in the programme, this one changes least of the plan in"
        " question. Seats added: {added}; seats lost: {removed}; classes changed: {classes}."
    ).format(
        number=count(answer.nearest_people),
        added=count(moved.added),
        removed=count(moved.removed),
        classes=count(moved.classes_changed),
    )
    if not moved.removed:
        yield _("Nobody loses a seat.")


def _people(figures: PlanFigures, moved: Moves) -> Table | None:
    if not moved.people:
        return None
    scenario, count = figures.material.scenario, figures.material.formats.count
    ordered = sorted(moved.people, key=lambda change: change.after - change.before)
    rows = [
        (
            scenario.group[change.key[0]].label,
            scenario.programme[change.key[1]].label,
            count(change.before),
            count(change.after),
            figures.signed_count(change.after - change.before),
        )
        for change in ordered
    ]
    columns = [
        Column(_("Group"), "name"),
        Column(_("Programme")),
        Column(_("Before"), "number"),
        Column(_("After"), "number"),
        Column(_("Difference"), "number"),
    ]
    return table("table-why-seats", _("Seats that change, those lost first"), columns, rows)


def _classes(figures: PlanFigures, moved: Moves) -> Table | None:
    if not moved.classes:
        return None
    scenario, count = figures.material.scenario, figures.material.formats.count
    rows = [
        (
            scenario.programme[change.key[0]].label,
            change.key[1],
            count(change.before),
            count(change.after),
            figures.signed_count(change.after - change.before),
        )
        for change in moved.classes
    ]
    columns = [
        Column(_("Programme"), "name"),
        Column(_("Period")),
        Column(_("Before"), "number"),
        Column(_("After"), "number"),
        Column(_("Difference"), "number"),
    ]
    return table("table-why-classes", _("Classes that change"), columns, rows)


def _funds(figures: PlanFigures, nearest: Plan) -> Table | None:
    """Return the payments of each fund in both plans."""
    material = figures.material
    before, after = material.measures.cost_by_fund, Measures(material.scenario, nearest).cost_by_fund
    rows = [
        (
            fund.label,
            material.formats.rupiah(before[fund.id]),
            material.formats.rupiah(after[fund.id]),
            figures.signed_rupiah(after[fund.id] - before[fund.id]),
        )
        for fund in material.scenario.funds
        if before[fund.id] or after[fund.id]
    ]
    columns = [
        Column(_("Fund"), "name"),
        Column(_("Before"), "number"),
        Column(_("After"), "number"),
        Column(_("Difference"), "number"),
    ]
    return table("table-why-funds", _("What the funds pay"), columns, rows) if rows else None
