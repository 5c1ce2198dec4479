"""How sure the plan is: the plan kept, and a plan made anew, in the worst case of its assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.analysis.plans.moves import people_of
from planner.analysis.sure.worst import CornerPlan, Sure
from planner.locale import _, ngettext
from planner.plans.plan import Plan
from planner.report.material import Material, listed
from planner.report.views.answers.endings import reasons
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.heading import Heading
from planner.report.views.likely import likely_sentence, range_in_figures
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Table
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: Sure, heading: Heading) -> Section:
    columns = list(_columns(answer))
    figures = PlanFigures(material, tuple(name for name, _plan in columns), tuple(plan for _name, plan in columns))
    return Section(
        heading,
        _("What does the plan still close, and can it still be paid, if it all turns out worse than assumed?"),
        tiles=tuple(_tiles(figures, answer)),
        sentences=tuple(_sentences(figures, answer)),
        blocks=tuple(_blocks(figures, answer)),
    )


def _columns(answer: Sure) -> Iterator[tuple[str, Plan | None]]:
    yield _("This plan, as assumed"), answer.plan
    if answer.must_give:
        yield _("Kept, if all were paid"), answer.all_paid.plan
    yield _("Kept, in the worst case"), answer.kept.plan
    yield _("Made for that case"), answer.made.plan


def _tiles(figures: PlanFigures, answer: Sure) -> Iterator[Tile]:
    for name, plan, note in (
        (_("As assumed"), answer.plan, _("gaps closed by the plan")),
        (_("Plan kept"), answer.kept.plan, _("gaps closed in the worst case")),
        (_("Plan made for that case"), answer.made.plan, _("gaps closed in the worst case")),
    ):
        yield Tile(name, NOTHING if plan is None else figures.gaps(plan.gaps_closed), note)


def _sentences(figures: PlanFigures, answer: Sure) -> Iterator[str]:
    corner, formats = answer.corner, figures.material.formats
    yield _(
        "The worst case: the chance of success times {closes}, willingness times {uptake}, and all "
        "prices times {prices}, all at once."
    ).format(
        closes=formats.given_share(corner.closes),
        uptake=formats.given_share(corner.uptake),
        prices=formats.given_share(corner.prices),
    )
    kept, made = answer.kept.plan, answer.made.plan
    if kept is None:
        yield _without(answer.kept, _("The plan cannot be kept there: {reason}"))
    else:
        lost = answer.plan.gaps_closed - kept.gaps_closed
        words = _(
            "If the plan is kept, it still closes an expected {closed} gaps there, {number} fewer "
            "than the {assumed} assumed."
        )
        if figures.gaps(abs(lost)) == figures.gaps(0):
            words = _("If the plan is kept, it still closes an expected {closed} gaps there, as many as assumed.")
        elif lost < 0:
            words = _(
                "If the plan is kept, it closes an expected {closed} gaps there, {number} more than the {assumed} "
                "assumed."
            )
        yield words.format(
            closed=figures.gaps(kept.gaps_closed),
            number=figures.gaps(abs(lost)),
            assumed=figures.gaps(answer.plan.gaps_closed),
        )
        yield from _missed(figures, answer.kept, _("Kept, the plan misses rules there: {rules}."))
    yield from _payable(figures, answer)
    if made is None:
        yield _without(answer.made, _("No plan was made for that case: {reason}"))
    else:
        yield from _made(figures, answer, made)
        yield from _missed(figures, answer.made, _("No such plan keeps all rules there; missed are: {rules}."))
    yield likely_sentence(figures.material)
    if method := range_in_figures(figures.material):
        yield method


def _without(found: CornerPlan, words: str) -> str:
    reason = " ".join(found.message.split()) or reasons([found.status])
    return words.format(reason=reason)


def _missed(figures: PlanFigures, found: CornerPlan, words: str) -> Iterator[str]:
    """Yield the hard rules that can no longer be kept, each with what is asked for and what is reached."""
    if not found.missed:
        return
    number = figures.material.formats.number
    parts = [
        _("{rule} ({reached} of {asked})").format(
            rule=result.rule if result.of is None else f"{result.rule}: {result.of}",
            reached=number(result.measure),
            asked=number(result.at_least),
        )
        for result in found.missed
        if result.at_least is not None
    ]
    yield words.format(rules=listed(parts))


def _payable(figures: PlanFigures, answer: Sure) -> Iterator[str]:
    """Yield whether the kept plan can be paid, and what must give."""
    formats, full, kept = figures.material.formats, answer.all_paid.plan, answer.kept.plan
    if answer.missing is None or full is None:
        if kept is not None:
            yield _("How much money would be missing to keep all of it is not known.")
        return
    away = sum(people_of(answer.plan).values()) - sum(people_of(full).values())
    if away:
        yield ngettext(
            "{number} participation falls away: for want of willing people, a full class or a rule kept.",
            "{number} participations fall away: for want of willing people, a full class or a rule kept.",
            away,
        ).format(number=formats.count(away))
    if not answer.missing:
        yield _("What is kept of it costs {cost} and can be paid: nothing more has to be cut.").format(
            cost=formats.rupiah(full.total_cost)
        )
        return
    yield _("All that could be kept of it costs {cost}; {missing} of that is missing.").format(
        cost=formats.rupiah(full.total_cost), missing=formats.rupiah(answer.missing)
    )
    if kept is not None:
        yield _("What has to be cut for lack of money: {what}.").format(what=_given_up(figures, full, kept))


def _given_up(figures: PlanFigures, full: Plan, kept: Plan) -> str:
    """Return the programmes that lose participants from `full` to `kept`, with how many."""
    formats, scenario = figures.material.formats, figures.material.scenario
    lost: dict[str, int] = {}
    after = people_of(kept)
    for (group, programme), people in people_of(full).items():
        lost[programme] = lost.get(programme, 0) + people - after.get((group, programme), 0)
    parts = [
        ngettext("{programme} {number} participant", "{programme} {number} participants", number).format(
            programme=scenario.programme[programme].label, number=formats.count(number)
        )
        for programme, number in lost.items()
        if number > 0
    ]
    return listed(parts) or _("nothing that people attend")


def _made(figures: PlanFigures, answer: Sure, made: Plan) -> Iterator[str]:
    kept, assumed = answer.kept.plan, answer.made_as_assumed
    gained = made.gaps_closed - (Fraction(0) if kept is None else kept.gaps_closed)
    words = _(
        "A plan made for that case closes an expected {closed} gaps there, {number} more than the plan that is kept."
    )
    if figures.gaps(abs(gained)) == figures.gaps(0):
        words = _("A plan made for that case closes an expected {closed} gaps there, as many as the plan that is kept.")
    elif gained < 0:
        words = _(
            "A plan made for that case closes an expected {closed} gaps there, {number} fewer than "
            "the plan that is kept."
        )
    yield words.format(closed=figures.gaps(made.gaps_closed), number=figures.gaps(abs(gained)))
    if assumed is not None:
        yield _(
            "If things turn out as assumed after all, that plan closes an expected {closed} gaps, and this one {this}."
        ).format(
            closed=figures.material.formats.number(assumed.gaps_closed), this=figures.gaps(answer.plan.gaps_closed)
        )


def _blocks(figures: PlanFigures, answer: Sure) -> Iterator[Block]:
    key = figures.table("table-sure", _("The plans in figures"), _("Figure"), figures.key_rows())
    yield Block(figure=figures.gaps_chart("chart-sure", _("Gaps closed as assumed and in the worst case"), key))
    yield Block(_("What changes"), tables=tuple(_changes(figures)), notes=(_method(),))


def _changes(figures: PlanFigures) -> Iterator[Table]:
    rows = figures.programme_rows()
    if rows:
        yield figures.table(
            "table-sure-programmes", _("Programmes that differ"), _("Programme"), rows, figures.programme_note()
        )
    groups = figures.group_rows()
    if groups:
        yield figures.table("table-sure-groups", _("Gaps closed (expected) of groups that differ"), _("Group"), groups)


def _method() -> str:
    return _(
        "The plan is kept: nothing is added to its classes and participants, and only its groups are "
        "socialized; within that, people and payments are chosen again. The amounts of funds stay as "
        "they are. Every plan has passed the independent check, at the prices and shares of the worst"
        " case."
    )
