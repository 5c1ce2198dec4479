"""Figures that look like slips: prices far from similar ones, amounts in millions, missing hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from planner.domain.checks.problem import Doubt, listed, rupiah
from planner.domain.programmes import CostItem, PriceBy
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units.texts import name_key

OUTLIER: Final = 10**5
"""A price so many times above or below similar prices is taken for a wrong number of zeros."""

_IN_MILLIONS: Final = 10**6
"""A fund below this, beside others far larger, looks as if written in millions."""


def outlying_prices(scenario: Scenario) -> Iterator[Doubt]:
    """Yield prices 10^5 times above or below others of the same item, or of the same account and unit."""
    families: dict[tuple[str, ...], dict[tuple[str | int, ...], int]] = defaultdict(dict)
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            for path, price in prices_of(item, ("programmes", p, "costs", i, "price")):
                families["item", name_key(item.item)][path] = price
                if item.account and item.unit:
                    families["account", item.account, name_key(item.unit)][path] = price
    reported: set[tuple[str | int, ...]] = set()
    for family in families.values():
        priced = {path: price for path, price in family.items() if price > 0}
        if len(priced) < 2:
            continue
        usual = sorted(priced.values())[(len(priced) - 1) // 2]
        if len(priced) == 2:
            usual = max(priced.values())
        for path, price in priced.items():
            if path not in reported and (price >= usual * OUTLIER or price * OUTLIER <= usual):
                reported.add(path)
                count = len(priced) - 1
                yield Doubt(
                    path,
                    ngettext(
                        "the price {price} is at least 10^5 times higher or lower than {count} similar price, {usual}.",
                        "the price {price} is at least 10^5 times higher or lower than {count} similar prices, usually "
                        "{usual}.",
                        count,
                    ).format(price=rupiah(price), count=count, usual=rupiah(usual)),
                )


def prices_of(item: CostItem, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Yield each price of an item with its place."""
    if not isinstance(item.price, PriceBy):
        yield path, item.price
        return
    for value, price in item.price.prices.items():
        yield (*path, value), price
    if item.price.default is not None:
        yield (*path, "default"), item.price.default


def amounts_in_millions(scenario: Scenario) -> Iterator[Doubt]:
    """Yield funds so small beside the others that they look as if written in millions of rupiah."""
    largest = max(fund.amount for fund in scenario.funds)
    for f, fund in enumerate(scenario.funds):
        if 0 < fund.amount < _IN_MILLIONS and (
            largest >= OUTLIER * fund.amount or _below_every_price(scenario, fund.amount)
        ):
            yield Doubt(
                ("funds", f, "amount"),
                _("'{id}' has only {amount}; if millions are meant, write '{amount_text} juta'.").format(
                    id=fund.id, amount=rupiah(fund.amount), amount_text=fund.amount
                ),
            )


def _below_every_price(scenario: Scenario, amount: int) -> bool:
    prices = [
        price
        for programme in scenario.programmes
        for item in programme.costs
        for _path, price in prices_of(item, ())
        if price
    ]
    return bool(prices) and amount < min(prices)


def outlying_weights(scenario: Scenario) -> Iterator[Doubt]:
    """Yield weights so small beside the largest that they hardly count in any plan."""
    weights = {("competencies", c): competency.weight for c, competency in enumerate(scenario.competencies)}
    weights |= {("groups", g): group.weight for g, group in enumerate(scenario.groups)}
    for key in ("competencies", "groups"):
        largest = max(weight for (kind, _position), weight in weights.items() if kind == key)
        small = [place for place, weight in weights.items() if place[0] == key and weight * OUTLIER <= largest]
        if small:
            yield Doubt(
                (*small[0], "weight"),
                ngettext(
                    "{count} weight is 10^5 times smaller than the largest; it hardly counts.",
                    "{count} weights are 10^5 times smaller than the largest; they hardly count.",
                    len(small),
                ).format(count=len(small)),
            )


def missing_hours(scenario: Scenario) -> Iterator[Doubt]:
    """Yield limits on hours that do not touch a programme without hours."""
    limited = any(group.max_hours is not None for group in scenario.groups)
    limited = limited or any(rule.measure == "hours" for rule in scenario.rules)
    without = [(p, programme) for p, programme in enumerate(scenario.programmes) if programme.hours == 0]
    if limited and without:
        yield Doubt(
            ("programmes", without[0][0]),
            ngettext(
                "hours are limited, but {count} programme has none: {programmes}.",
                "hours are limited, but {count} programmes have none: {programmes}.",
                len(without),
            ).format(count=len(without), programmes=listed(programme.id for _p, programme in without)),
        )


def missing_days(scenario: Scenario) -> Iterator[Doubt]:
    """Yield limits on working days that do not touch a programme with neither hours nor days."""
    limited = any(group.release is not None for group in scenario.groups)
    without = [(p, it) for p, it in enumerate(scenario.programmes) if it.hours == 0 and it.days is None]
    if limited and without:
        yield Doubt(
            ("programmes", without[0][0]),
            ngettext(
                "days away from work are limited (release), but {count} programme has neither hours nor days:"
                " {programmes}.",
                "days away from work are limited (release), but {count} programmes have neither hours nor days:"
                " {programmes}.",
                len(without),
            ).format(count=len(without), programmes=listed(programme.id for _p, programme in without)),
        )


def horizon(scenario: Scenario) -> Iterator[Doubt]:
    """Yield a warning where the only period has no name."""
    if scenario.periods is None and scenario.scenario.fiscal_year is None:
        yield Doubt(
            ("scenario",),
            _("neither periods nor a fiscal year are given; the one period is called '1'."),
        )
