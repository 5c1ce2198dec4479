"""What of a plan is nested, and the rules by which another plan is contained in it or contains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from planner.analysis.plans.moves import classes_of, seats_of
from planner.analysis.scenarios.variants import unique_rule_name
from planner.domain.rules import Limit, Measure, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import FundSelector, GroupSelector, ProgrammeSelector
from planner.plans.plan import Plan


@dataclass(frozen=True)
class NestedPart:
    """The part of a plan that must be contained in the plan for the next larger budget: all that a list prints."""

    classes: Mapping[tuple[str, str], int]
    """Classes of (programme, period)."""
    seats: Mapping[tuple[str, str, str], int]
    """Participants of (group, programme, period) [people]."""
    paid_by: Mapping[str, int]
    """What each fund pays [rupiah]."""
    paid_for: Mapping[str, int]
    """What each programme costs [rupiah]."""

    def contains(self, other: NestedPart) -> bool:
        """Return whether this part contains all of `other`."""
        return (
            _within(other.classes, self.classes)
            and _within(other.seats, self.seats)
            and _within(other.paid_by, self.paid_by)
            and _within(other.paid_for, self.paid_for)
        )

    def people(self, scenario: Scenario) -> dict[tuple[str, str], int]:
        """Return the participants of (programme, period), for programmes without classes [people]."""
        found: dict[tuple[str, str], int] = {}
        for (_group, programme, period), number in self.seats.items():
            if scenario.programme[programme].class_size is None:
                found[programme, period] = found.get((programme, period), 0) + number
        return found


NOTHING: Final = NestedPart({}, {}, {}, {})
"""The part of a plan without anything."""


def _within[K](small: Mapping[K, int], large: Mapping[K, int]) -> bool:
    return all(number <= large.get(key, 0) for key, number in small.items())


def nested_part(plan: Plan) -> NestedPart:
    """Return the part of `plan` that is nested."""
    paid_by: dict[str, int] = {}
    paid_for: dict[str, int] = {}
    for payment in plan.payments:
        paid_by[payment.fund] = paid_by.get(payment.fund, 0) + payment.amount
        if payment.programme is not None:
            paid_for[payment.programme] = paid_for.get(payment.programme, 0) + payment.amount
    return NestedPart(classes_of(plan), seats_of(plan), paid_by, paid_for)


class Nesting:
    """The rules that bound plans of a scenario by the nested part of another plan."""

    def __init__(self, scenario: Scenario, part: NestedPart) -> None:
        self.scenario, self.part = scenario, part

    def at_most(self) -> Iterator[Rule]:
        """Yield the rules that a plan has nothing that the part does not have."""
        scenario, part = self.scenario, self.part
        for programme in scenario.programmes:
            held = {t for _group, p, t in part.seats if p == programme.id}
            idle = tuple(t for t in scenario.periods_of(programme) if t not in held)
            if idle:
                yield self._rule("participants", "at_most", 0, programme=programme.id, periods=idle)
                if programme.class_size is not None:
                    yield self._rule("classes", "at_most", 0, programme=programme.id, periods=idle)
            for period in scenario.periods_of(programme):
                if period in held:
                    yield from self._in_period(programme.id, period)
        for fund in scenario.funds:
            spent = part.paid_by.get(fund.id, 0)
            if spent < fund.amount:
                yield self._rule("cost", "at_most", spent, fund=fund.id)
        for programme_id in self._with_free_seats():
            yield self._rule("cost", "at_most", part.paid_for.get(programme_id, 0), programme=programme_id)

    def _in_period(self, programme: str, period: str) -> Iterator[Rule]:
        there = {g: n for (g, p, t), n in self.part.seats.items() if (p, t) == (programme, period)}
        others = tuple(group.id for group in self.scenario.groups if group.id not in there)
        if others:
            yield self._rule(
                "participants", "at_most", 0, programme=programme, periods=(period,), groups=others, name="others"
            )
        for group, number in there.items():
            yield self._rule(
                "participants", "at_most", number, programme=programme, periods=(period,), groups=(group,), name=group
            )
        if self.scenario.programme[programme].class_size is not None:
            number = self.part.classes.get((programme, period), 0)
            yield self._rule("classes", "at_most", number, programme=programme, periods=(period,))

    def at_least(self) -> Iterator[Rule]:
        """Yield the rules that a plan has all that the part has."""
        part = self.part
        for (group, programme, period), number in part.seats.items():
            yield self._rule(
                "participants", "at_least", number, programme=programme, periods=(period,), groups=(group,), name=group
            )
        for (programme, period), number in part.classes.items():
            yield self._rule("classes", "at_least", number, programme=programme, periods=(period,))
        for fund, amount in part.paid_by.items():
            if amount:
                yield self._rule("cost", "at_least", amount, fund=fund)
        for programme in self._with_free_seats():
            if amount := part.paid_for.get(programme, 0):
                yield self._rule("cost", "at_least", amount, programme=programme)

    def _with_free_seats(self) -> list[str]:
        """Return the programmes with free seats: they may cost more with fewer people, if fewer of them are free.

        The cost of other programmes follows from participants and classes.
        """
        return [p.id for p in self.scenario.programmes if any(fund.seats.get(p.id) for fund in self.scenario.funds)]

    def _rule(
        self,
        measure: Measure,
        side: Literal["at_least", "at_most"],
        number: int,
        *,
        programme: str | None = None,
        fund: str | None = None,
        groups: tuple[str, ...] | None = None,
        periods: tuple[str, ...] | None = None,
        name: str = "",
    ) -> Rule:
        where = Where(
            programmes=None if programme is None else ProgrammeSelector(id=(programme,)),
            groups=None if groups is None else GroupSelector(id=groups),
            funds=None if fund is None else FundSelector(id=(fund,)),
            periods=periods,
        )
        words = " / ".join((measure, programme or "", fund or "", name, *(periods or ())))
        limit = Limit(value=Fraction(number), is_share=False)
        unique = unique_rule_name(self.scenario, words)
        return Rule.model_validate({"name": unique, "measure": measure, "where": where, side: limit})
