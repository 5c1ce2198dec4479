"""Taxes on prices: the tax on one unit is whole rupiah, so that a cost line has the same amount in SIPD as here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.checks.problem import DomainProblem, Path, percent, rupiah, rupiah_to_type
from planner.domain.programmes import CostItem, Programme
from planner.locale import _
from planner.units.said import decimal_said


def tax_problems(programme: Programme, item: CostItem, prices: Iterable[tuple[Path, int]]) -> Iterator[DomainProblem]:
    """Yield prices whose tax is not whole rupiah, with the nearest prices whose tax is."""
    step = item.tax.denominator
    for place, price in prices:
        if price % step:
            below, above = price - price % step, price - price % step + step
            words = _("the tax of {tax} on {price} for '{item}' of '{id}' is Rp{amount}, which is not whole rupiah.")
            near = [rupiah_to_type(amount) for amount in (below, above) if amount]
            yield DomainProblem(
                place,
                words.format(
                    tax=percent(item.tax),
                    price=rupiah(price),
                    item=item.item,
                    id=programme.id,
                    amount=decimal_said(price * item.tax),
                ),
                _("The nearest prices with whole rupiah of tax: {prices}.").format(prices=", ".join(near)),
            )
