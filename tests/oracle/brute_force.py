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

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import chain, combinations, product
from math import ceil, prod
from typing import Any

from tests.oracle.attending import attending_fits
from tests.oracle.dates import every_date, opened, to_be_used
from tests.oracle.funding import Funded, Payers
from tests.oracle.instance import Instance
from tests.oracle.measures import agencies_fit, charges, closed_gaps, rule_readings, smallest_coverage
from tests.oracle.placing import keeps
from tests.oracle.plain import Plain
from tests.oracle.plan_data import Decision, plan_data
from tests.oracle.relations import related
from tests.oracle.supplies import supplied

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
            slots = instance.slots[g]
            tops = [instance.most_taking(g, p, socialized) for p, _t in slots]
            of_group += prod(top + 1 for top in tops)
        ways *= of_group
    for fund in instance.funds.values():
        ways *= prod(n + 1 for n in fund.get("seats", {}).values())
    return ways


def _choices(group: Plain) -> tuple[bool, ...]:
    return (False, True) if group.get("socialization") else (False,)


Seat = tuple[str, str, str]
"""A group, a programme and a period."""
Held = dict[tuple[str, str], int]
"""Classes, or people in class, by (programme, period)."""
Candidate = tuple[Rank, dict[Seat, int], frozenset[str], Held]
"""The best rank there could be, people, groups with socialization, and classes."""


def search_of(scenario: Plain) -> Search:
    """The search over a scenario; scenarios asked about lately are not read and enumerated again."""
    return _search_of(json.dumps(scenario))


@lru_cache(maxsize=32)
def _search_of(text: str) -> Search:
    return Search(Instance(json.loads(text)))


@dataclass(frozen=True)
class Placement:
    """One way to place the people of a group, with everything that does not depend on the other groups."""

    people: dict[Seat, int]
    socialized: bool
    closed: dict[tuple[str, str], Fraction]
    worth: Fraction
    """Weighted gaps closed."""
    cost: int
    """Least cost of participants and of socialization, whatever seats are given [rupiah]."""
    programmes: frozenset[str]


class Search:
    """The search over one instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.payers = Payers(instance)
        self._candidates: list[Candidate] | None = None
        self.rules = [rule for rule in rule_readings(instance) if rule.measures != "cost"]
        using = {q["mentors"]["pool"] for q in instance.programmes.values() if q.get("mentors")}
        self.pools = [pool for pool in instance.scenario.get("mentor_pools", []) if pool["id"] in using]
        self.offered = {p for fund in instance.funds.values() for p, n in fund.get("seats", {}).items() if n}
        """Programmes of which free seats are offered."""
        self.shared = any(len(those) > 1 for c in instance.competencies for those in instance.lacking(c))
        """Whether groups of one agency share chances."""
        self.partners = sum(fund["amount"] for f, fund in instance.funds.items() if not instance.own(f))
        self.wealth = sum(fund["amount"] for fund in instance.funds.values())
        self.fixed = {p: self._cost_of(p, "programme") for p in instance.programmes}
        self.of_class = {p: self._cost_of(p, "class") for p in instance.programmes}

    def _cost_of(self, p: str, per: str) -> int:
        """What a programme costs if it is held, or each class of it, in the cheapest year [rupiah]."""
        cost = sum((line.least[""] for line in self.instance.lines[p] if line.per == per), Fraction(0))
        assert cost.denominator == 1, "tiny scenarios cost whole rupiah"
        return int(cost)

    def candidates(self) -> list[Candidate]:
        """All placements of people into classes that keep the rules about people, the most hopeful first."""
        if self._candidates is None:
            self._candidates = self._placed_in_classes()
        return self._candidates

    def _placed_in_classes(self) -> list[Candidate]:
        found = []
        of_groups = [list(self._placements(g)) for g in self.instance.groups]
        for chosen in product(*of_groups):
            if self._least_cost(chosen, {}) > self.wealth:
                continue
            people = dict(chain.from_iterable(placed.people.items() for placed in chosen))
            socialized = frozenset(
                g for g, placed in zip(self.instance.groups, chosen, strict=True) if placed.socialized
            )
            in_class: Held = {}
            for (_g, p, t), n in people.items():
                in_class[p, t] = in_class.get((p, t), 0) + n
            if not self.mentored(people) or not related(self.instance, {p for p, _t in in_class}):
                continue
            if not agencies_fit(self.instance, people, socialized):
                continue
            if not attending_fits(self.instance, people, socialized):
                continue
            closed = self._closed(chosen, people, socialized)
            for classes in self.classes(in_class):
                if not supplied(self.instance, in_class, classes):
                    continue
                hope = self._hope(chosen, people, classes, closed)
                if hope is not None:
                    found.append((hope, people, socialized, classes))
        found.sort(key=lambda candidate: candidate[0], reverse=True)
        return found

    def _placements(self, g: str) -> Iterator[Placement]:
        """Ways to place the people of a group that break no rule by themselves."""
        i, group, slots = self.instance, self.instance.groups[g], self.instance.slots[g]
        for socialized in _choices(group):
            tops = {p: i.most_taking(g, p, socialized) for p, _t in slots}
            for numbers in product(*(range(tops[p] + 1) for p, _t in slots)):
                placed = {(g, p, t): n for (p, t), n in zip(slots, numbers, strict=True) if n}
                if keeps(self.instance, g, placed, socialized):
                    yield self._placement(g, placed, socialized)

    def _placement(self, g: str, placed: dict[Seat, int], socialized: bool) -> Placement:
        i = self.instance
        closed = closed_gaps(i, placed, frozenset([g] if socialized else []))
        closed = {key: gained for key, gained in closed.items() if key[0] == g}
        worth = sum((i.worth(g, c) * gained for (_g, c), gained in closed.items()), Fraction(0))
        # free seats and agreements are left out: seats that are offered are taken to cover everything
        due = charges(i, placed, {}, frozenset([g] if socialized else []), {}, frozenset())
        cost = sum(
            c.cost for c in due if c.per != "programme" and (c.per != "participant" or c.key[0] not in self.offered)
        )
        return Placement(placed, socialized, closed, worth, cost, frozenset(p for _g, p, _t in placed))

    def mentored(self, people: dict[Seat, int]) -> bool:
        """Whether every pool has mentors enough in every period."""
        i = self.instance
        juniors = [
            (g, i.programmes[p]["mentors"], set(i.running(p, t)), n)
            for (g, p, t), n in people.items()
            if i.programmes[p].get("mentors")
        ]
        for pool in self.pools if juniors else ():
            for t in i.periods:
                busy = Fraction(0)
                mentored: dict[str, int] = {}
                for g, mentors, run, n in juniors:
                    if t in run:
                        mentored[g] = mentored.get(g, 0) + n
                        busy += Fraction(n, mentors["mentees_each"]) if mentors["pool"] == pool["id"] else 0
                if mentored and busy > i.mentors(pool, mentored):
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

    def _closed(
        self, chosen: tuple[Placement, ...], people: dict[Seat, int], socialized: frozenset[str]
    ) -> dict[tuple[str, str], Fraction]:
        """The gaps closed: those of each group, unless groups share an agency."""
        if self.shared:
            return closed_gaps(self.instance, people, socialized)
        return {key: gained for placed in chosen for key, gained in placed.closed.items()}

    def _hope(
        self,
        chosen: tuple[Placement, ...],
        people: dict[Seat, int],
        classes: Held,
        closed: dict[tuple[str, str], Fraction],
    ) -> Rank | None:
        """The best rank this placement could have, whoever pays; None if it breaks a rule."""
        least = self._least_cost(chosen, classes)
        if least > self.wealth:
            return None
        gaps = sum((placed.worth for placed in chosen), Fraction(0))
        if self.shared:
            gaps = sum((self.instance.worth(*key) * gained for key, gained in closed.items()), Fraction(0))
        running = {p for placed in chosen for p in placed.programmes}
        told = frozenset(g for g, placed in zip(self.instance.groups, chosen, strict=True) if placed.socialized)
        closed_by = partial(closed_gaps, self.instance, people, told)
        for rule in self.rules:
            if not rule.binds(running):
                continue
            missed = rule.people_result(people, classes, closed, closed_by).missed
            if missed:
                if rule.penalty is None:
                    return None
                gaps -= missed * rule.penalty
        costs = {"own_cost": Fraction(-max(0, least - self.partners)), "total_cost": Fraction(-least)}
        return tuple(
            gaps if goal == "gaps_closed"
            else smallest_coverage(self.instance, by, closed) if goal == "smallest_coverage"
            else costs[goal]
            for goal, by in self.instance.levels
        )  # fmt: skip

    def _least_cost(self, chosen: tuple[Placement, ...], classes: Held) -> int:
        """A cost that no choice of free seats and agreements goes below: seats offered are taken to cover all."""
        cost = sum(placed.cost for placed in chosen)
        for p in frozenset().union(*(placed.programmes for placed in chosen)):
            cost += self.fixed[p]
        for (p, _t), n in classes.items():
            cost += self.of_class[p] * n
        return cost

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
                        for when in every_date(i, people, socialized, seats, agreed):
                            due = charges(i, people, classes, socialized, seats, agreed, when)
                            running = frozenset(p for _g, p, _t in people)
                            using = to_be_used(i, seats, when)
                            paid = self.payers.best(due, givers, agreed, opened(i, when), running, using)
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
        closed_by = partial(closed_gaps, self.instance, decision.people, decision.socialized)
        closed = closed_by()
        lost = sum(
            (
                rule.people_result(decision.people, decision.classes, closed, closed_by).missed * (rule.penalty or 0)
                for rule in self.rules
                if rule.binds({p for _g, p, _t in decision.people})
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
