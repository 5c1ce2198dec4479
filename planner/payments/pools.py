"""Cost pools: cells with the same payers and conditions, so that payments are decided per pool.

Two cells are in one pool when the same funds may pay them, and no condition on money distinguishes them: the programme
(a payer has a max_share), the period (a payer's money is released in steps), a match, or a cost rule that counts one
and not the other. How a pool's payments are spread over its cells changes no rule, so they are decided per pool and
written out per cell afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.domain.cells import Cell, CostFilter, Funding
from planner.domain.fund_limits import in_steps
from planner.domain.groups import Group
from planner.domain.one_off import OneOff, one_offs
from planner.domain.programmes import CostItem, Programme
from planner.domain.rule_units import RuleUnit
from planner.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class CostPool:
    """One pool of cells. `programme` and `period` are None where no condition distinguishes them."""

    payers: tuple[str, ...]
    programme: str | None
    period: str | None
    rules: tuple[RuleUnit, ...]
    """The cost rules that count payments for these cells, and for which unit."""
    bases: tuple[RuleUnit, ...] = ()
    """The cost rules with a share to whose base these cells belong, and for which unit."""
    unmatched: bool = False
    """Whether the cells are socializations or agreements, which a match does not count; only where there is a match."""
    over: bool = False
    """Whether it holds payments that were made already, rather than payments still due."""


class CostPools:
    """The pools of a scenario's cells, numbered from 0 in the order in which they first occur."""

    def __init__(self, funding: Funding) -> None:
        self.funding = funding
        self.scenario = funding.scenario
        self.members: list[CostPool] = []
        self._numbers: dict[CostPool, int] = {}
        self._participant_pools: dict[tuple[object, ...], int] = {}
        self._marks: dict[tuple[object, ...], tuple[tuple[RuleUnit, ...], tuple[RuleUnit, ...]]] = {}
        """The cost rules that count a cell, and those to whose base it belongs, by what they see of it."""
        self.facts: dict[int, int] = {}
        """What was paid already, by pool [rupiah]; these pools have one payer and come first."""
        for row in self.scenario.facts.paid:
            cell = Cell(row.programme, row.group, row.item, row.account, row.period)
            number = self.pool(cell, (row.fund,), over=True)
            self.facts[number] = self.facts.get(number, 0) + row.amount

    @cached_property
    def cost_rules(self) -> dict[int, CostFilter]:
        """The cost rules by their index in the scenario."""
        rules: list[tuple[int, Rule]] = list(enumerate(self.scenario.rules))
        return {n: self.funding.counted(rule) for n, rule in rules if rule.measure == "cost"}

    @cached_property
    def share_rules(self) -> dict[int, CostFilter]:
        """Those of the cost rules that have a share."""
        return {n: counted for n, counted in self.cost_rules.items() if counted.rule.has_share}

    @cached_property
    def matched_funds(self) -> frozenset[str]:
        """Funds whose payments a match counts, on either side."""
        pairs = ((fund.id, fund.match.with_) for fund in self.scenario.funds if fund.match is not None)
        return frozenset(name for pair in pairs for name in pair)

    @cached_property
    def stepped_funds(self) -> frozenset[str]:
        """Funds whose money is not all available from the first period on."""
        return frozenset(fund.id for fund in self.scenario.funds if in_steps(self.scenario, fund))

    @cached_property
    def timed_funds(self) -> frozenset[str]:
        """Funds whose agreement must be paid before they are used, where the period of that payment matters.

        For them the period of every payment matters too.
        """
        return frozenset(one_off.fund for one_off in self.periods_of_one_off if one_off.fund is not None)

    @cached_property
    def periods_of_one_off(self) -> dict[OneOff, tuple[str, ...]]:
        """The periods that a plan may choose for each one-off cost for which this matters.

        It matters where a payer's money is released in steps or given per year, a cost rule names periods, or the cost
        is not the same in all years. Otherwise no period is better than that of the first use, since within its year
        what is released stays available.
        """
        ruled = self._rules_see_periods
        found: dict[OneOff, tuple[str, ...]] = {}
        for one_off, cost in one_offs(self.scenario):
            periods = self.scenario.facts.rest if ruled else self.periods_of_use(one_off)
            matters = ruled or len(set(cost.values())) > 1
            matters = matters or not self.stepped_funds.isdisjoint(self.funding.payers_of(one_off))
            if matters and len(periods) > 1:
                found[one_off] = periods
        return found

    def periods_of_use(self, one_off: OneOff) -> tuple[str, ...]:
        """Return the periods in which what a one-off cost pays for may be used; all that are left where it was used
        before."""
        if one_off.programme is None or one_off.programme in self.scenario.facts.ran:
            return self.scenario.facts.rest
        return self.scenario.periods_of(self.scenario.programme[one_off.programme])

    @cached_property
    def shared_programmes(self) -> frozenset[str]:
        """Programmes of which some payer may pay only a share."""
        limited = {f.id for f in self.scenario.funds if f.max_share < 1}
        return frozenset(
            p.id
            for p in self.scenario.programmes
            if any(not limited.isdisjoint(self.funding.payers(p, item)) for item in p.costs)
        )

    def pool(self, cell: Cell, payers: tuple[str, ...], *, over: bool = False) -> int:
        """Return the number of the pool of a cell that `payers` may pay, or have paid already (`over`)."""
        rules, bases = self._marked(cell)
        pool = CostPool(
            payers=payers,
            programme=cell.programme if cell.programme in self.shared_programmes else None,
            period=cell.period if self._in_periods(payers) else None,
            rules=rules,
            bases=bases,
            unmatched=cell.programme is None and not self.matched_funds.isdisjoint(payers),
            over=over,
        )
        number = self._numbers.setdefault(pool, len(self.members))
        if number == len(self.members):
            self.members.append(pool)
        return number

    def _marked(self, cell: Cell) -> tuple[tuple[RuleUnit, ...], tuple[RuleUnit, ...]]:
        """Return the cost rules that count payments for a cell, and those to whose base it belongs, with their
        units."""
        seen = (*cell[:-1], cell.period if self._rules_see_periods else None)
        known = self._marks.get(seen)
        if known is None:
            known = self._marks[seen] = (
                tuple(
                    (n, of)
                    for n, counted in self.cost_rules.items()
                    if counted.selects(cell)
                    for of in counted.units.holding(cell.programme, cell.group)
                ),
                tuple(
                    (n, of)
                    for n, counted in self.share_rules.items()
                    if counted.in_whole(cell)
                    for of in counted.units.holding(cell.programme, cell.group)
                ),
            )
        return known

    @cached_property
    def _rules_see_periods(self) -> bool:
        return any(counted.sees_periods for counted in self.cost_rules.values())

    def _in_periods(self, payers: tuple[str, ...]) -> bool:
        """Return whether it matters in which period these funds pay."""
        return not self.stepped_funds.isdisjoint(payers) or not self.timed_funds.isdisjoint(payers)

    def of_participants(self, programme: Programme, item: CostItem, group: Group, period: str) -> int:
        """Return the pool of a participant item for the seats of `group` in `period`."""
        key = (programme.id, item.item, item.account, period, self.funding.kind_of_group(group))
        found = self._participant_pools.get(key)
        if found is None:
            cell = Cell(programme.id, group.id, item.item, item.account, period)
            found = self.pool(cell, self.funding.payers(programme, item, group))
            self._participant_pools[key] = found
        return found

    def of_classes(self, programme: Programme, item: CostItem, period: str) -> int:
        """Return the pool of a class item for the classes of `period`."""
        cell = Cell(programme.id, None, item.item, item.account, period)
        return self.pool(cell, self.funding.payers(programme, item))

    def of_one_off(self, one_off: OneOff, period: str) -> int:
        """Return the pool of a one-off cost, paid in `period`."""
        cell = Cell(one_off.programme, one_off.group, one_off.item, one_off.account, period)
        return self.pool(cell, self.funding.payers_of(one_off))
