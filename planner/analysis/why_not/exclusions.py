"""Conditions of the scenario that exclude a group from a programme, with their paths.

`exclusions` are the conditions that leave the group without a seat in `planner.model.sets`, computed independently:
there is one exactly if the sets have no seat. `obstacles` are other conditions that need no search: prerequisites that
the group cannot take in time, and resources that do not suffice for the smallest run.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from planner.analysis.why_not.exclusion_kinds import Exclusion, FundExclusion
from planner.domain.affordable import Affordability
from planner.domain.chains import Chains
from planner.domain.checks.problem import Path
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, Programme
from planner.domain.running import days_of, released_days, run_of
from planner.domain.scenario import Scenario


class ExclusionFinder:
    """Finds the conditions that exclude groups from programmes in one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.funding = scenario.funding
        self._money: dict[str, Affordability] = {}

    def exclusions(self, group: Group, programme: Programme) -> tuple[Exclusion, ...]:
        """Return all conditions that leave no seat; none if the group can have a seat."""
        own = tuple(self._of_group(group, programme))
        return own + tuple(self._of_classes(group, programme))

    def obstacles(self, group: Group, programme: Programme, seen: tuple[str, ...] = ()) -> tuple[Exclusion, ...]:
        """Return further conditions that make it impossible for a group that can have a seat."""
        return (*self._short_of(programme), *self._prerequisites(group, programme, (*seen, programme.id)))

    def _short_of(self, programme: Programme) -> Iterator[Exclusion]:
        """Yield what there is too little of in every period, if that is so for one run of the fewest people."""
        size = programme.class_size
        least = {"participant": size.min if size else 1, "class": 1, "programme": 1}
        short: dict[str, None] = {}
        for start in self.scenario.periods_of(programme):
            run = run_of(self.scenario, programme, start)
            names = [
                name
                for name, use in programme.uses.items()
                for period in run
                if use.in_each(len(run)) * least[use.per] > self.scenario.resource[name].in_period(period)
            ]
            if not names:
                return
            short |= dict.fromkeys(names)
        if short:
            path: Path = ("resources", next(iter(short)), "amount")
            yield Exclusion("resources", path, names=tuple(short))

    def _of_group(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """Yield what excludes this group, regardless of other groups."""
        yield from self._outside_target(group, programme)
        need = self.scenario.need(group, programme)
        if not need:
            yield Exclusion("no_gap", ("groups", group.id, "gaps"), names=tuple(programme.closes))
        willing = group.willing(socialized=True)
        if need and self._willing_people(group, programme) < 1:
            key = ("socialization", "raises_uptake_to") if group.socialization else ("uptake",)
            yield Exclusion("unwilling", ("groups", group.id, *key), numbers=(Fraction(need), willing))
        elif need and group.new_gaps:
            yield from self._too_early(group, programme)
        if group.release is not None and (short := self._too_few_days(group, programme)):
            yield Exclusion("release", ("groups", group.id, "release"), numbers=(group.release, *short))
        yield from self._without_mentors(group, programme)
        if group.max_hours is not None and not self.scenario.one_person.admits_now(group, programme):
            one = self.scenario.one_person
            years = {self.scenario.year_of[t] for t in self.scenario.periods_of(programme)}
            room = max((one.room(group, year) or Fraction(0) for year in years), default=group.max_hours)
            numbers = [room, one.least_hours[programme.id]]
            if room < group.max_hours or one.closed_by_hours_before(group, programme):
                numbers += [group.max_hours, group.hours_before]
            yield Exclusion("hours_each", ("groups", group.id, "max_hours"), numbers=tuple(numbers))
        starts = self.scenario.periods_of(programme)
        able = max((self._room(group, programme, start) for start in starts), default=0) if need else 0
        if 1 <= able < programme.smallest:
            fewest = (Fraction(able), Fraction(programme.smallest))
            yield Exclusion("smallest", ("programmes", programme.id, "smallest"), numbers=fewest)
        unpayable = tuple(self._unpayable_lines(group, programme))
        yield from unpayable
        money = self._affordability(programme)
        if not unpayable and group.id in money.takers and not money.affords(group):
            amounts = (Fraction(money.least(group)), Fraction(money.most))
            yield Exclusion("unaffordable", ("programmes", programme.id, "costs"), numbers=amounts)

    def _too_early(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """Yield a programme of which every start is in a year when nobody, or not one willing person, needs it.

        Starts with more hours in a year than one person may take do not count.
        """
        scenario, years = self.scenario, self.scenario.years
        possible = scenario.periods_of(programme)
        starts = tuple(t for t in possible if scenario.one_person.fits(group, programme, t))
        if starts and all(self._willing_people(group, programme, self.scenario.year_of[t]) < 1 for t in starts):
            since = next(year for year in years if self._willing_people(group, programme, year) >= 1)
            yield Exclusion("later", ("programmes", programme.id, "periods"), names=starts, others=(since,))

    def _too_few_days(self, group: Group, programme: Programme) -> tuple[Fraction, Fraction] | None:
        """Return (person-days released, days of one participant) in the narrowest period of the best start.

        None where one person can be away for some start, or there is none.
        """
        narrowest: list[tuple[Fraction, Fraction, Fraction]] = []
        for start in self.scenario.one_person.starts[programme.id]:
            run = self._released(group, programme, start)
            if not run:
                return None
            narrowest.append(min((released / days, released, days) for released, days in run))
        best = max(narrowest, default=None)
        return None if best is None or best[0] >= 1 else best[1:]

    def _released(self, group: Group, programme: Programme, start: str) -> list[tuple[Fraction, Fraction]]:
        """Return (person-days released, days of one participant) for each period of a run that takes days."""
        if group.release is None:
            return []
        run = zip(run_of(self.scenario, programme, start), days_of(self.scenario, programme), strict=True)
        return [
            (released_days(self.scenario, group.release, group.headcount, period), days) for period, days in run if days
        ]

    def _without_mentors(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """Yield a pool too small to mentor one person of the group."""
        mentoring = programme.mentors
        if mentoring is None or self.scenario.most_mentored(mentoring, group):
            return
        each = Fraction(1, mentoring.mentees_each)
        pool = self.scenario.mentor_pool[mentoring.pool]
        if group.id in self.scenario.mentors_from[pool.id]:
            each += pool.share
        yield Exclusion("mentors", ("mentor_pools", pool.id), pool.id, numbers=(self.scenario.mentors_in(pool), each))

    def _unpayable_lines(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """Yield the cost lines of a seat, the class or the programme that no fund may pay."""
        for number, item in enumerate(programme.costs):
            due = group if item.per == "participant" else None
            if self._has_cost(item, due) and not self._is_payable(programme, item, due):
                yield self._unpayable(programme, number, item, due)

    def _affordability(self, programme: Programme) -> Affordability:
        """Return the affordability of a programme for the groups that could take it."""
        known = self._money.get(programme.id)
        if known is None:
            groups = self.scenario.groups_in(programme.for_)
            one = self.scenario.one_person
            able = (g for g in groups if one.admits(g, programme) and self._willing_people(g, programme) >= 1)
            known = self._money[programme.id] = Affordability(self.funding, programme, able)
        return known

    def _outside_target(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        has = group.attributes()
        for attribute, wanted in programme.for_.named().items():
            if set(wanted).isdisjoint(has[attribute]):
                path = ("programmes", programme.id, "for", attribute)
                yield Exclusion("for", path, attribute, wanted, tuple(has[attribute]))

    def _of_classes(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """Yield what leaves the programme without classes or periods for all groups, or when `group` could come."""
        path: Path = ("programmes", programme.id)
        starts = self.scenario.periods_of(programme)
        if not starts:
            key = "lasts" if programme.lasts > 1 else "periods"
            gone = self.scenario.facts and self.scenario.changed(actuals=None).periods_of(programme)
            if gone:
                yield Exclusion("over", ("actuals", "through"))
            else:
                yield Exclusion("periods", (*path, key), numbers=(Fraction(programme.lasts),))
            return
        one, working = self.scenario.one_person, self.scenario.working_days
        starts = one.starts[programme.id]
        if not starts:
            days = one.days(programme, self.scenario.periods_of(programme)[0])
            crowded = max(days, key=lambda t: days[t] - working[t])
            yield Exclusion("days_each", (*path, "days"), numbers=(days[crowded], working[crowded]))
            return
        size, limits = programme.class_size, programme.classes
        if size is None:
            return
        closed = [key for key in ("max", "per_period") if getattr(limits, key) == 0]
        for key in closed:
            yield Exclusion("no_classes", (*path, "classes", key), key)
        if closed:
            return
        capacities = [self.capacity(programme, start) for start in starts]
        in_period = [sum(capacity.values()) for capacity in capacities]
        with_group = [n for n, able in zip(in_period, capacities, strict=True) if able.get(group.id)] or in_period
        people = max(with_group)
        if people < size.min:
            yield Exclusion("class_size", (*path, "class_size", "min"), numbers=(Fraction(people), Fraction(size.min)))
            return
        caps = [limit for limit in (limits.max, limits.per_period) if limit is not None]
        classes = sum(min([number // size.min, *caps]) for number in in_period)
        if classes < limits.min:
            yield Exclusion("classes_min", (*path, "classes", "min"), numbers=(Fraction(classes), Fraction(limits.min)))

    def capacity(self, programme: Programme, start: str) -> dict[str, int]:
        """Return the people of each group who could start the programme in a period, regardless of others [people]."""
        capacity = {}
        for group in self.scenario.groups:
            if any(self._of_group(group, programme)):
                continue
            most = self._room(group, programme, start)
            capacity[group.id] = most if most >= programme.smallest else 0
        return capacity

    def _room(self, group: Group, programme: Programme, start: str) -> int:
        """Return the most people of one group who could start the programme in a period, whatever is paid [people]."""
        size, limits = programme.class_size, programme.classes
        most = [self._willing_people(group, programme, self.scenario.year_of[start])]
        if size is not None:
            most += [size.max * n for n in (limits.max, limits.per_period) if n is not None]
        most += [int(released / days) for released, days in self._released(group, programme, start)]
        if programme.mentors is not None:
            most.append(self.scenario.most_mentored(programme.mentors, group))
        return min(most) if self.scenario.one_person.fits(group, programme, start) else 0

    def _willing_people(self, group: Group, programme: Programme, year: str | None = None) -> int:
        """Return the most people of a group who need the programme and would take part, if all were socialized.

        Of those in need by the end of a year, or of the plan.
        """
        circle = self.scenario.willingness.attending.get((group.id, programme.id))
        if circle is None:
            return int(self.scenario.need(group, programme, year) * group.willing(socialized=True))
        circle = circle if year is None else circle.by(year)
        return int(min(circle.most(group, socialized=True), circle.together(self.scenario, socialized=True)))

    def _has_cost(self, item: CostItem, group: Group | None) -> bool:
        """Return whether the item costs something; an item without a price for the group is excluded by `for`."""
        prices = [item.price_for(group, year) for year in dict.fromkeys(self.scenario.price_year.values())]
        return any(price is not None and item.quantity * price > 0 for price in prices)

    def _is_payable(self, programme: Programme, item: CostItem, group: Group | None) -> bool:
        if self.funding.payers(programme, item, group):
            return True
        return item.per == "participant" and any(
            fund.seats.get(programme.id) and item in self.funding.covered(fund, programme)
            for fund in self.scenario.funds
        )

    def _unpayable(self, programme: Programme, number: int, item: CostItem, group: Group | None) -> Exclusion:
        fund_exclusions = []
        for fund in self.scenario.funds:
            pays = fund.pays
            by = []
            if not pays.programmes.matches(self.scenario.programme_attributes(programme)):
                by.append("programmes")
            if not pays.items.matches(item.attributes()):
                by.append("items")
            if item.per == "participant" and group is not None and not pays.groups.matches(group.attributes()):
                by.append("groups")
            fund_exclusions += [FundExclusion(fund.id, key, ("funds", fund.id, "pays", key)) for key in by]
        path = ("programmes", programme.id, "costs", number)
        return Exclusion("unpayable", path, item.item, (item.per,), fund_exclusions=tuple(fund_exclusions))

    def _prerequisites(self, group: Group, programme: Programme, seen: tuple[str, ...]) -> Iterator[Exclusion]:
        """Yield the prerequisites that all of the group need but cannot take, or not in time; of several of which one
        is enough, only if that is so for each of them."""
        scenario, last = self.scenario, self.scenario.periods_of(programme)[-1]
        for place, enough in enumerate(programme.prerequisites):
            path: Path = ("programmes", programme.id, "requires", place)
            several = [scenario.programme[name] for name in enough]
            may_skip = scenario.may_skip(group, programme, enough, last) > 0
            ready = any(group.completed.get(n, 0) or scenario.facts.people.get((group.id, n), 0) for n in enough)
            if may_skip or ready:
                continue
            reasons = [self._impossible(group, programme, required, path, seen) for required in several]
            if len(reasons) == 1:
                yield from (each for each in reasons if each is not None)
            elif all(each is not None for each in reasons):
                because = tuple(each for each in reasons if each is not None)
                yield Exclusion("requires_any", path, names=enough, because=because)

    def _impossible(
        self, group: Group, programme: Programme, required: Programme, path: Path, seen: tuple[str, ...]
    ) -> Exclusion | None:
        """Return why nobody of the group can take `required`, or not before `programme`; None if somebody may."""
        if required.id in seen:
            return None
        because = self.exclusions(group, required) or self.obstacles(group, required, seen)
        if because:
            return Exclusion("requires", path, required.id, because=because)
        if self._chains.finished_too_late(group, programme, required):
            starts, after = self.scenario.periods_of(programme), self.scenario.periods_of(required)
            return Exclusion("requires_late", path, required.id, after, starts)
        return None

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.scenario)
