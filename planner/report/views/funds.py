"""The section on funding sources: limit, used and left, and how the plan keeps the conditions of each fund."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from planner.domain.funds import Fund
from planner.domain.selectors import Selector
from planner.locale import _, ngettext
from planner.plans.fund_measures import FundYear
from planner.report.charts.bars import Bar, bars
from planner.report.material import Material
from planner.report.views.flow import who_pays_for_what
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING
from planner.report.wording.money_left import why_left

MOST_DRAWN: Final = 60
"""Maximum number of funds in the chart, those with the highest limits."""


@dataclass(frozen=True, slots=True)
class FundCondition:
    """One condition of a fund, and how the plan keeps it."""

    words: str
    stands: str


@dataclass(frozen=True)
class FundCard:
    """One fund with its conditions."""

    name: str
    kind: str
    sentence: str
    conditions: tuple[FundCondition, ...]
    releases: Table | None


@dataclass(frozen=True)
class Funds:
    """The section on funding sources."""

    heading: Heading
    figure: Figure
    flow: Figure | None
    """Who pays for what."""
    by_year: Table | None
    """Where there are several years: what each fund has and pays in each."""
    cards: tuple[FundCard, ...]


def funds(material: Material, heading: Heading) -> Funds:
    shown = _with_cards(material)
    cards = [_card(material, n, fund) for n, fund in enumerate(material.scenario.funds, start=1) if fund.id in shown]
    by_year = funds_by_year(material) if material.several_years else None
    return Funds(heading, _figure(material), who_pays_for_what(material), by_year, tuple(cards))


def _with_cards(material: Material) -> frozenset[str]:
    """Return the funds that have a card: all, or of very many those of no agency, then those with the highest
    limits."""
    order = sorted(material.scenario.funds, key=lambda fund: (fund.agency is not None, -fund.amount))
    return frozenset(fund.id for fund in order[:MOST_DRAWN])


def _figure(material: Material) -> Figure:
    formats, measures = material.formats, material.measures
    rows = [(fund, measures.cost_by_fund[fund.id]) for fund in material.scenario.funds]
    largest = {fund.id for fund in sorted(material.scenario.funds, key=lambda fund: -fund.amount)[:MOST_DRAWN]}
    title = _("Funding sources: limit, used and left")
    drawn = [
        Bar(
            fund.label,
            spent,
            fund.amount,
            _("{used} of {limit} · {share}").format(
                used=formats.rupiah_in_words(spent),
                limit=formats.rupiah_in_words(fund.amount),
                share=formats.share(Fraction(spent, fund.amount)),
            ),
            hint=fund.label,
        )
        for fund, spent in rows
        if fund.amount and fund.id in largest
    ]
    made = table(
        "table-funds",
        _("{title} (Rp)").format(title=title),
        [
            Column(_("Fund"), "name"),
            Column(_("Kind")),
            Column(_("Limit (Rp)"), "number"),
            Column(_("Used (Rp)"), "number"),
            Column(_("Left (Rp)"), "number"),
            Column(_("Used"), "number"),
            Column(_("Free seats"), "number"),
            Column(_("Why it is left")),
        ],
        [
            (
                fund.label,
                labels.fund_kind(fund.kind),
                material.money(fund.amount),
                material.money(spent),
                material.money(fund.amount - spent),
                formats.share(Fraction(spent, fund.amount)) if fund.amount else NOTHING,
                _seats(material, fund),
                why_left(material, fund),
            )
            for fund, spent in rows
        ],
        total=(
            _("Total"),
            "",
            material.money(sum(fund.amount for fund, _spent in rows)),
            material.money(material.plan.total_cost),
            material.money(sum(fund.amount - spent for fund, spent in rows)),
            "",
            _given_of(
                material, sum(measures.seats_by_fund.values()), sum(sum(fund.seats.values()) for fund, _s in rows)
            ),
            "",
        ),
    )
    description = _("One bar per fund: its length is the limit of the fund, the filled part what the plan uses.")
    drawings = bars("chart-funds", title, description, drawn, _("used"), _("left"))
    note = _("The chart shows the {shown} funds with the highest limits; the table shows all.").format(shown=MOST_DRAWN)
    return Figure(tuple(drawings), (made,), note if len(rows) > MOST_DRAWN else "")


def funds_by_year(material: Material) -> Table:
    """Return what each fund has in each year, pays in it and leaves, and what becomes of that."""
    money = material.money
    rows = [
        (
            fund.label,
            of_year.year,
            NOTHING if of_year.amount is None else money(of_year.amount),
            money(of_year.carried) if of_year.carried else NOTHING,
            material.zero_as_dash(money(of_year.used), of_year.used),
            NOTHING if of_year.left is None else money(of_year.left),
            _fate(fund, of_year, material),
        )
        for fund in material.scenario.funds
        for of_year in material.measures.years_of_fund(fund)
    ]
    return table(
        "table-funds-by-year",
        _("Funding sources by year (Rp)"),
        [
            Column(_("Fund"), "name"),
            Column(_("Year")),
            Column(_("Amount of the year (Rp)"), "number"),
            Column(_("Left of earlier years (Rp)"), "number"),
            Column(_("Used (Rp)"), "number"),
            Column(_("Left (Rp)"), "number"),
            Column(_("What becomes of the rest")),
        ],
        rows,
        total=(_("Total"), "", "", "", money(material.plan.total_cost), "", ""),
        note=_("An amount for the whole plan may be spent in any year; it is not divided among them here."),
        folded=False,
    )


def _fate(fund: Fund, of_year: FundYear, material: Material) -> str:
    """Say what becomes of what a year leaves."""
    if of_year.left is None:
        return _("amount for the whole plan")
    if not of_year.left:
        return NOTHING
    if not fund.carry_over:
        return _("lapses")
    return _("unspent at the end") if of_year.year == material.scenario.years[-1] else _("carried over")


def _seats(material: Material, fund: Fund) -> str:
    return _given_of(material, material.measures.seats_by_fund[fund.id], sum(fund.seats.values()))


def _given_of(material: Material, given: int, seats: int) -> str:
    """Return "20 of 40" free seats; a dash where there are none."""
    if not seats:
        return NOTHING
    return _("{given} of {seats}").format(given=material.formats.count(given), seats=material.formats.count(seats))


def _card(material: Material, number: int, fund: Fund) -> FundCard:
    formats, spent = material.formats, material.measures.cost_by_fund[fund.id]
    shares = material.scenario.released(fund)
    used = spent > 0 or material.measures.seats_by_fund[fund.id] > 0
    sentence = (
        _("Uses {spent} of {amount}; {left} is left.").format(
            spent=formats.rupiah(spent), amount=formats.rupiah(fund.amount), left=formats.rupiah(fund.amount - spent)
        )
        if used
        else _("The plan does not use this fund.")
    )
    if used and not fund.amount:
        sentence = _("Gives free seats and no money.")
    if why := why_left(material, fund):
        sentence += " " + why
    return FundCard(
        name=fund.label,
        kind=labels.fund_kind(fund.kind),
        sentence=sentence,
        conditions=conditions(material, fund),
        releases=_releases(material, number, fund) if min(shares.values()) < 1 else None,
    )


def conditions(material: Material, fund: Fund) -> tuple[FundCondition, ...]:
    """Return all conditions of a fund, and how the plan keeps them."""
    used = material.measures.cost_by_fund[fund.id] > 0 or material.measures.seats_by_fund[fund.id] > 0
    return (
        *_pays(material, fund),
        *_money_conditions(material, fund, used),
        *_seat_conditions(material, fund),
    )


def _pays(material: Material, fund: Fund) -> list[FundCondition]:
    """Return what the fund may pay for, unless it may pay for everything."""
    subjects: list[tuple[str, str, Selector]] = [
        ("programmes", _("Pays for programmes: {selected}"), fund.pays.programmes),
        ("groups", _("Pays participant items for groups: {selected}"), fund.pays.groups),
        ("items", _("Pays for cost items: {selected}"), fund.pays.items),
    ]
    found = [(words, labels.selected(material.scenario, subject, selector)) for subject, words, selector in subjects]
    return [FundCondition(words.format(selected=selected), _("✓ kept")) for words, selected in found if selected]


def _money_conditions(material: Material, fund: Fund, used: bool) -> list[FundCondition]:
    formats, measures, scenario = material.formats, material.measures, material.scenario
    conditions = []
    if fund.max_share < 1:
        words = _("Pays at most {share} of the cost of each programme").format(
            share=formats.given_share(fund.max_share)
        )
        shares = [
            Fraction(paid, measures.cost_by_programme[programme])
            for (programme, payer), paid in measures.cost_by_programme_and_fund.items()
            if payer == fund.id and programme is not None and paid
        ]
        stands = _("✓ plan: {share}").format(share=formats.share(max(shares))) if shares else _("✓ pays nothing")
        conditions.append(FundCondition(words, stands))
    if fund.match is not None:
        other = scenario.fund[fund.match.with_]
        words = _("Pays for programmes at most {ratio} times what {fund} pays for them").format(
            ratio=formats.number(fund.match.ratio), fund=other.label
        )
        limit = ceil(fund.match.ratio * _paid_for_programmes(material, other))
        stands = _("✓ {spent} of at most {limit}").format(
            spent=formats.rupiah(_paid_for_programmes(material, fund)), limit=formats.rupiah(limit)
        )
        conditions.append(FundCondition(words, stands))
    if fund.minimum:
        words = _("Pays at least {amount} if it is used at all").format(amount=formats.rupiah(fund.minimum))
        spent = _("✓ pays {amount}").format(amount=formats.rupiah(measures.cost_by_fund[fund.id]))
        conditions.append(FundCondition(words, spent if used else _("✓ not used")))
    if fund.agreement:
        words = _("Needs an agreement that costs own funds {amount}").format(amount=formats.rupiah(fund.agreement))
        conditions.append(FundCondition(words, _("included in the cost") if used else _("✓ not used")))
    if fund.chance < 1:
        words = _("Chance that it gives what it promises: {share}").format(share=formats.given_share(fund.chance))
        conditions.append(FundCondition(words, _("the plan counts on all of it")))
    return conditions


def _paid_for_programmes(material: Material, fund: Fund) -> int:
    """Return what a fund pays but for socialization and agreements, which no match counts [rupiah]."""
    paid = material.measures.cost_by_programme_and_fund.items()
    return sum(amount for (programme, payer), amount in paid if programme is not None and payer == fund.id)


def _seat_conditions(material: Material, fund: Fund) -> list[FundCondition]:
    conditions = []
    for programme, seats in fund.seats.items():
        given = material.measures.seats_by_fund_and_programme.get((fund.id, programme), 0)
        words = ngettext("{seats} free seat in {programme}", "{seats} free seats in {programme}", seats).format(
            seats=material.formats.count(seats), programme=material.scenario.programme[programme].label
        )
        conditions.append(FundCondition(words, _("✓ {number} taken").format(number=material.formats.count(given))))
    return conditions


def _releases(material: Material, number: int, fund: Fund) -> Table:
    """Return how much may be spent by the end of each period, and how much the plan spends."""
    shares = material.scenario.released(fund)
    return table(
        f"table-releases-{number}",
        _("{fund}: released and spent by the end of each period (Rp)").format(fund=fund.label),
        [
            Column(_("Period"), "name"),
            Column(_("Released"), "number"),
            Column(_("Released (Rp)"), "number"),
            Column(_("Spent (Rp)"), "number"),
            Column(_("Unspent (Rp)"), "number"),
        ],
        [
            (
                period,
                material.formats.given_share(shares[period]),
                material.money(limit),
                material.money(spent),
                material.money(limit - spent),
            )
            for period, limit, spent in material.measures.released(fund)
        ],
        note=_counted_from(material, fund),
        folded=False,
    )


def _counted_from(material: Material, fund: Fund) -> str:
    """Say from when on released and spent money is counted, where it is not the whole plan."""
    if not material.several_years or not fund.amounts:
        return ""
    if fund.carry_over:
        return _("Counted from the first period of the plan: what a year leaves is carried over.")
    return _("Counted from the first period of each year: what a year leaves lapses.")
