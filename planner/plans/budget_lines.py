"""Budget lines (RKA, RAB): what a plan costs as coefficient x price = amount, per programme, account and fund.

A fund rarely pays for whole people or classes, because the settlement divides money, not heads. So what a fund
pays of one cost item at one price becomes at most two lines: as many whole steps of the coefficient
as its money buys, and the rest as one line of coefficient 1. Every product is exact, and the lines
add up to the payments of the plan in every grouping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from planner.domain.listed_prices import ListedPrice
from planner.domain.programmes import CostItem, PriceBy
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.measures import summed
from planner.plans.plan import Plan
from planner.units.said import nearest

LineBasis = Literal["participant", "class", "programme", "socialization", "agreement", "actual"]
"""What is counted: people, classes, the programme once, a socialization or an agreement; or what was paid already."""

_LAST: Final = "\U0010ffff"
"""Sorts after every account code: costs without one come last."""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line: coefficient x price = amount, to the rupiah."""

    programme: str | None
    """Id of the programme; None for socialization and agreements."""
    fund: str
    """Id of the fund that pays."""
    account: str | None
    """Account code (kode rekening)."""
    item: str
    """Name of the cost item, as in the payments of the plan."""
    coefficient: Fraction
    """Units paid: people or classes times the quantity of the item."""
    unit: str | None
    """Unit of the coefficient as the scenario writes it, such as OJ, OH or OK."""
    price: int
    """Price of one unit with its tax [rupiah]; in a line of a rest, that rest."""
    amount: int
    """coefficient x price [rupiah]."""
    basis: LineBasis
    """What the coefficient counts."""
    unit_price: int
    """Price of one unit of the item [rupiah]; in a line of a rest, of the unit that it is a part of."""
    quantity: Fraction = Fraction(1)
    """Units for each participant, class or programme."""
    group: str | None = None
    """Id of the group that a socialization is for."""
    places: tuple[str, ...] = ()
    """Values (locations, levels, …) that have this price, where the price depends on the group."""
    rest: bool = False
    """Whether this is the rest that a fund pays beyond whole steps: less than one unit, with coefficient 1."""
    year: str = ""
    """The year in which it is paid, at the prices of that year."""
    tax: Fraction = Fraction(0)
    """Tax that is part of the price, as a share of the price without it [0-1]."""
    listed: tuple[ListedPrice, ...] = ()
    """The entries of price lists that the price was taken from; of a price by place, those of its places."""

    @property
    def net_price(self) -> int:
        """Price of one unit without its tax [rupiah]; the tax of one unit is whole rupiah."""
        return self.price if self.rest else nearest(self.price / (1 + self.tax))

    @property
    def number(self) -> int | None:
        """coefficient / quantity where that is a whole number of people or classes; None otherwise."""
        if self.rest or not self.quantity:
            return None
        counted = self.coefficient / self.quantity
        return int(counted) if counted.denominator == 1 else None

    @property
    def cost(self) -> tuple[object, ...]:
        """The cost that this line is a part of: one cost item of a programme at one price, whichever fund
        pays."""
        return (self.programme, self.account, self.item, self.unit_price, self.basis, self.group, self.year)


@dataclass(frozen=True, slots=True)
class _Cost:
    """One cost item at one price, which several lines may pay."""

    programme: str | None
    account: str | None
    item: str
    price: int
    basis: LineBasis
    group: str | None = None
    year: str = ""


def budget_lines(scenario: Scenario, plan: Plan) -> tuple[BudgetLine, ...]:
    """Return the lines of a plan: by programme in file order, account, fund in file order, and item.

    For what fund f pays of an item at one price in one year, over all its groups and periods [rupiah]:

        steps = floor(paid / (step x price)),  coefficient = steps x step,  rest = paid - coefficient x price

    where step = 1 / denominator of the item's quantity: whole units, or halves where the item has
    halves. A fund that pays an item alone has no rest. Free seats are not paid and so not counted.
    """
    return tuple(_Lines(scenario, plan).made())


def account_totals(lines: Iterable[BudgetLine]) -> dict[str | None, int]:
    """Return the sum of each account over the plan [rupiah], by code: the totals of an RKA form. None: no account."""
    sums = summed(lines, lambda line: line.account, lambda line: line.amount)
    return dict(sorted(sums.items(), key=lambda entry: entry[0] or _LAST))


class _Lines:
    """The lines of one plan, from its payments."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario = scenario
        self.plan = plan

    def made(self) -> Iterator[BudgetLine]:
        for (cost, fund), paid in sorted(self._paid.items(), key=lambda entry: self._order(*entry[0])):
            yield from self._of_fund(cost, fund, paid)

    @cached_property
    def _paid(self) -> Mapping[tuple[_Cost, str], int]:
        """What each fund pays of each item at each price [rupiah]."""
        return summed(self.plan.payments, lambda p: (self._cost(p), p.fund), lambda p: p.amount)

    def _cost(self, payment: Payment) -> _Cost:
        place = (payment.programme, payment.account, payment.item)
        year = self.scenario.price_year[payment.period]
        if payment.actual:
            return _Cost(*place, 0, "actual", payment.group if payment.programme is None else None, year.name)
        if payment.programme is None and payment.group is not None:
            measure = self.scenario.group[payment.group].socialization
            assert measure is not None
            return _Cost(*place, year.of(measure.cost), "socialization", payment.group, year.name)
        item = self._item(payment)
        if item is None:
            return _Cost(*place, self._agreements[payment.item], "agreement", None, year.name)
        group = None if payment.group is None else self.scenario.group[payment.group]
        price = item.price_for(group, year)
        assert price is not None
        return _Cost(*place, price, item.per, None, year.name)

    @cached_property
    def _agreements(self) -> dict[str, int]:
        """Cost of each agreement, over all payers [rupiah]."""
        paid = (p for p in self.plan.payments if p.programme is None and p.group is None and not p.actual)
        return summed(paid, lambda p: p.item, lambda p: p.amount)

    def _item(self, payment: Payment) -> CostItem | None:
        """Return the cost line that a payment is for; None for socialization and agreements."""
        if payment.programme is None or payment.actual:
            return None
        return self._items[payment.programme, payment.account, payment.item, payment.group is not None]

    @cached_property
    def _items(self) -> dict[tuple[str, str | None, str, bool], CostItem]:
        """Cost lines by programme, account, name, and whether they are due per participant."""
        return {(p.id, i.account, i.item, i.per == "participant"): i for p in self.scenario.programmes for i in p.costs}

    @cached_property
    def _places(self) -> dict[_Cost, tuple[str, ...]]:
        """Values of the attribute of the group that have each price, in the order in which they occur."""
        found: dict[_Cost, dict[str, None]] = {}
        for payment in self.plan.payments:
            item = self._item(payment)
            if (
                item is not None
                and isinstance(item.price, PriceBy)
                and item.price.by != "year"
                and payment.group is not None
            ):
                group = self.scenario.group[payment.group]
                value = group.label if item.price.by == "id" else getattr(group, item.price.by)
                if value is not None:
                    found.setdefault(self._cost(payment), {})[value] = None
        return {cost: tuple(values) for cost, values in found.items()}

    @cached_property
    def _listed(self) -> dict[_Cost, tuple[ListedPrice, ...]]:
        """Entries of price lists that each price was taken from, in the order in which they occur."""
        found: dict[_Cost, dict[tuple[str, str], ListedPrice]] = {}
        for payment in self.plan.payments:
            item = self._item(payment)
            if item is None or not item.listed:
                continue
            named = self._value(item, payment)
            entries = {(entry.from_, entry.code): entry for entry in item.listed if entry.of in (None, named)}
            found.setdefault(self._cost(payment), {}).update(entries)
        return {cost: tuple(entries.values()) for cost, entries in found.items()}

    def _value(self, item: CostItem, payment: Payment) -> str | None:
        """Return the value in a table of prices that a payment belongs to; None where the item has one price."""
        if not isinstance(item.price, PriceBy):
            return None
        if item.price.by == "year":
            value: str | None = self.scenario.price_year[payment.period].name
        else:
            value = None if payment.group is None else getattr(self.scenario.group[payment.group], item.price.by)
        return value if value in item.price.prices else "default"

    def _of_fund(self, cost: _Cost, fund: str, paid: int) -> Iterator[BudgetLine]:
        """Yield a line of whole steps and one of the rest, as far as there are any; or one of what was paid already."""
        if cost.basis == "actual":
            yield BudgetLine(
                cost.programme, fund, cost.account, cost.item, Fraction(1), None, paid, paid, cost.basis, paid,
                group=cost.group, year=cost.year,
            )  # fmt: skip
            return
        item = None if cost.programme is None else self._items[self._key(cost)]
        quantity = Fraction(1) if item is None else item.quantity
        unit = None if item is None else item.unit
        step = Fraction(1, quantity.denominator)
        steps = paid // int(cost.price * step)
        coefficient = steps * step
        bought = int(coefficient * cost.price)

        def line(coefficient: Fraction, price: int, amount: int, rest: bool) -> BudgetLine:
            return BudgetLine(
                cost.programme, fund, cost.account, cost.item, coefficient, unit, price, amount, cost.basis, cost.price,
                quantity, cost.group, self._places.get(cost, ()), rest, cost.year,
                Fraction(0) if item is None else item.tax, self._listed.get(cost, ()),
            )  # fmt: skip

        if bought:
            yield line(coefficient, cost.price, bought, False)
        if paid > bought:
            yield line(Fraction(1), paid - bought, paid - bought, True)

    @staticmethod
    def _key(cost: _Cost) -> tuple[str, str | None, str, bool]:
        return str(cost.programme), cost.account, cost.item, cost.basis == "participant"

    @cached_property
    def _ranks(self) -> dict[str, dict[object, int]]:
        """The place of programmes, funds, groups and cost lines in the file."""
        scenario = self.scenario
        lines = ((p.id, i.account, i.item, i.per == "participant") for p in scenario.programmes for i in p.costs)
        return {
            "programme": {key: n for n, key in enumerate(scenario.programme)},
            "fund": {key: n for n, key in enumerate(scenario.fund)},
            "group": {key: n for n, key in enumerate(scenario.group)},
            "line": {key: n for n, key in enumerate(lines)},
        }

    def _order(self, cost: _Cost, fund: str) -> tuple[object, ...]:
        ranks = self._ranks
        return (
            ranks["programme"].get(cost.programme, len(ranks["programme"])),
            cost.account or _LAST,
            ranks["fund"][fund],
            ranks["line"].get(self._key(cost), 0),
            ranks["group"].get(cost.group, len(ranks["group"])),
            cost.year,
            cost.item,
            cost.price,
        )
