"""Alternatives: clearly different plans that close nearly as many gaps."""

from __future__ import annotations

from collections.abc import Iterator

from planner.analysis.alternatives.different import Alternatives
from planner.analysis.plans.moves import moves
from planner.locale import _, ngettext
from planner.report.charts.stacked import letter_of
from planner.report.material import Material
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.heading import Heading
from planner.report.views.quality import counts_otherwise, unit
from planner.report.views.section import Block, Section
from planner.report.views.table import Table
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: Alternatives, heading: Heading) -> Section:
    names = (_("This plan"), *(_name(number) for number in range(len(answer.found))))
    figures = PlanFigures(material, names, answer.plans)
    question = _("Which clearly different plans lose at most {share} of the gaps closed?")
    if counts_otherwise(material):
        question = _("Which clearly different plans lose at most {share} of the value of this one, counted in {unit}?")
    return Section(
        heading,
        question.format(share=material.formats.given_share(answer.within), unit=unit(material)),
        sentences=tuple(_sentences(figures, answer)),
        blocks=tuple(_blocks(figures, answer)) if answer.found else (),
    )


def _name(number: int) -> str:
    return _("Alternative {letter}").format(letter=letter_of(number))


def _sentences(figures: PlanFigures, answer: Alternatives) -> Iterator[str]:
    formats = figures.material.formats
    for number, each in enumerate(answer.found):
        less = answer.plan.gaps_closed - each.plan.gaps_closed
        yield _(
            "{alternative}: closes an expected {closed} gaps ({difference}) for {cost}; {people} "
            "people are placed differently, "
            "with {added} seats more and {removed} fewer."
        ).format(
            alternative=_name(number),
            closed=figures.gaps(each.plan.gaps_closed),
            difference=figures.signed(-less, figures.gaps),
            cost=formats.rupiah(each.plan.total_cost),
            people=formats.count(each.moves.people_moved),
            added=formats.count(each.moves.added),
            removed=formats.count(each.moves.removed),
        )
    if answer.ending == "same":
        yield (
            _("No further plan was found within this limit that places people differently.")
            if answer.found
            else _("No other plan was found within this limit that places people differently.")
        )
    elif answer.ending == "none":
        yield (
            _("The search for a further plan ended without one. {reason}")
            .format(reason=answer.message.split("\n")[0])
            .strip()
        )


def _blocks(figures: PlanFigures, answer: Alternatives) -> Iterator[Block]:
    key = figures.table("table-alternatives", _("The alternatives in figures"), _("Figure"), _key_rows(figures, answer))
    yield Block(figure=figures.gaps_chart("chart-alternatives", _("Gaps closed (expected) by each alternative"), key))
    yield Block(_("What they do differently"), tables=tuple(_what_differs(figures)))
    yield Block(
        _("How different they are"),
        tables=(_distances(figures),),
        notes=tuple(_notes(figures.material)),
    )


def _notes(material: Material) -> Iterator[str]:
    yield _(
        "Each alternative avoids what the previous plans use, among all plans within the limit (hop, skip, jump; Brill,"
        " Chang and Hopkins 1982). Every plan has passed the independent check; it is not proven that no plans differ"
        " more."
    )
    if counts_otherwise(material):
        yield _("The limit is counted in {unit}.").format(unit=unit(material))


def _key_rows(figures: PlanFigures, answer: Alternatives) -> list[tuple[str, ...]]:
    count = figures.material.formats.count
    return [
        *figures.key_rows(),
        (
            _("People placed differently from this plan"),
            NOTHING,
            *(count(each.moves.people_moved) for each in answer.found),
        ),
        (_("Classes changed"), NOTHING, *(count(each.moves.classes_changed) for each in answer.found)),
    ]


def _what_differs(figures: PlanFigures) -> Iterator[Table]:
    rows = figures.programme_rows()
    if rows:
        caption = ngettext("{number} programme differs", "{number} programmes differ", len(rows))
        yield figures.table(
            "table-alternatives-programmes",
            caption.format(number=figures.material.formats.count(len(rows))),
            _("Programme"),
            rows,
            figures.programme_note(),
        )
    groups = figures.group_rows()
    if groups:
        yield figures.table(
            "table-alternatives-groups", _("Gaps closed (expected) of groups that differ"), _("Group"), groups
        )


def _distances(figures: PlanFigures) -> Table:
    """Return the number of people placed differently, for each pair of plans."""
    plans = [plan for plan in figures.plans if plan is not None]
    count = figures.material.formats.count
    rows = [
        (name, *(NOTHING if one is other else count(moves(one, other).people_moved) for other in plans))
        for name, one in zip(figures.names, plans, strict=True)
    ]
    return figures.table("table-alternatives-distances", _("People placed differently"), _("Between"), rows)
