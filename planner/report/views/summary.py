"""The summary: key figures, plain sentences, and what was not possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from planner.locale import _, ngettext
from planner.payments.apportionment import apportioned
from planner.plans.causes import leading_causes
from planner.report.material import MOST_NAMED, Material, brief, listed, named
from planner.report.views.cause_words import led_by
from planner.report.views.heading import Heading
from planner.report.views.likely import (
    by_people_sentence,
    likely_sentence,
    overlap_sentence,
    people_sentence,
    uncertain_partners_sentence,
)
from planner.report.views.quality import quality
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING
from planner.units.said import nearest


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Summary:
    """The one-page summary."""

    heading: Heading
    tiles: tuple[Tile, ...]
    sentences: tuple[str, ...]
    not_possible: tuple[str, ...]
    causes: Table | None
    warnings: tuple[str, ...]


def summary(material: Material, heading: Heading, *, short: bool = False) -> Summary:
    """Return the summary; that of a `short` report refers to nothing that only the full one has."""
    return Summary(
        heading=heading,
        tiles=tiles(material),
        sentences=_sentences(material),
        not_possible=_not_possible(material, short),
        causes=_causes(material, short),
        warnings=_warnings(material),
    )


def _warnings(material: Material) -> tuple[str, ...]:
    """Return the first warnings, and how many more there are."""
    first, more = material.warnings[:MOST_NAMED], len(material.warnings) - MOST_NAMED
    if more <= 0:
        return first
    words = ngettext("{number} more warning: planner check.", "{number} more warnings: planner check.", more)
    if material.scenario.people is not None and material.scenario.people.lenient:
        words = ngettext(
            "{number} more warning: planner check --lenient.", "{number} more warnings: planner check --lenient.", more
        )
    return (*first, words.format(number=more))


def tiles(material: Material) -> tuple[Tile, ...]:
    plan, formats, measures = material.plan, material.formats, material.measures
    return (
        Tile(
            _("Gaps closed (expected)"),
            material.coverage(measures.coverage),
            _("{closed} of {need}").format(
                closed=material.gaps_in_words(plan.gaps_closed), need=formats.count(plan.total_need)
            ),
        ),
        Tile(_("Total cost"), formats.rupiah_in_words(plan.total_cost), formats.rupiah(plan.total_cost)),
        _partners(material) if any(not fund.own for fund in material.scenario.funds) else _cost_of_a_gap(material),
        Tile(_("Participants"), formats.count(measures.participants), _held(material)),
    )


def _partners(material: Material) -> Tile:
    plan = material.plan
    share = _share_of(material, plan.partner_cost, plan.total_cost)
    note = _("{share} of the total cost").format(share=share)
    return Tile(_("Paid by partners"), material.formats.rupiah_in_words(plan.partner_cost), note)


def _cost_of_a_gap(material: Material) -> Tile:
    each = material.plan.cost_of_a_gap
    if each is None:
        return Tile(_("Cost of a closed gap"), NOTHING, _("on average"))
    return Tile(_("Cost of a closed gap"), material.formats.rupiah_in_words(each), _("on average"))


def _held(material: Material) -> str:
    """Return "in 12 classes", "78 of them in 12 classes", or "in 3 programmes" where there are no classes."""
    formats, classes, programmes = material.formats, material.measures.classes, len(material.measures.running)
    if classes and (seated := material.participants_in_classes) < material.measures.participants:
        words = ngettext("{people} of them in {number} class", "{people} of them in {number} classes", classes)
        return words.format(people=formats.count(seated), number=formats.count(classes))
    if classes:
        return ngettext("in {number} class", "in {number} classes", classes).format(number=formats.count(classes))
    words = ngettext("in {number} programme", "in {number} programmes", programmes)
    return words.format(number=formats.count(programmes))


def _sentences(material: Material) -> tuple[str, ...]:
    plan, formats, measures = material.plan, material.formats, material.measures
    groups = len(material.scenario.groups)
    words = ngettext(
        "The plan closes an expected {closed} of {need} competency gaps ({share}) in {groups} group of {people} "
        "civil servants.",
        "The plan closes an expected {closed} of {need} competency gaps ({share}) in {groups} groups of {people} "
        "civil servants in all.",
        groups,
    )
    sentences = [
        words.format(
            closed=material.gaps_in_words(plan.gaps_closed),
            need=formats.count(plan.total_need),
            share=material.coverage(measures.coverage),
            groups=formats.count(groups),
            people=formats.count(measures.headcount),
        )
    ]
    if not plan.total_need:
        sentences = [_("No group has a competency gap; there is nothing to close.")]
    elif not measures.participants:
        sentences.append(_("Within these funds and rules no training is held."))
    else:
        if plan.gaps_closed:
            sentences.append(likely_sentence(material))
            more = (overlap_sentence, people_sentence, by_people_sentence)
            sentences += [told for each in more if (told := each(material))]
        sentences.append(_who_takes_part(material))
    if plan.total_cost:
        sentences += _money(material)
    elif measures.participants:
        sentences.append(_("It costs nothing."))
    sentences += _free_seats(material)
    if doubtful := uncertain_partners_sentence(material):
        sentences.append(doubtful)
    if plan.cost_of_a_gap is not None and plan.total_cost:
        each = formats.rupiah(plan.cost_of_a_gap)
        sentences.append(_("A closed gap costs {amount} on average.").format(amount=each))
    sentences.append(quality(material))
    return tuple(sentences)


def _who_takes_part(material: Material) -> str:
    """Return participants, programmes, classes and JP in sentences."""
    formats, measures = material.formats, material.measures
    programmes = len(measures.running)
    sentences = [
        ngettext(
            "{participants} participants take part in {programmes} programme.",
            "{participants} participants take part in {programmes} programmes; "
            "a person in two programmes counts twice.",
            programmes,
        ).format(participants=formats.count(measures.participants), programmes=formats.count(programmes))
    ]
    without = measures.participants - material.participants_in_classes
    if measures.classes and without:
        words = ngettext(
            "{number} of them is in a programme without classes.",
            "{number} of them are in programmes without classes.",
            without,
        )
        sentences.append(words.format(number=formats.count(without)))
    if measures.classes:
        words = ngettext("{number} class is held.", "{number} classes are held.", measures.classes)
        sentences.append(words.format(number=formats.count(measures.classes)))
    if material.counts_hours:
        hours = formats.number(measures.hours_per_person, 1)
        words = _("A civil servant gets {hours} JP on average.")
        if material.several_years:
            words = _("A civil servant gets {hours} JP a year on average.")
        sentences.append(words.format(hours=hours))
    return " ".join(sentences)


def _money(material: Material) -> list[str]:
    """Return what the plan costs and who pays, in sentences."""
    plan, formats = material.plan, material.formats
    payers = [fund for fund in material.scenario.funds if material.measures.cost_by_fund[fund.id]]
    if len(payers) == 1:
        words = _("It costs {total}, all paid by {fund}.")
        return [words.format(total=formats.rupiah(plan.total_cost), fund=payers[0].label)]
    if plan.partner_cost and plan.own_cost:
        words = _("It costs {total}: {own} from own funds and {partner} from partners.")
        costs = words.format(
            total=formats.rupiah(plan.total_cost),
            own=formats.rupiah(plan.own_cost),
            partner=formats.rupiah(plan.partner_cost),
        )
    else:
        costs = _("It costs {total}.").format(total=formats.rupiah(plan.total_cost))
    return [costs, _("Who pays: {funds}.").format(funds=_who_pays(material))]


def _who_pays(material: Material) -> str:
    paid = [(fund, material.measures.cost_by_fund[fund.id]) for fund in material.scenario.funds]
    if len(paid) > MOST_NAMED:
        paid.sort(key=lambda each: -each[1])
    return named(
        [
            _("{fund} {amount} ({share})").format(
                fund=brief(fund.label),
                amount=material.formats.rupiah(amount),
                share=_share_of(material, amount, material.plan.total_cost),
            )
            for fund, amount in paid
            if amount
        ]
    )


def _free_seats(material: Material) -> list[str]:
    given = [(fund, material.measures.seats_by_fund[fund.id]) for fund in material.scenario.funds]
    if len(given) > MOST_NAMED:
        given = sorted(given, key=lambda each: -each[1])[:MOST_NAMED]
    return [
        ngettext("{fund} gives {seats} free seat.", "{fund} gives {seats} free seats.", seats).format(
            fund=fund.label, seats=material.formats.count(seats)
        )
        for fund, seats in given
        if seats
    ]


def _not_possible(material: Material, short: bool) -> tuple[str, ...]:
    formats, measures = material.formats, material.measures
    lines = []
    if measures.coverage.left:
        words = _(
            "An expected {left} gaps ({share}) stay open. The table below says why; each group has its details"
            " further on."
        )
        if short:
            words = _("An expected {left} gaps ({share}) stay open. The table below says why.")
        lines.append(
            words.format(
                left=material.gaps_in_words(measures.coverage.left), share=formats.share(1 - measures.coverage.share)
            )
        )
    soft = {rule.name for rule in material.scenario.rules if not rule.hard}
    missed = list(dict.fromkeys(rule.rule for rule in material.plan.rules if rule.rule in soft and not rule.held))
    if missed:
        lines.append(
            ngettext("One goal is missed: {goals}.", "{number} goals are missed: {goals}.", len(missed)).format(
                number=formats.count(len(missed)), goals=listed(missed)
            )
        )
    untouched = [g for g in measures.coverage_by_group.items() if g[1].need and not g[1].closed]
    if untouched:
        names = [material.scenario.group[group].label for group, _coverage in untouched]
        shown = names if len(names) <= 5 else [*names[:5], _("and {number} more").format(number=len(names) - 5)]
        lines.append(
            ngettext(
                "One group with gaps gets nothing that closes them: {groups}.",
                "{number} groups with gaps get nothing that closes them: {groups}.",
                len(names),
            ).format(number=formats.count(len(names)), groups=listed(shown))
        )
    return tuple(lines)


def _causes(material: Material, short: bool) -> Table | None:
    """Return open gaps by the cause that leads; None where no gap stays open."""
    led = leading_causes(material.open_gaps.by_reasons)
    if not led:
        return None
    left, mixed = material.measures.coverage.left, any(each.alone < each.gaps for each in led)
    note = _(
        "Each gap counts once. Where different reasons rule out its programmes, it counts under the one that keeps "
        "most gaps open; the annex gives all of them."
    )
    if short:
        note = _(
            "Each gap counts once. Where different reasons rule out its programmes, it counts under the one that "
            "keeps most gaps open."
        )
    rounded = _("Rounded to one decimal, so that the rows add up to the total.") if material.gap_places > 1 else ""
    gaps, alone = (_in_tenths([each.gaps for each in led]), _in_tenths([each.alone for each in led]))
    rows = [
        (
            led_by(material, each),
            material.gaps_in_brief(number),
            *([material.gaps_in_brief(by_itself)] if mixed else []),
            material.formats.share(each.gaps / left),
        )
        for each, number, by_itself in zip(led, gaps, alone, strict=True)
    ]
    total = [material.gaps_in_brief(left), *([material.gaps_in_brief(sum(alone, Fraction(0)))] if mixed else [])]
    return table(
        "causes",
        _("Why gaps stay open"),
        [
            Column(_("Reason"), "name"),
            Column(_("Gaps left open (expected)"), "number"),
            *([Column(_("of these, for this reason alone (expected)"), "number")] if mixed else []),
            Column(_("Share"), "number"),
        ],
        rows,
        total=(_("Total"), *total, material.formats.share(Fraction(1))),
        note=" ".join(each for each in (note if mixed else "", rounded) if each),
        folded=False,
    )


def _in_tenths(values: Sequence[Fraction]) -> list[Fraction]:
    """Return the values in tenths that sum to those of their sum."""
    scale = lcm(*(value.denominator for value in values))
    weights = {str(place): int(value * scale) for place, value in enumerate(values)}
    parts = apportioned(nearest(sum(values, Fraction(0)) * 10), weights)
    return [Fraction(parts.get(place, 0), 10) for place in weights]


def _share_of(material: Material, part: int, whole: int) -> str:
    return material.formats.share(Fraction(part, whole)) if whole else material.formats.share(Fraction(0))
