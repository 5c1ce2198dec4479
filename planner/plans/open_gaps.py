"""Why gaps stay open, said only where it is certain.

A cause is certain when, with the rest of the plan as it is, it alone rules out one more participant:
nobody else is willing, the hours are used up, the seats are full, the money left is less than the
least that one more seat costs. Where a programme could take one more and the plan put the means
elsewhere, no single cause is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain

from planner.domain.cells import Funding
from planner.domain.chances import Chances, chances
from planner.domain.groups import Group
from planner.domain.prices import PriceYear
from planner.domain.programmes import Programme
from planner.domain.running import days_of, released_days, run_of
from planner.domain.scenario import Scenario
from planner.plans.causes import Cause, OpenGap, Reasons, gaps_by_reasons
from planner.plans.later_gaps import LaterGaps
from planner.plans.measures import Measures
from planner.plans.person_left import PersonLeft
from planner.plans.plan import Closing, Plan
from planner.plans.resource_use import ResourceUse
from planner.plans.rule_room import RuleRoom


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
        """One for each closing with something left, in the order of the plan."""
        return tuple(self._explained(closing) for closing in self.plan.closings if closing.need > closing.closed)

    @cached_property
    def by_group(self) -> dict[str, list[OpenGap]]:
        rows: dict[str, list[OpenGap]] = defaultdict(list)
        for row in self.rows:
            rows[row.group].append(row)
        return rows

    @cached_property
    def by_reasons(self) -> dict[Reasons, Fraction]:
        """Open gaps of each cause, or of causes that together rule out every programme; they sum to all left open."""
        return gaps_by_reasons(self.rows)

    @cached_property
    def _person_left(self) -> PersonLeft:
        return PersonLeft(self.scenario, self.plan)

    def willing(self, group: Group) -> Fraction:
        """r[g] under the plan."""
        return group.willing(group.id in self._socialized)

    def _explained(self, closing: Closing) -> OpenGap:
        group = self.scenario.group[closing.group]
        left = closing.need - closing.closed
        offered = self._offered(group, closing.competency)
        if not offered:
            return OpenGap(group.id, closing.competency, left, Fraction(0), Cause.NO_PROGRAMME, ())
        unwilling = closing.need * (1 - self.willing(group))
        if left <= unwilling:
            return OpenGap(group.id, closing.competency, left, left, Cause.UNWILLING, ())
        found = [
            Cause.SUCCESS
            if self._has_its_chances(group, programme, closing.competency)
            else Cause.LATER
            if self._later.too_early(group, programme, closing.competency)
            else self._barrier(group, programme)
            for programme in offered
        ]
        certain = tuple(cause for cause in Cause if cause in found)
        cause = Cause.PRIORITY if None in found else certain[0] if len(certain) == 1 else Cause.SEVERAL
        causes = certain if cause is Cause.SEVERAL else ()
        barred = list(zip(offered, found, strict=True))
        used = (self._used_up(programme) for programme, barrier in barred if barrier is Cause.RESOURCES)
        broken = (self._rules_at_limit(group, programme) for programme, barrier in barred if barrier is Cause.RULES)
        names = [tuple(dict.fromkeys(chain.from_iterable(found))) for found in (used, broken)]
        return OpenGap(group.id, closing.competency, left, unwilling, cause, causes, *names)

    def _used_up(self, programme: Programme) -> tuple[str, ...]:
        return self._resources.used_up(programme, self.scenario.periods_of(programme))

    def _rules_at_limit(self, group: Group, programme: Programme) -> tuple[str, ...]:
        return self._rules.at_limit(group, programme, free=self._free_seats(programme))

    def _offered(self, group: Group, competency: str) -> list[Programme]:
        return [programme for programme in self._closing.get(competency, ()) if group.id in self._allowed[programme.id]]

    def _barrier(self, group: Group, programme: Programme) -> Cause | None:
        """What rules out one more participant of `group` in `programme`; None if nothing certain does."""
        key = (group.id, programme.id)
        if key not in self._barriers:
            self._barriers[key] = next(self._barriers_of(group, programme), None)
        return self._barriers[key]

    def _barriers_of(self, group: Group, programme: Programme) -> Iterator[Cause]:
        taking_part = self.measures.participants_by_group_and_programme.get((group.id, programme.id), 0)
        if self._all_willing_attend(group, programme):
            yield Cause.SUCCESS if taking_part else Cause.UNWILLING
        if not self.scenario.one_person.admits_now(group, programme):
            yield Cause.HOURS
        elif (limit := self._person_left.used_up(group, programme)) is not None:
            yield Cause.HOURS if limit == "hours" else Cause.DAYS
        periods = self.scenario.periods_of(programme)
        if group.release is not None and all(self._days_taken(group, programme, period) for period in periods):
            yield Cause.RELEASE
        if programme.mentors is not None and all(self._mentors_taken(group, programme, start) for start in periods):
            yield Cause.MENTORS
        if self._used_up(programme):
            yield Cause.RESOURCES
        if programme.smallest > 1 and self._too_few_left(group, programme, periods):
            yield Cause.SMALLEST
        if self._no_seat(programme, periods) and not self._another_class(programme, periods):
            yield Cause.CLASSES
        years = dict.fromkeys(self.scenario.price_year[period] for period in periods)
        if all(self._least_cost(group, programme, year) > self._money_left(programme, year) for year in years):
            yield Cause.MONEY
        if self._rules_at_limit(group, programme):
            yield Cause.RULES
        if self._rules.chosen_otherwise(programme):
            yield Cause.CHOICES

    def _all_willing_attend(self, group: Group, programme: Programme) -> bool:
        """Whether one more participant would be more than the willing of the group, or of its agency."""
        people = self.measures.participants_by_group_and_programme
        circle = self.scenario.willingness.attending.get((group.id, programme.id))
        if circle is None:  # it is too long for one person of the group
            return False
        if people.get((group.id, programme.id), 0) + 1 > circle.most(group, group.id in self._socialized):
            return True
        sent = sum(people.get((g, programme.id), 0) for g in circle.people)
        return sent + 1 > sum(n * self.willing(self.scenario.group[g]) for g, n in circle.people.items())

    def _too_few_left(self, group: Group, programme: Programme, periods: Sequence[str]) -> bool:
        """Whether nobody of the group starts in any period, and fewer are willing than the programme takes of it."""
        if self.measures.participants_by_group_and_programme.get((group.id, programme.id), 0):
            return False
        circle = self.scenario.willingness.attending.get((group.id, programme.id))
        most = self.scenario.need(group, programme) * self.willing(group)
        if circle is not None:
            most = circle.most(group, group.id in self._socialized)
        return bool(periods) and most < programme.smallest

    def _has_its_chances(self, group: Group, programme: Programme, competency: str) -> bool:
        """Whether all who are willing and have the gap had their chance in programmes that close as much of it."""
        circle = self.scenario.willingness.learners.get((group.id, competency))
        if circle is None:  # every programme that closes it is too long for one person of the group
            return False
        c, had, used = competency, self._chances, self.scenario.facts.chances
        better = [p.id for p in self._closing[c] if p.closes[c] >= programme.closes[c]]
        tried = {g: used.get((g, c), 0) + sum(had.get((g, p, c), 0) for p in better) for g in circle.people}
        if tried[group.id] and tried[group.id] >= circle.most(group, group.id in self._socialized):
            return True
        together = sum(n * self.willing(self.scenario.group[g]) for g, n in circle.people.items())
        return bool(tried[group.id]) and sum(tried.values()) >= together

    def _days_taken(self, group: Group, programme: Programme, start: str) -> bool:
        """Whether the days left in some period of a run are less than one more participant takes."""
        assert group.release is not None
        spent = self.measures.days_by_group_and_period
        run = zip(run_of(self.scenario, programme, start), days_of(self.scenario, programme), strict=True)
        return any(
            spent.get((group.id, period), 0) + days
            > released_days(self.scenario, group.release, group.headcount, period)
            for period, days in run
            if days
        )

    def _mentors_taken(self, group: Group, programme: Programme, start: str) -> bool:
        """Whether the pool lacks a mentor for one more participant in some period of a run."""
        assert programme.mentors is not None
        pool = self.scenario.mentor_pool[programme.mentors.pool]
        after = Fraction(1, programme.mentors.mentees_each)
        if group.id in self.scenario.mentors_from[pool.id]:
            after += pool.share
        most = self.scenario.mentors_in(pool) - after
        return any(self._mentors_used[pool.id, t] > most for t in run_of(self.scenario, programme, start))

    def _no_seat(self, programme: Programme, periods: tuple[str, ...]) -> bool:
        """Whether every seat of the classes held is taken, in every period; never for a programme without classes."""
        return programme.class_size is not None and all(
            self._seated(programme, period) >= self._seats(programme, period) for period in periods
        )

    def _seats(self, programme: Programme, period: str) -> int:
        assert programme.class_size is not None
        held = self.measures.classes_by_programme_and_period.get((programme.id, period), 0)
        return held * programme.class_size.max

    def _seated(self, programme: Programme, period: str) -> int:
        return self.measures.participants_by_programme_and_period.get((programme.id, period), 0)

    def _another_class(self, programme: Programme, periods: tuple[str, ...]) -> bool:
        """Whether the limits on classes allow one more somewhere."""
        limits = programme.classes
        if limits.max is not None and self.measures.classes_by_programme[programme.id] >= limits.max:
            return False
        held = self.measures.classes_by_programme_and_period
        return limits.per_period is None or any(held.get((programme.id, t), 0) < limits.per_period for t in periods)

    def _least_cost(self, group: Group, programme: Programme, year: PriceYear) -> int:
        """The least that one more participant of a year costs, whoever pays [rupiah]: free seats cost nothing, and a
        new class or the programme itself must be paid when there is no seat left or it does not run yet."""
        cost = 0
        if not self._free_seats(programme):
            cost += sum(item.unit_cost(group, year) for item in programme.items("participant"))
        runs = self.measures.participants_by_programme[programme.id] > 0
        if self._no_seat(programme, self.scenario.periods_of(programme)):
            cost += sum(item.unit_cost(year=year) for item in programme.items("class"))
        if not runs:
            cost += sum(item.unit_cost(year=year) for item in programme.items("programme"))
        return cost

    def _free_seats(self, programme: Programme) -> bool:
        """Whether some fund has free seats left in `programme`."""
        given = self.measures.seats_by_fund_and_programme
        return any(
            given.get((fund.id, programme.id), 0) < fund.seats.get(programme.id, 0) for fund in self.scenario.funds
        )

    def _money_left(self, programme: Programme, year: PriceYear) -> int:
        """What is left for a year in all funds that may pay anything of `programme` [rupiah]."""
        payers = {f for item in programme.costs for f in self._funding.payers(programme, item)}
        return sum(self.measures.left_in_year(self.scenario.fund[f], year.name) for f in payers)

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
    def _resources(self) -> ResourceUse:
        return ResourceUse(self.scenario, self.measures)

    @cached_property
    def _rules(self) -> RuleRoom:
        return RuleRoom(self.scenario, self.measures)

    @cached_property
    def _funding(self) -> Funding:
        return Funding(self.scenario)

    @cached_property
    def _later(self) -> LaterGaps:
        return LaterGaps(self.measures)

    @cached_property
    def _barriers(self) -> dict[tuple[str, str], Cause | None]:
        return {}

    @cached_property
    def _chances(self) -> Chances:
        people = {(row.group, row.programme, row.period): row.participants for row in self.plan.allocations}
        return chances(self.scenario, people, self._socialized)

    @cached_property
    def _socialized(self) -> frozenset[str]:
        return frozenset(self.plan.socialized)

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
