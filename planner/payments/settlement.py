"""Settlement: the payments for given decisions, in whole rupiah.

With people, classes, socializations and used funds fixed, every cost is a known whole number, and every
condition on money but `match` is a sum of payments against a whole number; limits that are shares of
money are rounded to whole rupiah, up for upper limits and down for lower ones. So payments are found in
two steps: a linear programme, solved again around its own solution, gives them to within a rupiah,
and a small integer programme over the remaining differences makes them exact. Among all payments
that keep the rules, those are taken that the levels of the objective prefer (fewest soft misses,
least own money), then those of funds that come first in the file, and of these those in which funds pay
whole people and classes (whole_units.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import ceil, floor

from planner.domain.decisions import Decisions
from planner.domain.fund_limits import spending_limits
from planner.domain.funds import Fund
from planner.domain.one_off import OneOff
from planner.domain.rule_units import Unit
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.payments.conditions import CannotSettle, Key, MoneyCondition
from planner.payments.due import charges
from planner.payments.lots import CostLot, dealt, lots_of, payments_of
from planner.payments.payment import Payment
from planner.payments.pools import CostPools
from planner.payments.rounding import RoundedParts
from planner.payments.whole_units import WholeUnits


def settle(scenario: Scenario, decisions: Decisions) -> tuple[Payment, ...]:
    """Return payments per cell, in file order, that pay for `decisions` exactly, and in whole units where possible.

    Raises CannotSettle where there are none, SolverError where the solver refuses the problem.
    """
    return Settlement(scenario, decisions).payments()


class Settlement:
    """Who pays what for some decisions: what each fund pays of each pool is settled on creation."""

    def __init__(self, scenario: Scenario, decisions: Decisions, *, briefly: bool = False) -> None:
        """Settle; with `briefly` faster, for plans that are only compared, where other payments may be equally good.

        Raises CannotSettle where no payments pay for the decisions, SolverError where the solver refuses the
        problem."""
        self.scenario = scenario
        self.decisions = decisions
        self.pools = CostPools(scenario.funding)
        owed = tuple(charges(scenario, self.pools, decisions))
        self.lots = lots_of(scenario, owed)
        self.place = {charge.cell: n for n, charge in enumerate(owed)}
        due = dict(self.pools.facts)
        for lot in self.lots:
            due[lot.pool] = due.get(lot.pool, 0) + lot.cost
        self._money = _Money(scenario, decisions, self.pools, due)
        self._paid = self._money.payments(briefly=briefly)

    def payments(self, *, whole_units: bool = True) -> tuple[Payment, ...]:
        """Return payments per cell, in file order.

        Without `whole_units`, funds may divide any unit between them: equally good for the objective and the rules, and
        faster.
        """
        parts = dealt(self.lots, self._paid)
        if whole_units and not self._money.no_choice:
            held = self._money.held(self._paid)
            own = {fund.id for fund in self.scenario.funds if fund.own}
            units = WholeUnits(self.lots, parts, held, self._money.keys, self._paid, own)
            parts = units.made()
            if self.scenario.scenario.round_to is not None:
                parts = RoundedParts(units, self.scenario.scenario.round_to, [*map(self._price, self.lots)]).made()
        made = tuple(
            Payment(p.fund, p.programme, p.group, p.item, p.account, p.period, p.amount, True)
            for p in self.scenario.facts.paid
        )
        shares: list[dict[str, int]] = [{} for _lot in self.lots]
        for fund in self.scenario.fund:
            for number, share in enumerate(shares):
                if amount := parts.get((fund, number)):
                    share[fund] = amount
        paid = [p for lot, share in zip(self.lots, shares, strict=True) for p in payments_of(lot, share)]
        payments = made + tuple(sorted(paid, key=lambda payment: self.place[payment.cell]))
        return _agreements_at_first_use(self.pools, self.decisions, payments)

    def _price(self, lot: CostLot) -> int:
        """Return what a budget line multiplies by its coefficient: for a unit of 4 OJ the price of one OJ [rupiah]."""
        cell = lot.cells[0][0]
        items = self.scenario.programme[cell.programme].costs if cell.programme is not None else ()
        of = [item.quantity.numerator for item in items if (item.item, item.account) == (cell.item, cell.account)]
        return lot.unit // of[0] if len(of) == 1 and of[0] and lot.unit % of[0] == 0 and lot.unit else lot.unit


def _agreements_at_first_use(
    pools: CostPools, decisions: Decisions, payments: tuple[Payment, ...]
) -> tuple[Payment, ...]:
    """Date agreements, where it does not matter when they are paid, by the first payment or seat of their funds."""
    order = {period: number for number, period in enumerate(pools.scenario.horizon)}
    over = pools.scenario.facts.over
    uses = [(payment.fund, payment.period) for payment in payments] + [(f, t) for f, _p, _g, t in decisions.seats]
    uses = [use for use in uses if use[1] not in over]
    first: dict[str, str] = {}
    for fund, period in sorted(uses, key=lambda use: order[use[1]]):
        first.setdefault(fund, period)
    return tuple(
        replace(payment, period=first.get(one_off.fund, payment.period))
        if (one_off := OneOff(payment.programme, payment.group, payment.item, payment.account)).fund is not None
        and one_off not in pools.periods_of_one_off
        and payment.period not in over
        else payment
        for payment in payments
    )


class _Money:
    """The payments by pool for one set of decisions."""

    def __init__(self, scenario: Scenario, decisions: Decisions, pools: CostPools, due: Mapping[int, int]) -> None:
        self.scenario = scenario
        self.decisions = decisions
        self.pools = pools
        self.due = due
        shut = {f.id for f in scenario.funds if f.conditional and f.id not in decisions.used}
        opened = {i.fund: scenario.horizon.index(t) for i, t in decisions.due.items() if i.fund is not None}
        self.keys: list[Key] = [
            (fund, pool)
            for pool in due
            for fund in pools.members[pool].payers
            if pool in pools.facts
            or (fund not in shut and self._from(pools.members[pool].period) >= opened.get(fund, 0))
        ]
        self.facts = {key: due[key[1]] for key in self.keys if key[1] in pools.facts}
        stated = [c for c in self._conditions() if c.terms or not c.kept({})]
        ahead = [c for c in stated if c.proportion and c.exceeded(self.facts)]
        """Matches that facts break: the other fund pays more, so that they hold again, or this one pays no more."""
        others = [c.moved(self.facts) for c in stated if c not in ahead]
        self._ways = [[*others, *way] for way in product(*((match, match.nothing_more(self.facts)) for match in ahead))]
        self.conditions = self._ways[0]

    def _from(self, period: str | None) -> int:
        """Return the place of a pool's period in the horizon; for pools without a period a place beyond all."""
        horizon = self.scenario.horizon
        return len(horizon) if period is None else horizon.index(period)

    def payments(self, *, briefly: bool = False) -> dict[Key, int]:
        """Return the payments by pool in whole rupiah; of the ways to keep matches that facts break, the best one.

        Only where funds share a pool is there anything to optimise.
        """
        found: list[tuple[tuple[Fraction, int], dict[Key, int], list[MoneyCondition]]] = []
        for way in self._ways:
            self.conditions = way
            try:
                paid = self._payments(briefly=briefly)
            except CannotSettle:
                if len(self._ways) == 1:
                    raise
                continue
            found.append((self._rank(paid), paid, way))
        if not found:
            raise CannotSettle
        _rank, paid, self.conditions = min(found, key=lambda each: each[0])
        return paid

    def _rank(self, paid: Mapping[Key, int]) -> tuple[Fraction, int]:
        """Return gaps lost by missed soft rules, and own money if the objective spares it: the least is the best."""
        lost = sum((c.lost(paid) for c in self.conditions), Fraction(0))
        spared = any(level.goal == "own_cost" for level in self.scenario.objective)
        return lost, sum(n for (fund, _), n in paid.items() if spared and self.scenario.fund[fund].own)

    def _payments(self, *, briefly: bool) -> dict[Key, int]:
        if self.no_choice:
            paid = {key: self.due[key[1]] for key in self.keys}
            if not all(condition.kept(paid) for condition in self.conditions):
                raise CannotSettle
            return paid
        from planner.payments.optimisation import optimised  # here, since it loads HiGHS, which many plans do without

        return optimised(self.scenario, self.keys, self.due, self.conditions, briefly=briefly)

    def held(self, paid: Mapping[Key, int]) -> list[MoneyCondition]:
        """Return the conditions that payments as good as `paid` keep, besides paying each pool; with own cost if it
        matters."""
        held = [condition.as_reached(paid) for condition in self.conditions if condition.sense != "=="]
        if any(level.goal == "own_cost" for level in self.scenario.objective):
            own = {key: 1 for key in self.keys if self.scenario.fund[key[0]].own}
            held.append(MoneyCondition(own, "==", sum(paid[key] for key in own)))
        return held

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
        member, place = self.pools.members, self.scenario.place_of_period
        cost_of: dict[str, int] = {}
        for pool, cost in self.due.items():
            programme = member[pool].programme
            if programme is not None:
                cost_of[programme] = cost_of.get(programme, 0) + cost
        keys_of: dict[str, list[Key]] = {}
        for key in self.keys:
            keys_of.setdefault(key[0], []).append(key)
        giving = {fund for fund, *_, t in self.decisions.seats if t not in self.scenario.facts.over}
        for fund in self.scenario.funds:
            mine = dict.fromkeys(keys_of.get(fund.id, ()), 1)
            for limit in spending_limits(self.scenario, fund):
                within = {k: 1 for k in mine if (t := member[k[1]].period) is None or limit.holds(place[t])}
                yield MoneyCondition(within, "<=", limit.most)
            yield from self._agreement_used(fund, mine)
            if fund.max_share < 1:
                parts: dict[str | None, dict[Key, int]] = {}
                for key in mine:
                    parts.setdefault(member[key[1]].programme, {})[key] = 1
                for programme, cost in cost_of.items():
                    part = parts.get(programme, {})
                    yield MoneyCondition(part, "<=", self._most(fund.max_share, cost, part))
            if fund.match is not None and mine:
                ratio = fund.match.ratio
                part = {key: ratio.denominator for key in mine if not member[key[1]].unmatched}
                others = (key for key in keys_of.get(fund.match.with_, ()) if not member[key[1]].unmatched)
                # in whole numbers: part <= ceil(ratio * other)
                yield MoneyCondition(
                    part | dict.fromkeys(others, -ratio.numerator), "<=", ratio.denominator - 1, proportion=True
                )
            if fund.conditional and fund.id in self.decisions.used:
                later = {key: 1 for key in mine if key not in self.facts}
                if fund.minimum:
                    yield MoneyCondition(mine, ">=", fund.minimum)
                if not fund.minimum or len(later) < len(mine):
                    yield MoneyCondition(later, ">=", 0 if fund.id in giving else 1)

    def _most(self, share: Fraction, cost: int, part: Mapping[Key, int]) -> int:
        """Return ceil(share * cost) [rupiah], or what was paid already where that is more."""
        return max(ceil(share * cost), sum(self.facts.get(key, 0) for key in part))

    def _agreement_used(self, fund: Fund, mine: Mapping[Key, int]) -> Iterator[MoneyCondition]:
        """Yield conditions by which a fund whose agreement is paid in a year pays or gives a seat later in that
        year."""
        years = {t for one_off, t in self.decisions.due.items() if one_off.fund == fund.id}
        for year in {self.scenario.year_of[t] for t in years} if len(self.scenario.years) > 1 else ():
            first, last = self.scenario.places_of_year[year]
            periods = [t for t in self.scenario.horizon[first : last + 1] if t in self.scenario.facts.rest]
            if not any(f == fund.id and t in periods for f, _p, _g, t in self.decisions.seats):
                yield MoneyCondition({k: 1 for k in mine if self.pools.members[k[1]].period in periods}, ">=", 1)

    def _rule(self, number: int, rule: Rule) -> Iterator[MoneyCondition]:
        selected, members = self.pools.cost_rules[number], self.pools.members
        counted: dict[Unit, dict[Key, int]] = {}
        for key in self.keys:
            for n, of in members[key[1]].rules if key[0] in selected.funds else ():
                if n == number:
                    counted.setdefault(of, {})[key] = 1
        totals: dict[Unit, int] = {}
        for pool, cost in self.due.items():
            for n, of in members[pool].bases:
                if n == number:
                    totals[of] = totals.get(of, 0) + cost
        penalty = None if rule.hard else rule.penalty
        running = {p for _g, p, _t in self.decisions.participants} | self.scenario.facts.ran
        for of in selected.units.all:
            if rule.per == "programme" and of not in running:
                continue
            mine, total = counted.get(of, {}), totals.get(of, 0)
            if rule.at_least is not None:
                least = floor(rule.at_least.value * total) if rule.at_least.is_share else ceil(rule.at_least.value)
                yield MoneyCondition(mine, ">=", least, penalty)
            if rule.at_most is not None:
                most = floor(rule.at_most.value)
                if rule.at_most.is_share and penalty is None:
                    most = self._most(rule.at_most.value, total, mine)
                elif rule.at_most.is_share:
                    most = ceil(rule.at_most.value * total)
                yield MoneyCondition(mine, "<=", most, penalty)

    @property
    def no_choice(self) -> bool:
        """Whether each pool has at most one payer."""
        return len({pool for _, pool in self.keys}) == len(self.keys)
