"""Exact sums over a plan: who pays what, who is trained, what is closed.

Money and people are summed as int and gaps as `Fraction`; every figure of a report, a table or a
comparison comes from here, so that the same question has the same answer everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.chances import Chances, chances
from planner.domain.fund_limits import SpendingLimit
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.running import days_of, run_of
from planner.domain.scenario import Scenario
from planner.payments.apportionment import apportioned
from planner.payments.payment import Payment
from planner.plans.coverage import Coverage, GroupCost
from planner.plans.fund_measures import FundYear, left_in_year, limits_by_end, spent_within, years_of_fund
from planner.plans.plan import Plan
from planner.plans.plan_rows import Allocation, Classes, Closing, Seats
from planner.plans.years import YearOfPlan, years_of_plan


def summed[R, K: Hashable](rows: Iterable[R], key: Callable[[R], K], amount: Callable[[R], int]) -> dict[K, int]:
    """Return the sum of `amount` over the rows of each key, in the order in which keys appear."""
    sums: dict[K, int] = defaultdict(int)
    for row in rows:
        sums[key(row)] += amount(row)
    return dict(sums)


def _amount(payment: Payment) -> int:
    return payment.amount


def _people(row: Allocation | Classes) -> int:
    return row.participants


@dataclass(frozen=True)
class Measures:
    """Sums over one plan of one scenario. Mappings follow the order of the scenario and include zeros."""

    scenario: Scenario
    plan: Plan

    # Money [rupiah]

    @cached_property
    def cost_by_fund(self) -> dict[str, int]:
        return self._in_order(self.scenario.fund, summed(self.plan.payments, lambda p: p.fund, _amount))

    @cached_property
    def cost_by_programme(self) -> dict[str, int]:
        """Per programme; socialization and agreements belong to none."""
        paid = summed((p for p in self.plan.payments if p.programme), lambda p: str(p.programme), _amount)
        return self._in_order(self.scenario.programme, paid)

    @cached_property
    def cost_by_programme_and_fund(self) -> dict[tuple[str | None, str], int]:
        """Per (programme, fund); programme None stands for socialization and agreements."""
        return summed(self.plan.payments, lambda p: (p.programme, p.fund), _amount)

    @cached_property
    def cost_by_account(self) -> dict[tuple[str | None, str], int]:
        """Per (account, item), by account code; items without a code come last."""
        paid = summed(self.plan.payments, lambda p: (p.account, p.item), _amount)
        return dict(sorted(paid.items(), key=lambda entry: (entry[0][0] is None, entry[0][0] or "", entry[0][1])))

    @cached_property
    def cost_by_fund_and_year(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.payments, lambda p: (p.fund, self.scenario.year_of[p.period]), _amount)

    @cached_property
    def cost_by_year(self) -> dict[str, int]:
        paid = summed(self.plan.payments, lambda p: self.scenario.year_of[p.period], _amount)
        return {year: paid.get(year, 0) for year in self.scenario.years}

    @cached_property
    def own_cost_by_year(self) -> dict[str, int]:
        """What own funds pay in each year."""
        own = [fund.id for fund in self.scenario.funds if fund.own]
        return {y: sum(self.cost_by_fund_and_year.get((f, y), 0) for f in own) for y in self.scenario.years}

    @cached_property
    def cost_by_fund_and_period(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.payments, lambda p: (p.fund, p.period), _amount)

    @cached_property
    def cost_by_group(self) -> dict[str, GroupCost]:
        """Per group: direct costs, and a part of each programme's class and programme items.

        The part is by participants, in whole rupiah by largest remainder, so that the sum over
        groups and the costs of no programme is the total cost to the rupiah.
        """
        direct = summed((p for p in self.plan.payments if p.group), lambda p: str(p.group), _amount)
        common = summed(
            (p for p in self.plan.payments if p.group is None and p.programme), lambda p: str(p.programme), _amount
        )
        people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in self.plan.allocations:
            people[row.programme][row.group] += row.participants
        shared: dict[str, int] = defaultdict(int)
        for programme, amount in common.items():
            for group, part in apportioned(amount, people[programme]).items():
                shared[group] += part
        return {g: GroupCost(direct.get(g, 0), shared.get(g, 0)) for g in self.scenario.group}

    @cached_property
    def agreement_cost(self) -> int:
        """What agreements with partners cost; it belongs to no group and no programme."""
        return sum(p.amount for p in self.plan.payments if p.programme is None and p.group is None)

    @cached_property
    def socialization_cost(self) -> int:
        return sum(p.amount for p in self.plan.payments if p.programme is None and p.group is not None)

    def left_in_year(self, fund: Fund, year: str) -> int:
        return left_in_year(self.scenario, self.cost_by_fund_and_period, fund, year)

    def years_of_fund(self, fund: Fund) -> list[FundYear]:
        return years_of_fund(self.scenario, self.cost_by_fund_and_period, fund)

    def spent_within(self, fund: Fund, limit: SpendingLimit) -> int:
        return spent_within(self.scenario, self.cost_by_fund_and_period, fund, limit)

    def released(self, fund: Fund) -> list[tuple[str, int, int]]:
        """Return (period, most that may be spent by its end, spent by its end) for the periods of the horizon.

        Both count from the first period, or from the first of the year where what is left of a year lapses.
        """
        return [(t, limit.most, self.spent_within(fund, limit)) for t, limit in limits_by_end(self.scenario, fund)]

    # People, classes, hours

    @cached_property
    def participants(self) -> int:
        """Participations: a person in two programmes counts twice."""
        return sum(row.participants for row in self.plan.allocations)

    @cached_property
    def participants_by_programme(self) -> dict[str, int]:
        return self._in_order(self.scenario.programme, summed(self.plan.allocations, lambda a: a.programme, _people))

    @cached_property
    def participants_by_group(self) -> dict[str, int]:
        return self._in_order(self.scenario.group, summed(self.plan.allocations, lambda a: a.group, _people))

    @cached_property
    def participants_by_period(self) -> dict[str, int]:
        people = summed(self.plan.allocations, lambda a: a.period, _people)
        return {period: people.get(period, 0) for period in self.scenario.horizon}

    @cached_property
    def participants_by_programme_and_period(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.allocations, lambda a: (a.programme, a.period), _people)

    @cached_property
    def participants_by_group_and_programme(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.allocations, lambda a: (a.group, a.programme), _people)

    @cached_property
    def participants_by_group_and_period(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.allocations, lambda a: (a.group, a.period), _people)

    @cached_property
    def allocations_by_group(self) -> dict[str, list[Allocation]]:
        rows: dict[str, list[Allocation]] = {group: [] for group in self.scenario.group}
        for row in self.plan.allocations:
            rows[row.group].append(row)
        return rows

    @cached_property
    def classes(self) -> int:
        return sum(row.classes for row in self.plan.classes)

    @cached_property
    def classes_by_programme(self) -> dict[str, int]:
        held = summed(self.plan.classes, lambda c: c.programme, lambda c: c.classes)
        return self._in_order(self.scenario.programme, held)

    @cached_property
    def classes_by_programme_and_period(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.classes, lambda c: (c.programme, c.period), lambda c: c.classes)

    @cached_property
    def classes_by_period(self) -> dict[str, int]:
        held = summed(self.plan.classes, lambda c: c.period, lambda c: c.classes)
        return {period: held.get(period, 0) for period in self.scenario.horizon}

    @cached_property
    def running(self) -> tuple[str, ...]:
        """Ids of the programmes that have participants, in file order."""
        return tuple(programme for programme, people in self.participants_by_programme.items() if people)

    @cached_property
    def seats_by_fund_and_programme(self) -> dict[tuple[str, str], int]:
        return summed(self.plan.seats, lambda s: (s.fund, s.programme), lambda s: s.seats)

    @cached_property
    def seats_by_fund(self) -> dict[str, int]:
        def given(row: Seats) -> int:
            return row.seats

        return self._in_order(self.scenario.fund, summed(self.plan.seats, lambda s: s.fund, given))

    @cached_property
    def days_by_group_and_period(self) -> dict[tuple[str, str], Fraction]:
        """Person-days in class of a group in a period: sum of days x participants of the runs in it."""
        days: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        spread = {programme.id: days_of(self.scenario, programme) for programme in self.scenario.programmes}
        for row in self.plan.allocations:
            run = run_of(self.scenario, self.scenario.programme[row.programme], row.period)
            for period, each in zip(run, spread[row.programme], strict=True):
                if each:
                    days[row.group, period] += each * row.participants
        return dict(days)

    @cached_property
    def hours_by_group(self) -> dict[str, Fraction]:
        """sum of hours_p x participants [JP]."""
        hours: dict[str, Fraction] = {group: Fraction(0) for group in self.scenario.group}
        for row in self.plan.allocations:
            hours[row.group] += self.scenario.programme[row.programme].hours * row.participants
        return hours

    @cached_property
    def headcount(self) -> int:
        return sum(group.headcount for group in self.scenario.groups)

    @cached_property
    def hours_per_person(self) -> Fraction:
        """JP given / headcount of all groups, in a year on average [JP per person and year]."""
        hours = sum(self.hours_by_group.values(), Fraction(0))
        return hours / self.headcount / len(self.scenario.years) if self.headcount else Fraction(0)

    def hours_per_person_of(self, group: Group) -> Fraction:
        """Return JP given to the group / its headcount, in a year on average [JP per person and year]."""
        hours = self.hours_by_group[group.id]
        return hours / group.headcount / len(self.scenario.years) if group.headcount else Fraction(0)

    # Gaps

    @cached_property
    def coverage(self) -> Coverage:
        return Coverage(self.plan.total_need, self.plan.gaps_closed)

    @cached_property
    def years(self) -> tuple[YearOfPlan, ...]:
        """Gaps year by year, of a plan of several years."""
        return years_of_plan(self.scenario, self.plan)

    @cached_property
    def coverage_by_group(self) -> dict[str, Coverage]:
        return self.coverage_by(lambda closing: closing.group, self.scenario.group)

    @cached_property
    def coverage_by_competency(self) -> dict[str, Coverage]:
        return self.coverage_by(lambda closing: closing.competency, self.scenario.competency)

    @cached_property
    def coverage_by_agency(self) -> dict[str | None, Coverage]:
        """By agency, in the order in which groups name them; None for groups without one."""
        group = self.scenario.group
        return self.coverage_by(lambda closing: group[closing.group].agency, self.agencies)

    @cached_property
    def agencies(self) -> dict[str | None, list[Group]]:
        """The groups of each agency, in file order; groups without an agency come last."""
        rows: dict[str | None, list[Group]] = defaultdict(list)
        for group in sorted(self.scenario.groups, key=lambda group: group.agency is None):
            rows[group.agency].append(group)
        return dict(rows)

    @cached_property
    def chances(self) -> Chances:
        """Whose gap has its chance in which programme, for all seats of the plan [people]."""
        people = {(row.group, row.programme, row.period): row.participants for row in self.plan.allocations}
        return chances(self.scenario, people, frozenset(self.plan.socialized))

    @cached_property
    def closings_by_group(self) -> dict[str, list[Closing]]:
        rows: dict[str, list[Closing]] = {group: [] for group in self.scenario.group}
        for closing in self.plan.closings:
            rows[closing.group].append(closing)
        return rows

    def coverage_by[K: Hashable](self, key: Callable[[Closing], K], order: Iterable[K] = ()) -> dict[K, Coverage]:
        """Return need and closed summed over the closings of each key; keys of `order` come first, with zeros if need
        be."""
        need: dict[K, int] = dict.fromkeys(order, 0)
        closed: dict[K, list[Fraction]] = {k: [] for k in need}
        for closing in self.plan.closings:
            bucket = key(closing)
            need[bucket] = need.get(bucket, 0) + closing.need
            closed.setdefault(bucket, []).append(closing.closed)
        return {k: Coverage(need[k], _fraction_sum(closed[k])) for k in need}

    @staticmethod
    def _in_order(order: Mapping[str, object], sums: Mapping[str, int]) -> dict[str, int]:
        return {key: sums.get(key, 0) for key in order}


def _fraction_sum(values: list[Fraction]) -> Fraction:
    """Return the exact sum; per denominator first, since adding unlike fractions one by one is slow."""
    numerators: dict[int, int] = defaultdict(int)
    for value in values:
        numerators[value.denominator] += value.numerator
    return sum((Fraction(top, bottom) for bottom, top in numerators.items()), Fraction(0))
