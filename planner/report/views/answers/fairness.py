"""The price of fairness: gaps closed as a function of the coverage guaranteed to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from planner.analysis.rules.fairness import Fairness, Guarantee, coverage
from planner.batch.taken_over import own_cost_proven
from planner.locale import N_, _, ngettext
from planner.report.charts.lines import Scale, Series, Spot, lines
from planner.report.material import Material
from planner.report.views.answers.axes import gaps_scale
from planner.report.views.answers.intervals import SMALLEST, between
from planner.report.views.answers.own_money_words import least_found
from planner.report.views.heading import Heading
from planner.report.views.quality import counts_otherwise, gaps_counted, unit, with_unit
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING

_QUESTIONS: Final = {
    "agency": N_("What does it cost to guarantee every agency a coverage of its need?"),
    "location": N_("What does it cost to guarantee every location a coverage of its need?"),
    "group": N_("What does it cost to guarantee every group a coverage of its need?"),
    "competency": N_("What does it cost to guarantee every competency a coverage of its need?"),
}


def view(material: Material, answer: Fairness, heading: Heading) -> Section:
    return Section(
        heading,
        _(_QUESTIONS[answer.by]),
        tiles=_tiles(material, answer),
        sentences=tuple(_sentences(material, answer)),
        blocks=tuple(_blocks(material, answer)),
    )


def bucket_label(material: Material, answer: Fairness, bucket: str) -> str:
    """Return the name of a bucket as printed."""
    scenario = material.scenario
    if answer.by == "group":
        return scenario.group[bucket].label
    if answer.by == "competency":
        return scenario.competency[bucket].label
    if not bucket:
        return _("no location named") if answer.by == "location" else material.agency(None)
    return bucket


def _tiles(material: Material, answer: Fairness) -> tuple[Tile, ...]:
    if not answer.guarantees:
        return ()
    formats, first, last = material.formats, answer.guarantees[0], answer.guarantees[-1]
    return (
        Tile(
            _("Worst-off without a guarantee"),
            formats.share(first.coverage),
            _("in the plan that closes most: {bucket}").format(bucket=bucket_label(material, answer, first.worst)),
        ),
        Tile(_("Most that can be guaranteed"), formats.share(answer.largest_kept), _("to all alike")),
        Tile(
            _("Price of that"),
            between(material, *_lost(first, last)),
            _("counted: {name}").format(name=gaps_counted(material)),
        ),
    )


def _sentences(material: Material, answer: Fairness) -> Iterator[str]:
    formats = material.formats
    if not answer.number:
        yield _("The scenario has no gaps, so there is nothing to guarantee.")
        return
    if not answer.guarantees:
        yield _("The curve could not be made: {reason}").format(reason=answer.message.split("\n")[0])
        return
    first, last = answer.guarantees[0], answer.guarantees[-1]
    if len(answer.guarantees) == 1:
        yield _(
            "Fairness costs nothing here: the plan that closes most gaps already covers the worst-off as far as "
            "possible."
        )
    else:
        yield _(
            "With no guarantee an expected {closed} gaps are closed, and {coverage} of the worst-off "
            "({bucket}) are covered; with the largest guarantee, {share} for all, an expected {fewer}"
            " gaps are closed."
        ).format(
            closed=formats.number(first.plan.gaps_closed),
            bucket=bucket_label(material, answer, first.worst),
            coverage=formats.share(first.coverage),
            share=formats.share(last.share),
            fewer=formats.number(last.plan.gaps_closed),
        )
        here, bucket = coverage(material.scenario, material.plan, answer.by)
        if (here, bucket) != (first.coverage, first.worst):
            yield _(
                "In the plan in question, which seeks other goals too, the worst-off is {bucket} with {coverage}."
            ).format(bucket=bucket_label(material, answer, bucket), coverage=formats.share(here))
        free = [each for each in answer.guarantees if first.value - each.value < SMALLEST]
        if len(free) > 1:
            yield _("Up to {share} for all costs nothing.").format(share=formats.share(free[-1].share))
    if answer.largest_possible - answer.largest_kept > SMALLEST:
        yield _("Whether more than {share} could be guaranteed, up to {most}, is not proven.").format(
            share=formats.share(answer.largest_kept), most=formats.share(answer.largest_possible)
        )
    failed = sum(not each.searched for each in answer.guarantees)
    if failed:
        yield ngettext(
            "For {number} point no plan of its own was found; the plan of a larger guarantee is shown.",
            "For {number} points no plan of its own was found; the plan of a larger guarantee is shown.",
            failed,
        ).format(number=formats.count(failed))
    yield from least_found(material, (own_cost_proven(each.plan) for each in answer.guarantees))


def _lost(first: Guarantee, other: Guarantee) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a guarantee costs, from values and bounds of the best plans with and without
    it."""
    return max(Fraction(0), first.value - other.most), max(Fraction(0), first.most - other.value)


def _blocks(material: Material, answer: Fairness) -> Iterator[Block]:
    if not answer.guarantees:
        return
    notes = [_("Every point is a plan made anew with this guarantee as a rule for each; gaps closed come first.")]
    if counts_otherwise(material):
        notes.append(_("The curve and what is lost are counted in {unit}.").format(unit=unit(material)))
    yield Block(figure=_figure(material, answer), notes=tuple(notes))


def _figure(material: Material, answer: Fairness) -> Figure:
    """Draw gaps closed by guaranteed coverage; constant up to the coverage that the plan without a guarantee has."""
    formats, first, last = material.formats, answer.guarantees[0], answer.guarantees[-1]

    def spot(share: Fraction, each: Guarantee) -> Spot:
        words = _("{share} for all").format(share=formats.share(share))
        return Spot(share, each.value, f"{words}: {formats.number(each.value)}")

    level = [spot(first.coverage, first)] if 0 < first.coverage < last.share else []
    spots = (spot(Fraction(0), first), *level, *(spot(each.share, each) for each in answer.guarantees[1:]))
    across = Scale(_("coverage guaranteed to all"), Fraction(0), max(last.share, first.coverage), formats.share)
    up = gaps_scale(formats, gaps_counted(material), [each.value for each in answer.guarantees])
    description = _(
        "A line of gaps closed by the coverage that everyone is guaranteed: from no guarantee on the left to the"
        " largest possible on the right."
    )
    title = _("Gaps closed (expected) by guarantee for the worst-off")
    drawing = lines("chart-fairness", title, description, across, up, [Series(gaps_counted(material), (spots,))])
    return Figure((drawing,), (_points(material, answer),))


def _points(material: Material, answer: Fairness) -> Table:
    formats, first = material.formats, answer.guarantees[0]
    otherwise = counts_otherwise(material)
    columns = [
        Column(_("Guaranteed to all"), "name"),
        Column(_("Gaps closed (expected)"), "number"),
        *((Column(gaps_counted(material), "number"),) if otherwise else ()),
        Column(with_unit(material, _("Lost")), "number"),
        Column(_("Covered in the plan"), "number"),
        Column(_("Worst-off")),
        Column(_("Total cost"), "number"),
    ]
    rows = [
        (
            formats.share(each.share),
            formats.number(each.plan.gaps_closed),
            *((formats.number(each.value),) if otherwise else ()),
            NOTHING if each is first else between(material, *_lost(first, each)),
            formats.share(each.coverage),
            bucket_label(material, answer, each.worst),
            formats.rupiah(each.plan.total_cost),
        )
        for each in answer.guarantees
    ]
    return table("table-fairness", _("Gaps closed (expected) by guarantee"), columns, rows)
