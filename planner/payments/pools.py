"""Cost pools: cells with the same payers and conditions, so that payments are decided per pool.

Two cells are in one pool when the same funds may pay them, and no condition on money tells them
apart: the programme (a payer has a max_share), the period (a payer's money is released in steps)
or a cost rule that counts one and not the other. How a pool's payments are spread over its cells
changes no rule, so they are decided per pool and written out per cell afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.domain.cells import Cell, CostFilter, Funding
from planner.domain.groups import Group
from planner.domain.programmes import CostItem, Programme
from planner.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class CostPool:
    """One pool of cells. `programme` and `period` are None where no condition tells them apart."""

    payers: tuple[str, ...]
    programme: str | None
    period: str | None
    rules: tuple[int, ...]
    """Indexes of the scenario's cost rules that count payments for these cells."""


class CostPools:
    """The pools of a scenario's cells, numbered from 0 in the order in which they are first met."""

    def __init__(self, funding: Funding) -> None:
        self.funding = funding
        self.scenario = funding.scenario
        self.members: list[CostPool] = []
        self._numbers: dict[CostPool, int] = {}
        self._participant_pools: dict[tuple[object, ...], int] = {}

    @cached_property
    def cost_rules(self) -> dict[int, CostFilter]:
        """The cost rules by their index in the scenario."""
        rules: list[tuple[int, Rule]] = list(enumerate(self.scenario.rules))
        return {n: self.funding.counted(rule.where) for n, rule in rules if rule.measure == "cost"}

    @cached_property
    def stepped_funds(self) -> frozenset[str]:
        """Funds whose money is not all there from the first period on."""
        return frozenset(f.id for f in self.scenario.funds if any(share < 1 for share in f.releases.values()))

    @cached_property
    def shared_programmes(self) -> frozenset[str]:
        """Programmes of which some payer may pay a share only."""
        limited = {f.id for f in self.scenario.funds if f.max_share < 1}
        return frozenset(
            p.id
            for p in self.scenario.programmes
            if any(not limited.isdisjoint(self.funding.payers(p, item)) for item in p.costs)
        )

    def pool(self, cell: Cell, payers: tuple[str, ...]) -> int:
        """The number of the pool of a cell that `payers` may pay."""
        pool = CostPool(
            payers=payers,
            programme=cell.programme if cell.programme in self.shared_programmes else None,
            period=None if self.stepped_funds.isdisjoint(payers) else cell.period,
            rules=tuple(n for n, counted in self.cost_rules.items() if counted.selects(cell)),
        )
        number = self._numbers.setdefault(pool, len(self.members))
        if number == len(self.members):
            self.members.append(pool)
        return number

    def of_participants(self, programme: Programme, item: CostItem, group: Group, period: str) -> int:
        """The pool of a participant item for the seats of `group` in `period`."""
        key = (programme.id, item.item, item.account, period, self.funding.kind_of_group(group))
        found = self._participant_pools.get(key)
        if found is None:
            cell = Cell(programme.id, group.id, item.item, item.account, period)
            found = self.pool(cell, self.funding.payers(programme, item, group))
            self._participant_pools[key] = found
        return found

    def of_classes(self, programme: Programme, item: CostItem, period: str) -> int:
        """The pool of a class item for the classes of `period`."""
        cell = Cell(programme.id, None, item.item, item.account, period)
        return self.pool(cell, self.funding.payers(programme, item))

    def of_programme(self, programme: Programme, item: CostItem) -> int:
        """The pool of an item due once if the programme runs."""
        cell = Cell(programme.id, None, item.item, item.account, self.funding.first_period(programme))
        return self.pool(cell, self.funding.payers(programme, item))

    def of_socialization(self, group: Group) -> int:
        """The pool of a group's socialization, paid by own funds."""
        return self.pool(self.funding.socialization_cell(group), self.funding.own_funds)

    def of_agreement(self, fund_id: str) -> int:
        """The pool of a fund's agreement cost, paid by own funds."""
        return self.pool(self.funding.agreement_cell(self.scenario.fund[fund_id]), self.funding.own_funds)
