"""All selectors of a scenario, each with its place and the things it selects from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from planner.domain.checks.problem import Path
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.one_off import AGREEMENT, SOCIALIZATION
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.domain.selectors import Selector, attribute_values

SMALL: Final = 0.1
"""Share of all groups up to which the groups that a programme is for are searched one by one for gaps [0-1]."""

type Attributes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Selection:
    """One selector: its owner, its place, and the attributes of all it may select."""

    owner: str
    path: Path
    things: str
    """groups, programmes, competencies, funds or items."""
    selector: Selector
    choices: Callable[[], Universe]
    """Returns all it may select; called only where the selector names something."""

    @cached_property
    def selects_nothing(self) -> bool:
        """Whether there is something to select and none of it is selected."""
        return not self.choices().picked(self.selector)

    def idle_values(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield (attribute, value, existing values) for each named value that nothing has."""
        for attribute, values in self.selector.named().items():
            there = self.choices().having(attribute)
            for value in values:
                if value not in there:
                    yield attribute, value, tuple(there)


class Universe:
    """The attributes of all things that some selectors may select, indexed by value: there may be thousands of both."""

    def __init__(self, attributes: tuple[Attributes, ...]) -> None:
        self._attributes = attributes
        self._having: dict[str, dict[str, set[int]]] = {}

    def having(self, attribute: str) -> dict[str, set[int]]:
        """Return the places of the things that have each value of an attribute, by value in the order of the file."""
        if attribute not in self._having:
            places = self._having[attribute] = defaultdict(set)
            for place, each in enumerate(self._attributes):
                for value in each[attribute]:
                    places[value].add(place)
        return self._having[attribute]

    def picked(self, selector: Selector) -> set[int]:
        """Return the places of the things that a selector selects; it must name something."""
        found = [
            set[int]().union(*(self.having(attribute).get(value, ()) for value in values))
            for attribute, values in selector.named().items()
        ]
        return set.intersection(*found) if found else set(range(len(self._attributes)))


def selections(scenario: Scenario) -> Iterator[Selection]:
    """Yield every selector that names something, in the order of the file."""
    for selection in _all(scenario):
        if selection.selector.named():
            yield selection


class _Universes:
    """The attributes of everything that a selector of a scenario may select, made on first use."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario

    @cached_property
    def groups(self) -> Universe:
        return Universe(tuple(group.attributes() for group in self._scenario.groups))

    @cached_property
    def programmes(self) -> Universe:
        return Universe(tuple(map(self._scenario.programme_attributes, self._scenario.programmes)))

    @cached_property
    def competencies(self) -> Universe:
        return Universe(tuple({"id": (c.id,), "kind": (c.kind,)} for c in self._scenario.competencies))

    @cached_property
    def funds(self) -> Universe:
        return Universe(tuple(map(Fund.attributes, self._scenario.funds)))

    @cached_property
    def lines(self) -> Universe:
        """Cost lines of programmes, which funds may pay."""
        return Universe(self._lines)

    @cached_property
    def _lines(self) -> tuple[Attributes, ...]:
        return tuple(item.attributes() for programme in self._scenario.programmes for item in programme.costs)

    @cached_property
    def items(self) -> Universe:
        """Everything that cost rules see: cost lines, socialization and agreements."""
        return Universe(self._lines + tuple(_cells_without_programme(self._scenario)))


def _all(scenario: Scenario) -> Iterator[Selection]:
    of = _Universes(scenario)
    universes: dict[str, Callable[[], Universe]] = {
        "groups": lambda: of.groups,
        "programmes": lambda: of.programmes,
        "competencies": lambda: of.competencies,
        "funds": lambda: of.funds,
        "items": lambda: of.items,
    }
    groups, programmes = universes["groups"], universes["programmes"]
    for m, pool in enumerate(scenario.mentor_pools):
        yield Selection(pool.id, ("mentor_pools", m, "from"), "groups", pool.from_, groups)
    for p, programme in enumerate(scenario.programmes):
        yield Selection(programme.id, ("programmes", p, "for"), "groups", programme.for_, groups)
    for f, fund in enumerate(scenario.funds):
        pays = ("funds", f, "pays")
        yield Selection(fund.id, (*pays, "programmes"), "programmes", fund.pays.programmes, programmes)
        yield Selection(fund.id, (*pays, "groups"), "groups", fund.pays.groups, groups)
        yield Selection(fund.id, (*pays, "items"), "items", fund.pays.items, lambda: of.lines)
        yield Selection(fund.id, ("funds", f, "seats_cover"), "items", fund.seats_cover, lambda: of.lines)
    for r, rule in enumerate(scenario.rules):
        for things, universe in universes.items():
            selector = getattr(rule.where, things)
            if selector is not None:
                yield Selection(rule.name, ("rules", r, "where", things), things, selector, universe)


def _cells_without_programme(scenario: Scenario) -> Iterator[Attributes]:
    """Yield what cost rules see of socialization and agreements: item and account, but no basis (`per`)."""
    for group in scenario.groups:
        if group.socialization:
            yield _line(SOCIALIZATION, group.socialization.account)
    for fund in scenario.funds:
        if fund.agreement_cost:
            yield _line(AGREEMENT + fund.id, fund.agreement_cost.account)


def _line(item: str, account: str | None) -> Attributes:
    return {"item": (item,), "account": attribute_values(account), "per": ()}


@dataclass(frozen=True)
class Takers:
    """Who may take part in one programme, in the order of the file, and how many people each group could send."""

    groups: tuple[Group, ...]
    needs: tuple[int, ...]
    """For each group its largest gap among the competencies that the programme closes [people]."""

    @cached_property
    def people(self) -> int:
        """All who may take part [people]."""
        return sum(self.needs)

    @cached_property
    def largest(self) -> int:
        """The largest need of one group [people]."""
        return max(self.needs, default=0)

    def largest_by(self, attribute: str) -> dict[str | None, int]:
        """Return the largest need of one group for each value of an attribute [people]."""
        found: dict[str | None, int] = {}
        for value, need in zip(map(attrgetter(attribute), self.groups), self.needs, strict=True):
            if need > found.get(value, 0):
                found[value] = need
        return found


class Everyone:
    """All groups, whatever programme they may take."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._values: dict[str, set[str | None]] = {}

    @cached_property
    def people(self) -> int:
        """At least as many people as any programme can have, and at least 1 [people]."""
        return max(1, sum(max(group.needs.values(), default=0) for group in self._groups))

    def values(self, attribute: str) -> Set[str | None]:
        """Return the values that groups have of an attribute; with None where some group has none."""
        if attribute not in self._values:
            self._values[attribute] = set(map(attrgetter(attribute), self._groups))
        return self._values[attribute]


class TakersOf:
    """Who may take part in a programme: groups that `for` selects, with a gap in something it closes.

    Gaps are indexed instead of trying each group with each programme, which reads a file of thousands of groups several
    times faster.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._groups = scenario.groups
        self._known: dict[str, Takers] = {}

    def __getitem__(self, programme: Programme) -> Takers:
        found = self._known.get(programme.id)
        if found is None:
            found = self._known[programme.id] = self._of(programme)
        return found

    @cached_property
    def _lacking(self) -> dict[str, list[tuple[int, int]]]:
        """(position of the group, people) for each gap, by competency."""
        lacking: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for position, group in enumerate(self._groups):
            for competency, gap in group.needs.items():
                lacking[competency].append((position, gap))
        return lacking

    @cached_property
    def _having(self) -> dict[tuple[str, str], set[int]]:
        """Positions of the groups that have a value, by attribute and value."""
        having: dict[tuple[str, str], set[int]] = defaultdict(set)
        for position, group in enumerate(self._groups):
            for attribute, values in group.attributes().items():
                for value in values:
                    having[attribute, value].add(position)
        return having

    def _of(self, programme: Programme) -> Takers:
        wanted = [
            set[int]().union(*(self._having.get((attribute, value), ()) for value in values))
            for attribute, values in programme.for_.named().items()
        ]
        need: dict[int, int] = {}
        if wanted and len(chosen := set.intersection(*wanted)) < SMALL * len(self._groups):
            for position in chosen:
                if gap := self._most(self._groups[position], programme):
                    need[position] = gap
        else:
            for competency in programme.closes:
                for position, gap in self._lacking.get(competency, ()):
                    if gap > need.get(position, 0):
                        need[position] = gap
            chosen = set(need).intersection(*wanted)
        chosen &= need.keys()
        places = sorted(chosen)
        return Takers(tuple(map(self._groups.__getitem__, places)), tuple(map(need.__getitem__, places)))

    @staticmethod
    def _most(group: Group, programme: Programme) -> int:
        """Return the largest gap of a group among those that a programme closes [people]."""
        needs = group.needs
        return max((needs.get(competency, 0) for competency in programme.closes), default=0)


def takers(scenario: Scenario) -> dict[str, Takers]:
    """Return who may take part, by programme id."""
    of = TakersOf(scenario)
    return {programme.id: of[programme] for programme in scenario.programmes}


def eligible(scenario: Scenario) -> dict[str, tuple[Group, ...]]:
    """Return the groups that may take part, by programme id."""
    return {programme: of.groups for programme, of in takers(scenario).items()}
