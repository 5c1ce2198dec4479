"""The contribution of each partner: an overview for the planner, and a page for each partner."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.analysis.partners.contributions import Contribution, Partners
from planner.batch.taken_over import own_cost_proven
from planner.locale import _, ngettext
from planner.report.charts.bars import Bar, bars
from planner.report.material import Material, listed
from planner.report.views.answers.endings import reasons
from planner.report.views.answers.intervals import SMALLEST
from planner.report.views.answers.own_money_words import least_found
from planner.report.views.answers.partner_page import partner_page
from planner.report.views.heading import Heading
from planner.report.views.quality import unit, weighted
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: Partners, heading: Heading) -> Section:
    question = _("What would be lost without each partner, and what is its fair share of what all achieve together?")
    if not answer.contributions:
        return Section(heading, question, sentences=tuple(without_partners(material, answer)))
    return Section(
        heading,
        question,
        tiles=tuple(_tiles(material, answer)),
        sentences=tuple(_sentences(material, answer)),
        blocks=tuple(_blocks(material, answer)),
    )


def without_partners(material: Material, answer: Partners) -> Iterator[str]:
    """Return the section of a scenario without partners."""
    if answer.roles.idle:
        yield _("No partner of this scenario offers money or free seats: {names}.").format(
            names=names(material, answer.roles.idle)
        )
    else:
        yield _("This scenario has no partners: all funds are own funds.")


def names(material: Material, partners: tuple[str, ...]) -> str:
    return listed([material.scenario.fund[partner].label for partner in partners])


def _tiles(material: Material, answer: Partners) -> Iterator[Tile]:
    formats = material.formats
    all_there, alone = answer.outcomes[0], answer.outcomes[-1]
    yield Tile(
        _("Gaps closed thanks to partners"),
        formats.number(all_there.gaps - alone.gaps),
        _("of {all} gaps closed (expected)").format(all=formats.number(all_there.gaps)),
    )
    yield Tile(
        _("Gaps closed without any partner"),
        NOTHING if alone.plan is None else formats.number(alone.gaps),
        _("no plan keeps the rules") if alone.plan is None else _("everything planned anew"),
    )
    paid = sum(material.measures.cost_by_fund[contribution.partner] for contribution in answer.contributions)
    yield Tile(_("Partners pay"), formats.rupiah_in_words(paid), formats.rupiah(paid))
    seats = sum(material.measures.seats_by_fund[contribution.partner] for contribution in answer.contributions)
    if seats:
        yield Tile(_("Free seats taken"), formats.count(seats), _("given by partners"))


def _sentences(material: Material, answer: Partners) -> Iterator[str]:
    there = answer.roles
    yield _(
        "For each partner, a plan without it is made, with the same rules and the other funds. The difference "
        "is the contribution of the partner."
    )
    yield _(
        "Fair share (Shapley value): suppose that the partners join one after the other, in every possible "
        "order. The average that a partner adds over all orders is its share. Counted in {unit}; the shares "
        "add up exactly to {joint}, which all of them add together."
    ).format(unit=unit(material), joint=material.formats.number(answer.joint))
    yield from who_else(material, answer)
    if answer.unknown:
        yield ngettext(
            "For {number} combination of partners no plan is known ({reasons}); it counts as if nothing were "
            "closed, so the shares are not final. Allow more time with --time-limit.",
            "For {number} combinations of partners no plan is known ({reasons}); they count as if nothing were "
            "closed, so the shares are not final. Allow more time with --time-limit.",
            answer.unknown,
        ).format(
            number=material.formats.count(answer.unknown),
            reasons=reasons(o.status for o in answer.outcomes if o.unknown),
        )
    lost = [o for o in answer.outcomes if o.plan is None and not o.unknown]
    if lost:
        yield ngettext(
            "For {number} combination of partners no plan can keep the rules; it counts as if nothing were closed.",
            "For {number} combinations of partners no plan can keep the rules; they count as if nothing were closed.",
            len(lost),
        ).format(number=material.formats.count(len(lost)))
    if any(map(_not_enough, answer.contributions)):
        yield _(
            "Own money freed, marked *: the own funds are not enough to close as many gaps without the partner; the "
            "figure is what would be needed beyond what they pay now, and only a part of it may be left in them."
        )
    if any(map(nearly_as_many, answer.contributions)):
        yield _(
            "Own money freed, marked †: without the partner slightly fewer gaps are closed, a difference within the "
            "tolerance of the plans; to close exactly as many may take more own money."
        )
    if there.too_many:
        yield _("Choose up to eight partners to evaluate with --partners.")


def who_else(material: Material, answer: Partners) -> Iterator[str]:
    """Return the partners that are not included, and why."""
    there = answer.roles
    if there.always and there.too_many:
        yield _("More than eight partners are too many to evaluate; these are assumed to take part: {names}.").format(
            names=names(material, there.always)
        )
    elif there.always:
        yield _("Assumed to take part: {names}.").format(names=names(material, there.always))
    if there.idle:
        yield _("Left out, for they offer neither money nor free seats: {names}.").format(
            names=names(material, there.idle)
        )


def _blocks(material: Material, answer: Partners) -> Iterator[Block]:
    yield Block(
        _("All partners at a glance"),
        sentences=(_("This overview is for the planner; the pages after it are for one partner each."),),
        figure=_shares(material, answer),
        tables=(_overview(material, answer), _money(material, answer)),
        notes=tuple(_notes(material, answer)),
    )
    if len(answer.contributions) > 1:
        yield Block(_("Every combination of partners"), tables=(_combinations(material, answer),))
    for number, contribution in enumerate(answer.contributions, start=1):
        yield from partner_page(material, answer, contribution, number)


def _shares(material: Material, answer: Partners) -> Figure | None:
    """Draw the fair shares as bars; None where a share is negative, or there is nothing to share."""
    if answer.joint <= 0 or any(contribution.share < 0 for contribution in answer.contributions):
        return None
    rows = []
    for contribution in answer.contributions:
        words = share_in_words(material, answer, contribution)
        label = material.scenario.fund[contribution.partner].label
        rows.append(Bar(label, float(contribution.share), float(answer.joint), words, f"{label}: {words}"))
    title = _("Fair share of what all partners add together")
    description = _("One bar per partner: its length is what all add together, the filled part the share of this one.")
    made = table(
        "table-partner-shares",
        _("{title}, in {unit}").format(title=title, unit=unit(material)),
        [Column(_("Partner"), "name"), Column(_("Fair share"), "number"), Column(_("Of all"), "number")],
        [
            (
                material.scenario.fund[contribution.partner].label,
                material.formats.fixed(contribution.share, 2),
                material.formats.share(contribution.share / answer.joint),
            )
            for contribution in answer.contributions
        ],
        total=(_("Total"), material.formats.fixed(answer.joint, 2), material.formats.share(Fraction(1))),
    )
    drawings = bars("chart-partner-shares", title, description, rows, _("its share"), _("the others"))
    return Figure(tuple(drawings), (made,))


def share_in_words(material: Material, answer: Partners, contribution: Contribution) -> str:
    """Return "188,2 (12%)"; without a percentage where all partners together add nothing."""
    number = material.formats.number(contribution.share)
    if answer.joint <= 0 or not 0 <= contribution.share <= answer.joint:
        return number
    return f"{number} ({material.formats.share(contribution.share / answer.joint)})"


def _overview(material: Material, answer: Partners) -> Table:
    formats = material.formats
    by_weight = weighted(material)
    columns = [
        Column(_("Partner"), "name"),
        Column(_("Gaps closed without it"), "number"),
        Column(_("Fewer than now"), "number"),
        *((Column(_("Fewer by weight"), "number"),) if by_weight else ()),
        Column(_("Total cost without it (Rp)"), "number"),
        Column(_("Own cost without it (Rp)"), "number"),
    ]
    rows = []
    for contribution in answer.contributions:
        plan, with_it = contribution.plan_without, contribution.with_it.plan
        if plan is None or with_it is None:
            rows.append((material.scenario.fund[contribution.partner].label, *(NOTHING for _column in columns[1:])))
            continue
        lost = with_it.weighted_gaps_closed - plan.weighted_gaps_closed
        rows.append(
            (
                material.scenario.fund[contribution.partner].label,
                formats.number(plan.gaps_closed),
                formats.number(contribution.gained),
                *((formats.number(lost),) if by_weight else ()),
                material.money(plan.total_cost),
                material.money(plan.own_cost),
            )
        )
    with_all = answer.contributions[0].with_it.plan
    assert with_all is not None
    total = (
        _("With all partners"),
        formats.number(with_all.gaps_closed),
        NOTHING,
        *((NOTHING,) if by_weight else ()),
        material.money(with_all.total_cost),
        material.money(with_all.own_cost),
    )
    return table("table-partners-without", _("The plan without each partner"), columns, rows, total=total)


def _money(material: Material, answer: Partners) -> Table:
    formats, measures = material.formats, material.measures
    rows = []
    for contribution in answer.contributions:
        fund = material.scenario.fund[contribution.partner]
        rows.append(
            (
                fund.label,
                material.money(fund.amount),
                material.money(measures.cost_by_fund[fund.id]),
                formats.count(measures.seats_by_fund[fund.id]) if fund.seats else NOTHING,
                own_money(material, contribution),
            )
        )
    return table(
        "table-partners-money",
        _("What each partner gives, and the own money it frees"),
        [
            Column(_("Partner"), "name"),
            Column(_("Offers (Rp)"), "number"),
            Column(_("Pays (Rp)"), "number"),
            Column(_("Free seats taken"), "number"),
            Column(_("Own money freed (Rp)"), "number"),
        ],
        rows,
        note=_(
            "Own money freed: the least that own funds were found to pay beyond what they pay now, to close as many "
            "gaps without the partner."
        ),
    )


def own_money(material: Material, contribution: Contribution) -> str:
    if contribution.own_money is None:
        return _("not reachable")
    if nearly_as_many(contribution):
        return (material.money(contribution.own_money.freed) if contribution.own_money.freed else NOTHING) + "†"
    return material.money(contribution.own_money.freed) + ("*" if _not_enough(contribution) else "")


def nearly_as_many(contribution: Contribution) -> bool:
    """Return whether the plan that replaces the partner visibly closes less, within the tolerance of the plans."""
    return contribution.own_money_short >= SMALLEST


def _not_enough(contribution: Contribution) -> bool:
    """Return whether own funds as they are could not replace the partner."""
    money = contribution.own_money
    return money is not None and money.beyond and money.freed > 0


def _notes(material: Material, answer: Partners) -> Iterator[str]:
    """Return how certain the differences are, where plans are not proven exactly."""
    yield from least_found(material, (own_cost_proven(each.plan) for each in answer.outcomes if each.plan is not None))
    for contribution in answer.contributions:
        if contribution.without.plan is None:
            yield _("{partner}: {reason}").format(
                partner=material.scenario.fund[contribution.partner].label, reason=why_nothing(contribution)
            )
    same = [contribution for contribution in answer.contributions if contribution.in_tolerance]
    if same:
        yield _(
            "Within the tolerance of the plans nothing is lost for certain without: {partners}. What stands above as a "
            "difference may be none."
        ).format(partners=names(material, tuple(contribution.partner for contribution in same)))
    uncertain = [
        contribution
        for contribution in answer.contributions
        if contribution.certain and contribution.certain[1] - contribution.certain[0] > 0.005
    ]
    if uncertain:
        parts = []
        for contribution in uncertain:
            assert contribution.certain is not None
            least, most = (material.formats.number(Fraction(repr(value))) for value in contribution.certain)
            label = material.scenario.fund[contribution.partner].label
            parts.append(_("{partner} {least} to {most}").format(partner=label, least=least, most=most))
        yield _("Plans are proven within a tolerance. What each partner adds for certain, in {unit}: {ranges}.").format(
            unit=unit(material), ranges=listed(parts)
        )


def why_nothing(contribution: Contribution) -> str:
    if contribution.without.unknown:
        return _("without it no plan is known ({reasons}).").format(reasons=reasons([contribution.without.status]))
    return _("without it no plan can keep the rules.")


def _combinations(material: Material, answer: Partners) -> Table:
    formats = material.formats
    by_weight = weighted(material)
    rows = []
    for outcome in answer.outcomes:
        absent = [fund.label for fund in material.scenario.funds if fund.id in outcome.absent]
        plan = outcome.plan
        rows.append(
            (
                listed(absent) if absent else _("nobody"),
                formats.number(plan.gaps_closed) if plan else NOTHING,
                *((formats.number(plan.weighted_gaps_closed) if plan else NOTHING,) if by_weight else ()),
                material.money(plan.total_cost) if plan else NOTHING,
                material.money(plan.own_cost) if plan else NOTHING,
            )
        )
    columns = [
        Column(_("Absent"), "name"),
        Column(_("Gaps closed (expected)"), "number"),
        *((Column(_("By weight"), "number"),) if by_weight else ()),
        Column(_("Total cost (Rp)"), "number"),
        Column(_("Own cost (Rp)"), "number"),
    ]
    return table("table-partner-combinations", _("The best plan without each combination of partners"), columns, rows)
