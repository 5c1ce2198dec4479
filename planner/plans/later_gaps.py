"""Which gaps arise too late for the programmes that close them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.chances import Chances, chances
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import year_of_end
from planner.domain.willingness import Circle
from planner.plans.measures import Measures


@dataclass(frozen=True)
class LaterGaps:
    """Questions about the gaps of a plan that arise in a later year."""

    measures: Measures

    def too_early(self, group: Group, programme: Programme, competency: str) -> bool:
        """Return whether one more participant would close nothing, or may not come, because the gap does not exist yet.

        This holds where every start has a year, from its own year (for gaps, the year of its end) up to but without the
        last, by whose end all people in need attend, or all gaps have had their chance.
        """
        scenario = self.measures.scenario
        if not self._changing:
            return False
        key = group.id, programme.id
        attending = scenario.willingness.attending.get(key)
        learning = scenario.willingness.learners.get((group.id, competency))
        starts = scenario.periods_of(programme)
        return bool(starts) and all(
            (attending is not None and self._all_attend(group, programme.id, attending, scenario.year_of[start]))
            or (learning is not None and self._all_tried(group, competency, learning, programme, start))
            for start in starts
        )

    def _all_attend(self, group: Group, programme: str, circle: Circle, since: str) -> bool:
        return any(
            sent.get(group.id, 0) + 1 > earlier.most(group, group.id in self._socialized)
            or sum(sent.get(g, 0) for g in circle.people) + 1 > self._together(earlier)
            for year, earlier in circle.earlier
            if since <= year
            for sent in [self._sent_by(programme, year)]
        )

    def _all_tried(self, group: Group, competency: str, circle: Circle, programme: Programme, start: str) -> bool:
        scenario = self.measures.scenario
        end, willing = year_of_end(scenario, programme, start), scenario.willingness
        return any(
            tried.get(group.id, 0) >= willing.chances_of(group.id, competency, group.id in self._socialized, year)
            or sum(tried.get(g, Fraction(0)) for g in circle.people)
            >= willing.chances_together(competency, earlier, self._socialized, year)
            for year, earlier in circle.earlier
            if end <= year
            for tried in [self._tried_by(competency, year)]
        )

    def _together(self, circle: Circle) -> Fraction:
        group = self.measures.scenario.group
        return sum((n * group[g].willing(g in self._socialized) for g, n in circle.people.items()), Fraction(0))

    def _sent_by(self, programme: str, year: str) -> dict[str, int]:
        """Return participants whose course starts by the end of a year, by group [people]."""
        sent: dict[str, int] = {}
        for row in self.measures.plan.allocations:
            if row.programme == programme and self.measures.scenario.year_of[row.period] <= year:
                sent[row.group] = sent.get(row.group, 0) + row.participants
        return sent

    def _tried_by(self, competency: str, year: str) -> dict[str, Fraction]:
        """Return the chances that gaps have had by the end of a year, by group [people]."""
        tried: dict[str, Fraction] = {}
        for (g, _p, c), people in self._chances[year].items():
            if c == competency:
                tried[g] = tried.get(g, Fraction(0)) + people
        return tried

    @cached_property
    def _changing(self) -> bool:
        """Whether more people fall below the standard in any later year."""
        return any(group.new_gaps for group in self.measures.scenario.groups)

    @cached_property
    def _socialized(self) -> frozenset[str]:
        return frozenset(self.measures.plan.socialized)

    @cached_property
    def _chances(self) -> Mapping[str, Chances]:
        """Chances taken by the end of each year."""
        scenario, plan = self.measures.scenario, self.measures.plan
        people = {(row.group, row.programme, row.period): row.participants for row in plan.allocations}
        return {year: chances(scenario, people, self._socialized, year) for year in scenario.years}
