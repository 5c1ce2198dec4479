"""Who pays what where some has been paid already: limits that payments made exceed move to them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from tests.oracle.funding import Kind, Payers, _Counters
from tests.oracle.instance import Instance
from tests.oracle.measures import Charge, Key
from tests.oracle.plain import number


class FactPayers(Payers):
    """The funds, with what was paid already as charges of one payer each."""

    def __init__(self, instance: Instance, paid: Mapping[tuple[str, Key], int]) -> None:
        super().__init__(instance)
        self.paid = paid
        self.made = [Charge(key, self._basis(key), (f,), amount) for (f, key), amount in paid.items() if amount]
        self.before = {f: sum(n for (g, _k), n in paid.items() if g == f) for f in instance.funds}

    def _basis(self, key: Key) -> str:
        lines = self.instance.lines[key[0]] if key[0] else []
        return next((line.per for line in lines if (line.item, line.account) == (key[2], key[3])), "")

    def _paid_before(self, f: str) -> int:
        """What a fund paid for programmes [rupiah]."""
        return sum(n for (g, key), n in self.paid.items() if g == f and key[0] is not None)

    def counters(
        self, sums: dict[Kind, int], agreed: frozenset[str], opened: Mapping[str, int], to_use: Mapping[str, str]
    ) -> _Counters:
        """What is counted, its most raised to what was paid already."""
        counters = super().counters(sums, agreed, opened, to_use)
        for n, fund in enumerate(self.instance.funds.values()):
            if counters.most[n] and fund.get("amounts"):  # each year by itself, whatever was paid in others
                counters.most[n] = sum(sums.values())
        before = [0] * len(counters.most)
        for charge in self.made:
            for n in counters.counted[self._kind(charge)][0]:
                before[n] += charge.cost
        for charge in self.made:  # an agreement is for what is still to be paid
            for counted in counters.counted[self._kind(charge)]:
                counted[:] = [n for n in counted if n not in counters.used]
        counters.most = [max(most, made) for most, made in zip(counters.most, before, strict=True)]
        for (f, p), n in counters.shares.items():
            cost = sum(c for kind, c in sums.items() if kind[1] == p)
            counters.most[n] = max(ceil(self.shared[f] * cost), before[n])
        return counters

    def _outcome(
        self, state: tuple[int, ...], total: int, bases: list[int], givers: frozenset[str], agreed: frozenset[str]
    ) -> tuple[Fraction, int, int] | None:
        i, funds = self.instance, list(self.instance.funds)
        spent = dict(zip(funds, state, strict=False))
        matched = dict(zip(self.matched, state[len(funds) + len(self.rules) :], strict=False))
        matched_before = {f: self._paid_before(f) for f in self.matched}
        for f, fund in i.funds.items():
            later = spent[f] > self.before[f] or f in givers
            if i.agreement(f) and later != (f in agreed):
                return None
            if later and spent[f] < fund.get("minimum", 0):
                return None
            match = fund.get("match")
            most = ceil(number(match["ratio"]) * matched[match["with"]]) if match else matched_before.get(f, 0)
            if match and matched[f] > max(most, matched_before[f]):
                return None
        penalty = Fraction(0)
        of_rules = state[len(funds) : len(funds) + len(self.rules)]
        for rule, counted, base, binds in zip(self.rules, of_rules, bases, self.binding, strict=True):
            if not binds:
                continue
            result = rule.cost_result(counted, base)
            if rule.penalty is not None:
                penalty += result.missed * rule.penalty
                continue
            if result.at_least is not None and counted < result.at_least:
                return None
            if result.at_most is not None and counted > result.at_most:
                made = sum(
                    n for (f, key), n in self.paid.items() if f in rule.funds and rule.counts(key, self._basis(key))
                )
                if counted > made:
                    return None
        return penalty, sum(spent[f] for f in funds if i.own(f)), total
