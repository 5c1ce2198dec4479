"""Whether all willing people take part already: in a programme, or in programmes that close a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.exact_sums import shares_together
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.willingness import Circle
from planner.plans.measures import Measures
from planner.plans.plan_rows import Closing


@dataclass(frozen=True)
class TakingPart:
    """The willing people of one plan. What holds for all groups of a circle is found once."""

    measures: Measures
    closing: Mapping[str, Sequence[Programme]]
    """Programmes that close a competency and can be held at all."""

    @property
    def scenario(self) -> Scenario:
        return self.measures.scenario

    def willing(self, group: Group) -> Fraction:
        """Return r[g] under the plan."""
        return group.willing(group.id in self._socialized)

    def all_attend(self, group: Group, programme: Programme) -> bool:
        """Return whether one more participant would exceed the willing people of the group, or of its agency."""
        people, p = self.measures.participants_by_group_and_programme, programme.id
        circle = self.scenario.willingness.attending.get((group.id, p))
        if circle is None:  # it is too long for one person of the group
            return False
        share, need = self.willing(group), circle.people[group.id]
        top, bottom = need * share.numerator, share.denominator  # whole people: ten thousands of pairs are asked for
        if people.get((group.id, p), 0) >= (-(-top // bottom) if circle.shared else top // bottom):
            return True
        key = p, _first(circle)
        if key not in self._attended:
            sent = sum(people.get((g, p), 0) for g in circle.people)
            self._attended[key] = sent + 1 > self._together(circle)
        return self._attended[key]

    def too_few(self, group: Group, programme: Programme) -> bool:
        """Return whether fewer of the group are willing than the programme takes of a group (`smallest`)."""
        circle = self.scenario.willingness.attending.get((group.id, programme.id))
        most = self.scenario.need(group, programme) * self.willing(group)
        if circle is not None:
            most = self._most(circle, group)
        return most < programme.smallest

    def had_chances(self, group: Group, programme: Programme, competency: str) -> bool:
        """Return whether all who are willing and have the gap had their chance in programmes that close as much of
        it."""
        circle = self.scenario.willingness.learners.get((group.id, competency))
        if circle is None:  # every programme that closes it is too long for one person of the group
            return False
        closes = programme.closes[competency]
        key = competency, _first(circle), closes.as_integer_ratio()  # a fraction takes long to look up
        if key not in self._tried:
            self._tried[key] = self._tried_in(circle, competency, closes)
        return group.id in self._tried[key]

    def not_reached(self, group: Group, closing: Closing, offered: Sequence[Programme]) -> Fraction:
        """Return the part of a gap of willing people that stays open even if all of them had their chance in the best
        of the programmes on offer [people]."""
        c, willingness = closing.competency, self.scenario.willingness
        if (group.id, c) not in willingness.learners:  # every programme that closes it is too long for one person
            return Fraction(0)
        chances = willingness.chances_of(group.id, c, group.id in self._socialized)
        best = max(programme.closes[c] for programme in offered)
        closable = self.scenario.facts.measured.get((group.id, c), 0) + best * chances
        return max(Fraction(0), closing.need * self.willing(group) - max(closable, closing.closed))

    def _tried_in(self, circle: Circle, competency: str, closes: Fraction) -> frozenset[str]:
        """Return the groups of a circle whose chances are used up, by themselves or all together.

        Used are chances in programmes that close at least `closes`, and those that were measured.
        """
        c, used = competency, self.scenario.facts.chances
        if (c, closes) not in self._better:
            self._better[c, closes] = frozenset(p.id for p in self.closing[c] if p.closes[c] >= closes)
        better = self._better[c, closes]
        tried: dict[str, Fraction | int] = {}
        for g in circle.people:
            had = (people for p, people in self._chances.get((g, c), ()) if p in better)
            tried[g] = sum(had, used.get((g, c), 0))
        having = {g: had for g, had in tried.items() if had}
        if not having:
            return frozenset()
        if sum(having.values()) >= self._together(circle):
            return frozenset(having)
        return frozenset(g for g, had in having.items() if had >= self._most(circle, self.scenario.group[g]))

    def _most(self, circle: Circle, group: Group) -> Fraction:
        return circle.most(group, group.id in self._socialized)

    def _together(self, circle: Circle) -> Fraction:
        """Return the willing people of all groups of a circle together [people]."""
        return shares_together((n, self.willing(self.scenario.group[g])) for g, n in circle.people.items())

    @cached_property
    def _attended(self) -> dict[tuple[str, str], bool]:
        """Whether all willing people attend, by programme and first group of the circle."""
        return {}

    @cached_property
    def _tried(self) -> dict[tuple[str, str, tuple[int, int]], frozenset[str]]:
        """Groups whose chances are used up, by competency, first group of the circle and least share closed."""
        return {}

    @cached_property
    def _better(self) -> dict[tuple[str, Fraction], frozenset[str]]:
        """Programmes that close at least a share, by competency and share."""
        return {}

    @cached_property
    def _chances(self) -> dict[tuple[str, str], list[tuple[str, Fraction]]]:
        """The chances that gaps of (group, competency) had, by programme [people]."""
        found: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
        for (g, p, c), people in self.measures.chances.items():
            if people:
                found.setdefault((g, c), []).append((p, people))
        return found

    @cached_property
    def _socialized(self) -> frozenset[str]:
        return frozenset(self.measures.plan.socialized)


def _first(circle: Circle) -> str:
    """Return the group that identifies a circle among those of a programme or competency: it is in no other."""
    return next(iter(circle.people))
