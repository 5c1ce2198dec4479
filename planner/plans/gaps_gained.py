"""What one more participant closes when the rest of a plan stays as it is, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.chances import ChancesTaken, Trained, chances_in, closing_shares, trained_until
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import year_of_end
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle
from planner.plans.plan import Plan

Gained = Mapping[tuple[str, str], Fraction]
"""Change of the gaps closed of (group, competency), where they change [expected people]."""


@dataclass(frozen=True)
class GapsGained:
    """Gaps closed by one more participant of one plan."""

    scenario: Scenario
    plan: Plan

    def by(self, group: Group, programme: Programme, start: str, until: str | None) -> Gained:
        """Return what one more participant who starts in a period changes, by the end of a year or of the plan.

        Only the chances of the competencies that the programme closes change, and only those of the group's circle.
        """
        year = year_of_end(self.scenario, programme, start)
        gained: dict[tuple[str, str], Fraction] = {}
        if until is None or year <= until:
            for c in programme.closes:
                circle = self.scenario.willingness.learners.get((group.id, c))
                if circle is not None:
                    gained |= self._in(c, circle, group, programme, year, until)
        return gained

    def _in(
        self, c: str, circle: Circle, group: Group, programme: Programme, year: str, until: str | None
    ) -> dict[tuple[str, str], Fraction]:
        examined = self.scenario.facts.examined_in.get((group.id, programme.id, c, year), 0)
        taken = self._taken(c, circle, until)
        if not examined and taken.room(group.id, year):
            return {(group.id, c): programme.closes[c]}
        trained = self._trained_until(until)
        of_group = trained.get(group.id, {})
        by_year = of_group.get(programme.id, {})
        one_more = of_group | {programme.id: by_year | {year: by_year.get(year, 0) + 1}}
        after = self._closed(c, self._chances(c, circle, trained | {group.id: one_more}, until))
        before = self._closed(c, taken)
        return {(g, c): after.get(g, Fraction(0)) - before.get(g, Fraction(0)) for g in {**before, **after}}

    def _closed(self, c: str, taken: ChancesTaken) -> dict[str, Fraction]:
        """Return what chances close, by group [expected people]."""
        closed: dict[str, Fraction] = {}
        for course, tried in taken.used.items():
            closes = self.scenario.programme[course.programme].closes[c]
            closed[course.group] = closed.get(course.group, Fraction(0)) + closes * tried
        return closed

    def _taken(self, c: str, circle: Circle, until: str | None) -> ChancesTaken:
        """Return the chances that the plan itself takes."""
        key = c, next(iter(circle.people)), until
        if key not in self._known:
            self._known[key] = self._chances(c, circle, self._trained_until(until), until)
        return self._known[key]

    def _chances(self, c: str, circle: Circle, trained: Trained, until: str | None) -> ChancesTaken:
        if c not in self._shares:
            self._shares[c] = closing_shares(self.scenario, c)
        return chances_in(self.scenario, c, circle, self._shares[c], trained, self._socialized, until)

    def _trained_until(self, until: str | None) -> Trained:
        if until not in self._trained:
            people = self.plan.decisions(self.scenario).participants
            self._trained[until] = trained_until(self.scenario, people, until)
        return self._trained[until]

    @cached_property
    def _socialized(self) -> frozenset[str]:
        return frozenset(self.plan.socialized)

    @cached_property
    def _known(self) -> dict[tuple[str, str, str | None], ChancesTaken]:
        """The same, remembered by competency, first group of the circle, and year."""
        return {}

    @cached_property
    def _shares(self) -> dict[str, dict[str, Fraction]]:
        """What each programme closes, by competency and programme [0-1]."""
        return {}

    @cached_property
    def _trained(self) -> dict[str | None, Trained]:
        return {}
