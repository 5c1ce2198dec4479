"""A plan of the whole taken apart into the plans of its blocks, so that the search of blocks goes on from it.

What belongs to no block, classes of shared programmes and what they cost, is put together again from the people of all
blocks (`merging.with_classes`), as it is for blocks that were planned one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.one_off import OneOff
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Draft, drafted
from planner.nation.allotting import Allotments, divided
from planner.nation.central import Centre
from planner.nation.merging import money_by_period, money_spent
from planner.nation.pieces import Shared
from planner.nation.structure import AgencyBlock, Structure
from planner.nation.tasks import Planned
from planner.payments.payment import Payment

Uses = Mapping[str, Mapping[Shared, int]]
"""What each block uses of what is shared, by its name."""


@dataclass(frozen=True)
class BegunBlocks:
    """A plan of the whole, and the plans of blocks in it; none where it cannot be taken apart."""

    draft: Draft
    planned: Mapping[str, Planned]
    uses: Uses
    rest: Mapping[Shared, int]
    """What nobody uses of what is shared: money, caps, and seats of the classes held."""

    def shares(self, wanted: Allotments) -> Allotments:
        """Return what each block uses and its part of the rest, divided as is `wanted`."""
        found: Allotments = {name: dict(used) for name, used in self.uses.items()}
        for shared, number in self.rest.items():
            asked = {name: float(wanted.get(name, {}).get(shared, 0)) for name in found}
            for name, part in divided(asked, number).items():
                found[name][shared] = found[name].get(shared, 0) + part
        return found


def taken_apart(centre: Centre, scenarios: Mapping[str, Scenario], start: Decisions) -> BegunBlocks | None:
    """Return the plan with the decisions `start` taken apart; None where it is no plan of the whole.

    `scenarios` are those of the blocks, with the rules that cap several of them.
    """
    structure = centre.structure
    try:
        draft = drafted(structure.scenario, start)
    except LookupError:  # it is of another scenario
        return None
    if draft is None:
        return None
    alone = BegunBlocks(draft, {}, {}, {})
    payments = draft.payments if draft.settlement is None else draft.settlement.payments()
    parts, money = _Parts(structure), money_by_period(centre)
    rows: dict[str, list[Payment]] = {block.name: [] for block in structure.blocks}
    for row in payments:
        name = parts.of_cost(row.programme, row.group, row.item, row.account)
        if name is not None:
            rows[name].append(row)
        elif row.programme not in structure.programmes:
            return alone  # a cost of several blocks that is none of what they share
    if not all(fund in parts.of_fund for fund in start.used):
        return alone
    seats = frozenset(held.programme.id for held in centre.held)
    number = [level.goal for level in levels_of(structure.scenario)].index("gaps_closed")
    planned: dict[str, Planned] = {}
    uses: dict[str, dict[Shared, int]] = {}
    for block in structure.blocks:
        decisions, paid = parts.decisions(block, start), tuple(rows[block.name])
        part = drafted(scenarios[block.name], decisions, paid)
        if part is None:
            return alone
        planned[block.name] = Planned(block.name, decisions, paid, part.values[number])
        uses[block.name] = planned[block.name].used(money, seats) | _caps(structure, part)
    return BegunBlocks(draft, planned, uses, _rest(centre, start, payments, planned.values(), uses))


def _caps(structure: Structure, draft: Draft) -> dict[Shared, int]:
    """Return what a block takes of the rules that cap several blocks."""
    measured = {result.rule: result.measure for result in draft.results}
    return {
        Shared("cap", str(number)): ceil(measured[structure.scenario.rules[number].name]) for number in structure.capped
    }


def _rest(
    centre: Centre, start: Decisions, payments: Iterable[Payment], planned: Iterable[Planned], uses: Uses
) -> dict[Shared, int]:
    """Return what a plan leaves of what is shared, beside what is paid for all blocks together."""
    spent = money_spent(centre, payments)
    spent_there = money_spent(centre, [row for each in planned for row in each.payments])
    left = {
        shared: floor(amount) - (spent.get(shared, 0) - spent_there.get(shared, 0))
        for shared, amount in centre.amounts.items()
    }
    for held in centre.held:
        left[held.seats] = start.classes.get((held.programme.id, held.period), 0) * held.size
    for used in uses.values():
        for shared, number in used.items():
            left[shared] = left.get(shared, 0) - number
    return {shared: max(0, number) for shared, number in left.items()}


class _Parts:
    """To which block everything in a plan belongs."""

    def __init__(self, structure: Structure) -> None:
        blocks = structure.blocks
        self.of_group = {group.id: block.name for block in blocks for group in block.groups}
        self.of_fund = {fund: block.name for block in blocks for fund in block.funds}
        self.of_programme: dict[str, str] = {}
        for programme in structure.scenario.programmes:
            groups = structure.scenario.groups_in(programme.for_)
            if groups and programme.id not in structure.programmes:
                self.of_programme[programme.id] = self.of_group[groups[0].id]

    def of_cost(self, programme: str | None, group: str | None, item: str, account: str | None) -> str | None:
        """Return the block of a cost; None where it is of no single block."""
        if group is not None:
            return self.of_group.get(group)
        if programme is not None:
            return self.of_programme.get(programme)
        return self.of_fund.get(OneOff(programme, group, item, account).fund or "")

    def decisions(self, block: AgencyBlock, start: Decisions) -> Decisions:
        """Return what a plan decides for a block."""
        name = block.name
        return Decisions(
            {seat: n for seat, n in start.participants.items() if self.of_group[seat[0]] == name},
            {held: n for held, n in start.classes.items() if self.of_programme.get(held[0]) == name},
            frozenset(group for group in start.socialized if self.of_group[group] == name),
            {seat: n for seat, n in start.seats.items() if self.of_group[seat[2]] == name},
            frozenset(fund for fund in start.used if self.of_fund[fund] == name),
            {one_off: t for one_off, t in start.due.items() if self.of_cost(*one_off) == name},
        )
