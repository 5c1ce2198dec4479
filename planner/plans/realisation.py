"""What was planned, what happened, and what is left: by programme, fund and account; and how the rest changes.

`before` is the first plan, made before anything had happened; where it is not known, its figures are None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from planner.domain.chances import chances
from planner.domain.running import year_of_end
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.plan import Plan
from planner.units.said import nearest

Reason = Literal["gaps_more", "gaps_fewer", "money_more", "money_less", "limits", "others"]
"""Why the rest differs: more or fewer gaps are open, more or less money is left, limits have been raised to the facts,
or people and money go where they close more."""


@dataclass(frozen=True, slots=True)
class MoneyProgress:
    """Money of one programme, fund or account [rupiah]."""

    key: str
    """Its id, or the account code; empty for what belongs to none."""
    planned: int | None
    """Planned by the first plan over the whole horizon."""
    planned_until_now: int | None
    """Planned by the first plan in the periods that are over."""
    actual: int
    """Paid until now."""
    rest: int
    """Still to be paid, by the plan of what is left."""

    @property
    def total(self) -> int:
        return self.actual + self.rest

    @property
    def absorption(self) -> Fraction | None:
        """actual / planned until now [0-1]; None where nothing was planned."""
        return Fraction(self.actual, self.planned_until_now) if self.planned_until_now else None


@dataclass(frozen=True, slots=True)
class Training:
    """People and classes of one programme."""

    programme: str
    planned: int | None
    """Participants of the first plan in the periods that are over [people]."""
    actual: int
    rest: int
    classes_planned: int | None
    classes_actual: int
    classes_rest: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A programme that closed fewer gaps than expected, as measured."""

    programme: str
    expected: Fraction
    """Gaps that the measured participants should have closed [people]."""
    closed: Fraction
    measured: Fraction
    """Participants who were measured, as a share of all who attended."""
    paid: int
    """Paid until now for the programme [rupiah]."""

    @property
    def lost(self) -> int:
        """paid x measured x (1 - closed / expected) [rupiah]: who was not measured counts as expected."""
        return nearest(self.paid * self.measured * (1 - self.closed / self.expected))


@dataclass(frozen=True, slots=True)
class Change:
    """How a programme changes in the periods that are left, compared with the first plan."""

    programme: str
    classes_before: int
    classes: int
    participants_before: int
    participants: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Realisation:
    """Everything that a report says of plan, actual and rest."""

    programmes: tuple[MoneyProgress, ...]
    funds: tuple[MoneyProgress, ...]
    accounts: tuple[MoneyProgress, ...]
    training: tuple[Training, ...]
    shortfalls: tuple[Shortfall, ...]
    changes: tuple[Change, ...]
    """Empty where the first plan is not known."""


def realisation(scenario: Scenario, plan: Plan, before: Plan | None, breached: Iterable[str] = ()) -> Realisation:
    """Return the figures of `plan`, a plan of what is left; `breached` names programmes whose limits the facts
    exceed."""
    programmes = [p.id for p in scenario.programmes]
    accounts = sorted({row.account or "" for row in (*plan.payments, *(before.payments if before else ()))})
    return Realisation(
        programmes=tuple(_money(scenario, plan, before, [*programmes, ""], lambda row: row.programme or "")),
        funds=tuple(_money(scenario, plan, before, [f.id for f in scenario.funds], lambda row: row.fund)),
        accounts=tuple(_money(scenario, plan, before, accounts, lambda row: row.account or "")),
        training=tuple(_training(scenario, plan, before)),
        shortfalls=tuple(_shortfalls(scenario)),
        changes=() if before is None else tuple(_changes(scenario, plan, before, frozenset(breached))),
    )


def _money(
    scenario: Scenario, plan: Plan, before: Plan | None, keys: Sequence[str], key: Callable[[Payment], str]
) -> Iterator[MoneyProgress]:
    """Yield payments by key, for keys that have any."""
    over = scenario.facts.over
    actual, rest = (_by(key, (row for row in plan.payments if (row.period in over) == past)) for past in (True, False))
    planned = None if before is None else _by(key, before.payments)
    until_now = None if before is None else _by(key, (row for row in before.payments if row.period in over))
    for name in keys:
        row = MoneyProgress(
            name,
            None if planned is None else planned.get(name, 0),
            None if until_now is None else until_now.get(name, 0),
            actual.get(name, 0),
            rest.get(name, 0),
        )
        if row.planned or row.total:
            yield row


def _by(key: Callable[[Payment], str], rows: Iterable[Payment]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[key(row)] = found.get(key(row), 0) + row.amount
    return found


def _counted(rows: Iterable[Any], figure: str, periods: Sequence[str]) -> dict[str, int]:
    """Return a figure of rows in some periods, by programme."""
    found: dict[str, int] = {}
    for row in rows:
        if row.period in periods:
            found[row.programme] = found.get(row.programme, 0) + getattr(row, figure)
    return found


def _training(scenario: Scenario, plan: Plan, before: Plan | None) -> Iterator[Training]:
    over, rest = scenario.facts.over, scenario.facts.rest
    people = [_counted(plan.allocations, "participants", periods) for periods in (over, rest)]
    classes = [_counted(plan.classes, "classes", periods) for periods in (over, rest)]
    planned = None if before is None else _counted(before.allocations, "participants", over)
    held = None if before is None else _counted(before.classes, "classes", over)
    for p in (programme.id for programme in scenario.programmes):
        row = Training(
            p,
            None if planned is None else planned.get(p, 0),
            people[0].get(p, 0),
            people[1].get(p, 0),
            None if held is None else held.get(p, 0),
            classes[0].get(p, 0),
            classes[1].get(p, 0),
        )
        if row.planned or row.actual or row.rest or row.classes_actual:
            yield row


def _shortfalls(scenario: Scenario) -> Iterator[Shortfall]:
    """Yield programmes of which fewer gaps were closed than expected of their measured participants."""
    facts = scenario.facts
    for programme in scenario.programmes:
        expected = closed = Fraction(0)
        attended = [
            row for row in (scenario.actuals.attended if scenario.actuals else ()) if row.programme == programme.id
        ]
        for row in attended:
            for c, measured in row.measured.items():
                year = year_of_end(scenario, programme, row.period)
                gap = scenario.group[row.group].needs_by(year).get(c, 0)
                expected += programme.closes[c] * min(row.participants, gap)
                closed += min(measured, Fraction(gap))
        paid = sum(row.amount for row in facts.paid if row.programme == programme.id)
        if closed < expected:
            examined = sum(row.participants for row in attended if row.measured)
            share = Fraction(examined, sum(row.participants for row in attended))
            yield Shortfall(programme.id, expected, closed, share, paid)


def _changes(scenario: Scenario, plan: Plan, before: Plan, breached: frozenset[str]) -> Iterator[Change]:
    """Yield programmes whose classes or participants in the periods that are left differ from the first plan."""
    rest = scenario.facts.rest
    people = [_counted(each.allocations, "participants", rest) for each in (before, plan)]
    classes = [_counted(each.classes, "classes", rest) for each in (before, plan)]
    reasons = _Reasons(scenario, before, breached)
    for programme in scenario.programmes:
        p = programme.id
        figures = (classes[0].get(p, 0), classes[1].get(p, 0), people[0].get(p, 0), people[1].get(p, 0))
        if figures[:1] + figures[2:3] != figures[1:2] + figures[3:]:
            yield Change(p, *figures, reasons.of(p, figures[3] - figures[2]))


class _Reasons:
    """How the state at the end of the periods that are over differs from the first plan."""

    def __init__(self, scenario: Scenario, before: Plan, breached: frozenset[str]) -> None:
        self.scenario, self.breached = scenario, breached
        facts, over = scenario.facts, scenario.facts.over
        planned = {(r.group, r.programme, r.period): r.participants for r in before.allocations if r.period in over}
        plain = scenario.changed(actuals=None)
        tried = chances(plain, planned, before.socialized)
        expected: dict[tuple[str, str], Fraction] = {}
        for (g, p, c), number in tried.items():
            expected[g, c] = expected.get((g, c), Fraction(0)) + scenario.programme[p].closes[c] * number
        self.behind: dict[str, Fraction] = {}
        """Gaps open beyond those of the first plan, by competency; negative where fewer are open [people]."""
        for g, c in {*expected, *facts.closed}:
            less = expected.get((g, c), Fraction(0)) - facts.closed.get((g, c), Fraction(0))
            self.behind[c] = self.behind.get(c, Fraction(0)) + less
        self.more_money: Mapping[str, int] = {
            fund.id: sum(row.amount for row in before.payments if row.fund == fund.id and row.period in periods)
            - sum(row.amount for row in facts.paid if row.fund == fund.id and row.period in periods)
            for fund in scenario.funds
            for periods in [frozenset(facts.unlapsed(fund.id))]
        }
        """Money left beyond that of the first plan, by fund [rupiah]; what has lapsed with its year does not count."""

    def of(self, programme_id: str, difference: int) -> tuple[Reason, ...]:
        """Return what explains that `difference` more people take the programme; negative: fewer."""

        programme, funding = self.scenario.programme[programme_id], self.scenario.funding
        found: list[Reason] = []
        behind = sum((self.behind.get(c, Fraction(0)) for c in programme.closes), Fraction(0))
        if behind > 0 and difference > 0:
            found.append("gaps_more")
        if behind < 0 and difference < 0:
            found.append("gaps_fewer")
        money = sum(
            self.more_money[f] for f in {f for item in programme.costs for f in funding.payers(programme, item)}
        )
        if money > 0 and difference > 0:
            found.append("money_more")
        if money < 0 and difference < 0:
            found.append("money_less")
        if programme_id in self.breached and difference <= 0:
            found.append("limits")
        return tuple(found) or ("others",)
