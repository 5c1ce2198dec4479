"""The words of a budget line: its item, its unit, and how its coefficient is calculated.

The report, the workbook and rka.csv all take these words from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.domain.coefficient import Product
from planner.domain.listed_prices import ListedPrice
from planner.domain.one_off import AGREEMENT, SOCIALIZATION
from planner.domain.programmes import PriceBy
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.plans.budget_lines import BudgetLine
from planner.report.wording import labels
from planner.report.wording.formats import Formats

TIMES: Final = "\u00d7"
"""The multiplication sign."""

MOST_PLACES: Final = 4
"""Maximum number of places, or of codes of price lists, named beside a line."""


def item_text(scenario: Scenario, line: BudgetLine) -> str:
    """Return the name of the item; of a lump sum also the fund that pays this part."""
    name = _name(scenario, line)
    if line.rest:
        return _("{item} (part of {fund})").format(item=name, fund=scenario.fund[line.fund].label)
    return name


def _name(scenario: Scenario, line: BudgetLine) -> str:
    if line.basis == "actual":
        return _("{item} (paid already)").format(item=_item_of_fact(scenario, line))
    if line.basis == "socialization" and line.group is not None:
        return _("Socialization: {group}").format(group=scenario.group[line.group].label)
    if line.basis == "agreement":
        return _("Agreement with {fund}").format(fund=scenario.fund[line.item.removeprefix(AGREEMENT)].label)
    return line.item


def _item_of_fact(scenario: Scenario, line: BudgetLine) -> str:
    """Return the name of an item that was paid already, which need not be an item of the scenario."""
    if line.programme is None and line.group is not None and line.item == SOCIALIZATION:
        return _("Socialization: {group}").format(group=scenario.group[line.group].label)
    if line.programme is None and line.item.startswith(AGREEMENT):
        return _("Agreement with {fund}").format(fund=scenario.fund[line.item.removeprefix(AGREEMENT)].label)
    return line.item


def unit_text(line: BudgetLine) -> str:
    """Return the unit of the coefficient: as the scenario states it, else what is counted."""
    return _("lump sum") if line.rest or line.basis == "actual" else _unit(line)


def _unit(line: BudgetLine) -> str:
    if line.unit:
        return line.unit
    if isinstance(line.quantity, Product):
        return f" {TIMES} ".join(name for name, _number in line.quantity.factors)
    return {"participant": _("person"), "class": _("class")}.get(line.basis, _("activity"))


def calculation(scenario: Scenario, line: BudgetLine, formats: Formats, *, tax: bool = True) -> str:
    """Return how the coefficient is calculated, such as "4 classes of 24 OJ", what it is a part of, the places with
    this price, and where the price stands in a price list.

    With `tax`, also what the price is made of.
    """
    parts = [part_of_unit(line, formats) if line.rest else _product(line, formats)]
    if tax and line.tax and not line.rest:
        words = _("{price} + tax {tax}")
        parts.append(words.format(price=formats.rupiah(line.net_price), tax=formats.given_share(line.tax)))
    if line.places and not line.rest:
        parts.append(_first([_place(scenario, line, value) for value in line.places], formats))
    return "; ".join(part for part in (*parts, listed_text(line.listed, formats)) if part)


def part_of_unit(line: BudgetLine, formats: Formats) -> str:
    """Return what the lump sum of a fund is a part of: a unit that other funds pay the rest of."""
    words = _("of the price of 1 {unit}, {price}; other funds pay the rest")
    return words.format(unit=_unit(line), price=formats.rupiah(line.unit_price))


def listed_text(listed: Sequence[ListedPrice], formats: Formats) -> str:
    """Return the codes under which price lists have the price, such as "SSH 1.1.12.03.01.0001", and what they
    specify."""
    entries = [f"{entry.group or entry.from_.upper()} {entry.code} {entry.spec}".strip() for entry in listed]
    return _first(entries, formats)


def _first(names: list[str], formats: Formats) -> str:
    """Join names, of many the first ones and how many more there are."""
    if len(names) <= MOST_PLACES:
        return ", ".join(names)
    more = _("and {number} more").format(number=formats.count(len(names) - MOST_PLACES + 1))
    return ", ".join([*names[: MOST_PLACES - 1], more])


def _product(line: BudgetLine, formats: Formats) -> str:
    number = line.number
    factors = line.quantity.factors if isinstance(line.quantity, Product) else ()
    units = f" {TIMES} ".join(f"{formats.number(each, 6)} {name}" for name, each in factors)
    if number is None or (line.quantity == 1 and not factors):
        return ""
    words = {
        "participant": ngettext("{number} participant", "{number} participants", number),
        "class": ngettext("{number} class", "{number} classes", number),
    }.get(line.basis)
    if words is None:
        return units
    counted = words.format(number=formats.count(number))
    return f"{counted} {TIMES} {units or f'{formats.number(line.quantity, 6)} {_unit(line)}'}"


def _place(scenario: Scenario, line: BudgetLine, value: str) -> str:
    """Return a value of the attribute that the price depends on, as printed."""
    costs = scenario.programme[line.programme].costs if line.programme else ()
    prices = [item.price for item in costs if (item.item, item.account) == (line.item, line.account)]
    by = {price.by for price in prices if isinstance(price, PriceBy)}
    return labels.employment(value) if by == {"employment"} else value
