"""What is decided for all blocks together: classes of shared programmes, and who pays for them.

Class items of a shared programme are paid by money that belongs to no agency, and programme items of any shared
programme are paid once. At prices L of money and of seats, holding a class of a programme in a period is worth

    L[seats] x most participants of a class  -  sum over class items of cost x least price of those who may pay it

and no plan holds more classes than limits and needs allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.programmes import CostItem, Programme
from planner.nation.pieces import Shared, of_fund
from planner.nation.structure import Structure


@dataclass(frozen=True)
class SharedClasses:
    """Classes of a shared programme that may be held in a period."""

    programme: Programme
    period: str
    most: int
    """Most classes [classes]."""
    items: tuple[tuple[CostItem, int, tuple[Shared, ...]], ...]
    """Its class items, with what each costs for a class [rupiah], and the money that may pay it, in file order."""

    @property
    def seats(self) -> Shared:
        return Shared("seats", self.programme.id, self.period)

    @property
    def size(self) -> int:
        """Most participants of a class [people]."""
        assert self.programme.class_size is not None
        return self.programme.class_size.max

    def worth(self, prices: Mapping[Shared, Fraction]) -> Fraction:
        """Return what one class is worth at these prices [weighted gaps]."""
        cost = sum(
            (cost * min(prices.get(money, Fraction(0)) for money in payers) for _item, cost, payers in self.items),
            Fraction(0),
        )
        return prices.get(self.seats, Fraction(0)) * self.size - cost


@dataclass(frozen=True)
class Centre:
    """The part of a plan that belongs to no block."""

    structure: Structure

    @cached_property
    def amounts(self) -> dict[Shared, Fraction]:
        """What there is of each shared thing whose amount does not depend on the plan: money, and caps of rules."""
        scenario = self.structure.scenario
        found = {each: Fraction(amount) for f in self.structure.funds for each, amount in of_fund(scenario.fund[f])}
        for number in self.structure.capped:
            limit = scenario.rules[number].at_most
            assert limit is not None
            found[Shared("cap", str(number))] = limit.value
        return found

    @cached_property
    def held(self) -> tuple[SharedClasses, ...]:
        """The classes that may be held, in file order."""
        scenario, funding = self.structure.scenario, self.structure.funding
        found = []
        for programme in scenario.programmes:
            if programme.id not in self.structure.programmes or programme.class_size is None:
                continue
            need = sum(scenario.need(group, programme) for group in scenario.groups_in(programme.for_))
            limits = [need // max(1, programme.class_size.min), programme.classes.max, programme.classes.per_period]
            most = min(n for n in limits if n is not None)
            for period in scenario.periods_of(programme):
                items = []
                for item in programme.items("class"):
                    if cost := item.unit_cost(year=scenario.price_year[period]):
                        payers = (self._money(f, period) for f in funding.payers(programme, item))
                        items.append((item, cost, tuple(money for money in payers if money is not None)))
                if all(payers for _item, _cost, payers in items):
                    found.append(SharedClasses(programme, period, most, tuple(items)))
        return tuple(found)

    def _money(self, fund: str, period: str) -> Shared | None:
        """Return the money of a fund that pays in a period; None where it has none then."""
        year = self.structure.scenario.year_of[period]
        for each, amount in of_fund(self.structure.scenario.fund[fund]):
            if each.when in ("", year):
                return each if amount else None
        return None

    def bound(self, prices: Mapping[Shared, Fraction]) -> Fraction:
        """Return an exact upper bound of the worth of everything shared and all classes at these prices.

        For a programme with a limit over the horizon, the best period counts for all its classes.
        """
        total = sum((prices.get(shared, Fraction(0)) * amount for shared, amount in self.amounts.items()), Fraction(0))
        of_programme: dict[str, list[SharedClasses]] = {}
        for held in self.held:
            of_programme.setdefault(held.programme.id, []).append(held)
        for several in of_programme.values():
            worths = [max(Fraction(0), held.worth(prices)) for held in several]
            each = sum((worth * held.most for worth, held in zip(worths, several, strict=True)), Fraction(0))
            limit = several[0].programme.classes.max
            total += each if limit is None else min(each, limit * max(worths))
        return total

    def without_classes(self) -> frozenset[Shared]:
        """Return seats of shared programmes of which no class can be held."""
        possible = {held.seats for held in self.held}
        return frozenset(seats for seats in self._all_seats() if seats not in possible)

    def _all_seats(self) -> Iterator[Shared]:
        scenario = self.structure.scenario
        for name in self.structure.programmes:
            if scenario.programme[name].class_size is not None:
                for period in scenario.periods_of(scenario.programme[name]):
                    yield Shared("seats", name, period)
