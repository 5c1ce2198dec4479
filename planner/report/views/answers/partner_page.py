"""The page for one partner: what it makes possible, without what concerns other partners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.analysis.partners.contributions import Contribution, Partners
from planner.analysis.partners.paid_for import PaidProgramme
from planner.domain.funds import Fund
from planner.locale import _, ngettext
from planner.report.material import Material
from planner.report.views.answers.intervals import SMALLEST
from planner.report.views.answers.own_money_words import own_money
from planner.report.views.answers.partner_groups import MOST_ROWS, group_rows, group_table
from planner.report.views.funds import FundCondition, conditions
from planner.report.views.section import Block
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING, Formats


def partner_page(material: Material, answer: Partners, contribution: Contribution, number: int) -> tuple[Block, ...]:
    """Return the page: what the money pays, what would be lost without it, and apart what would change places."""
    fund = material.scenario.fund[contribution.partner]
    conditions_kept = _conditions(material, fund, number)
    blocks = (
        Block(
            _("For {partner}").format(partner=fund.label),
            sentences=tuple(_about(material, fund)),
            tables=() if conditions_kept is None else (conditions_kept,),
            apart=True,
        ),
        _paid(material, contribution, number),
        _lost(material, answer, contribution, number),
        _elsewhere(material, contribution, number),
    )
    return tuple(block for block in blocks if block is not None)


def _about(material: Material, fund: Fund) -> Iterator[str]:
    identity = material.scenario.scenario
    of = " · ".join(part for part in (identity.agency, identity.label) if part)
    yield _("This is about your part in: {plan}.").format(plan=of)
    yield from _given(material, fund)


def _paid(material: Material, contribution: Contribution, number: int) -> Block | None:
    """Return what the money and the free seats pay for, by payment."""
    if not contribution.paid:
        return None
    formats, fund = material.formats, material.scenario.fund[contribution.partner]
    programmes = sorted(contribution.paid, key=lambda p: (-p.amount, -p.seats))
    people = sum((p.people for p in programmes), Fraction(0))
    classes = sum((p.paid_classes for p in programmes), Fraction(0))
    groups = contribution.trained
    sentence = ngettext(
        "By your part of the cost, your support equals training {people} participants in {classes} classes, of"
        " {number} group.",
        "By your part of the cost, your support equals training {people} participants in {classes} classes, of"
        " {number} groups.",
        len(groups),
    ).format(people=formats.number(people, 1), classes=formats.number(classes, 1), number=formats.count(len(groups)))

    def row(name: str, some: Sequence[PaidProgramme]) -> tuple[str, ...]:
        return (
            name,
            material.money(sum(p.amount for p in some)),
            formats.share(some[0].share) if len(some) == 1 else NOTHING,
            formats.count(sum(p.seats for p in some)) if fund.seats else NOTHING,
            formats.fixed(sum((p.people for p in some), Fraction(0)), 1),
            formats.fixed(sum((p.paid_classes for p in some), Fraction(0)), 1),
        )

    rows = [row(material.scenario.programme[p.programme].label, [p]) for p in programmes[:MOST_ROWS]]
    if further := programmes[MOST_ROWS:]:
        words = ngettext("{number} further programme", "{number} further programmes", len(further))
        rows.append(row(words.format(number=formats.count(len(further))), further))
    made = table(
        f"table-partner-pays-{number}",
        _("What your support goes to"),
        [
            Column(_("Programme"), "name"),
            Column(_("You pay (Rp)"), "number"),
            Column(_("Your part of its cost"), "number"),
            Column(_("Your free seats"), "number"),
            Column(_("Participants by your part"), "number"),
            Column(_("Classes by your part"), "number"),
        ],
        rows,
        total=row(_("Total"), programmes),
        note=_("By your part: of 30 participants in a course whose cost you bear by half, 15 are counted."),
    )
    return Block(
        _("What your support pays for"),
        sentences=(sentence,),
        tables=(made, _paid_groups(material, contribution, number)),
    )


def _paid_groups(material: Material, contribution: Contribution, number: int) -> Table:
    """Return the groups that the money trains, most money first."""
    money: dict[str, Fraction] = {}
    people: dict[str, Fraction] = {}
    for programme in contribution.paid:
        for group in programme.groups:
            money[group.group] = money.get(group.group, Fraction(0)) + group.amount
            people[group.group] = people.get(group.group, Fraction(0)) + group.people
    order = sorted(people, key=lambda group: (-money[group], -people[group]))

    def row(name: str, groups: Sequence[str]) -> tuple[str, ...]:
        return name, material.formats.fixed(sum((people[group] for group in groups), Fraction(0)), 1)

    rows = [row(material.scenario.group[group].label, [group]) for group in order[:MOST_ROWS]]
    if further := order[MOST_ROWS:]:
        words = ngettext("{number} further group", "{number} further groups", len(further))
        rows.append(row(words.format(number=material.formats.count(len(further))), further))
    return table(
        f"table-partner-trains-{number}",
        _("Groups that your support trains"),
        [Column(_("Group"), "name"), Column(_("Participants by your part"), "number")],
        rows,
        total=row(_("Total"), order),
    )


def _lost(material: Material, answer: Partners, contribution: Contribution, number: int) -> Block:
    """Return what would be lost without the partner, in the groups that it pays for."""
    rows = group_rows(material, contribution, paid_for=True)
    tables = () if not rows else (group_table(material, contribution, number, rows),)
    return Block(
        _("What would be lost without you"),
        sentences=tuple(_loss(material, answer, contribution)),
        tables=tables,
        notes=(
            _(
                "A gap is one civil servant below the standard of the post in one competency. Gaps closed are expected "
                "numbers: not everybody who is trained reaches the standard."
            ),
        ),
    )


def _loss(material: Material, answer: Partners, contribution: Contribution) -> Iterator[str]:
    formats = material.formats
    with_it, without = contribution.with_it.plan, contribution.plan_without
    assert with_it is not None
    if without is None:
        yield _("Without you no plan could keep the rules that this plan must keep.")
    elif contribution.gained > 0:
        yield _(
            "With you the plan closes an expected {with_it} of {need} competency gaps; without you, "
            "with all other money planned "
            "anew, it would be {without}: {gained} fewer."
        ).format(
            with_it=formats.number(with_it.gaps_closed),
            need=formats.count(with_it.total_need),
            without=formats.number(without.gaps_closed),
            gained=formats.number(contribution.gained),
        )
    else:
        yield _(
            "With you the plan closes an expected {with_it} of {need} competency gaps, and without you no fewer."
        ).format(with_it=formats.number(with_it.gaps_closed), need=formats.count(with_it.total_need))
    if contribution.in_tolerance and contribution.certain is not None and contribution.certain[1] >= SMALLEST:
        yield within_tolerance(material, contribution.certain[1])
    yield from own_money(material, contribution)
    if len(answer.contributions) > 1 and answer.joint > 0 and 0 <= contribution.share <= answer.joint:
        yield _(
            "All partners together make possible what the agency could not do alone. Shared fairly, by the "
            "average that each adds to any group of partners, your part is {share}."
        ).format(share=formats.share(contribution.share / answer.joint))


def within_tolerance(material: Material, most: float) -> str:
    """Return the sentence that a difference is no more than the tolerance of the two plans, with its proven limit."""
    return _(
        "Both plans are proven within a tolerance, and the difference is not larger than that: of the"
        " best plans it is 0 to {most}."
    ).format(most=material.formats.number(Fraction(repr(most))))


def _elsewhere(material: Material, contribution: Contribution, number: int) -> Block | None:
    """Return what the best plan without the partner would arrange otherwise, where the partner does not pay."""
    rows = group_rows(material, contribution, paid_for=False)
    with_it, without = contribution.with_it.plan, contribution.compared
    if with_it is None or without is None or not rows:
        return None
    formats = material.formats
    people = sum(row.participants for row in with_it.allocations) - sum(row.participants for row in without.allocations)
    classes = sum(row.classes for row in with_it.classes) - sum(row.classes for row in without.classes)
    sentences = (
        _("Without you, others would spend their money differently, also in groups for which you pay nothing."),
        _elsewhere_in_all(formats, contribution.gained_in(paid_for=False)),
        _("This is not the effect of what your money pays for."),
        _("In the whole plan, participants with you less those without you: {people}; classes: {classes}.").format(
            people=formats.count(people), classes=formats.count(classes)
        ),
    )
    made = group_table(material, contribution, number, rows, paid_for=False)
    return Block(_("What would change places, apart from that"), sentences=sentences, tables=(made,))


def _elsewhere_in_all(formats: Formats, gained: Fraction) -> str:
    """Return how many gaps fewer, or more, would be closed without the partner in groups that it does not pay for."""
    words = _("In all, as many gaps would be closed there, more in some groups and fewer in others.")
    if gained >= SMALLEST:
        words = _(
            "In all, an expected {number} fewer gaps would be closed there, fewer in some groups and more in others."
        )
    elif gained <= -SMALLEST:
        words = _(
            "In all, an expected {number} more gaps would be closed there, more in some groups and fewer in others."
        )
    return words.format(number=formats.number(abs(gained)))


def _given(material: Material, fund: Fund) -> Iterator[str]:
    formats, measures = material.formats, material.measures
    paid, seats = measures.cost_by_fund[fund.id], measures.seats_by_fund[fund.id]
    if fund.amount:
        yield _("You offer {amount}; the plan uses {paid} of it.").format(
            amount=formats.rupiah(fund.amount), paid=formats.rupiah(paid)
        )
    offered = sum(fund.seats.values())
    if offered:
        yield ngettext(
            "You offer {seats} free seat; the plan takes {taken}.",
            "You offer {seats} free seats; the plan takes {taken}.",
            offered,
        ).format(seats=formats.count(offered), taken=formats.count(seats))
    if not paid and not seats:
        yield _("As things stand the plan does without it: it closes as many gaps with other means.")


def _conditions(material: Material, fund: Fund, number: int) -> Table | None:
    """Return the conditions of the partner, but neither its chance nor what other partners pay."""
    other = None if fund.match is None else material.scenario.fund[fund.match.with_]
    disclosed = fund.model_copy(update={"chance": Fraction(1)})
    rows: list[FundCondition] = []
    if fund.match is not None and other is not None and not other.own:
        disclosed = disclosed.model_copy(update={"match": None})
        words = _("You pay at most {ratio} times what another partner pays")
        rows.append(FundCondition(words.format(ratio=material.formats.number(fund.match.ratio)), _("✓ kept")))
    rows = [*conditions(material, disclosed), *rows]
    if not rows:
        return None
    return table(
        f"table-partner-conditions-{number}",
        _("Your conditions, and how the plan keeps them"),
        [Column(_("Condition")), Column(_("In this plan"))],
        [(row.words, row.stands) for row in rows],
    )
