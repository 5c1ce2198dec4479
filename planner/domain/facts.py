"""The facts of a scenario: what has happened already, as every part of the planner counts it.

Facts are not rules: they stand even where they break one. Where facts alone exceed an upper limit, the limit becomes
what the facts use, so that nothing may be added; lower limits stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.actuals import Actuals, Attended, Paid
from planner.domain.decisions import Decisions
from planner.domain.one_off import SOCIALIZATION, OneOff
from planner.domain.running import year_of_end

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario


Gap = tuple[str, str]
"""(group, competency)."""


@dataclass(frozen=True, eq=False)  # a scenario that holds it compares its fields, not this
class Facts:
    """What has happened in the periods that are over; everything is empty where a scenario has no actuals."""

    scenario: Scenario

    @cached_property
    def _actuals(self) -> Actuals | None:
        return self.scenario.actuals

    def __bool__(self) -> bool:
        return self._actuals is not None

    @cached_property
    def over(self) -> tuple[str, ...]:
        """The periods that are over."""
        if self._actuals is None:
            return ()
        return self.scenario.horizon[: self.scenario.place_of_period.get(self._actuals.through, -1) + 1]

    @cached_property
    def rest(self) -> tuple[str, ...]:
        """The periods that are still to be planned."""
        return self.scenario.horizon[len(self.over) :]

    @cached_property
    def participants(self) -> Mapping[tuple[str, str, str], int]:
        """People by (group, programme, period)."""
        rows = self._actuals.attended if self._actuals else ()
        return {(row.group, row.programme, row.period): row.participants for row in rows if row.participants}

    @cached_property
    def people(self) -> Mapping[tuple[str, str], int]:
        """People by (group, programme)."""
        found: dict[tuple[str, str], int] = {}
        for (g, p, _t), number in self.participants.items():
            found[g, p] = found.get((g, p), 0) + number
        return found

    @cached_property
    def decisions(self) -> Decisions:
        """What has happened, as the decisions of a plan that adds nothing."""
        return Decisions(self.participants, self.classes, self.socialized, self.seats)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Ids of the groups of which somebody has attended a programme."""
        return frozenset(g for g, _p, _t in self.participants)

    @cached_property
    def classes(self) -> Mapping[tuple[str, str], int]:
        """Classes by (programme, period)."""
        return {(row.programme, row.period): row.classes for row in self._rows("held") if row.classes}

    @cached_property
    def committed(self) -> Mapping[tuple[str, str], int]:
        """The fewest classes of later periods, by (programme, period)."""
        return {(row.programme, row.period): row.classes for row in self._rows("committed") if row.classes}

    @cached_property
    def seats(self) -> Mapping[tuple[str, str, str, str], int]:
        """Free seats by (fund, programme, group, period)."""
        rows = self._rows("seats")
        return {(row.fund, row.programme, row.group, row.period): row.seats for row in rows if row.seats}

    @cached_property
    def seats_given(self) -> Mapping[tuple[str, str], int]:
        """Free seats by (fund, programme)."""
        given: dict[tuple[str, str], int] = {}
        for (f, p, _g, _t), number in self.seats.items():
            given[f, p] = given.get((f, p), 0) + number
        return given

    @cached_property
    def paid(self) -> tuple[Paid, ...]:
        """Payments above 0 rupiah."""
        return tuple(row for row in self._rows("paid") if row.amount)

    @cached_property
    def spent(self) -> Mapping[str, int]:
        """What each fund has paid [rupiah]."""
        spent: dict[str, int] = {}
        for row in self.paid:
            spent[row.fund] = spent.get(row.fund, 0) + row.amount
        return spent

    def promised(self, programme: str) -> int:
        """Return the classes of a programme that are held or committed."""
        both = (*self.classes.items(), *self.committed.items())
        return sum(number for (p, _t), number in both if p == programme)

    @cached_property
    def spent_in(self) -> Mapping[tuple[str, str], int]:
        """What each fund has paid in each year, by (fund, year of the payment's period) [rupiah]."""
        spent: dict[tuple[str, str], int] = {}
        for row in self.paid:
            key = row.fund, self.scenario.year_of[row.period]
            spent[key] = spent.get(key, 0) + row.amount
        return spent

    def left(self, fund: str) -> int:
        """Return what a fund may still pay [rupiah]; 0 where it has paid more than it has.

        With amounts per year, what is left of a year that is over lapses, unless it is carried over.
        """
        return self._left[fund]

    @cached_property
    def _left(self) -> Mapping[str, int]:
        """What each fund may still pay: asked for every seat of every programme."""
        return {fund.id: self._left_of(fund.id) for fund in self.scenario.funds}

    def _left_of(self, fund: str) -> int:
        source = self.scenario.fund[fund]
        if not self or not source.amounts:
            return max(0, source.amount - self.spent.get(fund, 0))
        if source.carry_over:
            years = self.scenario.years if self.rest else ()
            return max(0, sum(source.amounts.get(year, 0) for year in years) - self.spent.get(fund, 0))
        open_years = dict.fromkeys(self.scenario.year_of[t] for t in self.rest)
        return sum(max(0, source.amounts.get(y, 0) - self.spent_in.get((fund, y), 0)) for y in open_years)

    def unlapsed(self, fund: str) -> tuple[str, ...]:
        """Return the periods that are over from which money not spent may still be spent."""
        source = self.scenario.fund[fund]
        if not source.amounts or source.carry_over:
            return self.over
        open_years = {self.scenario.year_of[t] for t in self.rest}
        return tuple(t for t in self.over if self.scenario.year_of[t] in open_years)

    @cached_property
    def ran(self) -> frozenset[str]:
        """Ids of the programmes that have run."""
        return frozenset(p for _g, p, _t in self.participants) | {p for p, _t in self.classes}

    @cached_property
    def settled(self) -> frozenset[OneOff]:
        """One-off costs with a known payment, even of 0 rupiah: they are not due again."""
        return frozenset(OneOff(row.programme, row.group, row.item, row.account) for row in self._rows("paid"))

    @cached_property
    def socialized(self) -> frozenset[str]:
        """Groups whose socialization was paid: their uptake is already the raised one."""
        rows = self._rows("paid")
        named = {row.group for row in rows if row.programme is None and row.item == SOCIALIZATION}
        return frozenset(group.id for group in self.scenario.groups if group.id in named and group.persuadable)

    def is_settled(self, one_off: OneOff) -> bool:
        """Return whether a one-off cost is not due again; the account of a socialization or an agreement does not
        matter."""
        if one_off in self.settled:
            return True
        if one_off.programme is not None:
            return False
        return any(known[:3] == one_off[:3] for known in self.settled)

    def measured_by(self, until: str | None = None) -> Mapping[tuple[str, str], Fraction]:
        """Return the gaps closed by (group, competency) as measured by the end of a year, or of the plan [people].

        They count in the year in which the course ends, are added up, and are at the end of each year at most the gap
        that exists then.
        """
        return self._measured[until or self.scenario.years[-1]]

    def chances_by(self, until: str | None = None) -> Mapping[tuple[str, str], int]:
        """Return the chances by (group, competency) that measured participants used by the end of a year or the plan
        [people].

        All participants with a measurement count, in the years and up to the gaps of `measured_by`.
        """
        return self._chances[until or self.scenario.years[-1]]

    @property
    def measured(self) -> Mapping[tuple[str, str], Fraction]:
        """Gaps closed by (group, competency) as measured by the end of the plan, at most the gap [people]."""
        return self.measured_by()

    @property
    def chances(self) -> Mapping[tuple[str, str], int]:
        """Chances by (group, competency) that measured participants used by the end of the plan [people]."""
        return self.chances_by()

    @cached_property
    def _measured(self) -> Mapping[str, Mapping[tuple[str, str], Fraction]]:
        return self._capped([(r, c, closed) for r in self._rows("attended") for c, closed in r.measured.items()])

    @cached_property
    def _chances(self) -> Mapping[str, Mapping[tuple[str, str], int]]:
        return self._capped([(row, c, row.participants) for row in self._rows("attended") for c in row.measured])

    def _capped[N: (int, Fraction)](self, rows: Iterable[tuple[Attended, str, N]]) -> dict[str, dict[Gap, N]]:
        """Return sums of rows by (group, competency) up to the end of each year, at most the gap by then."""
        ended: dict[str, list[tuple[Gap, N]]] = {}
        for row, c, number in rows:
            year = year_of_end(self.scenario, self.scenario.programme[row.programme], row.period)
            ended.setdefault(year, []).append(((row.group, c), number))
        so_far: dict[Gap, N] = {}
        by_year: dict[str, dict[Gap, N]] = {}
        for year in self.scenario.years:
            for key, number in ended.get(year, ()):
                so_far[key] = so_far[key] + number if key in so_far else number
            for (g, c), number in so_far.items():
                so_far[g, c] = min(number, type(number)(self.scenario.group[g].needs_by(year).get(c, 0)))
            by_year[year] = {key: number for key, number in so_far.items() if self._gap(key)}
        return by_year

    @cached_property
    def examined_seats(self) -> frozenset[tuple[str, str, str, str]]:
        """(group, programme, period, competency) with measured closings: these seats close exactly what was
        measured."""
        return frozenset((r.group, r.programme, r.period, c) for r in self._rows("attended") for c in r.measured)

    @cached_property
    def tried(self) -> Mapping[tuple[str, str, str], Fraction]:
        """Chances by (group, programme, competency) that the facts alone use where they were not measured [people]."""
        return self.tried_by()

    def tried_by(self, until: str | None = None) -> Mapping[tuple[str, str, str], Fraction]:
        """Return `tried` by the end of a year: only courses that have ended by then count."""
        from planner.domain.chances import chances  # here, since it imports this module

        return chances(self.scenario, self.participants, self.socialized, until)

    @cached_property
    def closed(self) -> Mapping[tuple[str, str], Fraction]:
        """Gaps closed by the facts alone, by (group, competency): as measured, otherwise as expected [people]."""
        return self.closed_by()

    def closed_by(self, until: str | None = None) -> Mapping[tuple[str, str], Fraction]:
        """Return `closed` by the end of a year, or of the plan."""
        closed = dict(self.measured_by(until))
        for (g, p, c), tried in (self.tried if until is None else self.tried_by(until)).items():
            closed[g, c] = closed.get((g, c), Fraction(0)) + self.scenario.programme[p].closes[c] * tried
        return closed

    @cached_property
    def examined(self) -> Mapping[tuple[str, str, str], int]:
        """Participants by (group, programme, competency) whose closings were measured [people]."""
        found: dict[tuple[str, str, str], int] = {}
        for (g, p, c, _year), people in self.examined_in.items():
            found[g, p, c] = found.get((g, p, c), 0) + people
        return found

    @cached_property
    def examined_in(self) -> Mapping[tuple[str, str, str, str], int]:
        """The same by year: (group, programme, competency, year in which the course ended) [people]."""
        found: dict[tuple[str, str, str, str], int] = {}
        for row in self._rows("attended"):
            year = year_of_end(self.scenario, self.scenario.programme[row.programme], row.period)
            for c in row.measured:
                key = row.group, row.programme, c, year
                found[key] = found.get(key, 0) + row.participants
        return found

    def _gap(self, key: tuple[str, str]) -> int:
        return self.scenario.group[key[0]].needs.get(key[1], 0)

    def _rows(self, name: str) -> tuple:  # type: ignore[type-arg]  # of the records of that list
        return getattr(self._actuals, name) if self._actuals is not None else ()
