"""The oracle for amounts of any size: every plan is tried, and each is paid by an exact integer programme.

    best(scenario, seconds) -> Best | None

The oracle of tests/oracle pays rupiah by rupiah and so ends at a few dozen of them. This one takes everything from
it but the payments.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor

from tests.oracle.brute_force import Search
from tests.oracle.funding import Kind, Payers, _Counters
from tests.oracle.instance import Instance
from tests.oracle.measures import RuleReading
from tests.oracle.plain import Plain, number
from tests.scan.whole_numbers import Row, Terms, TooHard, least

COSTS = ("own_cost", "total_cost")


class OutOfTime(Exception):
    """Not every plan could be tried."""


@dataclass(frozen=True)
class Best:
    """The goals in order, and the best values that any plan reaches."""

    goals: tuple[str, ...]
    values: tuple[Fraction, ...]


_LATEST: dict[str, Best | None] = {}
"""The answer to the question asked last: a scenario is often chosen by it, and judged by it right after."""


def best(scenario: Plain, seconds: float) -> Best | None:
    """The lexicographic optimum of a tiny scenario, or None if no plan keeps all hard rules. OutOfTime after that."""
    asked = repr(scenario)
    if asked not in _LATEST:
        answer = _best(scenario, seconds)
        _LATEST.clear()
        _LATEST[asked] = answer
    return _LATEST[asked]


def _best(scenario: Plain, seconds: float) -> Best | None:
    until = time.monotonic() + seconds
    instance = Instance(scenario)
    search = Search(instance)
    search.payers = WholePayers(instance)
    goals = tuple(goal for goal, _by in instance.levels)
    found: tuple[Fraction, ...] | None = None
    try:
        for hope, people, socialized, classes in search.candidates():
            if found is not None and hope <= found:
                break
            for decision, funded in search.funded(people, socialized, classes):
                rank = search.rank(decision, funded)
                if found is None or rank > found:
                    found = rank
            if time.monotonic() > until:
                raise OutOfTime
    except TooHard:
        raise OutOfTime from None
    if found is None:
        return None
    return Best(goals, tuple(-v if goal in COSTS else v for v, goal in zip(found, goals, strict=True)))


class WholePayers(Payers):
    """Payers whose search is an integer programme over (kind, fund) instead of a walk through all splits."""

    def _search(
        self,
        sums: dict[Kind, int],
        givers: frozenset[str],
        agreed: frozenset[str],
        opened: Mapping[str, int],
        to_use: Mapping[str, str],
    ) -> tuple[tuple[Fraction, int, int], dict[Kind, dict[str, int]]] | None:
        total = sum(sums.values())
        paying = _Paying(self, sums, agreed, opened, to_use)
        if any(cost and not kind[0] for kind, cost in sums.items()) or total > sum(
            paying.counters.most[: len(self.instance.funds)]
        ):
            return None
        found: list[tuple[tuple[Fraction, int, int], dict[Kind, dict[str, int]]]] = []
        for conditions in paying.uses(givers, agreed):
            outcome = paying.least(conditions)
            if outcome is not None:
                found.append(outcome)
        return max(found, key=lambda outcome: self.rank(*outcome[0]), default=None)


class _Paying:
    """One set of kinds to be paid. The last payer of a kind pays what the others leave, so it has no column."""

    def __init__(
        self,
        payers: WholePayers,
        sums: dict[Kind, int],
        agreed: frozenset[str],
        opened: Mapping[str, int],
        to_use: Mapping[str, str],
    ) -> None:
        self.payers, self.instance, self.sums = payers, payers.instance, sums
        self.counters = _Counters(payers, sums, agreed, opened, to_use)
        self.column = {place: n for n, place in enumerate((kind, f) for kind in sums for f in kind[0][:-1])}
        self.total = sum(sums.values())
        counted: list[dict[int, int]] = [{} for _ in self.counters.most]
        constant = [0] * len(self.counters.most)
        for kind, cost in sums.items():
            for place, f in enumerate(kind[0]):
                for n in self.counters.counted[kind][place]:
                    if (kind, f) in self.column:
                        counted[n][self.column[kind, f]] = counted[n].get(self.column[kind, f], 0) + 1
                    else:
                        constant[n] += cost
                        for other in kind[0][:-1]:
                            column = self.column[kind, other]
                            counted[n][column] = counted[n].get(column, 0) - 1
        self.counted = [{c: k for c, k in terms.items() if k} for terms in counted]
        self.constant = constant

    def uses(self, givers: frozenset[str], agreed: frozenset[str]) -> Iterator[list[Row]]:
        """Every choice of funds that are used, as rows: what a fund gives at least, or that it gives nothing."""
        choices: list[list[list[Row]]] = []
        for n, (f, fund) in enumerate(self.instance.funds.items()):
            minimum = fund.get("minimum", 0)
            if self.instance.agreement(f):
                if f in agreed:
                    choices.append([[self._at_least(n, max(minimum, 0 if f in givers else 1))]])
            elif f in givers:
                choices.append([[self._at_least(n, minimum)]])
            elif minimum:
                choices.append([[self._at_most(n, 0)], [self._at_least(n, minimum)]])
        for chosen in product(*choices):
            in_years = [self._at_least(n, 1) for n in self.counters.used]
            yield [*(row for rows in chosen for row in rows), *in_years]

    def _at_most(self, n: int, most: int) -> Row:
        return self.counted[n], most - self.constant[n]

    def _at_least(self, n: int, fewest: int) -> Row:
        return {c: -k for c, k in self.counted[n].items()}, self.constant[n] - fewest

    def least(self, conditions: list[Row]) -> tuple[tuple[Fraction, int, int], dict[Kind, dict[str, int]]] | None:
        """The best payments under the conditions."""
        rows = [*conditions, *self._limits()]
        columns = len(self.column)
        penalty: dict[int, Fraction] = {}
        for rule, n in zip(self.payers.rules, range(len(self.instance.funds), len(self.counters.most)), strict=False):
            base = sum(cost for kind, cost in self.sums.items() if kind[4][self.payers.rules.index(rule)])
            if self.payers.binding[self.payers.rules.index(rule)]:
                columns = self._rule(rule, n, base, rows, penalty, columns)
        goals = self._goals(penalty)
        kept = [row for row in rows if not self._idle(row)]
        kept += [({self.column[kind, f]: 1 for f in kind[0][:-1]}, cost) for kind, cost in self.sums.items()]
        if any(not terms and limit < 0 for terms, limit in kept):
            return None
        point = least(goals, kept, columns, len(self.column), self.counted)
        if point is None:
            return None
        splits = {}
        for kind, cost in self.sums.items():
            parts = [int(point[self.column[kind, f]]) for f in kind[0][:-1]]
            splits[kind] = dict(zip(kind[0], [*parts, cost - sum(parts)], strict=True))
        own = sum(n for split in splits.values() for f, n in split.items() if self.instance.own(f))
        lost = sum((factor * point[column] for column, factor in penalty.items()), Fraction(0))
        return (lost, own, self.total), splits

    def _idle(self, row: Row) -> bool:
        """Whether a row holds whatever the payments are."""
        terms, limit = row
        if any(column >= len(self.column) for column in terms):
            return False
        most: dict[Kind, int] = {}
        for (kind, _f), column in self.column.items():
            most[kind] = max(most.get(kind, 0), int(terms.get(column, 0)))
        return sum(factor * self.sums[kind] for kind, factor in most.items()) <= limit

    def _limits(self) -> Iterator[Row]:
        funds = list(self.instance.funds)
        rules = range(len(funds), len(funds) + len(self.payers.rules))
        for n, most in enumerate(self.counters.most):
            if n not in rules:
                yield self._at_most(n, most)
        for f, fund in self.instance.funds.items():
            if fund.get("match"):
                ratio = number(fund["match"]["ratio"])
                n, other = self.counters.matched[f], self.counters.matched[fund["match"]["with"]]
                num, den = ratio.numerator, ratio.denominator
                terms = {c: den * k for c, k in self.counted[n].items()}
                for c, k in self.counted[other].items():
                    terms[c] = terms.get(c, 0) - num * k
                # part <= ceil(ratio x other), in whole numbers
                yield terms, den - 1 - den * self.constant[n] + num * self.constant[other]

    def _rule(
        self, rule: RuleReading, n: int, base: int, rows: list[Row], penalty: dict[int, Fraction], columns: int
    ) -> int:
        """Add the rows of a cost rule, and for a goal a column of what it is missed by; how many columns there are."""
        for side, (value, share) in rule.bounds.items():
            upper = side == "at_most"
            amount = value * base if share else value
            if share:
                amount = Fraction(ceil(amount) if upper else floor(amount))
            sign = 1 if upper else -1
            terms: dict[int, Fraction | int] = {c: sign * k for c, k in self.counted[n].items()}
            if rule.penalty is not None:
                terms[columns] = -1
                penalty[columns] = rule.penalty
                columns += 1
            rows.append((terms, sign * (amount - self.constant[n])))
        return columns

    def _goals(self, penalty: dict[int, Fraction]) -> list[Terms]:
        own: dict[int, Fraction | int] = {}
        for n, f in enumerate(self.instance.funds):
            if self.instance.own(f):
                for c, k in self.counted[n].items():
                    own[c] = own.get(c, 0) + k
        of_goal: dict[str, Terms] = {"gaps_closed": penalty, "own_cost": own}
        goals = [of_goal[goal] for goal, _by in self.instance.levels if goal in of_goal]
        return [goal for goal in goals if goal]
