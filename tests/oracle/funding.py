"""Who pays what: an exact search over all ways to pay the cells of a plan in whole rupiah.

    Payers(instance).best(charges, givers, agreed) -> Funded | None

Cells that no condition on money tells apart are paid as one; after each of these the states that
have spent alike are one state, so the search is exhaustive and still small for tiny amounts.
A share of a cost and a multiple of another fund's money are upper limits: a started rupiah counts as a whole
one. Of what is released, a started rupiah does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import NamedTuple

from tests.oracle.instance import Instance
from tests.oracle.measures import Charge, Key, rule_readings
from tests.oracle.plain import number

Kind = tuple[tuple[str, ...], str | None, str, tuple[bool, ...], tuple[bool, ...], bool]
"""Payers, programme, period, which cost rules count it and of which it is part of the base, and whether it belongs to a
programme: what conditions on money can tell apart."""
State = tuple[int, ...]


class Funded(NamedTuple):
    """The best way to pay: soft cost rules' penalty, own cost, total cost, and the payments by fund and cell."""

    penalty: Fraction
    own: int
    total: int
    payments: dict[tuple[str, Key], int]


class Payers:
    """The funds of an instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.rules = [rule for rule in rule_readings(instance) if rule.measures == "cost"]
        self.shared = {f: number(q.get("max_share", 1)) for f, q in instance.funds.items()}
        matches = {f: q["match"]["with"] for f, q in instance.funds.items() if q.get("match")}
        self.matched = [f for f in instance.funds if f in matches or f in matches.values()]
        """Funds of which a match counts what they pay for programmes."""
        self.limits = {f: instance.limits(f) for f in instance.funds}
        self.stepped = {f: q.get("releases") or len(instance.years) > 1 for f, q in instance.funds.items()}
        self._known: dict[object, tuple[tuple[Fraction, int, int], dict[Kind, dict[str, int]]] | None] = {}
        self.binding: tuple[bool, ...] = ()
        """Which of the rules bind the plan that is paid."""
        self._kinds: dict[tuple[Key, str], Kind] = {}

    def best(
        self,
        charges: list[Charge],
        givers: frozenset[str],
        agreed: frozenset[str],
        opened: Mapping[str, int] = MappingProxyType({}),
        running: frozenset[str] = frozenset(),
        to_use: Mapping[str, str] = MappingProxyType({}),
    ) -> Funded | None:
        """The best payments when the funds in `givers` give seats and exactly `agreed` have their agreement paid.

        `opened` funds pay nothing before a place in the horizon; those `to_use` pay something in a year. Of the rules
        for each programme those bind whose programme is in `running`.
        """
        self.binding = tuple(rule.binds(running) for rule in self.rules)
        sums: dict[Kind, int] = {}
        for charge in charges:
            kind = self._kind(charge)
            sums[kind] = sums.get(kind, 0) + charge.cost
        used = frozenset(to_use.items())
        key = (frozenset(sums.items()), givers, agreed, frozenset(opened.items()), self.binding, used)
        if key not in self._known:
            self._known[key] = self._search(sums, givers, agreed, opened, to_use)
        found = self._known[key]
        if found is None:
            return None
        (penalty, own, total), splits = found
        return Funded(penalty, own, total, self._spread(charges, splits))

    def counters(
        self, sums: dict[Kind, int], agreed: frozenset[str], opened: Mapping[str, int], to_use: Mapping[str, str]
    ) -> _Counters:
        """What is counted while cells are paid, with the most of each."""
        return _Counters(self, sums, agreed, opened, to_use)

    def rank(self, penalty: Fraction, own: int, total: int) -> tuple[Fraction, ...]:
        """The levels of the objective that payments decide, better first."""
        values = {"gaps_closed": -penalty, "own_cost": Fraction(-own), "total_cost": Fraction(-total)}
        return tuple(values.get(goal, Fraction(0)) for goal, _by in self.instance.levels)

    def _kind(self, charge: Charge) -> Kind:
        known = self._kinds.get((charge.key, charge.per))
        if known is None:
            programme = charge.key[0] if any(share < 1 for share in self.shared.values()) else None
            timed = any(self.stepped[f] or self.instance.agreement(f) for f in charge.payers)
            period = charge.key[4] if timed else self.instance.periods[0]
            counted = tuple(r.counts(charge.key, charge.per) for r in self.rules)
            bases = tuple(r.in_base(charge.key) for r in self.rules)
            known = (charge.payers, programme, period, counted, bases, charge.key[0] is not None)
            self._kinds[charge.key, charge.per] = known
        return known

    def _search(
        self,
        sums: dict[Kind, int],
        givers: frozenset[str],
        agreed: frozenset[str],
        opened: Mapping[str, int],
        to_use: Mapping[str, str],
    ) -> tuple[tuple[Fraction, int, int], dict[Kind, dict[str, int]]] | None:
        counters = self.counters(sums, agreed, opened, to_use)
        total = sum(sums.values())
        if total > sum(counters.most[: len(self.instance.funds)]):
            return None
        layers: list[dict[State, tuple[State, tuple[int, ...]]]] = []
        states: list[State] = [(0,) * len(counters.most)]
        for kind, cost in sums.items():
            layer: dict[State, tuple[State, tuple[int, ...]]] = {}
            for state in states:
                for split in counters.splits(state, kind, cost):
                    after = counters.after(state, kind, split)
                    if after is not None:
                        layer.setdefault(after, (state, split))
            layers.append(layer)
            states = list(layer)
        bases = [sum(cost for kind, cost in sums.items() if kind[4][n]) for n in range(len(self.rules))]
        used = (state for state in states if all(state[n] for n in counters.used))
        outcomes = ((self._outcome(state, total, bases, givers, agreed), state) for state in used)
        allowed = [(outcome, state) for outcome, state in outcomes if outcome is not None]
        if not allowed:
            return None
        outcome, state = max(allowed, key=lambda found: self.rank(*found[0]))
        splits: dict[Kind, dict[str, int]] = {}
        for kind, layer in zip(reversed(sums), reversed(layers), strict=True):
            state, split = layer[state]
            splits[kind] = dict(zip(kind[0], split, strict=True))
        return outcome, splits

    def _outcome(
        self, state: State, total: int, bases: list[int], givers: frozenset[str], agreed: frozenset[str]
    ) -> tuple[Fraction, int, int] | None:
        """(penalty, own, total) if every condition that stands at the end holds."""
        funds = list(self.instance.funds)
        spent = dict(zip(funds, state, strict=False))
        matched = dict(zip(self.matched, state[len(funds) + len(self.rules) :], strict=False))
        for f, fund in self.instance.funds.items():
            used = spent[f] > 0 or f in givers
            if self.instance.agreement(f) and used != (f in agreed):
                return None
            if used and spent[f] < fund.get("minimum", 0):
                return None
            match = fund.get("match")
            if match and matched[f] > ceil(number(match["ratio"]) * matched[match["with"]]):
                return None
        penalty = Fraction(0)
        of_rules = state[len(funds) : len(funds) + len(self.rules)]
        for rule, counted, base, binds in zip(self.rules, of_rules, bases, self.binding, strict=True):
            if not binds:
                continue
            missed = rule.cost_result(counted, base).missed
            if missed and rule.penalty is None:
                return None
            penalty += missed * (rule.penalty or 0)
        return penalty, sum(spent[f] for f in funds if self.instance.own(f)), total

    def _spread(self, charges: list[Charge], splits: dict[Kind, dict[str, int]]) -> dict[tuple[str, Key], int]:
        """Payments of each kind dealt out to its cells."""
        left = {kind: dict(split) for kind, split in splits.items()}
        payments: dict[tuple[str, Key], int] = {}
        for charge in charges:
            rest = charge.cost
            for f, available in left[self._kind(charge)].items():
                part = min(rest, available)
                if part:
                    left[self._kind(charge)][f] -= part
                    rest -= part
                    payments[f, charge.key] = payments.get((f, charge.key), 0) + part
        return payments


class _Counters:
    """What is counted while cells are paid: first each fund, then each cost rule, then what funds of a match pay for
    programmes, then releases, shares and payments before an agreement is paid, and payments in the year of an
    agreement."""

    def __init__(
        self,
        payers: Payers,
        sums: dict[Kind, int],
        agreed: frozenset[str],
        opened: Mapping[str, int],
        to_use: Mapping[str, str],
    ) -> None:
        instance = payers.instance
        whole = sum(sums.values())
        closed = {f for f in instance.funds if instance.agreement(f) and f not in agreed}
        self.funds = list(instance.funds)
        self.most = [0 if f in closed else int(fund["amount"]) for f, fund in instance.funds.items()]
        rules = range(len(self.most), len(self.most) + len(payers.rules))
        self.most += [whole] * len(payers.rules)
        self.matched = {f: len(self.most) + n for n, f in enumerate(payers.matched)}
        self.most += [whole] * len(self.matched)
        limited: list[tuple[str, set[str], int]] = []
        shares: dict[tuple[str, str], int] = {}
        for f in instance.funds:
            for periods, most in payers.limits[f] if payers.stepped[f] else ():
                limited.append((f, periods, len(self.most)))
                self.most.append(floor(most))
            if payers.shared[f] < 1:
                for p in {kind[1] for kind in sums if kind[1]}:
                    shares[f, p] = len(self.most)
                    cost = sum(c for kind, c in sums.items() if kind[1] == p)
                    self.most.append(ceil(payers.shared[f] * cost))
        self.shares = shares
        shut = {f: len(self.most) + n for n, f in enumerate(opened)}
        self.most += [0] * len(shut)
        self.used = list(range(len(self.most), len(self.most) + len(to_use)))
        """Counters that must not stay at nothing."""
        self.most += [whole] * len(to_use)
        using = [(f, year, n) for (f, year), n in zip(to_use.items(), self.used, strict=True)]
        self.counted: dict[Kind, list[list[int]]] = {}
        for kind in sums:
            funds, programme, period, rule_counts, _bases, of_programme = kind
            self.counted[kind] = [
                [
                    self.funds.index(f),
                    *(
                        n
                        for n, rule, counts in zip(rules, payers.rules, rule_counts, strict=True)
                        if counts and f in rule.funds
                    ),
                    *(n for g, n in self.matched.items() if g == f and of_programme),
                    *(n for g, periods, n in limited if g == f and period in periods),
                    *(n for g, year, n in using if g == f and instance.year[period] == year),
                    *(n for (g, p), n in shares.items() if g == f and p == programme),
                    *(n for g, n in shut.items() if g == f and instance.periods.index(period) < opened[f]),
                ]
                for f in funds
            ]

    def splits(self, state: State, kind: Kind, cost: int) -> Iterator[tuple[int, ...]]:
        """All ways to divide `cost` over the payers of `kind` within what each counter has left."""
        room = [min(self.most[n] - state[n] for n in counted) for counted in self.counted[kind]]

        def divide(cost: int, room: list[int]) -> Iterator[tuple[int, ...]]:
            if not room:
                if cost == 0:
                    yield ()
                return
            for part in range(max(0, cost - sum(room[1:])), min(cost, room[0]) + 1):
                for rest in divide(cost - part, room[1:]):
                    yield (part, *rest)

        return divide(cost, room)

    def after(self, state: State, kind: Kind, split: tuple[int, ...]) -> State | None:
        """The counters after a payment, or None if one of them is exceeded."""
        after = list(state)
        for part, counted in zip(split, self.counted[kind], strict=True):
            for n in counted:
                after[n] += part
        return tuple(after) if all(a <= m for a, m in zip(after, self.most, strict=True)) else None
