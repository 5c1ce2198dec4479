"""What the planner's rules measure in a plan, exactly, and whether they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from planner.domain.cells import Cell
from planner.domain.decisions import Decisions
from planner.domain.rule_units import RuleUnits, Unit
from planner.domain.rule_years import Periods, ends_counted, periods_measured, periods_of_base, year_of_need
from planner.domain.rules import Limit, Rule, Where
from planner.domain.running import hours_counted
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.closings import closings
from planner.plans.plan_rows import Closing, RuleResult

Part = tuple[str | None, str | None, Fraction | int]
"""Programme, group and amount of a part of a measure."""

Amounts = dict[Unit, Fraction | int]
"""Sums by unit; units with a sum of 0 are left out."""


def rule_results(
    scenario: Scenario, decisions: Decisions, payments: Sequence[Payment], closed: Sequence[Closing]
) -> tuple[RuleResult, ...]:
    """Return each rule's measure and bounds in its own unit, and whether it holds; with `per` a result for each unit.

    Of programmes, only those that run are bound.
    """
    found = MeasuredRules(scenario, decisions, payments, closed)
    return tuple(result for rule in scenario.rules for result in found.results(rule))


def penalty(scenario: Scenario, results: Sequence[RuleResult]) -> Fraction:
    """Return weighted gaps that missed soft rules cost: sum of penalty x units missed."""
    prices = {rule.name: rule.penalty for rule in scenario.rules}
    lost = Fraction(0)
    for result in results:
        price = prices[result.rule]
        if result.at_least is not None:
            lost += price * max(Fraction(0), result.at_least - result.measure)
        if result.at_most is not None:
            lost += price * max(Fraction(0), result.measure - result.at_most)
    return lost


def breaks_a_limit(
    scenario: Scenario,
    decisions: Decisions,
    payments: Sequence[Payment],
    closed: Sequence[Closing],
    results: Sequence[RuleResult],
) -> bool:
    """Return whether a hard rule is broken; an upper limit that facts alone exceed is broken only by what is added to
    them."""
    hard = {rule.name: rule for rule in scenario.rules if rule.hard}
    broken = [result for result in results if result.rule in hard and not result.held]
    if not broken or not scenario.facts:
        return bool(broken)
    if any(result.at_least is not None and result.measure < result.at_least for result in broken):
        return True
    facts = scenario.facts
    made = [row for row in payments if row.actual]
    known = tuple(
        Closing(row.group, row.competency, row.need, facts.closed.get((row.group, row.competency), Fraction(0)))
        for row in closed
    )
    before = MeasuredRules(scenario, facts.decisions, made, known)
    for result in broken:
        rule = hard[result.rule]
        measured, whole = before.amounts(rule)
        done, high = measured.get(result.of, 0), most(rule, whole.get(result.of, 0))
        if high is None or done <= high or result.measure > done:
            return True
    return False


class MeasuredRules:
    """What the rules measure in one plan."""

    def __init__(
        self, scenario: Scenario, decisions: Decisions, payments: Sequence[Payment], closed: Sequence[Closing]
    ) -> None:
        self.scenario, self.decisions, self.payments, self.closed = scenario, decisions, payments, closed
        self.running = {p for _g, p, _t in decisions.participants} | scenario.facts.ran

    @cached_property
    def _paid(self) -> list[tuple[Payment, Cell]]:
        """The payments with what each is for: every rule about cost asks."""
        return [(row, row.cell) for row in self.payments]

    def results(self, rule: Rule) -> Iterator[RuleResult]:
        """Yield the result of each unit of a rule, in file order."""
        measured, whole = self.amounts(rule)
        for of in RuleUnits(self.scenario, rule).all:
            if rule.per == "programme" and of not in self.running:
                continue
            value = Fraction(measured.get(of, 0))
            low = _bound(rule, rule.at_least, whole.get(of, 0), floor)
            high = most(rule, whole.get(of, 0))
            held = (low is None or value >= low) and (high is None or value <= high)
            yield RuleResult(rule.name, value, low, high, held, of)

    def amounts(self, rule: Rule) -> tuple[Amounts, Amounts]:
        """Return what a rule measures and what its shares refer to, by unit; the latter is empty without shares."""
        units = RuleUnits(self.scenario, rule)
        measured = _summed(units, self._parts(rule, rule.where, periods_measured(self.scenario, rule)))
        return measured, _summed(units, self._base(rule)) if rule.has_share else {}

    def _base(self, rule: Rule) -> Iterable[Part]:
        """Return what the shares of a rule refer to: the measure without `where`, the need selected, or programmes'
        costs."""
        if rule.measure == "gaps_closed":
            until, groups = year_of_need(rule), self.scenario.group
            rows = self._closings(rule.where, self.closed)
            return ((None, row.group, groups[row.group].needs_by(until).get(row.competency, 0)) for row in rows)
        if rule.measure == "cost":
            counted = self.scenario.funding.counted(rule)
            return ((row.programme, row.group, row.amount) for row, cell in self._paid if counted.in_whole(cell))
        return self._parts(rule, Where(), periods_of_base(self.scenario, rule))

    def _parts(self, rule: Rule, where: Where, within: Periods) -> Iterator[Part]:
        """Yield what a rule measures where `where` selects, in some periods."""
        scenario = self.scenario
        if rule.measure == "cost":
            counted = scenario.funding.counted(rule)
            for row, cell in self._paid:
                if row.fund in counted.funds and counted.selects(cell):
                    yield row.programme, row.group, row.amount
            return
        if rule.measure == "gaps_closed":
            for until, sign in ends_counted(scenario, rule):
                rows = self.closed if until is None else closings(scenario, self.decisions, until)
                yield from ((None, row.group, sign * row.closed) for row in self._closings(where, rows))
            return
        chosen = scenario.programmes_in(where.programmes) if where.programmes else scenario.programmes
        programmes = {p.id for p in chosen}
        periods = set(scenario.horizon if within is None else within)
        if rule.measure == "classes":
            for (p, t), n in self.decisions.classes.items():
                if p in programmes and t in periods:
                    yield p, None, n
            return
        groups = {g.id for g in (scenario.groups_in(where.groups) if where.groups else scenario.groups)}
        hours: dict[str, dict[str, Fraction]] = {}
        for (g, p, t), n in self.decisions.participants.items():
            if g not in groups or p not in programmes:
                continue
            if rule.measure == "participants":
                if t in periods:
                    yield p, g, n
                continue
            if p not in hours:
                hours[p] = dict(hours_counted(scenario, scenario.programme[p], within))
            yield p, g, n * hours[p].get(t, Fraction(0))

    def _closings(self, where: Where, rows: Sequence[Closing]) -> list[Closing]:
        scenario = self.scenario
        groups = {g.id for g in (scenario.groups_in(where.groups) if where.groups else scenario.groups)}
        chosen = scenario.competencies_in(where.competencies) if where.competencies else scenario.competencies
        competencies = {c.id for c in chosen}
        return [row for row in rows if row.group in groups and row.competency in competencies]


def most(rule: Rule, whole: Fraction | int) -> Fraction | None:
    """Return the upper bound in the unit of the measure, where shares refer to `whole`; None where there is none."""
    return _bound(rule, rule.at_most, whole, ceil)


def _summed(units: RuleUnits, parts: Iterable[Part]) -> Amounts:
    sums: Amounts = {}
    for programme, group, amount in parts:
        for of in units.holding(programme, group):
            sums[of] = sums.get(of, 0) + amount
    return sums


def _bound(
    rule: Rule, limit: Limit | None, whole: Fraction | int, rounded: Callable[[Fraction], int]
) -> Fraction | None:
    """Return a bound in the unit of the measure; a share becomes a number, `rounded` to whole rupiah if it is of
    cost."""
    if limit is None or not limit.is_share:
        return None if limit is None else limit.value
    return Fraction(rounded(limit.value * whole)) if rule.measure == "cost" else limit.value * whole
