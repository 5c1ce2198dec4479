"""Whether the funds that may pay for a programme could ever pay for a seat in it.

A seat that no payer could afford is no decision: it is left out of the model, and `planner check` names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from functools import cached_property

from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.one_off import OneOff
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.seat_costs import SeatCosts


class Affordability:
    """What the smallest run of one programme costs, and what the funds that may pay for it have.

    Over the horizon: each price is the lowest of the years in which the programme may start.
    """

    def __init__(self, funding: Funding, programme: Programme, takers: Iterable[Group]) -> None:
        self._funding, self._programme = funding, programme
        scenario = funding.scenario
        free = [funding.covered(fund, programme) for fund in scenario.funds if fund.seats.get(programme.id)]
        self._seat = tuple(i for i in programme.items("participant") if not any(i in covered for covered in free))
        size = programme.class_size
        classes = 0 if size is None else max(1, programme.classes.min)
        facts = scenario.facts
        if programme.id in facts.ran:  # one-off costs and the fewest classes may be met already
            classes = 0 if size is None else 1
        due = [i for i in programme.items("programme") if programme.id not in facts.ran]
        due = [i for i in due if not facts.is_settled(OneOff(programme.id, None, i.item, i.account))]
        shared = [(item, 1) for item in due]
        shared += [(item, classes) for item in programme.items("class")]
        years = scenario.price_years_of(programme)
        self._shared = [
            (times * min(item.unit_cost(year=year) for year in years), funding.payers(programme, item))
            for item, times in shared
        ]
        others = max(0, classes * (0 if size is None else size.min) - 1)
        self._costs = [SeatCosts(self._seat, year) for year in years]
        self._seats = {group.id: min(sum(costs.of(group)) for costs in self._costs) for group in takers}
        self._rest = sum(cost for cost, _ in self._shared) + others * min(self._seats.values(), default=0)
        self._left = facts.left
        self._amounts: dict[tuple[object, ...], list[int]] = {}

    def with_amounts_of(self, scenario: Scenario) -> Affordability:
        """Return the same for a scenario whose funds differ from these only in their amounts."""
        other = copy(self)
        other._left, other._amounts = scenario.facts.left, {}
        vars(other).pop("most", None)
        vars(other).pop("_shared_paid", None)
        return other

    @property
    def takers(self) -> Collection[str]:
        """Ids of the groups that may take the programme, whether it can be paid or not."""
        return self._seats.keys()

    def least(self, group: Group) -> int:
        """Return the lowest cost of a run in which somebody of `group` has a seat [rupiah].

        It counts what is due once, the fewest classes, the seat itself, and the cheapest seats that fill those classes;
        items that a free seat could cover count as 0.
        """
        return self._rest + self._seats[group.id]

    @cached_property
    def most(self) -> int:
        """The money left in all funds that may pay for any part of a run [rupiah]."""
        payers = {fund for _, able in self._shared for fund in able}
        payers |= {fund for item in self._seat for fund in self._funding.payers(self._programme, item)}
        return self._amount(payers)

    def affords(self, group: Group) -> bool:
        """Return whether a seat of `group` could be paid: in total, and each cost line by the funds that may pay it."""
        if not self._shared_paid or self.least(group) > self.most:
            return False
        kind = self._funding.kind_of_group(group)
        amounts = self._amounts.get(kind)
        if amounts is None:
            lines = (self._funding.payers(self._programme, item, group) for item in self._seat)
            amounts = self._amounts[kind] = [self._amount(payers) for payers in lines]
        if self._seats[group.id] <= min(amounts, default=0):
            return True
        least = map(min, zip(*(costs.of(group) for costs in self._costs), strict=True))
        return all(cost <= amount for cost, amount in zip(least, amounts, strict=True))

    @cached_property
    def _shared_paid(self) -> bool:
        return all(cost <= self._amount(payers) for cost, payers in self._shared)

    def _amount(self, payers: Iterable[str]) -> int:
        return sum(map(self._left, payers))
