"""How a scenario falls apart: blocks of agencies that are connected only by what can be priced or divided.

Two agencies are in one block where something connects them that cannot be divided between them: a programme with
mentors or resources, a choice, a fund with a match. What is left between blocks is shared: money of no agency,
programmes for people of several blocks, and rules that measure several. `structure_of` finds blocks and what they share
from the scenario alone; `agency` of a fund is what gives most money to a single block.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property

from planner.domain.cells import Funding
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.objectives import levels_of
from planner.domain.programmes import Programme
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector

LEAST_BLOCKS = 4
"""With fewer blocks, planning them apart gains nothing."""

Agency = tuple[str, str]
"""("agency", its name), or ("group", id) of a group that has none."""


@dataclass(frozen=True)
class AgencyBlock:
    """Agencies that are planned together."""

    name: str
    agencies: frozenset[Agency]
    groups: tuple[Group, ...]
    programmes: tuple[str, ...]
    """Ids of programmes that its people may attend, with prerequisites: its own and shared ones."""
    funds: tuple[str, ...]
    """Ids of the funds that pay for it alone."""
    rules: tuple[int, ...]
    """Places of the rules that measure it alone, or each part of it separately."""


@dataclass(frozen=True)
class Structure:
    """The blocks of a scenario and what they share."""

    scenario: Scenario
    blocks: tuple[AgencyBlock, ...]
    funds: tuple[str, ...]
    """Ids of funds that may pay for several blocks."""
    programmes: frozenset[str]
    """Ids of programmes for people of several blocks."""
    capped: tuple[int, ...]
    """Places of rules that cap a measure of several blocks."""
    shares: tuple[int, ...]
    """Places of rules about a share of several blocks' measure: they hold for all together where they hold for each."""

    @cached_property
    def funding(self) -> Funding:
        """Who may pay what in the whole scenario."""
        return self.scenario.funding


def agency_of(group: Group) -> Agency:
    """Return the agency of a group, or the group itself."""
    return ("group", group.id) if group.agency is None else ("agency", group.agency)


def structure_of(scenario: Scenario) -> Structure | None:
    """Return the blocks of `scenario`; None where they are too few, or share something that cannot be divided."""
    levels = [level.goal for level in levels_of(scenario)]
    if scenario.actuals is not None or levels[0] != "gaps_closed" or "smallest_coverage" in levels:
        return None
    found = _Finding(scenario)
    return found.structure() if found.divisible else None


class _Sets[T: Hashable]:
    """Disjoint sets that can be joined."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}

    def of(self, member: T) -> T:
        """Return the member that represents the set of `member`."""
        path = []
        while (above := self._above.get(member, member)) != member:
            path.append(member)
            member = above
        for each in path:
            self._above[each] = member
        return member

    def join(self, members: Iterable[T]) -> None:
        """Make one set of the sets of `members`."""
        several = list(members)
        for each in several[1:]:
            one, other = self.of(several[0]), self.of(each)
            if one != other:
                self._above[other] = one


class _Finding:
    """The search for the blocks of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.sets = _Sets[Agency]()
        self.divisible = True
        self._agencies: dict[GroupSelector, frozenset[Agency]] = {}
        self.funding = scenario.funding
        self._join_people()
        for _again in range(2):  # joining by funds may leave shared programmes to one block
            self._join_funds()
        self._judge_rules()

    def agencies(self, selector: GroupSelector) -> frozenset[Agency]:
        """Return the agencies of the groups that a selector picks."""
        if selector not in self._agencies:
            self._agencies[selector] = frozenset(map(agency_of, self.scenario.groups_in(selector)))
        return self._agencies[selector]

    def of(self, agencies: Iterable[Agency]) -> frozenset[Agency]:
        """Return the blocks of agencies, each by the agency that represents it."""
        return frozenset(map(self.sets.of, agencies))

    def shared(self, programme: Programme) -> bool:
        """Return whether people of several blocks may attend the programme."""
        return len(self.of(self.agencies(programme.for_))) > 1

    def _join_people(self) -> None:
        scenario = self.scenario
        users: dict[str, set[Agency]] = {}
        for programme in scenario.programmes:
            agencies = self.agencies(programme.for_)
            if programme.mentors is not None:
                self.sets.join({*agencies, *self.agencies(scenario.mentor_pool[programme.mentors.pool].from_)})
            for resource in programme.uses:
                users.setdefault(resource, set()).update(agencies)
            if programme.classes.min:
                self.sets.join(agencies)
        for together in users.values():
            self.sets.join(together)
        choices = scenario.choices
        for names in (*choices.together, *choices.at_most_one_of, *choices.only_if.items()):
            self.sets.join(a for name in names for a in self.agencies(scenario.programme[name].for_))

    def reach(self, fund: Fund) -> frozenset[Agency]:
        """Return the blocks for which a fund may pay anything."""
        if fund.agency is not None:
            return self.of([("agency", fund.agency)])
        paid = self.scenario.programmes_in(fund.pays.programmes)
        some = self.agencies(fund.pays.groups)
        found: set[Agency] = set()
        for programme in paid:
            agencies = self.agencies(programme.for_)
            for item in programme.costs:
                if fund.pays.items.matches(item.attributes()):
                    found |= agencies & some if item.per == "participant" else agencies
        for name in fund.seats:
            found |= self.agencies(self.scenario.programme[name].for_)
        if fund.own:
            found |= {agency_of(group) for group in self.scenario.groups if group.persuadable}
        return self.of(found)

    def _join_funds(self) -> None:
        for fund in self.scenario.funds:
            if fund.match is not None:
                self.sets.join(self.reach(fund) | self.reach(self.scenario.fund[fund.match.with_]))
        for fund in self.scenario.funds:
            if fund.minimum or fund.agreement_cost is not None or any(fund.seats.values()):
                self.sets.join(self.reach(fund))
            elif fund.max_share < 1:
                for programme in self.scenario.programmes_in(fund.pays.programmes):
                    self.sets.join(self.agencies(programme.for_))

    def _seen(self, rule: Rule) -> frozenset[Agency]:
        """Return the blocks that a rule measures, if its bounds are numbers rather than shares."""
        where, scenario = rule.where, self.scenario
        everyone = frozenset(map(agency_of, scenario.groups))
        found = everyone if where.groups is None else self.agencies(where.groups)
        if where.programmes is not None:
            programmes = scenario.programmes_in(where.programmes)
            found &= frozenset(a for programme in programmes for a in self.agencies(programme.for_))
        if where.funds is not None:
            found &= frozenset(
                a
                for a in everyone
                if self.sets.of(a) in {b for f in scenario.funds_in(where.funds) for b in self.reach(f)}
            )
        return self.of(found)

    def _judge_rules(self) -> None:
        self.local: dict[int, Agency] = {}
        self.each: list[int] = []
        self.capped: list[int] = []
        self.shares: list[int] = []
        for number, rule in enumerate(self.scenario.rules):
            seen = self._seen(rule)
            share = rule.has_share and rule.measure != "gaps_closed"
            apart = rule.per == "programme" and not any(map(self.shared, self._programmes(rule)))
            if apart or rule.per in ("agency", "group"):
                self.each.append(number)
            elif rule.per is None and not share and len(seen) <= 1:
                self.local[number] = next(iter(seen), self.sets.of(agency_of(self.scenario.groups[0])))
            elif rule.per is None and share and rule.hard and rule.measure != "classes":
                self.shares.append(number)
            elif self._is_cap(rule):
                self.capped.append(number)
            else:
                self.divisible = False

    def _programmes(self, rule: Rule) -> tuple[Programme, ...]:
        return self.scenario.programmes_in(rule.where.programmes) if rule.where.programmes else self.scenario.programmes

    @staticmethod
    def _is_cap(rule: Rule) -> bool:
        """Return whether a rule caps a number of people or hours that blocks can divide."""
        countable = rule.measure in ("participants", "hours")
        return rule.per is None and rule.hard and countable and rule.at_least is None and not rule.has_share

    def structure(self) -> Structure | None:
        scenario = self.scenario
        members: dict[Agency, list[Group]] = {}
        for group in scenario.groups:
            members.setdefault(self.sets.of(agency_of(group)), []).append(group)
        if len(members) < LEAST_BLOCKS:
            return None
        for_block: dict[Agency, list[str]] = {root: [] for root in members}
        shared = set()
        for programme in scenario.programmes:
            blocks = self.of(self.agencies(programme.for_))
            if len(blocks) > 1:
                shared.add(programme.id)
            for root in blocks:
                for_block[root].append(programme.id)
        funds: dict[Agency, list[str]] = {root: [] for root in members}
        common = []
        for fund in scenario.funds:
            blocks = self.reach(fund)
            central = fund.agency is None and any(self._pays_class(fund, name) for name in shared)
            if len(blocks) == 1 and not central:
                funds[next(iter(blocks))].append(fund.id)
            elif blocks or central:
                common.append(fund.id)
        rules = {root: list(self.each) for root in members}
        for number, root in self.local.items():
            rules[root].append(number)
        made = tuple(
            AgencyBlock(
                name=min(agency for _kind, agency in map(agency_of, groups)),
                agencies=frozenset(map(agency_of, groups)),
                groups=tuple(groups),
                programmes=tuple(self._with_prerequisites(for_block[root])),
                funds=tuple(funds[root]),
                rules=tuple(sorted(rules[root])),
            )
            for root, groups in members.items()
        )
        return Structure(scenario, made, tuple(common), frozenset(shared), tuple(self.capped), tuple(self.shares))

    def _pays_class(self, fund: Fund, name: str) -> bool:
        programme = self.scenario.programme[name]
        return any(
            item.per != "participant" and fund.id in self.funding.payers(programme, item) for item in programme.costs
        )

    def _with_prerequisites(self, names: list[str]) -> list[str]:
        found, waiting = set(names), list(names)
        while waiting:
            for several in self.scenario.programme[waiting.pop()].prerequisites:
                waiting += [name for name in several if name not in found]
                found.update(several)
        return [name for name in self._in_order if name in found] if len(found) > len(names) else names

    @cached_property
    def _in_order(self) -> list[str]:
        return [programme.id for programme in self.scenario.programmes]
