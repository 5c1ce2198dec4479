"""Conditions of the scenario that exclude a group from a programme, with their paths.

`exclusions` are the conditions that leave the group without a seat in `planner.model.sets`, computed independently:
there is one exactly if the sets have no seat. `obstacles` are other conditions that need no search: prerequisites that
the group cannot take in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.analysis.repairs.adjustable import Path
from planner.domain.affordable import Affordability
from planner.domain.cells import Funding
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, Programme
from planner.domain.scenario import Scenario


@dataclass(frozen=True)
class FundExclusion:
    """A fund that may not pay a cost item: the selector of `pays` that excludes it, and its path."""

    fund: str
    by: str
    path: Path


@dataclass(frozen=True)
class Exclusion:
    """A condition that leaves no seat for a group in a programme.

    for            the programme's `for` asks for `names` of the attribute `detail`, and the group has `others`
    no_gap         the group has no gap in the competencies `names` that the programme closes
    unwilling      `numbers` = (need, share willing) is less than one person
    release        `numbers` = (share released, headcount) is less than one person
    hours          `numbers` = (JP per person, people willing, JP of the programme) is less than one participant
    no_classes     the limit `detail` of classes is 0
    mentors        the pool `detail` has no mentor
    unpayable      no fund may pay the item `detail`, due per `names`; `fund_exclusions` has the reasons
    unaffordable   `numbers` = (least cost of a run with the group, money of the funds that may pay for it) [rupiah]
    class_size     `numbers` = (people who could attend, smallest class)
    classes_min    `numbers` = (classes that these people fill, fewest classes)
    periods        no period is open
    requires       the prerequisite `detail` is impossible for the group, `because` of these
    requires_late  the prerequisite `detail` is held in `names` only, the programme in `others`
    """

    kind: str
    path: Path
    detail: str = ""
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    numbers: tuple[Fraction, ...] = ()
    fund_exclusions: tuple[FundExclusion, ...] = ()
    because: tuple[Exclusion, ...] = ()


class ExclusionFinder:
    """Finds the conditions that exclude groups from programmes in one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.funding = Funding(scenario)
        self._money: dict[str, Affordability] = {}

    def exclusions(self, group: Group, programme: Programme) -> tuple[Exclusion, ...]:
        """Return all conditions that leave no seat; none if the group can have a seat."""
        own = tuple(self._of_group(group, programme))
        return own + tuple(self._of_classes(programme))

    def obstacles(self, group: Group, programme: Programme, seen: tuple[str, ...] = ()) -> tuple[Exclusion, ...]:
        """Return further conditions that make it impossible for a group that can have a seat."""
        return tuple(self._prerequisites(group, programme, (*seen, programme.id)))

    def _of_group(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """Yield what excludes this group, regardless of other groups."""
        yield from self._outside_target(group, programme)
        need = self.scenario.need(group, programme)
        if not need:
            yield Exclusion("no_gap", ("groups", group.id, "gaps"), names=tuple(programme.closes))
        willing = group.willing(socialized=True)
        if need and need * willing < 1:
            key = ("socialization", "raises_uptake_to") if group.socialization else ("uptake",)
            yield Exclusion("unwilling", ("groups", group.id, *key), numbers=(Fraction(need), willing))
        if group.release * group.headcount < 1:
            share = (group.release, Fraction(group.headcount))
            yield Exclusion("release", ("groups", group.id, "release"), numbers=share)
        if group.max_hours is not None and group.max_hours * group.headcount * willing < programme.hours:
            hours = (group.max_hours, group.headcount * willing, programme.hours)
            yield Exclusion("hours", ("groups", group.id, "max_hours"), numbers=hours)
        unpayable = tuple(self._unpayable_lines(group, programme))
        yield from unpayable
        money = self._affordability(programme)
        if not unpayable and group.id in money.takers and not money.affords(group):
            amounts = (Fraction(money.least(group)), Fraction(money.most))
            yield Exclusion("unaffordable", ("programmes", programme.id, "costs"), numbers=amounts)

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
            able = (g for g in groups if self.scenario.need(g, programme) * g.willing(socialized=True) >= 1)
            known = self._money[programme.id] = Affordability(self.funding, programme, able)
        return known

    def _outside_target(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        has = group.attributes()
        for attribute, wanted in programme.for_.named().items():
            if set(wanted).isdisjoint(has[attribute]):
                path = ("programmes", programme.id, "for", attribute)
                yield Exclusion("for", path, attribute, wanted, tuple(has[attribute]))

    def _of_classes(self, programme: Programme) -> Iterator[Exclusion]:
        """Yield what leaves the programme without classes, mentors or periods for all groups."""
        path: Path = ("programmes", programme.id)
        if not self.scenario.periods_of(programme):
            yield Exclusion("periods", (*path, "periods"))
        mentors = programme.mentors
        if mentors is not None and not self.scenario.mentors_in(self.scenario.mentor_pool[mentors.pool]):
            yield Exclusion("mentors", ("mentor_pools", mentors.pool), mentors.pool)
        size, limits = programme.class_size, programme.classes
        if size is None:
            return
        closed = [key for key in ("max", "per_period") if getattr(limits, key) == 0]
        for key in closed:
            yield Exclusion("no_classes", (*path, "classes", key), key)
        if closed:
            return
        people = sum(self.capacity(programme).values())
        if people < size.min:
            yield Exclusion("class_size", (*path, "class_size", "min"), numbers=(Fraction(people), Fraction(size.min)))
            return
        caps = [limit for limit in (limits.max, limits.per_period) if limit is not None]
        classes = len(self.scenario.periods_of(programme)) * min([people // size.min, *caps])
        if classes < limits.min:
            yield Exclusion("classes_min", (*path, "classes", "min"), numbers=(Fraction(classes), Fraction(limits.min)))

    def capacity(self, programme: Programme) -> dict[str, int]:
        """Return the people of each group who could take the programme in one period, regardless of others [people]."""
        size, limits, mentors = programme.class_size, programme.classes, programme.mentors
        common: list[int] = []
        if size is not None:
            common += [size.max * n for n in (limits.max, limits.per_period) if n is not None]
        if mentors is not None:
            common.append(self.scenario.mentors_in(self.scenario.mentor_pool[mentors.pool]) * mentors.mentees_each)
        capacity = {}
        for group in self.scenario.groups:
            if any(self._of_group(group, programme)):
                continue
            willing = group.willing(socialized=True)
            most = [int(self.scenario.need(group, programme) * willing), int(group.release * group.headcount), *common]
            if group.max_hours is not None and programme.hours:
                most.append(int(group.max_hours * group.headcount * willing / programme.hours))
            capacity[group.id] = min(most)
        return capacity

    def _has_cost(self, item: CostItem, group: Group | None) -> bool:
        """Whether the item costs something; an item without a price for the group is excluded by `for`."""
        price = item.price_for(group)
        return price is not None and item.quantity * price > 0

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
        """Yield the prerequisites that all of the group need but cannot take, or not in time."""
        scenario = self.scenario
        for place, name in enumerate(programme.requires):
            required = scenario.programme[name]
            if name in seen or scenario.need(group, programme) > scenario.need(group, required):
                continue
            path = ("programmes", programme.id, "requires", place)
            because = self.exclusions(group, required) or self.obstacles(group, required, seen)
            if because:
                yield Exclusion("requires", path, name, because=because)
                continue
            earliest = scenario.periods_of(required)
            open_periods = scenario.periods_of(programme)
            order = self._order
            if min(order[t] for t in earliest) > max(order[t] for t in open_periods):
                yield Exclusion("requires_late", path, name, earliest, open_periods)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {period: number for number, period in enumerate(self.scenario.horizon)}
