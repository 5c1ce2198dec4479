"""Why a group cannot take a programme at all: every condition of the scenario that excludes it, with its place.

`exclusions` are the conditions that leave no seat for the group in `planner.model.sets`, found independently of it:
there is one exactly where the sets have no seat. `obstacles` are others that are certain without any search:
prerequisites that the group cannot take in time.
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
class Barred:
    """A fund that may not pay a cost item: the part of `pays` that leaves it out, and its place."""

    fund: str
    by: str
    path: Path


@dataclass(frozen=True)
class Exclusion:
    """One condition that leaves no seat for a group in a programme.

    for            the programme's `for` asks for `names` of the attribute `detail`, and the group has `others`
    no_gap         the group lacks none of the competencies `names` that the programme closes
    unwilling      of `numbers` = (need, share willing) not one whole person is left
    release        `numbers` = (share released, headcount) is less than one person
    hours          `numbers` = (JP per person, people willing, JP of the programme) is less than one participant
    no_classes     the limit `detail` of classes is 0
    mentors        the pool `detail` has no mentor
    unpayable      no fund may pay the item `detail`, due per `names`; `barred` says why
    unaffordable   `numbers` = (least cost of a run with the group, what the funds that may pay for it have) [rupiah]
    class_size     `numbers` = (people who could come, smallest class)
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
    barred: tuple[Barred, ...] = ()
    because: tuple[Exclusion, ...] = ()


class Excluder:
    """Finds what excludes groups from programmes in one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.funding = Funding(scenario)
        self._money: dict[str, Affordability] = {}

    def exclusions(self, group: Group, programme: Programme) -> tuple[Exclusion, ...]:
        """All conditions that leave no seat; none where the group could sit in the programme."""
        own = tuple(self._of_group(group, programme))
        return own + tuple(self._of_classes(programme))

    def obstacles(self, group: Group, programme: Programme, seen: tuple[str, ...] = ()) -> tuple[Exclusion, ...]:
        """Further conditions that certainly make it impossible, where there is a seat."""
        return tuple(self._prerequisites(group, programme, (*seen, programme.id)))

    def _of_group(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        """What excludes this group, whoever else would come."""
        yield from self._not_for(group, programme)
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
        """Cost lines of a seat, of the class or of the programme that no fund may pay."""
        for number, item in enumerate(programme.costs):
            due = group if item.per == "participant" else None
            if self._costs(item, due) and not self._payable(programme, item, due):
                yield self._unpayable(programme, number, item, due)

    def _affordability(self, programme: Programme) -> Affordability:
        """What the smallest run of a programme costs those who could take it."""
        known = self._money.get(programme.id)
        if known is None:
            groups = self.scenario.groups_in(programme.for_)
            able = (g for g in groups if self.scenario.need(g, programme) * g.willing(socialized=True) >= 1)
            known = self._money[programme.id] = Affordability(self.funding, programme, able)
        return known

    def _not_for(self, group: Group, programme: Programme) -> Iterator[Exclusion]:
        has = group.attributes()
        for attribute, wanted in programme.for_.named().items():
            if set(wanted).isdisjoint(has[attribute]):
                path = ("programmes", programme.id, "for", attribute)
                yield Exclusion("for", path, attribute, wanted, tuple(has[attribute]))

    def _of_classes(self, programme: Programme) -> Iterator[Exclusion]:
        """What leaves the programme without classes, or without mentors or periods, for everybody."""
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
        people = sum(self.room(programme).values())
        if people < size.min:
            yield Exclusion("class_size", (*path, "class_size", "min"), numbers=(Fraction(people), Fraction(size.min)))
            return
        caps = [limit for limit in (limits.max, limits.per_period) if limit is not None]
        classes = len(self.scenario.periods_of(programme)) * min([people // size.min, *caps])
        if classes < limits.min:
            yield Exclusion("classes_min", (*path, "classes", "min"), numbers=(Fraction(classes), Fraction(limits.min)))

    def room(self, programme: Programme) -> dict[str, int]:
        """People of each group who could sit in the programme in one period, whatever else they take [people]."""
        size, limits, mentors = programme.class_size, programme.classes, programme.mentors
        common: list[int] = []
        if size is not None:
            common += [size.max * n for n in (limits.max, limits.per_period) if n is not None]
        if mentors is not None:
            common.append(self.scenario.mentors_in(self.scenario.mentor_pool[mentors.pool]) * mentors.mentees_each)
        room = {}
        for group in self.scenario.groups:
            if any(self._of_group(group, programme)):
                continue
            willing = group.willing(socialized=True)
            most = [int(self.scenario.need(group, programme) * willing), int(group.release * group.headcount), *common]
            if group.max_hours is not None and programme.hours:
                most.append(int(group.max_hours * group.headcount * willing / programme.hours))
            room[group.id] = min(most)
        return room

    def _costs(self, item: CostItem, group: Group | None) -> bool:
        """Whether the item costs something; an item without a price for the group is left to `for`."""
        price = item.price_for(group)
        return price is not None and item.quantity * price > 0

    def _payable(self, programme: Programme, item: CostItem, group: Group | None) -> bool:
        if self.funding.payers(programme, item, group):
            return True
        return item.per == "participant" and any(
            fund.seats.get(programme.id) and item in self.funding.covered(fund, programme)
            for fund in self.scenario.funds
        )

    def _unpayable(self, programme: Programme, number: int, item: CostItem, group: Group | None) -> Exclusion:
        barred = []
        for fund in self.scenario.funds:
            pays = fund.pays
            by = []
            if not pays.programmes.matches(self.scenario.programme_attributes(programme)):
                by.append("programmes")
            if not pays.items.matches(item.attributes()):
                by.append("items")
            if item.per == "participant" and group is not None and not pays.groups.matches(group.attributes()):
                by.append("groups")
            barred += [Barred(fund.id, key, ("funds", fund.id, "pays", key)) for key in by]
        path = ("programmes", programme.id, "costs", number)
        return Exclusion("unpayable", path, item.item, (item.per,), barred=tuple(barred))

    def _prerequisites(self, group: Group, programme: Programme, seen: tuple[str, ...]) -> Iterator[Exclusion]:
        """Prerequisites that nobody of the group may skip, and that it cannot take, or not in time."""
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
