"""Entries without effect: selector values, prices and rules; and attributes written in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from planner.domain.checks.did_you_mean import did_you_mean
from planner.domain.checks.problem import Doubt, listed
from planner.domain.checks.selections import selections
from planner.domain.coefficient import Product
from planner.domain.programmes import PriceBy
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units.texts import near_key

_MOST_REPORTED: Final = 20
"""Most values without effect that are reported for one selector."""


def idle_selector_values(scenario: Scenario) -> Iterator[Doubt]:
    """Yield values that nothing has in selectors that select something all the same."""
    for selection in selections(scenario):
        for attribute, value, there in islice(selection.idle_values(), _MOST_REPORTED):
            message = _("'{owner}' selects the {attribute} '{value}', which nothing has.").format(
                owner=selection.owner, attribute=attribute, value=value
            )
            hint = did_you_mean(value, there)
            yield Doubt((*selection.path, attribute), f"{message} {hint}".strip())


def idle_seats_cover(scenario: Scenario) -> Iterator[Doubt]:
    """Yield free seats that make nothing cheaper."""
    for f, fund in enumerate(scenario.funds):
        for programme in fund.seats:
            lines = scenario.programme[programme].items("participant")
            if lines and fund.seats[programme] and not any(fund.seats_cover.matches(i.attributes()) for i in lines):
                yield Doubt(
                    ("funds", f, "seats_cover"),
                    _("the free seats of '{id}' in '{programme}' cover none of its per-participant costs.").format(
                        id=fund.id, programme=programme
                    ),
                )


def idle_prices(scenario: Scenario) -> Iterator[Doubt]:
    """Yield prices for a value no group has, though one has a similar name; once for a list that many lines share."""
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if isinstance(item.price, PriceBy) and item.price.by != "year":
                had = {getattr(group, item.price.by) for group in scenario.groups}
                for value in item.price.prices:
                    if value not in had and (hint := did_you_mean(value, (v for v in had if v))):
                        message = _("there is a price for the {by} '{value}', which no group has.")
                        words = message.format(by=item.price.by, value=value) + " " + hint
                        yield Doubt(("programmes", p, "costs", i, "price", value), words)


def units_apart(scenario: Scenario) -> Iterator[Doubt]:
    """Yield quantities of one factor, such as 10 hari, with a price for another unit, such as OJ."""
    for p, programme in enumerate(scenario.programmes):
        for i, item in enumerate(programme.costs):
            if isinstance(item.quantity, Product) and item.unit is not None and len(item.quantity.factors) == 1:
                counted = item.quantity.factors[0][0]
                if not _same_unit(counted.casefold(), item.unit.casefold()):
                    message = _(
                        "'{item}' counts {counted}, but its price is for one {unit}, and documents print {unit}."
                        " Write the quantity in that unit, or correct the unit."
                    )
                    words = message.format(item=item.item, counted=counted, unit=item.unit)
                    yield Doubt(("programmes", p, "costs", i, "unit"), words)


def _same_unit(counted: str, unit: str) -> bool:
    """Return whether both may mean the same: equal, or a unit of persons (OH, OJ, OK) and what its second letter
    counts."""
    of_persons = len(unit) == 2 and unit.startswith("o")
    return counted == unit or (of_persons and (counted.startswith(unit[1]) or counted in ("orang", "jp")))


def attributes_alike(scenario: Scenario) -> Iterator[Doubt]:
    """Yield attribute values of groups that differ only in case, spaces or punctuation: probably one was meant."""
    for attribute in ("agency", "location", "level"):
        meant_so = _meant_so(scenario, attribute)
        first: dict[tuple[str, str], str] = {}
        reported: set[str] = set()
        for g, group in enumerate(scenario.groups):
            value: str | None = getattr(group, attribute)
            if value is None:
                continue
            own = value.casefold() if value.casefold() in meant_so else ""
            other = first.setdefault((near_key(value), own), value)
            if other != value and value not in reported:
                reported.add(value)
                yield Doubt(
                    ("groups", g, attribute),
                    _(
                        "the {attribute} '{value}' and '{other}' differ only in case, spaces, punctuation or form of"
                        " letters."
                    ).format(attribute=attribute, value=value, other=other),
                )


def _meant_so(scenario: Scenario, attribute: str) -> set[str]:
    """Return the words that `people.values` maps to themselves: they are meant as they are written."""
    words = scenario.people.values.get(attribute, {}) if scenario.people is not None else {}
    return {word.casefold() for word, meaning in words.items() if word.casefold() == meaning.casefold()}


def idle_rules(scenario: Scenario) -> Iterator[Doubt]:
    """Yield rules without effect: a share of itself, a penalty of 0, a goal that no level counts."""
    weighs = any(level.maximize == "gaps_closed" for level in scenario.objective)
    for r, rule in enumerate(scenario.rules):
        for side in ("at_least", "at_most"):
            bound = getattr(rule, side)
            of_itself = {"programme": ["programmes"], "group": ["groups"]}.get(rule.per or "", [])
            selected = [name for name in rule.where.named() if name not in of_itself]
            if bound and bound.is_share and not selected and rule.measure != "gaps_closed":
                yield Doubt(
                    ("rules", r, side),
                    _("the rule '{name}' bounds a share of everything by everything; it selects no part.").format(
                        name=rule.name
                    ),
                )
        if rule.soft and rule.soft.penalty == 0:
            yield Doubt(
                ("rules", r, "soft", "penalty"),
                _("missing the rule '{name}' costs nothing, so it changes nothing.").format(name=rule.name),
            )
        elif rule.soft and not weighs:
            yield Doubt(
                ("rules", r, "soft"),
                _("the goal '{name}' is weighed against gaps closed, but no level maximizes gaps_closed.").format(
                    name=rule.name
                ),
            )


def scattered_buckets(scenario: Scenario) -> Iterator[Doubt]:
    """Yield levels of smallest coverage `by` an attribute that some groups lack: these count as one bucket."""
    for number, level in enumerate(scenario.objective):
        if level.by in ("agency", "location"):
            without = [group.id for group in scenario.groups if getattr(group, level.by) is None]
            if without:
                yield Doubt(
                    ("objective", number, "by"),
                    ngettext(
                        "{count} group has no {by} and counts by itself: {groups}.",
                        "{count} groups have no {by} and count as one: {groups}.",
                        len(without),
                    ).format(count=len(without), by=level.by, groups=listed(without)),
                )
