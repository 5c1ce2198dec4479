"""Why a fund keeps money: the reason that is certain, from the payments of the plan.

A fund could pay more where another fund pays what it may pay too. Each such payment is tried: would a step of it - one
rupiah, or what divided costs are rounded to - moved to this fund break a limit of the fund or a hard rule? If so, that
is the reason; otherwise other funds are simply asked to pay first, or what is left does not buy a whole unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import ceil, floor

from planner.domain.cells import CostFilter, Funding
from planner.domain.fund_limits import spending_limits
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.one_off import OneOff
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.causes import Cause
from planner.plans.measures import Measures, summed
from planner.plans.open_gaps import OpenGaps


class Kept(StrEnum):
    """Why a fund does not pay more of a plan."""

    NO_GROUP = "no_group"
    """No group belongs to the agency whose money it is."""
    ALL_PAID = "all_paid"
    """It pays all that it may pay."""
    LIMITS = "limits"
    """One more step of anything else would break a limit."""
    WHOLE_UNITS = "whole_units"
    """What is left is less than one person, class or item of anything else."""
    PARTNERS = "partners"
    """Partners pay for what it could pay too, and the objective spares own money."""
    OTHERS = "others"
    """Other funds pay for what it could pay too."""


class FundLimit(StrEnum):
    """A limit that keeps a fund from paying more."""

    USE = "use"
    """Its minimum or its agreement: the plan does not use it."""
    SHARE = "share"
    """Its share of the cost of a programme."""
    RELEASED = "released"
    """What is released by the end of a period or year."""
    MATCH = "match"
    """What it may give in proportion to another fund."""
    RULE = "rule"
    """A rule on cost."""


@dataclass(frozen=True, slots=True)
class MoneyLeft:
    """What a fund keeps, and why."""

    amount: int
    """Its amount less what it pays [rupiah]."""
    kept: Kept
    limits: tuple[FundLimit, ...] = ()
    """The limits that hold it back, where they are the reason."""
    nobody_fits: bool = False
    """Whether money keeps gaps open that it could pay to close, and one more participant costs more than is left."""
    needless: bool = False
    """Whether certainly no gap that it could pay to close is left open for lack of money."""
    elsewhere: bool = False
    """Whether money may be what keeps some gap open, be it of programmes that it may not pay."""


@dataclass(frozen=True)
class FundsLeft:
    """What the funds of a plan keep."""

    measures: Measures
    open_gaps: OpenGaps

    @property
    def scenario(self) -> Scenario:
        return self.measures.scenario

    def of(self, fund: Fund) -> MoneyLeft | None:
        """Return what `fund` keeps and why; None where it keeps nothing."""
        if fund.id not in self._found:
            self._found[fund.id] = self._of(fund)
        return self._found[fund.id]

    @cached_property
    def _found(self) -> dict[str, MoneyLeft | None]:
        """Answers given already, by fund."""
        return {}

    def _of(self, fund: Fund) -> MoneyLeft | None:
        left = fund.amount - self.measures.cost_by_fund[fund.id]
        if left <= 0:
            return None
        if fund.agency is not None and fund.agency not in self._agencies:
            return MoneyLeft(left, Kept.NO_GROUP)
        rows = self.measures.plan.payments if fund.agency is None else self._rows_of_agency.get(fund.agency, ())
        others = [row for row in rows if row.fund != fund.id and self._may_pay(fund, row)]
        if not others:
            return self._with_gaps(fund, left, Kept.ALL_PAID)
        found = [tuple(self._limits(fund, row)) for row in others]
        if all(found):
            met = {limit for limits in found for limit in limits}
            return self._with_gaps(fund, left, Kept.LIMITS, tuple(limit for limit in FundLimit if limit in met))
        free = [row for row, limits in zip(others, found, strict=True) if not limits]
        if all(self._unit(row) > left for row in free):
            return self._with_gaps(fund, left, Kept.WHOLE_UNITS)
        spared = fund.own and any(level.goal == "own_cost" for level in self.scenario.objective)
        partners = spared and not any(self.scenario.fund[row.fund].own for row in free)
        return self._with_gaps(fund, left, Kept.PARTNERS if partners else Kept.OTHERS)

    @cached_property
    def _rows_of_agency(self) -> dict[str, list[Payment]]:
        """Payments that money of an agency could make instead, by agency."""
        found: dict[str, list[Payment]] = {}
        for row in self.measures.plan.payments:
            if row.group is not None:
                agencies: tuple[str | None, ...] = (self.scenario.group[row.group].agency,)
            elif row.programme is not None:
                agencies = self._funding.agencies_of[row.programme]
            else:
                agencies = (self.scenario.fund[OneOff(None, None, row.item, row.account).fund or ""].agency,)
            for agency in agencies if len(agencies) == 1 else ():
                found.setdefault(agency or "", []).append(row)
        return found

    def _with_gaps(self, fund: Fund, left: int, kept: Kept, limits: tuple[FundLimit, ...] = ()) -> MoneyLeft:
        not_final = self._not_final.get(fund.agency, [])
        mine = [pair for pair in not_final if self._pays_some(fund, *pair)]
        told = self.open_gaps.may_be_told if fund.own else frozenset()
        needless = not mine and not (told if fund.agency is None else told & {fund.agency})
        nobody = self._less_than_a_participant(fund, left, mine)
        return MoneyLeft(left, kept, limits, nobody_fits=nobody, needless=needless, elsewhere=bool(not_final or told))

    def _cause(self, group: Group, programme: Programme) -> Cause | None:
        """Return what rules out one more participant of a group, where something does for certain."""
        return self.open_gaps.not_final[group.id, programme.id]

    def _less_than_a_participant(self, fund: Fund, left: int, open_: Iterable[tuple[Group, Programme]]) -> bool:
        """Return whether what is left certainly is too little for one more participant of each group and programme:
        money alone keeps some out, and could pay none of those whom something else keeps out."""
        found = False
        others = [other for other in self._with_money.values() if other.id != fund.id]
        timed = bool(fund.releases or fund.amounts)  # then what is left may be there at another time only
        for group, programme in open_:
            cause = self._cause(group, programme)
            dear = cause is Cause.MONEY
            if dear and not timed and not any(self._pays_some(other, group, programme) for other in others):
                found = True  # all the money there is for it is this fund's
                continue
            cost = self._part_of(fund, group, programme, alone=not dear)
            if cost is not None:
                found = found or cause in (Cause.MONEY, None)
                if cost <= left:
                    return False  # one affordable participant is enough: there may be very many to try
        return found

    @cached_property
    def _agencies(self) -> frozenset[str | None]:
        return frozenset(group.agency for group in self.scenario.groups)

    @cached_property
    def _not_final(self) -> dict[str | None, list[tuple[Group, Programme]]]:
        """Groups and programmes of which more people would close a gap: by agency, and under None for all."""
        found: dict[str | None, list[tuple[Group, Programme]]] = {None: []}
        for name, programme in self.open_gaps.not_final:
            group = self.scenario.group[name]
            for agency in {None, group.agency}:
                found.setdefault(agency, []).append((group, self.scenario.programme[programme]))
        return found

    def _pays_some(self, fund: Fund, group: Group, programme: Programme) -> bool:
        """Return whether the fund may pay anything of the programme for participants of the group."""
        if programme.id in fund.seats:
            return True
        people = (fund.id in self._funding.payers(programme, i, group) for i in programme.items("participant"))
        fixed = (i for per in ("class", "programme") for i in programme.items(per))
        return any(people) or any(fund.id in self._funding.payers(programme, i, None) for i in fixed)

    @cached_property
    def _with_money(self) -> dict[str, Fund]:
        """Funds that keep something."""
        spent = self.measures.cost_by_fund
        return {fund.id: fund for fund in self.scenario.funds if fund.amount > spent[fund.id]}

    @cached_property
    def _with_free_seats(self) -> frozenset[str]:
        """Programmes in which some fund gives seats."""
        return frozenset(p for fund in self.scenario.funds for p, number in fund.seats.items() if number)

    def _part_of(self, fund: Fund, group: Group, programme: Programme, *, alone: bool) -> int | None:
        """Return the least, over all years, that the fund may pay of one participant, or, `alone`, that no other fund
        with money left may pay [rupiah]; None where it may pay for no such seat.

        Where free seats might cover the items, they count nothing.
        """
        payers = [(i, self._funding.payers(programme, i, group)) for i in programme.items("participant")]
        payable = [(item, others) for item, others in payers if fund.id in others]
        if not payable:
            return None
        if programme.id in self._with_free_seats:
            return 0
        rich = self._with_money.keys() - {fund.id} if alone else set()
        due = [item for item, others in payable if not rich.intersection(others)]
        return min(sum(item.unit_cost(group, year) for item in due) for year in self.scenario.price_year.values())

    def _may_pay(self, fund: Fund, row: Payment) -> bool:
        """Return whether the fund may pay for what a payment that is still to be made is for."""
        if row.actual:
            return False
        if row.programme is None:
            return fund.id in self._funding.payers_of(OneOff(None, row.group, row.item, row.account))
        programme = self.scenario.programme[row.programme]
        group = None if row.group is None else self.scenario.group[row.group]
        items = (i for i in programme.costs if (i.item, i.account) == (row.item, row.account))
        same = [i for i in items if (i.per == "participant") == (group is not None)]
        return all(fund.id in self._funding.payers(programme, item, group) for item in same)

    def _limits(self, fund: Fund, row: Payment) -> Iterator[FundLimit]:
        """Yield the limits that a step of a payment, moved to the fund, would break."""
        measures, place = self.measures, self.scenario.place_of_period[row.period]
        if fund.conditional and not measures.cost_by_fund[fund.id] and not measures.seats_by_fund[fund.id]:
            yield FundLimit.USE
        if fund.max_share < 1 and row.programme is not None:
            paid = measures.cost_by_programme_and_fund.get((row.programme, fund.id), 0)
            if paid + self._step(row) > ceil(fund.max_share * measures.cost_by_programme[row.programme]):
                yield FundLimit.SHARE
        limits = (limit for limit in spending_limits(self.scenario, fund) if limit.holds(place))
        if any(measures.spent_within(fund, limit) >= limit.most for limit in limits):
            yield FundLimit.RELEASED
        if fund.match is not None and row.programme is not None:
            other = self._for_programmes.get(fund.match.with_, 0) - self._step(row) * (row.fund == fund.match.with_)
            if self._for_programmes.get(fund.id, 0) + self._step(row) > ceil(fund.match.ratio * other):
                yield FundLimit.MATCH
        if any(self._breaks(number, fund, row) for number in range(len(self._rules))):
            yield FundLimit.RULE

    def _breaks(self, number: int, fund: Fund, row: Payment) -> bool:
        """Return whether a step of a payment, moved to the fund, would break a rule on cost."""
        counted = self._rules[number]
        change, rule = (fund.id in counted.funds) - (row.fund in counted.funds), counted.rule
        if not change or not counted.selects(row.cell):
            return False
        bound = rule.at_most if change > 0 else rule.at_least
        if bound is None:
            return False
        for of in counted.units.holding(row.programme, row.group):
            paid, whole = self._sums_of_rules.get((number, of), (0, 0))
            limit = bound.value * whole if bound.is_share else bound.value
            upper, lower = (ceil(limit), floor(limit)) if bound.is_share else (floor(limit), ceil(limit))
            if paid + self._step(row) > upper if change > 0 else paid - self._step(row) < lower:
                return True
        return False

    def _step(self, row: Payment) -> int:
        """Return the least by which a fund could pay more: one rupiah, or what divided costs are rounded to, or a whole
        unit where that is less [rupiah]."""
        round_to = self.scenario.scenario.round_to
        return 1 if round_to is None else min(round_to, max(1, self._unit(row)))

    @cached_property
    def _sums_of_rules(self) -> dict[tuple[int, object], tuple[int, int]]:
        """The amounts that each rule on cost counts, and to which its shares refer, by rule and unit [rupiah]."""
        sums: dict[tuple[int, object], tuple[int, int]] = {}
        for number, counted in enumerate(self._rules):
            for row in self.measures.plan.payments:
                paid = row.amount if row.fund in counted.funds and counted.selects(row.cell) else 0
                whole = row.amount if counted.in_whole(row.cell) else 0
                for of in counted.units.holding(row.programme, row.group):
                    before = sums.get((number, of), (0, 0))
                    sums[number, of] = before[0] + paid, before[1] + whole
        return sums

    def _unit(self, row: Payment) -> int:
        """Return what one person, class or item of a payment costs; for other costs the amount paid [rupiah]."""
        if row.programme is None:
            return row.amount
        group = None if row.group is None else self.scenario.group[row.group]
        year = self.scenario.price_year[row.period]
        costs = [
            item.unit_cost(group, year)
            for item in self.scenario.programme[row.programme].costs
            if (item.item, item.account, item.per == "participant") == (row.item, row.account, group is not None)
        ]
        return min([*costs, row.amount])

    @cached_property
    def _funding(self) -> Funding:
        return self.scenario.funding

    @cached_property
    def _rules(self) -> list[CostFilter]:
        """The hard rules on cost."""
        return [self._funding.counted(rule) for rule in self.scenario.rules if rule.measure == "cost" and rule.hard]

    @cached_property
    def _for_programmes(self) -> dict[str, int]:
        """What each fund pays except for socialization and agreements, which no match counts [rupiah]."""
        rows = (row for row in self.measures.plan.payments if row.programme is not None)
        return summed(rows, lambda row: row.fund, lambda row: row.amount)
