"""Settlement: who pays what, in whole rupiah, for decisions already made.

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
from typing import Any, Final, Literal

import pulp

from planner.checked_highs import CheckedHighs, EngineRefused
from planner.domain.cells import Cell, Funding
from planner.domain.decisions import Decisions
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.errors import SolverError
from planner.locale import _
from planner.payments.conditions import Condition, Key
from planner.payments.due import cells
from planner.payments.payment import Payment
from planner.payments.pools import CostPools
from planner.payments.tidy import Dealer, tidied

REFINED: Final = 10**6
"""How far [rupiah] the second linear step may move a payment from the first, which is a few rupiah in 10^11 off."""

REACH: Final = 100
"""How far [rupiah] the exact step may move a payment from the linear one, besides a rupiah for each payment.

No further than it needs: over wide ranges HiGHS has been seen to spend minutes on a dozen integers.
"""

LARGEST: Final = 1000
"""Largest coefficient that is kept whole: a solver takes 0.000001 for nothing, and this many times that is far from 1.
Linear rows with a larger one are divided by it, integer ones get smaller ones."""

NOTHING: Final = 1e-9
"""Coefficients up to this are left out, as HiGHS does in silence; every condition is checked in whole numbers."""

WIDE: Final = 10**5
"""Most values of the sum of a fund's payments that are looked through, one by one, to give a match smaller
coefficients."""

MOST_PRICE: Final = 10**6
"""How many times the smallest price of a missed goal the largest may count."""

NO_GAP: Final[dict[str, Any]] = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
"""An integer programme is solved to its very best. Its tolerances are HiGHS's own: with tighter ones presolve has been
seen to cut the best off."""


class CannotSettle(ArithmeticError):
    """No payments in whole rupiah keep every rule for these decisions."""


def settle(scenario: Scenario, decisions: Decisions) -> tuple[Payment, ...]:
    """Payments per cell, in file order, that pay for `decisions` exactly.

    CannotSettle if there are none, SolverError if the solver does not take the question.
    """
    pools = CostPools(Funding(scenario))
    pooled: dict[int, list[tuple[Cell, int]]] = {}
    for cell, cost, pool in cells(scenario, pools, decisions):
        pooled.setdefault(pool, []).append((cell, cost))
    due = {pool: sum(cost for _, cost in members) for pool, members in pooled.items()}
    paid = _Settlement(scenario, decisions, pools, due).solve()
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

    def solve(self) -> dict[Key, int]:
        """The payments in whole rupiah."""
        exact = self._exact(self._linear())
        return exact if self._no_choice() else tidied(exact, self.due, self.conditions)

    def _conditions(self) -> Iterator[Condition]:
        payers: dict[int, dict[Key, int]] = {pool: {} for pool in self.due}
        for key in self.keys:
            payers[key[1]][key] = 1
        for pool, cost in self.due.items():
            yield Condition(payers[pool], "==", cost)
        yield from self._fund_conditions()
        for number, rule in enumerate(self.scenario.rules):
            if rule.measure == "cost":
                yield from self._rule(number, rule)

    def _fund_conditions(self) -> Iterator[Condition]:
        horizon = self.scenario.horizon
        member = self.pools.members
        cost_of: dict[str, int] = {}
        for pool, cost in self.due.items():
            programme = member[pool].programme
            if programme is not None:
                cost_of[programme] = cost_of.get(programme, 0) + cost
        for fund in self.scenario.funds:
            mine = {key: 1 for key in self.keys if key[0] == fund.id}
            yield Condition(mine, "<=", fund.amount)
            for number, period in enumerate(horizon, start=1):
                share = fund.releases.get(period, Fraction(1))
                if share < 1:
                    so_far = {k: 1 for k in mine if member[k[1]].period in horizon[:number]}
                    yield Condition(so_far, "<=", floor(share * fund.amount))
            if fund.max_share < 1:
                for programme, cost in cost_of.items():
                    part = {k: 1 for k in mine if member[k[1]].programme == programme}
                    yield Condition(part, "<=", ceil(fund.max_share * cost))
            if fund.match is not None and mine:
                ratio = fund.match.ratio
                other = {k: -ratio.numerator for k in self.keys if k[0] == fund.match.with_}
                # in whole numbers: part <= ceil(ratio * other)
                yield Condition(dict.fromkeys(mine, ratio.denominator) | other, "<=", ratio.denominator - 1)
            if fund.conditional and fund.id in self.decisions.used:
                gives = any(key[0] == fund.id for key in self.decisions.seats)
                yield Condition(mine, ">=", fund.minimum or (0 if gives else 1))

    def _rule(self, number: int, rule: Rule) -> Iterator[Condition]:
        funds = self.pools.cost_rules[number].funds
        counted = {k: 1 for k in self.keys if k[0] in funds and number in self.pools.members[k[1]].rules}
        penalty = None if rule.hard else rule.penalty
        total = sum(self.due.values())
        if rule.at_least is not None:
            least = floor(rule.at_least.value * total) if rule.at_least.is_share else ceil(rule.at_least.value)
            yield Condition(counted, ">=", least, penalty)
        if rule.at_most is not None:
            most = ceil(rule.at_most.value * total) if rule.at_most.is_share else floor(rule.at_most.value)
            yield Condition(counted, "<=", most, penalty)

    def _linear(self) -> dict[Key, int]:
        """Payments of the linear programme, rounded down [rupiah]."""
        if self._no_choice():
            return {key: self.due[key[1]] for key in self.keys}
        unit = max(1, sum(self.due.values()) // 10**4)
        nothing = dict.fromkeys(self.keys, 0)
        rough = _whole(nothing, self._optimise(nothing, unit=unit, integer=False, reach=None), self.due)
        return _whole(rough, self._optimise(rough, unit=1, integer=False, reach=REFINED), self.due)

    def _exact(self, base: dict[Key, int]) -> dict[Key, int]:
        """Payments near `base` that keep every condition exactly."""
        exact = base
        if not self._no_choice():
            moved = self._optimise(base, unit=1, integer=True, reach=REACH + len(self.keys))
            exact = {key: base[key] + round(moved[key]) for key in self.keys}
        if any(amount < 0 for amount in exact.values()) or not all(c.kept(exact) for c in self.conditions):
            raise CannotSettle
        return exact

    def _no_choice(self) -> bool:
        """Whether each pool has one payer at most."""
        return len({pool for _, pool in self.keys}) == len(self.keys)

    def _optimise(self, base: Mapping[Key, int], *, unit: int, integer: bool, reach: int | None) -> dict[Key, float]:
        """The best differences from `base`, in rupiah; in solver units of `unit` rupiah."""
        problem = pulp.LpProblem("settlement", pulp.LpMinimize)
        move: dict[Key, pulp.LpVariable] = {}
        ranges: dict[Key, tuple[int, int]] = {}
        for number, key in enumerate(self.keys):
            low, high = -base[key], self.due[key[1]] - base[key]
            if reach is not None:
                low, high = max(low, -reach), min(high, reach)
            if low > high:
                raise CannotSettle
            ranges[key] = low, high
            kind: Literal["Integer", "Continuous"] = "Integer" if integer else "Continuous"
            move[key] = problem.add_variable(f"z{number}", low / unit, high / unit, kind)
        missed: list[tuple[pulp.LpVariable, float]] = []
        for number, condition in enumerate(self.conditions):
            factors, room = condition.terms, condition.amount - condition.sum_of(base)
            if reach is not None and condition.sense != "==":
                span = sum(abs(factor) for factor in factors.values()) * reach
                if (room >= span) if condition.sense == "<=" else (room <= -span):
                    continue
            if integer and _largest(factors) > LARGEST:
                factors, room = _gentler(factors, room, ranges)
            by = _largest(factors) if _largest(factors) > LARGEST else 1
            terms = [(move[key], factor / by) for key, factor in factors.items() if abs(factor / by) > NOTHING]
            if condition.penalty is not None:  # what is missed is counted from what `base` misses: large amounts blur
                sign = 1 if condition.sense == ">=" else -1
                before = max(0, sign * room)
                short = problem.add_variable(f"m{number}", -before / unit)
                missed.append((short, float(condition.penalty)))
                terms.append((short, float(sign)))
                room -= sign * before
            if not terms:
                raise CannotSettle
            left = pulp.lpSum_vars_coefs(terms)
            right = room / (by * unit)
            row = (
                left <= right
                if condition.sense == "<="
                else left >= right
                if condition.sense == ">="
                else left == right
            )
            problem.addConstraint(row, f"c{number}")
        for number, goal in enumerate(self._goals(move, missed)):
            if not goal:
                continue
            problem.setObjective(pulp.lpSum_vars_coefs(goal))
            reached = _solved(problem, NO_GAP if integer else {})
            slack = 1e-6
            problem.addConstraint(pulp.lpSum_vars_coefs(goal) <= reached + slack, f"held{number}")
        return {key: float(variable.varValue or 0.0) * unit for key, variable in move.items()}

    def _goals(
        self, move: Mapping[Key, pulp.LpVariable], missed: list[tuple[pulp.LpVariable, float]]
    ) -> Iterator[list[tuple[pulp.LpVariable, float]]]:
        """What the payments can still decide of the objective, in its order; then the funds first in the file."""
        prices = [price for _, price in missed if price]
        # the smallest price counts as one: a rupiah at that price must not fit into the slack of a level that is held
        scale = max(min(prices), max(prices) / MOST_PRICE) if prices else 1.0
        for level in self.scenario.objective:
            if level.goal == "gaps_closed":
                yield [(short, price / scale) for short, price in missed]
            elif level.goal == "own_cost":
                yield [(z, 1.0) for (fund, _), z in move.items() if self.scenario.fund[fund].own]
        if all(level.goal != "gaps_closed" for level in self.scenario.objective):
            yield [(short, price / scale) for short, price in missed]
        rank = {fund.id: float(n) for n, fund in enumerate(self.scenario.funds)}
        yield [(z, rank[fund] + 1.0) for (fund, _), z in move.items()]


def _solved(problem: pulp.LpProblem, options: Mapping[str, Any]) -> float:
    """The best value of the problem, whose variables have then the values that reach it.

    Presolve has been seen to call problems impossible that are not: what it calls so is solved again without it.
    """
    for presolve in ("choose", "off"):
        try:
            stats = problem.solve(CheckedHighs(msg=False, threads=1, presolve=presolve, **options))
        except EngineRefused as refused:
            message = _("The solver could not settle the payments: {reason}").format(reason=refused)
            raise SolverError(message) from None
        if stats.status == pulp.LpSolveStatus.Optimal and stats.has_solution:
            value = pulp.value(problem.objective)
            return 0.0 if value is None else float(value)
    raise CannotSettle


def _whole(base: Mapping[Key, int], moved: Mapping[Key, float], due: Mapping[int, int]) -> dict[Key, int]:
    """`base` moved and rounded down, to no less than nothing and no more than what is due [rupiah]."""
    return {key: min(max(0, amount + floor(moved[key] + 1e-6)), due[key[1]]) for key, amount in base.items()}


def _largest(terms: Mapping[Key, int]) -> int:
    return max(map(abs, terms.values()), default=1)


def _gentler(
    terms: Mapping[Key, int], room: int, ranges: Mapping[Key, tuple[int, int]]
) -> tuple[Mapping[Key, int], int]:
    """A match with smaller coefficients, that says the same of all whole numbers within `ranges`.

    den * part - num * other <= room is a staircase: for each sum `other` the most that `part` may be. Every line that
    runs on or above its steps, and below the next whole numbers, is the same staircase: one of a simpler slope is
    taken. Where there is none with smaller numbers, the terms and the room stay as they are.
    """
    den, num = max(terms.values()), max(0, -min(terms.values()))
    low, high = (sum(ranges[key][side] for key, factor in terms.items() if factor > 0) for side in (0, 1))
    first, last = (sum(ranges[key][side] for key, factor in terms.items() if factor < 0) for side in (0, 1))
    if last - first > WIDE:
        return terms, room
    tops = [(other, (room + num * other) // den) for other in range(first, last + 1)]
    on = [(other, min(top, high)) for other, top in tops if top >= low]
    below = [(other, max(top + 1, low)) for other, top in tops if top < high]
    for size in (10, 100, 1000, 10_000, 100_000):
        steep = min(Fraction(size), max(Fraction(1, size), Fraction(num, den)))
        slope = steep.limit_denominator(size) if steep < 1 else 1 / (1 / steep).limit_denominator(size)
        rise, run = slope.numerator, slope.denominator
        line = max((run * part - rise * other for other, part in on), default=run * low - rise * last - 1)
        if all(run * part - rise * other > line for other, part in below):
            return {key: run if factor > 0 else -rise for key, factor in terms.items()}, line
    return terms, room
