"""What one person can take: the hours of each year, the days of each period, and how many courses fit into both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Any, Final, Literal

from planner.domain.running import days_of, place_when_finished, run_of

if TYPE_CHECKING:
    from planner.domain.groups import Group
    from planner.domain.programmes import Programme
    from planner.domain.scenario import Scenario

PersonLimitKind = Literal["hours", "days"]
PersonLimit = tuple[PersonLimitKind, str]
"""("hours", year) or ("days", period)."""

WIDEST: Final = 100_000
"""Most units up to which all sums of hours are tried."""


MOST_COUNTED: Final = 4
"""Most courses of one person that are counted (`together`)."""


class OnePerson:
    """How much of one person's hours and days each programme takes, for each start."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._hours: dict[tuple[str, str], dict[str, Fraction]] = {}
        self.tasks: dict[Any, Any] = {}
        """Tasks worked out for the seats of groups, remembered for later requests."""

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years of the horizon in order."""
        return tuple(dict.fromkeys(self._scenario.year_of.values()))

    def hours(self, programme: Programme, start: str) -> Mapping[str, Fraction]:
        """Return the JP of one participant in each year: the hours are spread evenly over the run [JP]."""
        key = programme.id, start
        if key not in self._hours:
            run = run_of(self._scenario, programme, start)
            found: dict[str, Fraction] = {}
            for period in run if programme.hours else ():
                year = self._scenario.year_of[period]
                found[year] = found.get(year, Fraction(0)) + programme.hours / programme.lasts
            self._hours[key] = found
        return self._hours[key]

    def days(self, programme: Programme, start: str) -> dict[str, Fraction]:
        """Return the training days of one participant in each period [days]."""
        run = run_of(self._scenario, programme, start)
        return {t: n for t, n in zip(run, days_of(self._scenario, programme), strict=False) if n}

    @cached_property
    def starts(self) -> Mapping[str, tuple[str, ...]]:
        """The periods in which each programme may start such that its days fit into the working days."""
        return {
            p.id: tuple(
                start
                for start in self._scenario.periods_of(p)
                if all(n <= self._scenario.working_days[t] for t, n in self.days(p, start).items())
            )
            for p in self._scenario.programmes
        }

    @cached_property
    def least_hours(self) -> Mapping[str, Fraction]:
        """The most JP that a programme takes in one year, at the start where that is least [JP]."""
        found = {}
        for programme in self._scenario.programmes:
            starts = self._scenario.periods_of(programme)
            peaks = [max(self.hours(programme, start).values(), default=Fraction(0)) for start in starts]
            found[programme.id] = min(peaks, default=programme.hours)
        return found

    def room(self, group: Group, year: str) -> Fraction | None:
        """Return the most JP that one person of a group may still take in a year [JP]; None where there is no limit.

        In the first year the JP taken before are taken off.
        """
        if group.max_hours is None or not group.hours_before or year != self._scenario.years[0]:
            return group.max_hours
        return max(Fraction(0), group.max_hours - group.hours_before)

    def least_room(self, group: Group) -> Fraction | None:
        """Return the least `room` of any year [JP]; None where there is no limit."""
        return self.room(group, self._scenario.years[0])

    def taken_before(self, group: Group) -> Fraction:
        """Return the JP that every person of a group has taken at least in the first year before the plan [JP].

        Where the groups come from a list of people, its figures count rather than `hours_before`, which states the same
        JP.
        """
        people = self._scenario.people
        listed = people.read.hours_done.get(group.id) if people is not None and people.read is not None else None
        if not listed:
            return group.hours_before
        return min(map(Fraction, listed)) if sum(listed.values()) >= group.headcount else Fraction(0)

    def still_due(self, group: Group, year: str) -> Fraction:
        """Return the most JP that one person of a group lacks of the year's target before the plan; 0 without one
        [JP]."""
        target = self._scenario.scenario.hours_target or 0
        before = self.taken_before(group) if target and year == self.years[0] else Fraction(0)
        return max(Fraction(0), target - before)

    def _has_room(self, group: Group, programme: Programme, start: str) -> bool:
        hours = self.hours(programme, start).items()
        return all(most is None or n <= most for n, most in ((n, self.room(group, year)) for year, n in hours))

    def admits(self, group: Group, programme: Programme) -> bool:
        """Return whether the programme has a start at which no year takes more JP than one person of the group may
        take.

        Periods that are over count too, so that past periods do not change which groups a programme is open to.
        """
        least = self.least_room(group)
        if least is None or programme.hours <= least:
            return True
        if not self._scenario.facts:
            return self.admits_now(group, programme)
        return any(self._has_room(group, programme, t) for t in self._scenario.offered(programme))

    def closed_by_hours_before(self, group: Group, programme: Programme) -> bool:
        """Return whether a programme closed to a group would be open to it if nobody had taken any JP before."""
        return bool(group.hours_before) and self.admits(group.model_copy(update={"hours_before": 0}), programme)

    def admits_now(self, group: Group, programme: Programme) -> bool:
        """Return whether the same holds for the starts that are left."""
        if group.max_hours is None or not group.hours_before:
            return group.max_hours is None or self.least_hours[programme.id] <= group.max_hours
        starts = self._scenario.periods_of(programme)
        if not starts:
            return programme.hours <= group.max_hours
        return any(self._has_room(group, programme, t) for t in starts)

    def fits(self, group: Group, programme: Programme, start: str) -> bool:
        """Return whether one person of the group has room for this course alone, starting in `start`."""
        if start not in self.starts[programme.id]:
            return False
        return self._has_room(group, programme, start)

    def reach(self, most: Fraction, hours: Iterable[Fraction]) -> Fraction:
        """Return the most JP, up to `most`, that one person can take in different programmes of these hours [JP].

        At 20 JP a year, courses of 12 JP each reach 12. All sums are tried exactly, in whole units.
        """
        lengths = [n for n in hours if 0 < n <= most]
        if sum(lengths) <= most:
            return sum(lengths, Fraction(0))
        scale = lcm(most.denominator, *(n.denominator for n in lengths))
        top = int(most * scale)
        if top > WIDEST:
            return most
        sums, within = 1, (1 << (top + 1)) - 1
        for n in lengths:
            sums |= (sums << int(n * scale)) & within
        return Fraction(sums.bit_length() - 1, scale)

    def long_courses[S: Hashable](
        self, most: Fraction, hours: Mapping[S, Fraction], programme: Callable[[S], str]
    ) -> list[tuple[int, list[S]]]:
        """Return (k, seats) pairs: one person takes at most k of these seats, within `most` JP in a year.

        For each length h, at most k programmes of h JP or more fit; and for each programme of at most half the limit,
        only one of it and all those that do not fit beside it.
        """
        reach = self.reach(most, [n for _, n in sorted({(programme(s), n) for s, n in hours.items()})])
        rows: dict[int, tuple[Fraction, list[S]]] = {}
        for length in sorted(set(hours.values()), reverse=True):
            long = [s for s, n in hours.items() if n >= length]
            shortest: dict[str, Fraction] = {}
            for s in long:
                shortest[programme(s)] = min(hours[s], shortest.get(programme(s), hours[s]))
            number = self.together(most, shortest.values())
            if number > MOST_COUNTED:
                break
            if number < len(shortest):
                rows[number] = length, long
        found = [(number, long) for number, (length, long) in rows.items() if reach > number * length]
        longer = max(hours.values(), default=Fraction(0))
        for p in dict.fromkeys(programme(s) for s in hours):
            own = {s: n for s, n in hours.items() if programme(s) == p}
            least = min(own.values())
            if 2 * least <= most < least + longer:
                beside = [s for s, n in hours.items() if s not in own and least + n > most]
                if beside:
                    found.append((1, [*own, *beside]))
        return found

    def together(self, most: Fraction, hours: Iterable[Fraction]) -> int:
        """Return how many different programmes of these hours one person can take within `most` JP."""
        taken, number = Fraction(0), 0
        for n in sorted(hours):
            taken += n
            if taken > most:
                break
            number += 1
        return number

    @cached_property
    def most_hours(self) -> Mapping[str, Fraction]:
        """The most JP that a programme takes in one year, whenever it starts [JP]."""
        return {
            p.id: max((n for t in self._scenario.periods_of(p) for n in self.hours(p, t).values()), default=Fraction(0))
            for p in self._scenario.programmes
        }

    @cached_property
    def most_days(self) -> Mapping[str, Mapping[str, Fraction]]:
        """The most days that a programme takes in each period, whenever it starts, where there are any [days]."""
        found: dict[str, dict[str, Fraction]] = {}
        for programme in self._scenario.programmes:
            most: dict[str, Fraction] = {}
            for start in self.starts[programme.id]:
                for t, n in self.days(programme, start).items():
                    most[t] = max(n, most.get(t, Fraction(0)))
            found[programme.id] = most
        return found

    @cached_property
    def crowded(self) -> frozenset[str]:
        """Periods whose working days are too few for all programmes one after another."""
        return self.crowded_by(self.most_days)

    def crowded_by(self, programmes: Iterable[str]) -> frozenset[str]:
        """Return the periods whose working days are too few for these programmes one after another."""
        total: dict[str, Fraction] = {}
        for p in programmes:
            for t, n in self.most_days[p].items():
                total[t] = total.get(t, Fraction(0)) + n
        return frozenset(t for t, n in total.items() if n > self._scenario.working_days[t])

    def skipping(
        self, group_id: str, patterns: Sequence[tuple[tuple[str, str], ...]]
    ) -> dict[tuple[str, str], tuple[int, frozenset[tuple[tuple[str, str], ...]]]]:
        """Return (people who may skip, patterns that skip) for each programme and each of its prerequisites.

        A pattern skips a prerequisite where it takes the programme before it has finished any programme that meets it.
        People who completed it before the plan have it in no pattern.
        """
        scenario, group = self._scenario, self._scenario.group[group_id]
        known = {start for pattern in patterns for start in pattern}
        done: dict[str, int] = {}
        for (g, p, t), people in scenario.facts.participants.items():
            if g == group_id and (p, t) not in known:
                done[p] = done.get(p, 0) + people
        found = {}
        for programme in scenario.programmes:
            for needed in programme.prerequisites:
                enough = tuple(dict.fromkeys(needed))
                ready = scenario.may_skip(group, programme, enough, scenario.horizon[-1])
                ready += sum(group.completed.get(name, 0) + done.get(name, 0) for name in enough)
                those = frozenset(p for p in patterns if self.skips(p, programme.id, enough))
                if those:
                    found[programme.id, " / ".join(needed)] = ready, those
        return found

    def skips(self, pattern: Sequence[tuple[str, str]], programme: str, enough: Collection[str]) -> bool:
        """Return whether a pattern takes a programme before it has finished any of `enough`."""
        place = self._scenario.place_of_period
        begins = [place[t] for p, t in pattern if p == programme]
        done = [place_when_finished(self._scenario, self._scenario.programme[p], t) for p, t in pattern if p in enough]
        return bool(begins) and not any(finished <= begins[0] for finished in done)
