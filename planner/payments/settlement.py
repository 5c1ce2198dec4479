"""Settlement: the payments for given decisions, in whole rupiah.

With people, classes, measures and used funds fixed, every cost is a known whole number, and every
condition on money but `match` is a sum of payments against a whole number; limits that are shares of
money are rounded to whole rupiah, up for upper limits and down for lower ones. So payments are found in
two steps: a linear programme, solved again around its own solution, gives them to within a rupiah,
and a small integer programme over the remaining differences makes them exact. Among all payments
that keep the rules, those are taken that the levels of the objective prefer (fewest soft misses,
least own money), then those of funds that come first in the file, then those that split few costs
between funds (tidy.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from planner.domain.cells import Cell, Funding
from planner.domain.decisions import Decisions
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.payments.conditions import CannotSettle, Key, MoneyCondition
from planner.payments.dealing import Dealer
from planner.payments.due import cells
from planner.payments.payment import Payment
from planner.payments.pools import CostPools


def settle(scenario: Scenario, decisions: Decisions) -> tuple[Payment, ...]:
    """Payments per cell, in file order, that pay for `decisions` exactly.

    CannotSettle if there are none, SolverError if the solver refuses the problem.
    """
    pools = CostPools(Funding(scenario))
    pooled: dict[int, list[tuple[Cell, int]]] = {}
    for cell, cost, pool in cells(scenario, pools, decisions):
        pooled.setdefault(pool, []).append((cell, cost))
    due = {pool: sum(cost for _, cost in members) for pool, members in pooled.items()}
    paid = _Settlement(scenario, decisions, pools, due).payments()
    dealer = Dealer(scenario)
    return tuple(
        payment
        for pool, members in pooled.items()
        for payment in dealer.deal(members, {f: paid.get((f, pool), 0) for f in pools.members[pool].payers})
    )


class _Settlement:
    """The payments of one set of decisions."""

    def __init__(self, scenario: Scenario, decisions: Decisions, pools: CostPools, due: Mapping[int, int]) -> None:
        self.scenario = scenario
        self.decisions = decisions
        self.pools = pools
        self.due = due
        shut = {f.id for f in scenario.funds if f.conditional and f.id not in decisions.used}
        self.keys: list[Key] = [(fund, pool) for pool in due for fund in pools.members[pool].payers if fund not in shut]
        self.conditions = [c for c in self._conditions() if c.terms or not c.kept({})]

    def payments(self) -> dict[Key, int]:
        """The payments in whole rupiah. Only where funds share a pool is there anything to optimise."""
        if self._no_choice():
            paid = {key: self.due[key[1]] for key in self.keys}
            if not all(condition.kept(paid) for condition in self.conditions):
                raise CannotSettle
            return paid
        from planner.payments.optimisation import optimised  # loads PuLP and HiGHS, which many plans need not
        from planner.payments.tidy import tidied

        return tidied(optimised(self.scenario, self.keys, self.due, self.conditions), self.due, self.conditions)

    def _conditions(self) -> Iterator[MoneyCondition]:
        payers: dict[int, dict[Key, int]] = {pool: {} for pool in self.due}
        for key in self.keys:
            payers[key[1]][key] = 1
        for pool, cost in self.due.items():
            yield MoneyCondition(payers[pool], "==", cost)
        yield from self._fund_conditions()
        for number, rule in enumerate(self.scenario.rules):
            if rule.measure == "cost":
                yield from self._rule(number, rule)

    def _fund_conditions(self) -> Iterator[MoneyCondition]:
        horizon = self.scenario.horizon
        member = self.pools.members
        cost_of: dict[str, int] = {}
        for pool, cost in self.due.items():
            programme = member[pool].programme
            if programme is not None:
                cost_of[programme] = cost_of.get(programme, 0) + cost
        keys_of: dict[str, list[Key]] = {}
        for key in self.keys:
            keys_of.setdefault(key[0], []).append(key)
        giving = {fund for fund, *_ in self.decisions.seats}
        for fund in self.scenario.funds:
            mine = dict.fromkeys(keys_of.get(fund.id, ()), 1)
            yield MoneyCondition(mine, "<=", fund.amount)
            for number, period in enumerate(horizon, start=1):
                share = fund.releases.get(period, Fraction(1))
                if share < 1:
                    so_far = {k: 1 for k in mine if member[k[1]].period in horizon[:number]}
                    yield MoneyCondition(so_far, "<=", floor(share * fund.amount))
            if fund.max_share < 1:
                parts: dict[str | None, dict[Key, int]] = {}
                for key in mine:
                    parts.setdefault(member[key[1]].programme, {})[key] = 1
                for programme, cost in cost_of.items():
                    yield MoneyCondition(parts.get(programme, {}), "<=", ceil(fund.max_share * cost))
            if fund.match is not None and mine:
                ratio = fund.match.ratio
                other = dict.fromkeys(keys_of.get(fund.match.with_, ()), -ratio.numerator)
                # in whole numbers: part <= ceil(ratio * other)
                yield MoneyCondition(dict.fromkeys(mine, ratio.denominator) | other, "<=", ratio.denominator - 1)
            if fund.conditional and fund.id in self.decisions.used:
                yield MoneyCondition(mine, ">=", fund.minimum or (0 if fund.id in giving else 1))

    def _rule(self, number: int, rule: Rule) -> Iterator[MoneyCondition]:
        funds = self.pools.cost_rules[number].funds
        counted = {k: 1 for k in self.keys if k[0] in funds and number in self.pools.members[k[1]].rules}
        penalty = None if rule.hard else rule.penalty
        total = sum(self.due.values())
        if rule.at_least is not None:
            least = floor(rule.at_least.value * total) if rule.at_least.is_share else ceil(rule.at_least.value)
            yield MoneyCondition(counted, ">=", least, penalty)
        if rule.at_most is not None:
            most = ceil(rule.at_most.value * total) if rule.at_most.is_share else floor(rule.at_most.value)
            yield MoneyCondition(counted, "<=", most, penalty)

    def _no_choice(self) -> bool:
        """Whether each pool has one payer at most."""
        return len({pool for _, pool in self.keys}) == len(self.keys)
