"""Why gaps stay open, said only where it is certain.

A cause is certain when, with the rest of the plan as it is, it alone rules out one more participant:
nobody else is willing, the hours are used up, the seats are full, the money left is less than the
least that one more seat costs. Where a programme could take one more and the plan put the means
elsewhere, no single cause is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.plans.measures import Measures
from planner.plans.plan import Closing, Plan


class Cause(StrEnum):
    """What keeps a gap open."""

    NO_PROGRAMME = "no_programme"
    """No programme on offer closes it for this group."""
    UNWILLING = "unwilling"
    """People are not willing to take part: 1 - r[g] of the gap."""
    SUCCESS = "success"
    """All who are willing take part, and some will not reach the standard."""
    HOURS = "hours"
    """The JP per person are used up."""
    RELEASE = "release"
    """No more people can be released from work in any period."""
    MENTORS = "mentors"
    """All mentors are taken in every period."""
    CLASSES = "classes"
    """All seats are taken and no further class is allowed."""
    MONEY = "money"
    """The money left is less than one more participant costs."""
    SEVERAL = "several"
    """Each programme is ruled out, by different ones of these causes."""
    PRIORITY = "priority"
    """No single certain cause: the plan uses the means elsewhere."""


@dataclass(frozen=True, slots=True)
class OpenGap:
    """Gaps of a group in a competency that stay open, by cause."""

    group: str
    competency: str
    left: Fraction
    """need - closed."""
    unwilling: Fraction
    """Of these, the part of people not willing: gap x (1 - r[g]); nothing where no programme is on offer."""
    cause: Cause
    """Cause of the rest, or of all when there is no rest."""
    causes: tuple[Cause, ...]
    """The causes that `several` stands for."""

    @property
    def rest(self) -> Fraction:
        return self.left - self.unwilling


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
    def by_cause(self) -> dict[Cause, Fraction]:
        """Open gaps of each cause; they sum to all that is left."""
        sums: dict[Cause, Fraction] = dict.fromkeys(Cause, Fraction(0))
        for row in self.rows:
            sums[Cause.UNWILLING] += row.unwilling
            sums[row.cause] += row.rest
        return {cause: gaps for cause, gaps in sums.items() if gaps}

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
        found = [self._barrier(group, programme) for programme in offered]
        certain = tuple(dict.fromkeys(cause for cause in found if cause is not None))
        cause = Cause.PRIORITY if None in found else certain[0] if len(certain) == 1 else Cause.SEVERAL
        causes = certain if cause is Cause.SEVERAL else ()
        return OpenGap(group.id, closing.competency, left, unwilling, cause, causes)

    def _offered(self, group: Group, competency: str) -> list[Programme]:
        return [programme for programme in self._closing.get(competency, ()) if group.id in self._allowed[programme.id]]

    def _barrier(self, group: Group, programme: Programme) -> Cause | None:
        """What rules out one more participant of `group` in `programme`; None if nothing certain does."""
        key = (group.id, programme.id)
        if key not in self._barriers:
            self._barriers[key] = next(self._barriers_of(group, programme), None)
        return self._barriers[key]

    def _barriers_of(self, group: Group, programme: Programme) -> Iterator[Cause]:
        willing = self.willing(group)
        taking_part = self.measures.participants_by_group_and_programme.get((group.id, programme.id), 0)
        if taking_part + 1 > self.scenario.need(group, programme) * willing:
            yield Cause.SUCCESS if taking_part else Cause.UNWILLING
        if group.max_hours is not None:
            most = group.max_hours * group.headcount * willing
            if self.measures.hours_by_group[group.id] + programme.hours > most:
                yield Cause.HOURS
        periods = self.scenario.periods_of(programme)
        released = int(group.release * group.headcount)
        in_class = self.measures.participants_by_group_and_period
        if all(in_class.get((group.id, period), 0) >= released for period in periods):
            yield Cause.RELEASE
        if programme.mentors is not None and all(self._mentors_taken(programme, period) for period in periods):
            yield Cause.MENTORS
        if self._no_seat(programme, periods) and not self._another_class(programme, periods):
            yield Cause.CLASSES
        if self._least_cost(group, programme) > self._money_left(programme):
            yield Cause.MONEY

    def _mentors_taken(self, programme: Programme, period: str) -> bool:
        assert programme.mentors is not None
        pool = self.scenario.mentor_pool[programme.mentors.pool]
        after = self._mentors_used[pool.id, period] + Fraction(1, programme.mentors.mentees_each)
        return after > self.scenario.mentors_in(pool)

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

    def _least_cost(self, group: Group, programme: Programme) -> int:
        """The least that one more participant costs, whoever pays [rupiah]: free seats cost nothing, and a new
        class or the programme itself must be paid when there is no seat left or it does not run yet."""
        cost = 0
        if not self._free_seats(programme):
            cost += sum(item.unit_cost(group) for item in programme.items("participant"))
        runs = self.measures.participants_by_programme[programme.id] > 0
        if self._no_seat(programme, self.scenario.periods_of(programme)):
            cost += sum(item.unit_cost() for item in programme.items("class"))
        if not runs:
            cost += sum(item.unit_cost() for item in programme.items("programme"))
        return cost

    def _free_seats(self, programme: Programme) -> bool:
        """Whether some fund has free seats left in `programme`."""
        given = self.measures.seats_by_fund_and_programme
        return any(
            given.get((fund.id, programme.id), 0) < fund.seats.get(programme.id, 0) for fund in self.scenario.funds
        )

    def _money_left(self, programme: Programme) -> int:
        """What is left in all funds that may pay anything of `programme` [rupiah]."""
        payers = {f for item in programme.costs for f in self._funding.payers(programme, item)}
        return sum(self.measures.left_of(self.scenario.fund[f]) for f in payers)

    @cached_property
    def _funding(self) -> Funding:
        return Funding(self.scenario)

    @cached_property
    def _barriers(self) -> dict[tuple[str, str], Cause | None]:
        return {}

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
        """Mentors of a pool at work in a period: sum of participants / mentees_each."""
        used: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for (programme, period), people in self.measures.participants_by_programme_and_period.items():
            mentors = self.scenario.programme[programme].mentors
            if mentors is not None:
                used[mentors.pool, period] += Fraction(people, mentors.mentees_each)
        return used
