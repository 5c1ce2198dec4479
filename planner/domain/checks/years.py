"""Years of periods, amounts and prices that do not fit the horizon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from planner.domain.checks.did_you_mean import suggestion
from planner.domain.checks.problem import DomainProblem, Path
from planner.domain.periods import period_id, period_year
from planner.domain.prices import PriceYear
from planner.domain.programmes import CostItem, PriceBy, Programme
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.units.said import decimal_said


def year_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield years out of order, amounts for years without a period, and prices missing or not whole in some year."""
    yield from _order(scenario)
    yield from _amounts(scenario)
    yield from _floors(scenario)
    years = tuple(dict.fromkeys(scenario.price_year.values()))
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if len(years) > 1 or isinstance(item.price, PriceBy):
                yield from _prices(years, programme, item, ("programmes", p, "costs", i, "price"))


def _order(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield periods out of the order of their years; the first must be of the fiscal year."""
    fiscal, entries = scenario.scenario.fiscal_year, scenario.periods or ()
    years = [period_year(entry, fiscal) for entry in entries]
    if entries and fiscal is not None and years[0] != fiscal:
        yield DomainProblem(
            ("periods", 0, "year"),
            _("'{id}' is the first period and is of {year}, but the fiscal year is {first}.").format(
                id=period_id(entries[0]), year=years[0], first=fiscal
            ),
            _("Begin with a period of the fiscal year, or change fiscal_year."),
        )
    for position, (before, year) in enumerate(pairwise(years), start=1):
        if before != year and (before is None or year is None or year < before):
            first = before if before is not None else 1
            yield DomainProblem(
                ("periods", position),
                _("'{id}' is of {year}, but comes after a period of {before}.").format(
                    id=period_id(entries[position]), year=1 if year is None else year, before=first
                ),
                _("List periods in the order of their years; give all of them a year, or the scenario a fiscal_year."),
            )
            return


def _amounts(scenario: Scenario) -> Iterator[DomainProblem]:
    for f, fund in enumerate(scenario.funds):
        for year in fund.amounts:
            if year not in scenario.years:
                yield DomainProblem(
                    ("funds", f, "amounts", year),
                    _("'{id}' has an amount for {year}, but no period is of that year.").format(id=fund.id, year=year),
                    suggestion(year, dict.fromkeys(scenario.years))
                    or _("The years of the plan are: {years}.").format(years=", ".join(scenario.years)),
                    of_key=True,
                )
        if fund.carry_over and not fund.amounts:
            yield DomainProblem(
                ("funds", f, "carry_over"),
                _("'{id}' has no amounts per year of which anything could be carried over.").format(id=fund.id),
                _("Give amounts per year, or remove carry_over: an amount is for the whole horizon."),
                of_key=True,
            )


def _floors(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield legal floors of years that the plan does not have."""
    stated = scenario.scenario.floor
    for year in stated if isinstance(stated, dict) else ():
        if year not in scenario.years:
            yield DomainProblem(
                ("scenario", "floor", year),
                _("there is a legal floor for {year}, but no period is of that year.").format(year=year),
                suggestion(year, dict.fromkeys(scenario.years))
                or _("The years of the plan are: {years}.").format(years=", ".join(scenario.years)),
                of_key=True,
            )


def _prices(years: Sequence[PriceYear], programme: Programme, item: CostItem, path: Path) -> Iterator[DomainProblem]:
    """Yield tables by year without a price for some year, and costs of later years that are not whole rupiah."""
    price = item.price
    if isinstance(price, PriceBy) and price.by == "year" and price.default is None:
        missing = [year.name for year in years if year.name not in price.prices]
        if missing:
            yield DomainProblem(
                path,
                _("'{item}' of '{id}' has no price for the years {years}.").format(
                    item=item.item, id=programme.id, years=", ".join(missing)
                ),
                _("Add the prices, or a default, which grows by price_growth."),
            )
            return
    if item.quantity.denominator == 1 or len(years) == 1:
        return
    for year in years[1:]:
        if isinstance(price, int):
            found = [year.of(price)]
        elif price.by == "year":
            found = [price.in_year(year) or 0]
        else:
            found = [year.of(each) for each in (*price.prices.values(), price.default or 0)]
        for each in map(item.with_tax, found):
            if (item.quantity * each).denominator > 1:
                yield DomainProblem(
                    path,
                    _("'{item}' of '{id}' costs {quantity} x {price} = {cost} in {year}, not whole rupiah.").format(
                        item=item.item,
                        id=programme.id,
                        quantity=decimal_said(item.quantity),
                        price=each,
                        cost=decimal_said(item.quantity * each),
                        year=year.name,
                    ),
                    _("Give prices by year, or another quantity."),
                )
                return
