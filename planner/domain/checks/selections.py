"""All selectors of a scenario, with their place and what they choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from planner.domain.cells import AGREEMENT, SOCIALIZATION
from planner.domain.checks.references import Path
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.domain.selectors import Selector, attribute_values

type Attributes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Selection:
    """One selector: whose it is, where it stands, and the attributes of all it may pick from."""

    owner: str
    path: Path
    things: str
    """groups, programmes, competencies, funds or items."""
    selector: Selector
    universe: tuple[Attributes, ...]

    @cached_property
    def selects_nothing(self) -> bool:
        """Whether there is something to pick from and none of it is picked."""
        return not any(self.selector.matches(attributes) for attributes in self.universe)

    def idle_values(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(attribute, value, values there are) for each named value that nothing has."""
        for attribute, values in self.selector.named().items():
            there = dict.fromkeys(value for attributes in self.universe for value in attributes[attribute])
            for value in values:
                if value not in there:
                    yield attribute, value, tuple(there)


def selections(scenario: Scenario) -> Iterator[Selection]:
    """Every selector that names something, in the order of the file."""
    for selection in _all(scenario):
        if selection.selector.named():
            yield selection


def _all(scenario: Scenario) -> Iterator[Selection]:
    groups = tuple(group.attributes() for group in scenario.groups)
    programmes = tuple(scenario.programme_attributes(programme) for programme in scenario.programmes)
    lines = tuple(item.attributes() for programme in scenario.programmes for item in programme.costs)
    universes: dict[str, tuple[Attributes, ...]] = {
        "groups": groups,
        "programmes": programmes,
        "competencies": tuple({"id": (c.id,), "kind": (c.kind,)} for c in scenario.competencies),
        "funds": tuple(fund.attributes() for fund in scenario.funds),
        "items": lines + tuple(_cells_without_programme(scenario)),
    }
    for m, pool in enumerate(scenario.mentor_pools):
        yield Selection(pool.id, ("mentor_pools", m, "from"), "groups", pool.from_, groups)
    for p, programme in enumerate(scenario.programmes):
        yield Selection(programme.id, ("programmes", p, "for"), "groups", programme.for_, groups)
    for f, fund in enumerate(scenario.funds):
        pays = ("funds", f, "pays")
        yield Selection(fund.id, (*pays, "programmes"), "programmes", fund.pays.programmes, programmes)
        yield Selection(fund.id, (*pays, "groups"), "groups", fund.pays.groups, groups)
        yield Selection(fund.id, (*pays, "items"), "items", fund.pays.items, lines)
        yield Selection(fund.id, ("funds", f, "seats_cover"), "items", fund.seats_cover, lines)
    for r, rule in enumerate(scenario.rules):
        for things, universe in universes.items():
            selector = getattr(rule.where, things)
            if selector is not None:
                yield Selection(rule.name, ("rules", r, "where", things), things, selector, universe)


def _cells_without_programme(scenario: Scenario) -> Iterator[Attributes]:
    """What cost rules see of socialization and agreements: item and account, and no basis."""
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
        """The largest need of one group for each value of an attribute [people]."""
        found: dict[str | None, int] = {}
        for value, need in zip(map(attrgetter(attribute), self.groups), self.needs, strict=True):
            if need > found.get(value, 0):
                found[value] = need
        return found


def takers(scenario: Scenario) -> dict[str, Takers]:
    """Who may take part, by programme id: selected by `for`, with a gap in something it closes.

    Looks up who lacks what, rather than try each group with each programme: a file of thousands of
    groups is read several times faster so.
    """
    lacking: dict[str, list[tuple[int, int]]] = defaultdict(list)
    having: dict[tuple[str, str], set[int]] = defaultdict(set)
    for position, group in enumerate(scenario.groups):
        for competency, gap in group.gaps.items():
            lacking[competency].append((position, gap))
        for attribute, values in group.attributes().items():
            for value in values:
                having[attribute, value].add(position)
    found: dict[str, Takers] = {}
    for programme in scenario.programmes:
        need: dict[int, int] = {}
        for competency in programme.closes:
            for position, gap in lacking.get(competency, ()):
                if gap > need.get(position, 0):
                    need[position] = gap
        chosen = set(need)
        for attribute, values in programme.for_.named().items():
            chosen &= set[int]().union(*(having.get((attribute, value), ()) for value in values))
        places = sorted(chosen)
        found[programme.id] = Takers(
            tuple(map(scenario.groups.__getitem__, places)), tuple(map(need.__getitem__, places))
        )
    return found


def eligible(scenario: Scenario) -> dict[str, tuple[Group, ...]]:
    """The groups of `takers`."""
    return {programme: of.groups for programme, of in takers(scenario).items()}
