"""Prices taken from a price list, or not to exceed one: amount, unit and account must be those of the list."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.problem import DomainProblem, Path, listed, rupiah, rupiah_to_type
from planner.domain.codes import is_below
from planner.domain.coefficient import Product
from planner.domain.listed_prices import ListedPrice, unit_words
from planner.domain.programmes import CostItem, PriceBy, Programme
from planner.locale import _


def price_list_problems(programme: Programme, item: CostItem, path: Path) -> Iterator[DomainProblem]:
    """Yield prices that differ from their list or exceed its ceiling, and units or accounts that the list does not
    have.

    Prices are compared without tax, as lists give them.
    """
    for entry in item.listed:
        for place, price in _prices_for(item, entry, path):
            if price != entry.price:
                yield _problem(
                    place, programme, item, entry,
                    _("'{item}' of '{id}' costs {price}, but '{code}' of the list '{list}' is {listed}."),
                    _("Give the price as {{from: {list}, code: …}}, or give your own with a ceiling."),
                    price=rupiah(price), listed=rupiah(entry.price),
                )  # fmt: skip
    for entry in item.ceiling:
        for place, price in _prices_for(item, entry, path):
            if price > entry.price:
                yield _problem(
                    place, programme, item, entry,
                    _("'{item}' of '{id}' costs {price}, which is above the ceiling {listed} of '{code}' in the list"
                      " '{list}'."),
                    _("Lower the price to at most {most}, or name another code."),
                    price=rupiah(price), listed=rupiah(entry.price), most=rupiah_to_type(entry.price),
                )  # fmt: skip
    for key, entries in (("price", item.listed), ("ceiling", item.ceiling)):
        for entry in entries:
            yield from _unit_problems(programme, item, entry, (*path, key))
            yield from _account_problems(programme, item, entry, path)


def _prices_for(item: CostItem, entry: ListedPrice, path: Path) -> Iterator[tuple[Path, int]]:
    """Return the prices of an item that an entry is about: that of one value, or all."""
    if not isinstance(item.price, PriceBy):
        yield (*path, "price"), item.price
        return
    prices = item.price.prices | ({} if item.price.default is None else {"default": item.price.default})
    for value, price in prices.items():
        if entry.of in (None, value):
            yield (*path, "price", value), price


def _unit_problems(programme: Programme, item: CostItem, entry: ListedPrice, place: Path) -> Iterator[DomainProblem]:
    """Yield items counted in another unit than the list: one factor of {OJ: 4, hari: 3} must be the unit of the list.

    An item due per participant counts the people by itself: {hari: 3} is 3 OH for each.
    """
    if entry.unit is None:
        return
    words = unit_words(entry.unit)
    if item.unit is not None:
        agrees, unit = unit_words(item.unit) == words, item.unit
    elif isinstance(item.quantity, Product):
        named = [name for name, _number in item.quantity.factors]
        people = unit_words("orang") if item.per == "participant" else frozenset()
        agrees, unit = words <= people.union(*map(unit_words, named)), " x ".join(named)
    else:
        return
    if not agrees:
        yield _problem(
            place, programme, item, entry,
            _("'{item}' of '{id}' is counted in '{unit}', but '{code}' of the list '{list}' is the price of one"
              " '{listed}'."),
            _("Count it in '{listed}', or leave out the unit: it is then that of the list."),
            unit=unit, listed=entry.unit,
        )  # fmt: skip


def _account_problems(programme: Programme, item: CostItem, entry: ListedPrice, path: Path) -> Iterator[DomainProblem]:
    if entry.accounts and item.account is not None and not is_below(item.account, entry.accounts):
        yield _problem(
            (*path, "account"), programme, item, entry,
            _("'{item}' of '{id}' has the account '{account}', which '{code}' of the list '{list}' does not allow."),
            _("Allowed: {accounts}."),
            account=item.account, accounts=listed(entry.accounts, 10),
        )  # fmt: skip


def _problem(
    place: Path, programme: Programme, item: CostItem, entry: ListedPrice, message: str, remedy: str, **words: str
) -> DomainProblem:
    words |= {"item": item.item, "id": programme.id, "code": entry.code, "list": entry.from_}
    return DomainProblem(place, message.format(**words), remedy.format(**words))
