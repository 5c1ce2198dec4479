"""Merge the plans of all blocks into one: classes of shared programmes, and who pays for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from planner.domain.decisions import Decisions
from planner.domain.one_off import OneOff, of_programme
from planner.nation.central import Centre
from planner.nation.pieces import Shared, of_fund
from planner.nation.tasks import Planned
from planner.payments.payment import Payment


def money_by_period(centre: Centre) -> dict[str, dict[str, Shared]]:
    """Return the shared money that each payment of a shared fund uses, by fund and period."""
    scenario = centre.structure.scenario
    found: dict[str, dict[str, Shared]] = {}
    for f in centre.structure.funds:
        of_years = {shared.when: shared for shared, _amount in of_fund(scenario.fund[f])}
        every = of_years.get("")
        found[f] = {t: every or of_years.get(year, Shared("fund", f, year)) for t, year in scenario.year_of.items()}
    return found


def money_spent(centre: Centre, payments: Iterable[Payment]) -> dict[Shared, int]:
    """Return what payments use of shared money [rupiah]."""
    money, found = money_by_period(centre), dict[Shared, int]()
    for row in payments:
        if row.fund in money:
            shared = money[row.fund][row.period]
            found[shared] = found.get(shared, 0) + row.amount
    return found


def with_classes(centre: Centre, planned: Iterable[Planned]) -> tuple[Decisions, list[Payment]] | None:
    """Return decisions and payments of all blocks together, with the classes of shared programmes that their people
    need.

    Class and programme items are paid from the money of which most is left. None where that is not enough, or where too
    few people for a class would come.
    """
    scenario, funding = centre.structure.scenario, centre.structure.funding
    several = [each for each in planned if each.decisions is not None]
    whole = _together(each.decisions for each in several if each.decisions is not None)
    payments = [row for each in several for row in each.payments]
    paying = _Paying(centre, payments)
    taken: dict[tuple[str, str], int] = {}
    for (_g, p, t), people in whole.participants.items():
        if p in centre.structure.programmes:
            taken[p, t] = taken.get((p, t), 0) + people
    classes = dict(whole.classes)
    in_all: dict[str, int] = {}
    possible = {(held.programme.id, held.period): held for held in centre.held}
    for (p, t), people in taken.items():
        size = scenario.programme[p].class_size
        if size is None:
            continue
        held, number = possible.get((p, t)), ceil(people / size.max)
        in_all[p] = in_all.get(p, 0) + number
        most = scenario.programme[p].classes.max
        if held is None or number > held.most or people < size.min * number or (most is not None and in_all[p] > most):
            return None
        classes[p, t] = number
        for item, cost, _payers in held.items:
            payers = funding.payers(held.programme, item)
            if not paying.pay((p, item.item, item.account, t), cost * number, payers):
                return None
    order = scenario.place_of_period
    for p in dict.fromkeys(p for p, _t in taken):
        first = min((t for q, t in taken if q == p), key=order.__getitem__)
        for one_off, costs in of_programme(scenario, scenario.programme[p]).items():
            key = (p, one_off.item, one_off.account, first)
            if not paying.pay(key, costs[first], funding.payers_of(one_off)):
                return None
    decisions = Decisions(whole.participants, classes, whole.socialized, whole.seats, whole.used, whole.due)
    return decisions, [*payments, *paying.made()]


def _together(several: Iterable[Decisions]) -> Decisions:
    participants: dict[tuple[str, str, str], int] = {}
    classes: dict[tuple[str, str], int] = {}
    seats: dict[tuple[str, str, str, str], int] = {}
    socialized: set[str] = set()
    used: set[str] = set()
    due: dict[OneOff, str] = {}
    for each in several:
        participants.update(each.participants)
        classes.update(each.classes)
        seats.update(each.seats)
        socialized |= each.socialized
        used |= each.used
        due.update(each.due)
    return Decisions(participants, classes, frozenset(socialized), seats, frozenset(used), due)


Line = tuple[str, str, str | None, str]
"""Programme, item, account and period of a cost of no group."""


class _Paying:
    """What is left of shared money, and payments from it."""

    def __init__(self, centre: Centre, paid: Sequence[Payment]) -> None:
        self._money = money_by_period(centre)
        self._left = {shared: int(n) for shared, n in centre.amounts.items() if shared.kind == "fund"}
        for shared, amount in money_spent(centre, paid).items():
            self._left[shared] = self._left.get(shared, 0) - amount
        self._made: dict[tuple[str, Line], int] = {}

    def pay(self, line: Line, cost: int, payers: Sequence[str]) -> bool:
        """Pay a cost, first from the fund with most money left; return whether there was enough."""
        shared = [(f, self._money[f][line[3]]) for f in payers if f in self._money]
        for f, money in sorted(shared, key=lambda each: -self._left.get(each[1], 0)):
            part = min(cost, max(0, self._left.get(money, 0)))
            if part:
                self._made[f, line] = self._made.get((f, line), 0) + part
                self._left[money] -= part
                cost -= part
        return not cost

    def made(self) -> list[Payment]:
        return [
            Payment(fund, programme, None, item, account, period, amount)
            for (fund, (programme, item, account, period)), amount in self._made.items()
        ]
