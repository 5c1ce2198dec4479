"""Why gaps stay open, stated only where it is certain.

A cause is certain when, with the rest of the plan as it is, it alone rules out one more participant:
nobody else is willing, the hours are used up, the seats are full, the money left is less than the
least that one more seat costs. Of several, one that money cannot change is named rather than money.
What stays open even if all who are willing take the best programme is told apart. Where a programme
could take one more and the plan uses the means elsewhere, no single cause is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Final

from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import days_of, released_days, run_of
from planner.domain.scenario import Scenario
from planner.plans.causes import Cause, OpenGap, Reasons, gaps_by_reasons
from planner.plans.later_gaps import LaterGaps
from planner.plans.measures import Measures
from planner.plans.new_class import NewClass
from planner.plans.person_left import PersonLeft
from planner.plans.plan import Plan
from planner.plans.plan_rows import Closing
from planner.plans.programme_room import ProgrammeRooms
from planner.plans.rule_room import RuleRoom
from planner.plans.taking_part import TakingPart

type NotFinal = tuple[tuple[tuple[str, str], Cause | None], ...]
"""Ids of a group and a programme, with what rules out one more participant, None where nothing does for certain."""

_FINAL: Final = (Cause.SUCCESS, Cause.LATER, Cause.UNWILLING)
"""Causes that no money could help: with any other, people might take a dearer programme instead."""


@dataclass(frozen=True)
class OpenGaps:
    """The gaps that a plan leaves open, with what keeps them open."""

    measures: Measures

    @property
    def scenario(self) -> Scenario:
        return self.measures.scenario

    @property
    def plan(self) -> Plan:
        return self.measures.plan

    @cached_property
    def rows(self) -> tuple[OpenGap, ...]:
        """Open gaps with their causes, one for each closing with something left, in the order of the plan."""
        return tuple(row for row, _not_final in self._explained)

    @cached_property
    def not_final(self) -> dict[tuple[str, str], Cause | None]:
        """Groups and programmes that would close an open gap, with what rules out one more participant for certain,
        None where nothing does; without those of which everybody willing has had the chance, or can have none."""
        return {pair: cause for _row, not_final in self._explained for pair, cause in not_final}

    @cached_property
    def may_be_told(self) -> frozenset[str | None]:
        """Agencies of groups with open gaps whose people a socialization that is not given would make willing."""
        scenario, told = self.scenario, set(self.plan.socialized)
        able = {
            group.agency or group.id
            for group in scenario.groups
            if group.socialization is not None
            and group.id not in told
            and group.socialization.raises_uptake_to > group.uptake
        }
        groups = (scenario.group[row.group] for row in self.rows if row.unwilling)
        return frozenset(group.agency for group in groups if (group.agency or group.id) in able)

    @cached_property
    def _explained(self) -> tuple[tuple[OpenGap, NotFinal], ...]:
        """What `rows` and `not_final` hold, found in one go."""
        return tuple(self._explain(closing) for closing in self.plan.closings if closing.need > closing.closed)

    @cached_property
    def by_group(self) -> dict[str, list[OpenGap]]:
        rows: dict[str, list[OpenGap]] = defaultdict(list)
        for row in self.rows:
            rows[row.group].append(row)
        return rows

    @cached_property
    def by_reasons(self) -> dict[Reasons, Fraction]:
        """Open gaps by cause, or by causes that together rule out every programme; they add up to all open
        gaps."""
        return gaps_by_reasons(self.rows)

    @cached_property
    def _taking_part(self) -> TakingPart:
        return TakingPart(self.measures, self._closing)

    @cached_property
    def _person_left(self) -> PersonLeft:
        return PersonLeft(self.scenario, self.plan)

    def willing(self, group: Group) -> Fraction:
        """Return r[g] under the plan."""
        return self._taking_part.willing(group)

    def closing(self, group: Group, competency: str) -> list[Programme]:
        """Return the programmes on offer that close a competency for a group."""
        return self._offered(group, competency)

    def barriers(self, group: Group, programme: Programme) -> tuple[Cause, ...]:
        """Return everything that certainly rules out one more participant of `group`; empty where nothing does for
        certain."""
        return tuple(dict.fromkeys(self._barriers_of(group, programme)))

    def named(self, group: Group, programme: Programme) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of the resources and names of the rules that rule out one more participant of `group`."""
        return self._rooms.of(programme).used_up, self._rules_at_limit(group, programme)

    def _explain(self, closing: Closing) -> tuple[OpenGap, NotFinal]:
        group = self.scenario.group[closing.group]
        left = closing.need - closing.closed
        offered = self._offered(group, closing.competency)
        if not offered:
            return OpenGap(group.id, closing.competency, left, Fraction(0), Fraction(0), Cause.NO_PROGRAMME, ()), ()
        unwilling = closing.need * (1 - self.willing(group))
        if left <= unwilling:
            return OpenGap(group.id, closing.competency, left, left, Fraction(0), Cause.UNWILLING, ()), ()
        not_reached = self._taking_part.not_reached(group, closing, offered)
        if left <= unwilling + not_reached:
            rest = left - unwilling
            return OpenGap(group.id, closing.competency, left, unwilling, rest, Cause.SUCCESS, ()), ()
        found = [
            Cause.SUCCESS
            if self._taking_part.had_chances(group, programme, closing.competency)
            else Cause.LATER
            if self._later.too_early(group, programme, closing.competency)
            else self._barrier(group, programme)
            for programme in offered
        ]
        certain = tuple(cause for cause in Cause if cause in found)
        cause = Cause.PRIORITY if None in found else certain[0] if len(certain) == 1 else Cause.SEVERAL
        causes = certain if cause is Cause.SEVERAL else ()
        barred = list(zip(offered, found, strict=True))
        used = (self._rooms.of(programme).used_up for programme, barrier in barred if barrier is Cause.RESOURCES)
        broken = (self._rules_at_limit(group, programme) for programme, barrier in barred if barrier is Cause.RULES)
        names = [tuple(dict.fromkeys(chain.from_iterable(found))) for found in (used, broken)]
        not_final = tuple(((group.id, p.id), found) for p, found in barred if found not in _FINAL)
        return OpenGap(group.id, closing.competency, left, unwilling, not_reached, cause, causes, *names), not_final

    def _rules_at_limit(self, group: Group, programme: Programme) -> tuple[str, ...]:
        key = (group.id, programme.id)
        if key not in self._limits:
            self._limits[key] = self._rules.at_limit(group, programme, free=self._rooms.of(programme).free_seats)
        return self._limits[key]

    def _offered(self, group: Group, competency: str) -> list[Programme]:
        if len(closing := self._closing.get(competency, ())) <= len(self._open_to.get(group.id, ())):
            return [programme for programme in closing if group.id in self._allowed[programme.id]]
        return [programme for programme in self._open_to.get(group.id, ()) if competency in programme.closes]

    @cached_property
    def _open_to(self) -> dict[str, list[Programme]]:
        """The programmes that can be held at all, by group; looked up, since there may be very many groups."""
        found: dict[str, list[Programme]] = defaultdict(list)
        able = {programme.id for programmes in self._closing.values() for programme in programmes}
        for programme in self.scenario.programmes:
            for group in self._allowed[programme.id] if programme.id in able else ():
                found[group].append(programme)
        return found

    def _barrier(self, group: Group, programme: Programme) -> Cause | None:
        """Return what rules out one more participant of `group` in `programme`; None where nothing does for certain."""
        key = (group.id, programme.id)
        if key not in self._barriers:
            self._barriers[key] = next(self._barriers_of(group, programme), None)
        return self._barriers[key]

    def _barriers_of(self, group: Group, programme: Programme) -> Iterator[Cause]:
        attending = self.measures.participants_by_group_and_programme.get((group.id, programme.id), 0)
        if self._taking_part.all_attend(group, programme):
            yield Cause.SUCCESS if attending else Cause.UNWILLING
        if not self.scenario.one_person.admits_now(group, programme):
            yield Cause.HOURS
        elif (limit := self._person_left.used_up(group, programme)) is not None:
            yield Cause.HOURS if limit == "hours" else Cause.DAYS
        room = self._rooms.of(programme)
        if group.release is not None and all(self._days_taken(group, programme, period) for period in room.starts):
            yield Cause.RELEASE
        if programme.mentors is not None and all(self._mentors_taken(group, programme, start) for start in room.starts):
            yield Cause.MENTORS
        if room.used_up:
            yield Cause.RESOURCES
        if programme.smallest > 1 and not attending and room.starts and self._taking_part.too_few(group, programme):
            yield Cause.SMALLEST
        if self._new_class.too_few(programme):
            yield Cause.SMALLEST
        if room.full:
            yield Cause.CLASSES
        if self._rules_at_limit(group, programme):
            yield Cause.RULES
        if self._rules.chosen_otherwise(programme):
            yield Cause.CHOICES
        if room.too_dear(group):  # last: whoever reads that money is missing may ask for more, and must gain by it
            yield Cause.MONEY

    def _days_taken(self, group: Group, programme: Programme, start: str) -> bool:
        """Return whether the days left in some period of a run are less than one more participant takes."""
        key = programme.id, start
        if (run := self._days_of_run.get(key)) is None:
            each = zip(run_of(self.scenario, programme, start), days_of(self.scenario, programme), strict=True)
            run = self._days_of_run[key] = [(period, *days.as_integer_ratio()) for period, days in each if days]
        for period, days, parts in run:
            left, parts_left = self._days_left[group.id, period]
            if days * parts_left > left * parts:
                return True
        return False

    @cached_property
    def _days_of_run(self) -> dict[tuple[str, str], list[tuple[str, int, int]]]:
        """The days of one participant in each period of a run, by programme and start: numerator and denominator."""
        return {}

    @cached_property
    def _days_left(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Released days that the plan does not use in each period, for groups with a limit: numerator and denominator
        [person-days]."""
        scenario, spent = self.scenario, self.measures.days_by_group_and_period
        return {
            (group.id, t): (
                released_days(scenario, group.release, group.headcount, t) - spent.get((group.id, t), 0)
            ).as_integer_ratio()
            for group in scenario.groups
            if group.release is not None
            for t in scenario.horizon
        }

    def _mentors_taken(self, group: Group, programme: Programme, start: str) -> bool:
        """Return whether the pool lacks a mentor for one more participant, and for those whom a class for one takes
        besides, in some period of a run."""
        assert programme.mentors is not None
        pool = self.scenario.mentor_pool[programme.mentors.pool]
        people = self._new_class.fewest(programme, start)
        after, mentors = Fraction(people, programme.mentors.mentees_each), self.scenario.mentors_from[pool.id]
        if group.id in mentors:
            after += pool.share * (people if self._new_class.all_of(programme, mentors) else 1)
        most = self.scenario.mentors_in(pool) - after
        return any(self._mentors_used[pool.id, t] > most for t in run_of(self.scenario, programme, start))

    @cached_property
    def used_up(self) -> tuple[str, ...]:
        """Ids of the resources that keep some gap open, in file order."""
        named = {name for row in self.rows for name in row.resources}
        return tuple(name for name in self.scenario.resource if name in named)

    @cached_property
    def rules_at_limit(self) -> tuple[str, ...]:
        """Names of the rules that keep some gap open, in file order."""
        named = {name for row in self.rows for name in row.rules}
        return tuple(rule.name for rule in self.scenario.rules if rule.name in named)

    @cached_property
    def _new_class(self) -> NewClass:
        return NewClass(self.measures, self._days_left)

    @cached_property
    def _rooms(self) -> ProgrammeRooms:
        return ProgrammeRooms(self.measures)

    @cached_property
    def _rules(self) -> RuleRoom:
        return RuleRoom(self.scenario, self.measures)

    @cached_property
    def _later(self) -> LaterGaps:
        return LaterGaps(self.measures)

    @cached_property
    def _limits(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def _barriers(self) -> dict[tuple[str, str], Cause | None]:
        return {}

    @cached_property
    def _closing(self) -> dict[str, list[Programme]]:
        """Programmes that close a competency and can be held at all."""
        rows: dict[str, list[Programme]] = defaultdict(list)
        for programme in self.scenario.programmes:
            if self.scenario.periods_of(programme) and not (programme.class_size and programme.classes.max == 0):
                for competency in programme.closes:
                    rows[competency].append(programme)
        return rows

    @cached_property
    def _allowed(self) -> dict[str, frozenset[str]]:
        """Ids of the groups that each programme is for; many programmes are for the same."""
        picked = self.scenario.groups_in
        ids = {s: frozenset(g.id for g in picked(s)) for s in {p.for_ for p in self.scenario.programmes}}
        return {programme.id: ids[programme.for_] for programme in self.scenario.programmes}

    @cached_property
    def _mentors_used(self) -> dict[tuple[str, str], Fraction]:
        """Mentors of a pool who are at work in a period, or are mentored themselves."""
        used: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for row in self.plan.allocations:
            programme = self.scenario.programme[row.programme]
            for pool in self.scenario.mentor_pools if programme.mentors else ():
                each = pool.share if row.group in self.scenario.mentors_from[pool.id] else Fraction(0)
                if programme.mentors and programme.mentors.pool == pool.id:
                    each += Fraction(1, programme.mentors.mentees_each)
                for period in run_of(self.scenario, programme, row.period):
                    used[pool.id, period] += each * row.participants
        return used
