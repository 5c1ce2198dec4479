"""Gather scattered people: of equally good plans, one with fewer and larger allocations.

A solver may send a few people of each of two groups to each of two classes. Where such groups exchange people one for
one, classes, money and everything else stay as they are, and fewer letters of assignment are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from planner.domain.decisions import Decisions
from planner.domain.programmes import Programme
from planner.domain.rule_years import years_of
from planner.domain.running import days_of, released_days, run_of
from planner.domain.scenario import Scenario
from planner.domain.seat_costs import SeatCosts

Seat = tuple[str, str, str]
"""(group, programme, period)."""


def gathered(scenario: Scenario, decisions: Decisions) -> Decisions | None:
    """Return decisions with fewer groups spread over several periods of a programme; None where none can be gathered.

    Two groups of a programme whose seats are paid alike exchange as many people between two periods of one year as
    leave one of the four allocations empty. Programmes with prerequisites, mentors or free seats are left alone.
    """
    exchange = _Exchange(scenario, dict(decisions.participants))
    for programme in scenario.programmes:
        if exchange.applies(programme, decisions):
            while exchange.once(programme):
                pass
    if not exchange.changed:
        return None
    order = {seat: number for number, seat in enumerate(decisions.participants)}
    seats = sorted(exchange.people, key=lambda seat: order.get(seat, len(order)))
    return replace(decisions, participants={seat: exchange.people[seat] for seat in seats})


class _Exchange:
    """People by seat, and the exchanges that change nothing else."""

    def __init__(self, scenario: Scenario, people: dict[Seat, int]) -> None:
        self.scenario, self.people, self.changed = scenario, people, False
        self._required = {q for p in scenario.programmes for enough in p.prerequisites for q in enough}
        self._funding = scenario.funding
        self._over = frozenset(scenario.facts.over)
        self._years = years_of(scenario)
        self._away: dict[tuple[str, str], Fraction] = {}
        for (g, p, t), number in people.items():
            self._add_days(g, scenario.programme[p], t, number)

    def applies(self, programme: Programme, decisions: Decisions) -> bool:
        """Return whether exchanging people between periods of the programme affects nothing else."""
        alone = not programme.prerequisites and programme.id not in self._required and programme.mentors is None
        return alone and all(p != programme.id for _f, p, _g, _t in decisions.seats)

    def once(self, programme: Programme) -> bool:
        """Make one exchange that empties an allocation; return whether there was one."""
        taking: dict[str, list[str]] = {}
        for g, p, t in self.people:
            if p == programme.id and t not in self._over:
                taking.setdefault(g, []).append(t)
        scattered = {g: periods for g, periods in taking.items() if len(periods) > 1}
        costs = [SeatCosts(programme.items("participant"), year) for year in self.scenario.price_years_of(programme)]
        kinds: dict[object, list[str]] = {}
        for g in scattered:
            group = self.scenario.group[g]
            each_year = tuple(each.of(group) for each in costs)
            kinds.setdefault((each_year, self._funding.kind_of_group(group)), []).append(g)
        for alike in kinds.values():
            for first, second in combinations(alike, 2):
                both = [t for t in self.scenario.facts.rest if t in taking[first] and t in taking[second]]
                for one, other in combinations(both, 2):
                    if self._years[one] == self._years[other] and self._exchanged(
                        programme, (first, second), one, other
                    ):
                        return True
        return False

    def _exchanged(self, programme: Programme, groups: tuple[str, str], one: str, other: str) -> bool:
        """Exchange people so that one group leaves one of the periods, moving the fewest; return whether that was
        possible."""

        def moving(pair: tuple[str, str]) -> int:
            return min(self.people[pair[0], programme.id, other], self.people[pair[1], programme.id, one])

        for a, b in sorted((groups, groups[::-1]), key=moving):
            moved = moving((a, b))
            if self._fits(programme, a, (other, one), moved) and self._fits(programme, b, (one, other), moved):
                self._move(programme, a, (other, one), moved)
                self._move(programme, b, (one, other), moved)
                self.changed = True
                return True
        return False

    def _fits(self, programme: Programme, g: str, move: tuple[str, str], moved: int) -> bool:
        """Return whether the group keeps at least `smallest` people in each period, and its released days, after the
        move."""
        left = self.people[g, programme.id, move[0]] - moved
        if 0 < left < programme.smallest:
            return False
        group = self.scenario.group[g]
        if group.release is None:
            return True
        gained = dict(self._days(programme, move[1], moved))
        for t, days in self._days(programme, move[0], -moved):
            gained[t] = gained.get(t, Fraction(0)) + days
        return all(
            self._away.get((g, t), Fraction(0)) + days
            <= released_days(self.scenario, group.release, group.headcount, t)
            for t, days in gained.items()
            if days > 0
        )

    def _move(self, programme: Programme, g: str, move: tuple[str, str], moved: int) -> None:
        for t, number in ((move[0], -moved), (move[1], moved)):
            seat = g, programme.id, t
            self.people[seat] += number
            if not self.people[seat]:
                del self.people[seat]
            self._add_days(g, programme, t, number)

    def _add_days(self, g: str, programme: Programme, start: str, number: int) -> None:
        for t, days in self._days(programme, start, number):
            self._away[g, t] = self._away.get((g, t), Fraction(0)) + days

    def _days(self, programme: Programme, start: str, number: int) -> Iterator[tuple[str, Fraction]]:
        run = run_of(self.scenario, programme, start)
        return ((t, each * number) for t, each in zip(run, days_of(self.scenario, programme), strict=False) if each)
