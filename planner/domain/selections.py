"""All selectors of a scenario, with their place and what they choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.domain.funding import AGREEMENT, SOCIALIZATION
from planner.domain.groups import Group
from planner.domain.references import Path
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


def eligible(scenario: Scenario) -> dict[str, tuple[Group, ...]]:
    """Groups that may take part, by programme id: selected by `for`, with a gap in something it closes."""
    seen = [(group, group.attributes()) for group in scenario.groups]
    found: dict[str, tuple[Group, ...]] = {}
    for programme in scenario.programmes:
        wanted = [(name, frozenset(values)) for name, values in programme.for_.named().items()]
        found[programme.id] = tuple(
            group
            for group, attributes in seen
            if all(not values.isdisjoint(attributes[name]) for name, values in wanted)
            and scenario.need(group, programme) > 0
        )
    return found
