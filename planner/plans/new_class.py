"""Whether a class that one more participant needs could have the fewest people it takes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from planner.domain.programmes import Programme
from planner.domain.running import days_of, run_of
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle
from planner.plans.measures import Measures


@dataclass(frozen=True)
class NewClass:
    """What a further class of a programme takes, with the rest of one plan as it is."""

    measures: Measures
    days_left: Mapping[tuple[str, str], tuple[int, int]]
    """Released days left by (group, period), for groups with a limit: numerator and denominator [person-days]."""

    @property
    def scenario(self) -> Scenario:
        return self.measures.scenario

    def fewest(self, programme: Programme, start: str) -> int:
        """Return how many people must come at least if one more comes: 1 where a class held has a seat left."""
        size, key = programme.class_size, (programme.id, start)
        if size is None:
            return 1
        held = self.measures.classes_by_programme_and_period.get(key, 0)
        seated = self.measures.participants_by_programme_and_period.get(key, 0)
        if seated < held * size.max:
            return 1
        classes = held + 1
        if len(self.scenario.periods_of(programme)) == 1:  # with more, those it needs at least may be in another
            classes = max(classes, programme.classes.min)
        return max(1, classes * size.min - seated)

    def all_of(self, programme: Programme, groups: Collection[str]) -> bool:
        """Return whether whoever may come is of these groups."""
        return all(g in groups for circle in self.scenario.willingness.attendance[programme.id] for g in circle.people)

    def too_few(self, programme: Programme) -> bool:
        """Return whether fewer people are left of all groups together than one more class takes, in every start."""
        if programme.id not in self._known:
            starts = self.scenario.periods_of(programme)
            self._known[programme.id] = bool(starts) and all(self._lacks(programme, start) for start in starts)
        return self._known[programme.id]

    def _lacks(self, programme: Programme, start: str) -> bool:
        fewest, found = self.fewest(programme, start), 0
        if fewest == 1:
            return False
        for circle in self.scenario.willingness.attendance[programme.id]:
            found += self._left(circle, programme, start)
            if found >= fewest:  # enough are left: there may be very many circles
                return False
        return True

    def _left(self, circle: Circle, programme: Programme, start: str) -> int:
        """Return how many more willing people of a circle could come, with the days that may be released [people]."""
        sent, groups = self.measures.participants_by_group_and_programme, self.scenario.group
        attending = {g: sent.get((g, programme.id), 0) for g in circle.people}
        most = {g: circle.most_whole(groups[g], g in self._socialized) - n for g, n in attending.items()}
        each = sum(max(0, min(n, self._released(g, programme, start, n))) for g, n in most.items())
        shares = (n * groups[g].willing(g in self._socialized) for g, n in circle.people.items())
        return max(0, min(each, floor(sum(shares, Fraction(0))) - sum(attending.values())))

    def _released(self, group: str, programme: Programme, start: str, most: int) -> int:
        """Return for how many more participants of a group, up to `most`, days are left in each period of a run."""
        scenario = self.scenario
        for period, days in zip(run_of(scenario, programme, start), days_of(scenario, programme), strict=True):
            if days and (left := self.days_left.get((group, period))) is not None:
                most = min(most, floor(Fraction(*left) / days))
        return most

    @cached_property
    def _socialized(self) -> frozenset[str]:
        return frozenset(self.measures.plan.socialized)

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}
