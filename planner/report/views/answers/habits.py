"""Comparison with the usual practice: the plan beside one that spends the same money by simple habits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from planner.analysis.habits.compared import Habit, Habits
from planner.locale import N_, _
from planner.plans.coverage import Coverage
from planner.plans.plan import Plan
from planner.report.material import Material, listed
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.heading import Heading
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Table
from planner.report.wording.formats import NOTHING

NAMES: Final = {
    "headcount": N_("By headcount"),
    "priority": N_("By priority"),
    "last": N_("As last year"),
}
_HOW: Final = {
    "headcount": N_(
        "By headcount: all programmes are cut alike to what the money pays, and the seats of each programme go to its"
        " groups in proportion to their headcount."
    ),
    "priority": N_(
        "By priority: gaps are served in the order of their weights (weight of the group x weight of the competency),"
        " then in the order of the file, each with the programme that closes it best, until the money ends."
    ),
    "last": N_(
        "As last year: the seats of the earlier plan by programme and group, unchanged if the money is enough, "
        "then more in the same proportions while money is left; otherwise all reduced in proportion."
    ),
}


def view(material: Material, answer: Habits, heading: Heading) -> Section:
    names = (_("This plan"), *(_(NAMES[habit.name]) for habit in answer.habits))
    figures = PlanFigures(material, names, (answer.plan, *(habit.plan for habit in answer.habits)))
    key = figures.table(
        "table-habits", _("The plan and the habits in figures"), _("Figure"), _key_rows(figures, answer)
    )
    title = _("Gaps closed with the same money")
    return Section(
        heading,
        _(
            "What would the same money close if seats were given out as usual: by headcount, by priority until the "
            "money ends, or as last year?"
        ),
        tiles=tuple(_tiles(figures, answer)),
        sentences=tuple(_sentences(figures, answer)),
        blocks=(
            Block(figure=figures.gaps_chart("chart-habits", title, key)),
            Block(_("By agency"), tables=(_by_agency(figures),)),
            Block(_("How the habits are made into plans"), notes=(*_how(answer), _fairness())),
        ),
    )


def _tiles(figures: PlanFigures, answer: Habits) -> Iterator[Tile]:
    plan = answer.plan
    yield Tile(_("This plan"), figures.gaps(plan.gaps_closed), _in_words(figures, plan))
    for habit in answer.habits:
        name = _(NAMES[habit.name])
        if habit.plan is None:
            yield Tile(name, NOTHING, _("no plan"))
        else:
            yield Tile(name, figures.gaps(habit.plan.gaps_closed), _in_words(figures, habit.plan))


def _in_words(figures: PlanFigures, plan: Plan) -> str:
    return _("gaps closed for {amount}").format(amount=figures.material.formats.rupiah_in_words(plan.total_cost))


def _sentences(figures: PlanFigures, answer: Habits) -> Iterator[str]:
    for habit in answer.habits:
        yield from _of_habit(figures, answer.plan, habit)
    if answer.last is None:
        yield _("As last year: not available, since no earlier plan was given. Name one with --last FOLDER.")
    if answer.unknown_ids:
        names = listed(answer.unknown_ids)
        yield _("In the earlier plan but not in this scenario, therefore ignored: {names}.").format(names=names)


def _of_habit(figures: PlanFigures, plan: Plan, habit: Habit) -> Iterator[str]:
    name = _(NAMES[habit.name])
    made = habit.plan
    if made is None:
        reason = habit.message.split("\n")[0]
        yield _("{habit}: no plan close to it was found. {reason}").format(habit=name, reason=reason)
        return
    formats = figures.material.formats
    more = plan.gaps_closed - made.gaps_closed
    facts = {
        "habit": name,
        "closed": figures.gaps(made.gaps_closed),
        "cost": formats.rupiah(made.total_cost),
        "number": figures.gaps(abs(more)),
    }
    if more > 0 and made.gaps_closed:
        words = _(
            "{habit}: closes an expected {closed} gaps for {cost}. This plan closes {number} more ({share} more)."
        )
        yield words.format(**facts, share=formats.share(more / made.gaps_closed))
    elif more > 0:
        yield _("{habit}: closes no gap. This plan closes an expected {number}.").format(**facts)
    elif more < 0:
        words = _(
            "{habit}: closes an expected {closed} gaps for {cost}, {number} more than this plan, "
            "which serves other goals of the "
            "scenario first."
        )
        other = _(
            "{habit}: closes an expected {closed} gaps for {cost}, {number} more than this plan, "
            "which is not proven best."
        )
        first = plan.objective[0]
        weighs = made.weighted_gaps_closed <= plan.weighted_gaps_closed
        yield (words if first.goal != "gaps_closed" or weighs else other).format(**facts)
    else:
        yield _("{habit}: closes as many gaps as this plan (an expected {closed}), for {cost}.").format(**facts)
    cheaper = plan.total_cost - made.total_cost
    if made.gaps_closed and plan.gaps_closed and cheaper:
        yield _("{habit}: a closed gap costs {each}; in this plan {ours}.").format(
            habit=name, each=figures.each_gap(made), ours=figures.each_gap(plan)
        )


def _key_rows(figures: PlanFigures, answer: Habits) -> list[tuple[str, ...]]:
    count = figures.material.formats.count
    wished = [NOTHING, *(count(habit.intended_seats) for habit in answer.habits)]
    kept = [NOTHING, *(count(habit.kept_seats) if habit.plan else NOTHING for habit in answer.habits)]
    other = [NOTHING, *(count(habit.further_seats) if habit.plan else NOTHING for habit in answer.habits)]
    return [
        *figures.key_rows(),
        (_("Seats by the habit alone"), *wished),
        (_("of which kept under all rules"), *kept),
        (_("Further seats, for rules or of money left"), *other),
    ]


def _by_agency(figures: PlanFigures) -> Table:
    """Return gaps closed by agency; by group where the scenario names no agencies."""
    material = figures.material
    agencies = material.measures.agencies
    if set(agencies) == {None}:
        of_groups = [None if m is None else m.coverage_by_group for m in figures.measures]
        rows = [
            (group.label, *(_closed(figures, None if of is None else of[group.id]) for of in of_groups))
            for group in material.scenario.groups
        ]
        return figures.table("table-habits-groups", _("Gaps closed (expected) by group"), _("Group"), rows)
    of_agencies = [None if m is None else m.coverage_by_agency for m in figures.measures]
    rows = []
    for agency, groups in agencies.items():
        people = material.formats.count(sum(group.headcount for group in groups))
        name = _("{agency} ({people} people)").format(agency=material.agency(agency), people=people)
        rows.append((name, *(_closed(figures, None if of is None else of[agency]) for of in of_agencies)))
    return figures.table("table-habits-agencies", _("Gaps closed (expected) by agency"), _("Agency"), rows)


def _closed(figures: PlanFigures, coverage: Coverage | None) -> str:
    return NOTHING if coverage is None else figures.closed_of_need(coverage.closed, coverage.need)


def _how(answer: Habits) -> Iterator[str]:
    for habit in answer.habits:
        yield _(_HOW[habit.name])


def _fairness() -> str:
    return _(
        "Each habit is first turned into whole classes, within current willingness, release, hours, "
        "prerequisites and money. The plan for it is the closest one that keeps all rules of the scenario; "
        "money that the rules leave over is distributed in the same way. Of plans equally close, the one that "
        "spends least of own funds is used; gaps are neither sought nor avoided. Every plan has passed the "
        "independent check."
    )
