"""Answers in one sentence each, for the front page: what the last of the money closes, which rule costs most, what
happens without partners, and what would be cheaper."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from planner.analysis.alternatives.different import Alternatives
from planner.analysis.budget_curve.curve import Curve
from planner.analysis.cuts.cut_proof import CutBudget, Cuts
from planner.analysis.dropout.expected import DropOut
from planner.analysis.partners.contributions import Partners
from planner.analysis.rules.rule_prices import RulePrices
from planner.domain.objectives import gaps_come_first
from planner.locale import _
from planner.plans.plan import Status
from planner.report.charts.stacked import letter_of
from planner.report.material import Material
from planner.report.views.answers.intervals import SMALLEST, between
from planner.report.views.answers.rule_prices import most_expensive_rule, no_rule_costs
from planner.report.views.quality import counts_otherwise, unit
from planner.report.views.section import Gist
from planner.units.said import nearest

TENTH: Final = Fraction(1, 10)


def gists(material: Material, answer: object) -> tuple[Gist, ...]:
    """Return the sentences of the front page about an answer; none if the page has no question for it, or it found
    nothing."""
    match answer:
        case Cuts():
            return tuple(_cuts(material, answer))
        case Curve():
            return tuple(_curve(material, answer))
        case RulePrices():
            return tuple(_rules(material, answer))
        case DropOut():
            return tuple(_dropout(material, answer))
        case Partners():
            return tuple(_partners(material, answer))
        case Alternatives():
            return tuple(_alternatives(material, answer))
    return ()


def _cuts(material: Material, answer: Cuts) -> Iterator[Gist]:
    """Yield how many gaps fewer are closed with a tenth less of own funds; both plans are the best that were found."""
    full = answer.budgets[0]
    if not gaps_come_first(material.scenario) or not full.amount:
        return
    for budget in answer.budgets[1:]:
        if budget.cut != TENTH:
            continue
        if budget.free is not None:
            yield _last(material, full.amount, budget)
        elif budget.status == Status.INFEASIBLE:
            yield Gist("last_tenth", _("Without the last 10% of own funds no plan can keep all rules."))


def _curve(material: Material, answer: Curve) -> Iterator[Gist]:
    if answer.year:
        return
    enough = answer.today * (1 - TENTH)
    below = [point for point in answer.points if point.counted is not None and 0 < point.budget <= enough]
    if below and answer.gaps_first:
        point = below[-1]
        assert point.counted is not None
        assert point.gaps_closed is not None
        at_least = Fraction(0) if point.bound is None else material.plan.gaps_level.value - Fraction(point.bound)
        yield _last_of(
            material,
            answer.today,
            point.budget,
            material.plan.gaps_closed - point.gaps_closed,
            (at_least, material.plan.gaps_ceiling - point.counted),
        )
    for reach in answer.targets:
        if (reach.of, reach.share) == ("possible", Fraction(9, 10)) and reach.least is not None:
            budget = reach.least.budget
            if budget is not None and budget < answer.today:
                words = _("90% of what can be closed takes {amount} of own funds, {less} less than this plan has.")
                if counts_otherwise(material):
                    words = _(
                        "90% of the highest value possible, counted in {unit}, takes {amount} of own funds, {less} less"
                        " than this plan has."
                    )
                amounts = {"amount": _money(material, budget), "less": _money(material, answer.today - budget)}
                yield Gist("cheaper", words.format(**amounts, unit=unit(material)))
            elif budget is not None and not reach.least.open and reach.least.lowest > answer.today:
                words = _(
                    "Not for 90% of what can be closed: that takes {amount} of own funds, {more} more than there is."
                )
                if counts_otherwise(material):
                    words = _(
                        "Not for 90% of the highest value possible, counted in {unit}: that takes {amount} of own"
                        " funds, {more} more than there is."
                    )
                amounts = {"amount": _money(material, budget), "more": _money(material, budget - answer.today)}
                yield Gist("cheaper", words.format(**amounts, unit=unit(material)))


def _last(material: Material, full: int, budget: CutBudget) -> Gist:
    """Return what own funds above those of `budget` close, by the best plan found with it, and what the list says where
    that is another number."""
    own, plan, number = material.plan, budget.free, material.formats.number
    assert plan is not None
    certain = (own.gaps_level.value - plan.gaps_ceiling, own.gaps_ceiling - plan.gaps_level.value)
    gist = _last_of(material, full, budget.amount, own.gaps_closed - plan.gaps_closed, certain)
    if budget.nested is None or number(budget.nested.gaps_closed, 1) == number(plan.gaps_closed, 1):
        return gist
    words = _(
        "That is by a plan made for the smaller amount alone, which closes {alone}; the list of cuts, which is not made"
        " anew, then closes {listed}."
    )
    said = words.format(alone=number(plan.gaps_closed, 1), listed=number(budget.nested.gaps_closed, 1))
    return Gist(gist.matter, f"{gist.sentence} {said}")


def _last_of(material: Material, full: int, less: int, gaps: Fraction, proven: tuple[Fraction, Fraction]) -> Gist:
    """Return the sentence on the last part of own funds: `gaps` more of them are closed with it; `proven` are the
    limits of the difference of the best plans, as gaps are counted."""
    formats = material.formats
    part = Fraction(full - less, full)
    share = formats.given_share(part) if (100 * part).denominator == 1 else formats.share(part)
    amounts = {"share": share, "amount": _money(material, full - less)}
    if gaps < SMALLEST:
        closes = _("The last {share} of own funds ({amount}) closes no further gap, as far as was found.")
        return Gist("last_tenth", closes.format(**amounts))
    words = _("The last {share} of own funds ({amount}) closes an expected {gaps} gaps: {each} for each on average.")
    each = _money(material, nearest((full - less) / gaps))
    sentence = words.format(**amounts, gaps=formats.number(gaps, 1), each=each)
    least, most = max(Fraction(0), proven[0]), proven[1]
    if not counts_otherwise(material) and most - least >= 1:
        range_ = _("Of the best possible plans it is {range}.").format(range=between(material, least, most))
        sentence = f"{sentence} {range_}"
    return Gist("last_tenth", sentence)


def _rules(material: Material, answer: RulePrices) -> Iterator[Gist]:
    priced = [each for each in answer.rules if each.price is not None and each.price.found >= SMALLEST]
    if not priced:
        if answer.rules and all(each.price is not None for each in answer.rules):
            yield Gist("rules", no_rule_costs(material))
        return
    dearest = max(priced, key=lambda each: each.price.found if each.price else Fraction(0))
    assert dearest.price is not None
    gained = between(material, dearest.price.least, dearest.price.most)
    yield Gist("rules", most_expensive_rule(material, dearest.number, gained))


def _dropout(material: Material, answer: DropOut) -> Iterator[Gist]:
    roles = answer.roles
    if answer.year or roles.too_many or not (roles.varied or roles.never) or answer.base.unknown:
        return
    gaps, number = answer.base.gaps, material.formats.number
    if answer.plan.gaps_closed - gaps.worst < SMALLEST:
        yield Gist("partners", _("Whichever of the uncertain partners do not come, no fewer gaps are closed."))
        return
    words = _("On average over all cases {expected} gaps are expected to be closed instead of {all}; at worst {worst}.")
    figures = {"expected": gaps.expected, "all": answer.plan.gaps_closed, "worst": gaps.worst}
    places = _places(material, gaps.expected, answer.plan.gaps_closed)
    yield Gist("partners", words.format(**{name: number(figure, places) for name, figure in figures.items()}))


def _partners(material: Material, answer: Partners) -> Iterator[Gist]:
    if not answer.contributions or answer.outcomes[-1].unknown or answer.roles.always:
        return
    alone = answer.outcomes[-1]
    if alone.plan is None:
        yield Gist("partners", _("Without any partner no plan can keep the rules."))
        return
    if material.plan.gaps_closed - alone.gaps < SMALLEST:
        words = _("Without any partner, planned anew, no fewer gaps are closed; own funds then pay at most {own}"
                  " instead of {now}.")  # fmt: skip
        paid = {"own": _money(material, alone.plan.own_cost), "now": _money(material, material.plan.own_cost)}
        yield Gist("partners", words.format(**paid))
        return
    words = _("Without any partner, planned anew, an expected {alone} gaps are closed instead of {all}.")
    number, closed = material.formats.number, material.plan.gaps_closed
    places = _places(material, alone.gaps, closed)
    yield Gist("partners", words.format(alone=number(alone.gaps, places), all=number(closed, places)))


def _places(material: Material, one: Fraction, other: Fraction) -> int:
    """Return the decimals of two figures that are said to differ: one, or two where one would make them equal."""
    return 2 if material.formats.number(one, 1) == material.formats.number(other, 1) else 1


def _alternatives(material: Material, answer: Alternatives) -> Iterator[Gist]:
    cheaper = [
        (each.plan.total_cost, number, each.plan)
        for number, each in enumerate(answer.found)
        if each.plan.total_cost < answer.plan.total_cost
    ]
    if not cheaper:
        if answer.ending != "none":
            yield Gist("cheaper", _("Of the nearly equal plans that were found none is cheaper."))
        return
    cost, number, plan = min(cheaper, key=lambda each: each[:2])
    fewer = answer.plan.gaps_closed - plan.gaps_closed
    words = _("Alternative {letter} costs {amount}, {less} less, and closes an expected {gaps} gaps fewer.")
    if fewer <= 0:
        words = _("Alternative {letter} costs {amount}, {less} less, and closes no fewer gaps.")
    yield Gist(
        "cheaper",
        words.format(
            letter=letter_of(number),
            amount=_money(material, cost),
            less=_money(material, answer.plan.total_cost - cost),
            gaps=material.formats.number(fewer, 1),
        ),
    )


def _money(material: Material, amount: int) -> str:
    return material.formats.rupiah_in_words(amount)
