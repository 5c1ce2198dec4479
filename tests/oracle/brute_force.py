"""The oracle: tries every plan of a tiny scenario, in plain Python and exact numbers.

    solve(scenario: dict, sha256: str = "") -> Optimum | None
        The best plan of a scenario given as plain data of the file format; None if no plan keeps all
        hard rules. `Optimum.values` are the exact values of the objective's levels in order (weighted
        gaps less penalties of goals; smallest coverage; own or total cost), with gaps_closed as an
        extra last level where no level names it. `Optimum.goals` names those levels. `Optimum.plan`
        is one optimal plan as plan.json data, `sha256` being the fingerprint it is to carry.

    count(scenario: dict) -> int
        How many ways there are to place people, an upper bound of the work; the generator keeps it small.

It shares nothing with the program: neither records nor code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product
from math import ceil, floor, prod
from typing import Any

from tests.oracle.funding import Funded, Payers
from tests.oracle.instance import Instance, Plain, number
from tests.oracle.measures import RuleReading, charges, closed_gaps, smallest_coverage
from tests.oracle.plan_data import Decision, plan_data

Rank = tuple[Fraction, ...]


@dataclass(frozen=True)
class Optimum:
    """The best that any plan can do."""

    goals: tuple[str, ...]
    values: tuple[Fraction, ...]
    plan: dict[str, Any]


def solve(scenario: Plain, sha256: str = "") -> Optimum | None:
    """The lexicographic optimum of a tiny scenario, or None if it is infeasible."""
    instance = Instance(scenario)
    search = Search(instance)
    best: tuple[Rank, Decision, Funded] | None = None
    for hope, people, socialized, classes in search.candidates():
        if best is not None and hope <= best[0]:
            break
        for decision, funded in search.funded(people, socialized, classes):
            rank = search.rank(decision, funded)
            if best is None or rank > best[0]:
                best = (rank, decision, funded)
    if best is None:
        return None
    rank, decision, funded = best
    costs = ("own_cost", "total_cost")
    values = tuple(-v if goal in costs else v for v, (goal, _by) in zip(rank, instance.levels, strict=True))
    plan = plan_data(instance, decision, funded.payments, sha256)
    return Optimum(tuple(goal for goal, _by in instance.levels), values, plan)


def count(scenario: Plain) -> int:
    """An upper bound of the number of ways to place people, to socialize and to give free seats."""
    instance = Instance(scenario)
    ways = 1
    for g, group in instance.groups.items():
        of_group = 0
        for socialized in _choices(group):
            willing = instance.willing(g, socialized)
            slots = instance.slots[g]
            tops = [floor(instance.need(g, p) * willing) for p, _t in slots]
            of_group += prod(top + 1 for top in tops)
        ways *= of_group
    for fund in instance.funds.values():
        ways *= prod(n + 1 for n in fund.get("seats", {}).values())
    return ways


def _choices(group: Plain) -> tuple[bool, ...]:
    return (False, True) if group.get("socialization") else (False,)


class Search:
    """The search over one instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.payers = Payers(instance)
        self.rules = [RuleReading(instance, rule) for rule in instance.rules if rule["measure"] != "cost"]

    def candidates(
        self,
    ) -> list[tuple[Rank, dict[tuple[str, str, str], int], frozenset[str], dict[tuple[str, str], int]]]:
        """All placements of people into classes that keep the rules about people, the most hopeful first."""
        found = []
        of_groups = [list(self._placements(g)) for g in self.instance.groups]
        for chosen in product(*of_groups):
            people = dict(chain.from_iterable(placed.items() for placed, _s in chosen))
            socialized = frozenset(g for g, (_p, s) in zip(self.instance.groups, chosen, strict=True) if s)
            in_class: dict[tuple[str, str], int] = {}
            for (_g, p, t), n in people.items():
                in_class[p, t] = in_class.get((p, t), 0) + n
            if not self.mentored(in_class):
                continue
            for classes in self.classes(in_class):
                hope = self._hope(people, socialized, classes)
                if hope is not None:
                    found.append((hope, people, socialized, classes))
        found.sort(key=lambda candidate: candidate[0], reverse=True)
        return found

    def _placements(self, g: str) -> Iterator[tuple[dict[tuple[str, str, str], int], bool]]:
        """Ways to place the people of a group that break no rule by themselves."""
        i, group, slots = self.instance, self.instance.groups[g], self.instance.slots[g]
        released = floor(number(group.get("release", 1)) * group["headcount"])
        for socialized in _choices(group):
            willing = i.willing(g, socialized)
            tops = {p: floor(i.need(g, p) * willing) for p, _t in slots}
            for numbers in product(*(range(min(tops[p], released) + 1) for p, _t in slots)):
                placed = {(g, p, t): n for (p, t), n in zip(slots, numbers, strict=True) if n}
                if self.keeps(g, placed, socialized, released):
                    yield placed, socialized

    def keeps(self, g: str, placed: dict[tuple[str, str, str], int], socialized: bool, released: int) -> bool:
        """Whether a placement of a group keeps uptake, hours, release and prerequisites."""
        i, group, willing = self.instance, self.instance.groups[g], self.instance.willing(g, socialized)
        hours = number(group["max_hours"]) * group["headcount"] * willing if "max_hours" in group else None
        by_programme: dict[str, int] = {}
        by_period: dict[str, int] = {}
        for (_g, p, t), n in placed.items():
            by_programme[p] = by_programme.get(p, 0) + n
            by_period[t] = by_period.get(t, 0) + n
        if any(n > i.need(g, p) * willing for p, n in by_programme.items()) or any(
            n > released for n in by_period.values()
        ):
            return False
        if (
            hours is not None
            and sum(number(i.programmes[p].get("hours", 0)) * n for p, n in by_programme.items()) > hours
        ):
            return False
        for p in by_programme:
            for q in i.programmes[p].get("requires", []):
                ahead = max(0, i.need(g, p) - i.need(g, q))
                for t in i.periods:
                    ahead += placed.get((g, q, t), 0) - placed.get((g, p, t), 0)
                    if ahead < 0:
                        return False
        return True

    def mentored(self, in_class: dict[tuple[str, str], int]) -> bool:
        """Whether every pool has mentors enough in every period."""
        for pool in self.instance.scenario.get("mentor_pools", []):
            for t in self.instance.periods:
                busy = sum(
                    (
                        Fraction(in_class.get((p, t), 0), programme["mentors"]["mentees_each"])
                        for p, programme in self.instance.programmes.items()
                        if programme.get("mentors") and programme["mentors"]["pool"] == pool["id"]
                    ),
                    Fraction(0),
                )
                if busy > self.instance.mentors(pool):
                    return False
        return True

    def classes(self, in_class: dict[tuple[str, str], int]) -> Iterator[dict[tuple[str, str], int]]:
        """Every number of classes that people in class allow."""
        ranges: list[list[tuple[tuple[str, str], int]]] = []
        for (p, t), n in in_class.items():
            size = self.instance.programmes[p].get("class_size")
            if size:
                limits = self.instance.programmes[p].get("classes", {})
                most = min(n // size.get("min", 1), limits.get("per_period", n))
                ranges.append([((p, t), y) for y in range(max(1, ceil(n / size["max"])), most + 1)])
        for held in product(*ranges):
            by_programme: dict[str, int] = {}
            for (p, _t), y in held:
                by_programme[p] = by_programme.get(p, 0) + y
            limits_of = ((n, self.instance.programmes[p].get("classes", {})) for p, n in by_programme.items())
            if all(limits.get("min", 0) <= n <= limits.get("max", n) for n, limits in limits_of):
                yield dict(held)

    def _hope(
        self, people: dict[tuple[str, str, str], int], socialized: frozenset[str], classes: dict[tuple[str, str], int]
    ) -> Rank | None:
        """The best rank this placement could have, whoever pays; None if it breaks a rule."""
        closed = closed_gaps(self.instance, people, socialized)
        penalty = Fraction(0)
        for rule in self.rules:
            missed = rule.people_result(people, classes, closed).missed
            if missed and rule.penalty is None:
                return None
            penalty += missed * (rule.penalty or 0)
        gaps = sum((self.instance.worth(g, c) * gained for (g, c), gained in closed.items()), Fraction(0)) - penalty
        least = self._least_cost(people, socialized, classes)
        partners = sum(fund["amount"] for f, fund in self.instance.funds.items() if not self.instance.own(f))
        if least > partners + sum(fund["amount"] for f, fund in self.instance.funds.items() if self.instance.own(f)):
            return None
        costs = {"own_cost": Fraction(-max(0, least - partners)), "total_cost": Fraction(-least)}
        return tuple(
            gaps if goal == "gaps_closed"
            else smallest_coverage(self.instance, by, closed) if goal == "smallest_coverage"
            else costs[goal]
            for goal, by in self.instance.levels
        )  # fmt: skip

    def _least_cost(
        self, people: dict[tuple[str, str, str], int], socialized: frozenset[str], classes: dict[tuple[str, str], int]
    ) -> int:
        """A cost that no choice of free seats and agreements goes below: seats offered are taken to cover all."""
        offered = {p for fund in self.instance.funds.values() for p, n in fund.get("seats", {}).items() if n}
        due = charges(self.instance, people, classes, socialized, {}, frozenset())
        return sum(c.cost for c in due if not (c.per == "participant" and c.key[0] in offered))

    def funded(
        self, people: dict[tuple[str, str, str], int], socialized: frozenset[str], classes: dict[tuple[str, str], int]
    ) -> Iterator[tuple[Decision, Funded]]:
        """The placement with every choice of free seats and of agreements, each paid in the best way."""
        i = self.instance
        agreeing = [f for f in i.funds if i.agreement(f)]
        for seats in self._seats(people):
            givers = frozenset(f for f, _p, _g, _t in seats)
            for number_agreed in range(len(agreeing) + 1):
                for agreed in map(frozenset, combinations(agreeing, number_agreed)):
                    if givers & set(agreeing) <= agreed:
                        due = charges(i, people, classes, socialized, seats, agreed)
                        paid = self.payers.best(due, givers, agreed)
                        if paid is not None:
                            yield Decision(people, classes, socialized, seats), paid

    def _seats(self, people: dict[tuple[str, str, str], int]) -> Iterator[dict[tuple[str, str, str, str], int]]:
        """Every way to give free seats to participants."""
        places = [
            (f, p, g, t)
            for f, fund in self.instance.funds.items()
            for (g, p, t) in people
            if fund.get("seats", {}).get(p)
        ]
        tops = [min(people[g, p, t], self.instance.funds[f]["seats"][p]) for f, p, g, t in places]
        for numbers in product(*(range(top + 1) for top in tops)):
            given: dict[tuple[str, str], int] = {}
            seated: dict[tuple[str, str, str], int] = {}
            for (f, p, g, t), n in zip(places, numbers, strict=True):
                given[f, p] = given.get((f, p), 0) + n
                seated[g, p, t] = seated.get((g, p, t), 0) + n
            if all(n <= self.instance.funds[f]["seats"][p] for (f, p), n in given.items()) and all(
                n <= people[seat] for seat, n in seated.items()
            ):
                yield {place: n for place, n in zip(places, numbers, strict=True) if n}

    def rank(self, decision: Decision, funded: Funded) -> Rank:
        """The values of the levels, better ones larger."""
        closed = closed_gaps(self.instance, decision.people, decision.socialized)
        lost = sum(
            (
                rule.people_result(decision.people, decision.classes, closed).missed * (rule.penalty or 0)
                for rule in self.rules
            ),
            funded.penalty,
        )
        worth = sum((self.instance.worth(g, c) * gained for (g, c), gained in closed.items()), Fraction(0))
        costs = {"own_cost": Fraction(-funded.own), "total_cost": Fraction(-funded.total)}
        return tuple(
            worth - lost if goal == "gaps_closed"
            else smallest_coverage(self.instance, by, closed) if goal == "smallest_coverage"
            else costs[goal]
            for goal, by in self.instance.levels
        )  # fmt: skip
