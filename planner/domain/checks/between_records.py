"""Parts of a scenario that do not fit together, though each is right alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from math import ceil
from typing import Final

from planner.domain.checks.activity_problems import activity_problems
from planner.domain.checks.actual_problems import actual_problems
from planner.domain.checks.calendar import calendar_problems
from planner.domain.checks.class_dates import class_date_problems
from planner.domain.checks.did_you_mean import suggestion
from planner.domain.checks.new_gaps import new_gap_problems
from planner.domain.checks.problem import DomainProblem, Path, listed, percent, rupiah
from planner.domain.checks.selections import Everyone, Selection, Takers, TakersOf, selections
from planner.domain.checks.years import year_problems
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, PriceBy, Programme
from planner.domain.scenario import Scenario
from planner.locale import N_, _
from planner.units.numbers import MAX_RUPIAH

_KEPT: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)|.*\.\Z")

_PICKS_NOTHING: Final = {
    "groups": N_("the selector of '{owner}' picks no group."),
    "programmes": N_("the selector of '{owner}' picks no programme."),
    "competencies": N_("the selector of '{owner}' picks no competency."),
    "funds": N_("the selector of '{owner}' picks no fund."),
    "items": N_("the selector of '{owner}' picks no cost item."),
}


def incoherences(scenario: Scenario, unknown: Sequence[Path] = ()) -> Iterator[DomainProblem]:
    """Yield everything that does not fit together in a scenario whose records are valid one by one.

    `unknown` are the places of unknown names: a selector that holds one is reported for that reason only.
    """
    for selection in selections(scenario):
        within = any(path[: len(selection.path)] == selection.path for path in unknown)
        if selection.selects_nothing and not within:
            yield _picks_nothing(selection)
    yield from activity_problems(scenario)
    yield from calendar_problems(scenario)
    yield from class_date_problems(scenario)
    yield from year_problems(scenario)
    yield from new_gap_problems(scenario)
    yield from actual_problems(scenario)
    yield from _falling_releases(scenario)
    yield from _nobody_to_pay(scenario)
    yield from _too_large(scenario)
    yield from _prices(scenario)
    yield from _kept_name(scenario)


def _picks_nothing(selection: Selection) -> DomainProblem:
    remedies: list[str] = []
    for attribute, value, there in islice(selection.idle_values(), 3):
        remedies.append(_("Nothing has the {attribute} '{value}'.").format(attribute=attribute, value=value))
        remedies.extend(text for text in [suggestion(value, there)] if text)
    remedy = " ".join(remedies) or _("Each value is there, but nothing has all of them; loosen the selector.")
    return DomainProblem(
        selection.path, _(_PICKS_NOTHING[selection.things]).format(owner=selection.owner), remedy.strip()
    )


def _falling_releases(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield funds whose releases fall: they are cumulative, with amounts per year within each year."""
    for f, fund in enumerate(scenario.funds):
        for before, after in pairwise(period for period in scenario.horizon if period in fund.releases):
            if fund.amounts and scenario.year_of[after] != scenario.year_of[before]:
                continue
            if fund.releases[after] < fund.releases[before]:
                yield DomainProblem(
                    ("funds", f, "releases", after),
                    _("'{id}' releases {after_share} by {after}, less than {before_share} by {before}.").format(
                        id=fund.id,
                        after=after,
                        before=before,
                        after_share=percent(fund.releases[after]),
                        before_share=percent(fund.releases[before]),
                    ),
                    _("Releases are cumulative: give the share spendable by the end of each period."),
                )


def _nobody_to_pay(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield socializations and agreements that cost something where there is no own fund to pay them."""
    if any(fund.own for fund in scenario.funds):
        return
    remedy = _("Add a fund of kind 'own', or remove the cost.")
    for g, group in enumerate(scenario.groups):
        if group.socialization and group.socialization.cost > 0:
            yield DomainProblem(
                ("groups", g, "socialization", "cost"),
                _("the socialization of '{id}' is paid by own funds, and there is none.").format(id=group.id),
                remedy,
            )
    for f, fund in enumerate(scenario.funds):
        if fund.agreement > 0:
            yield DomainProblem(
                ("funds", f, "agreement_cost"),
                _("the agreement with '{id}' is paid by own funds, and there is none.").format(id=fund.id),
                remedy,
            )


def _too_large(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield sums of 10^15 rupiah or more: no budget is so large, and no solver computes with such numbers."""
    held = sum(fund.amount for fund in scenario.funds)
    if held >= MAX_RUPIAH:
        yield DomainProblem(
            ("funds",),
            _("the funds hold {sum} together; 10^15 rupiah or more cannot be planned.").format(sum=rupiah(held)),
            _("Check the zeros of the amounts."),
        )


def _prices(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield cost lines without a price for an eligible group, and costs that could reach 10^15 rupiah."""
    everyone = Everyone(scenario.groups)
    by_programme = TakersOf(scenario)
    dearest = max(year.factor for year in scenario.price_year.values())
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if _surely_payable(item, everyone, dearest):
                continue
            people = by_programme[programme]
            path: Path = ("programmes", p, "costs", i, "price")
            if isinstance(item.price, PriceBy) and item.price.by != "year" and item.per == "participant":
                needs = people.largest_by(item.price.by)
                prices = {value: item.price.at(value) for value in needs}
                if None in prices.values():
                    yield _without_price(programme, item, item.price, people.groups, path)
                    continue
                worst = max((needs[value] * (price or 0) for value, price in prices.items()), default=0)
            else:
                worst = _worst(programme, item, people)
            worst = ceil(worst * dearest)
            if item.quantity * (1 + item.tax) * worst >= MAX_RUPIAH:
                yield DomainProblem(
                    path,
                    _("'{item}' of '{id}' could cost {cost}; 10^15 rupiah or more cannot be planned.").format(
                        item=item.item, id=programme.id, cost=rupiah(int(item.quantity * (1 + item.tax) * worst))
                    ),
                    _("Check the zeros of the quantity and the price."),
                )


def _surely_payable(item: CostItem, everyone: Everyone, dearest: Fraction) -> bool:
    """Return whether every group has a price of `item`, and its cost stays below 10^15 rupiah even if all took part.

    Most cost lines pass; for them nobody needs to find out who takes part in which programme.
    """
    price = item.price
    if isinstance(price, PriceBy):
        lists_all = price.by == "year" or everyone.values(price.by) <= price.prices.keys()
        if price.default is None and not lists_all:
            return False
        highest = max([*price.prices.values(), price.default or 0])
    else:
        highest = price
    return item.quantity * (1 + item.tax) * ceil(highest * dearest) * everyone.people < MAX_RUPIAH


def _without_price(
    programme: Programme, item: CostItem, price: PriceBy, those: Sequence[Group], path: Path
) -> DomainProblem:
    groups = [group for group in those if price.of(group) is None]
    values = dict.fromkeys(value for group in groups if (value := getattr(group, price.by)) is not None)
    if not values:
        message = _("'{item}' of '{id}' has no price for {groups}, which have no {by}.")
    else:
        message = _("'{item}' of '{id}' has no price for the {by} {values} of {groups}.")
    return DomainProblem(
        path,
        message.format(
            item=item.item,
            id=programme.id,
            by=price.by,
            values=listed(values),
            groups=listed(group.id for group in groups),
        ),
        _("Add the price, or a default."),
    )


def _worst(programme: Programme, item: CostItem, people: Takers) -> int:
    """Return the largest cost of one unit of the quantity over a cost cell of `item` with one price [rupiah]."""
    if item.per == "programme" or (isinstance(item.price, PriceBy) and item.price.by != "year"):
        return 0
    price = item.price
    if isinstance(price, PriceBy):
        price = max([*price.prices.values(), price.default or 0])
    if item.per == "participant":
        return people.largest * price
    size, limits = programme.class_size, programme.classes
    bounds = [people.people // size.min if size else 0, limits.max, limits.per_period]
    return price * min(bound for bound in bounds if bound is not None)


def _kept_name(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield a problem where the id of the scenario cannot name a folder on every system."""
    if _KEPT.match(scenario.id):
        yield DomainProblem(
            ("scenario", "id"),
            _("'{id}' cannot name a folder on every system.").format(id=scenario.id),
            _("Choose another id."),
        )
