"""The page for one partner: what it makes possible, without what concerns other partners."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from planner.analysis.partners.contributions import Contribution, GapChange, Partners
from planner.domain.funds import Fund
from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.funds import Condition, conditions
from planner.report.views.section import Block
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING

MOST_ROWS: Final = 4
MOST_NAMES: Final = 2
"""Maximum number of rows of a table, and of competencies of a group, so that it fits on one page."""


def partner_page(material: Material, answer: Partners, contribution: Contribution, number: int) -> Block:
    fund = material.scenario.fund[contribution.partner]
    tables = [
        _groups(material, contribution, number),
        _programmes(material, fund, number),
        _conditions(material, fund, number),
    ]
    return Block(
        _("For {partner}").format(partner=fund.label),
        sentences=tuple(_sentences(material, answer, contribution, fund)),
        tables=tuple(each for each in tables if each is not None),
        notes=(
            _(
                "A gap is one civil servant below the standard of the post in one competency. Gaps closed are expected "
                "numbers: not everybody who is trained reaches the standard."
            ),
        ),
        apart=True,
    )


def _sentences(material: Material, answer: Partners, contribution: Contribution, fund: Fund) -> Iterator[str]:
    formats, identity = material.formats, material.scenario.scenario
    of = " · ".join(part for part in (identity.agency, identity.label) if part)
    yield _("This is about your part in: {plan}.").format(plan=of)
    yield from _given(material, fund)
    with_it, without = contribution.with_it.plan, contribution.plan_without
    assert with_it is not None
    if without is None:
        yield _("Without you no plan could keep the rules that this plan must keep.")
    elif contribution.gained > 0:
        yield _(
            "With you the plan closes {with_it} of {need} competency gaps; without you it would be {without}. You make "
            "{gained} possible."
        ).format(
            with_it=formats.number(with_it.gaps_closed),
            need=formats.count(with_it.total_need),
            without=formats.number(without.gaps_closed),
            gained=formats.number(contribution.gained),
        )
    else:
        yield _("With you the plan closes {with_it} of {need} competency gaps, and without you no fewer.").format(
            with_it=formats.number(with_it.gaps_closed), need=formats.count(with_it.total_need)
        )
    yield from _trained(material, contribution)
    yield from _own_money(material, contribution)
    if len(answer.contributions) > 1 and answer.joint > 0 and 0 <= contribution.share <= answer.joint:
        yield _(
            "All partners together make possible what the agency could not do alone. Shared fairly, by the "
            "average that each adds to any group of partners, your part is {share}."
        ).format(share=formats.share(contribution.share / answer.joint))


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


def _trained(material: Material, contribution: Contribution) -> Iterator[str]:
    """Return people and classes that need the partner."""
    with_it, without = contribution.with_it.plan, contribution.compared
    if with_it is None or without is None:
        return
    people = sum(row.participants for row in with_it.allocations) - sum(row.participants for row in without.allocations)
    classes = sum(row.classes for row in with_it.classes) - sum(row.classes for row in without.classes)
    formats = material.formats
    if people > 0:
        said = ngettext("{number} participant", "{number} participants", people)
        parts = [said.format(number=formats.count(people))]
        if classes > 0:
            said = ngettext("{number} class", "{number} classes", classes)
            parts.append(said.format(number=formats.count(classes)))
        yield _("There is room for {what} more than without you.").format(what=_(" and ").join(parts))


def _own_money(material: Material, contribution: Contribution) -> Iterator[str]:
    money = contribution.own_money
    if money is None:
        yield _("Not even with more money of its own could the agency close as many gaps without you.")
    elif money.freed and money.beyond:
        yield _(
            "To close as many gaps without you, the agency would need {amount} more of its own money, which it does "
            "not have."
        ).format(amount=material.formats.rupiah(money.freed))
    elif money.freed:
        yield _(
            "To close as many gaps without you, the agency would have to pay {amount} more of its own money; you free "
            "it for other things."
        ).format(amount=material.formats.rupiah(money.freed))


def _groups(material: Material, contribution: Contribution, number: int) -> Table | None:
    """Return the groups that gain most; further ones, and those that lose, are one row each."""
    by_group: dict[str, list[GapChange]] = {}
    for change in contribution.changes:
        by_group.setdefault(change.group, []).append(change)
    gains = {group: sum((c.gained for c in changes), Fraction(0)) for group, changes in by_group.items()}
    order = sorted((group for group, gained in gains.items() if gained > 0), key=lambda group: -gains[group])
    if not order:
        return None
    fixed = material.formats.fixed
    rows = []
    for group in order[:MOST_ROWS]:
        best = sorted((c for c in by_group[group] if c.gained > 0), key=lambda c: -c.gained)
        competencies = [material.scenario.competency[c.competency].label for c in best[:MOST_NAMES]]
        if len(best) > MOST_NAMES:
            competencies.append(_("and others"))
        rows.append((material.scenario.group[group].label, listed(competencies), fixed(gains[group], 2)))
    further = order[MOST_ROWS:]
    if further:
        said = ngettext("{number} further group", "{number} further groups", len(further))
        gained = sum((gains[group] for group in further), Fraction(0))
        rows.append((said.format(number=material.formats.count(len(further))), NOTHING, fixed(gained, 2)))
    fewer = [group for group, gained in gains.items() if gained < 0]
    if fewer:
        said = ngettext("{number} group that gets fewer", "{number} groups that get fewer", len(fewer))
        lost = sum((gains[group] for group in fewer), Fraction(0))
        rows.append((said.format(number=material.formats.count(len(fewer))), NOTHING, fixed(lost, 2)))
    return table(
        f"table-partner-groups-{number}",
        _("Groups in which more gaps are closed thanks to you"),
        [Column(_("Group"), "name"), Column(_("Competencies")), Column(_("Gaps closed more"), "number")],
        rows,
        total=(_("Total"), "", fixed(sum(gains.values(), Fraction(0)), 2)),
        note=_("Compared with the plan without you that is most similar to this one."),
    )


def _programmes(material: Material, fund: Fund, number: int) -> Table | None:
    """Return what the partner pays for, by programme."""
    measures, formats, scenario = material.measures, material.formats, material.scenario
    paid = {p: measures.cost_by_programme_and_fund.get((p, fund.id), 0) for p in scenario.programme}
    seats = {p: measures.seats_by_fund_and_programme.get((fund.id, p), 0) for p in scenario.programme}
    supported = sorted((p for p in paid if paid[p] or seats[p]), key=lambda p: (-paid[p], -seats[p]))
    if not supported:
        return None

    def row(name: str, programmes: list[str]) -> tuple[str, ...]:
        return (
            name,
            material.money(sum(paid[p] for p in programmes)),
            formats.count(sum(seats[p] for p in programmes)) if fund.seats else NOTHING,
            formats.count(sum(measures.participants_by_programme[p] for p in programmes)),
        )

    rows = [row(scenario.programme[p].label, [p]) for p in supported[:MOST_ROWS]]
    further = supported[MOST_ROWS:]
    if further:
        said = ngettext("{number} further programme", "{number} further programmes", len(further))
        rows.append(row(said.format(number=formats.count(len(further))), further))
    return table(
        f"table-partner-pays-{number}",
        _("What your support goes to"),
        [
            Column(_("Programme"), "name"),
            Column(_("You pay (Rp)"), "number"),
            Column(_("Your free seats"), "number"),
            Column(_("Participants in all"), "number"),
        ],
        rows,
        total=row(_("Total"), supported),
    )


def _conditions(material: Material, fund: Fund, number: int) -> Table | None:
    """Return the conditions of the partner, but neither its chance nor what other partners pay."""
    other = None if fund.match is None else material.scenario.fund[fund.match.with_]
    told = fund.model_copy(update={"chance": Fraction(1)})
    rows: list[Condition] = []
    if fund.match is not None and other is not None and not other.own:
        told = told.model_copy(update={"match": None})
        words = _("You pay at most {ratio} times what another partner pays")
        rows.append(Condition(words.format(ratio=material.formats.number(fund.match.ratio)), _("✓ kept")))
    rows = [*conditions(material, told), *rows]
    if not rows:
        return None
    return table(
        f"table-partner-conditions-{number}",
        _("Your conditions, and how the plan keeps them"),
        [Column(_("Condition")), Column(_("In this plan"))],
        [(row.words, row.stands) for row in rows],
    )
