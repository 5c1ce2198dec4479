"""Patterns by an integer programme with column generation, or the limit that excludes them.

    people in patterns S:  n_S >= 0 whole
    sum over S with (p,t) of n_S  =  x[p,t];  sum of n_S  <=  people;  sum over S that uses a quota of n_S  <=  quota

The dual of its relaxation gives prices w[p,t] of seats, v of quotas and e of a person, at which no pattern is worth
more than a person. Where the seats are worth more than all people, these prices are a limit that every plan keeps; they
are made whole numbers, and the most that a person can take at them is found exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, Final

from planner.attendance.best_pattern import TooMany, all_patterns, heaviest
from planner.attendance.construct import Patterns, constructed, merged
from planner.attendance.task import Task

if TYPE_CHECKING:
    import pulp

ROUNDS: Final = 200
"""Largest number of patterns added to a relaxation."""

NOTHING: Final = 1e-7
"""Excess of seats over people that counts as none in a solver's digits."""

DENOMINATORS: Final = (24, 360, 100_000)
"""Largest denominators of prices, tried in this order; the first that gives a limit is used."""

FEW: Final = 2000
"""Number of patterns of a group up to which all of them are listed."""


@dataclass(frozen=True)
class SeatPrices:
    """Whole prices of seats and of quotas, and the most that one pattern is worth at them."""

    seats: tuple[int, ...]
    quotas: Mapping[int, int]
    person: int

    def excess(self, task: Task, people: int) -> int:
        """Return what the seats are worth beyond `people` and quotas; above 0 there are no patterns."""
        worth = sum(price * n for price, n in zip(self.seats, task.counts, strict=True))
        return worth - self.person * people - self.ready(task)

    def missing(self, task: Task, people: int) -> int:
        """Return how many people more than `people` patterns need at least, at these prices; 1 where prices do not
        say."""
        return max(1, -(-self.excess(task, people) // self.person)) if self.person else 1

    def ready(self, task: Task) -> int:
        """Return what people who may skip a prerequisite add at these prices."""
        return sum(price * task.quotas[quota].people for quota, price in self.quotas.items())


def solved(task: Task, people: int) -> Patterns | SeatPrices | None:
    """Return patterns of so many people, or prices at which there are none; None where neither is found."""
    found = constructed(task, people)
    if found is not None and task.kept_by(found, people):
        return found
    if any(not task.fits((start,)) for start, n in enumerate(task.counts) if n):
        alone = next(s for s, n in enumerate(task.counts) if n and not task.fits((s,)))
        return SeatPrices(tuple(int(s == alone) for s in range(len(task.starts))), {}, 0)
    try:
        outcome = _relaxed(task, people)
        if isinstance(outcome, SeatPrices):
            return outcome
        found = _whole(task, people, outcome)
        if found is None:
            found = _whole(task, people, all_patterns(task, FEW))
    except TooMany:
        return None
    return found


def priced(task: Task, people: int) -> SeatPrices | None:
    """Return prices at which there are no patterns of so many people; None where none are found.

    Starts may have no seats.
    """
    try:
        outcome = _relaxed(task, people)
    except TooMany:
        return None
    return outcome if isinstance(outcome, SeatPrices) else None


def _relaxed(task: Task, people: int) -> SeatPrices | list[tuple[int, ...]]:
    """Return prices that exclude patterns, or patterns whose shares make up the seats. Raises TooMany."""
    import pulp  # loaded where constructions fail, which they rarely do

    from planner.highs.checked import CheckedHighs

    known: list[tuple[int, ...]] = [(s,) for s, n in enumerate(task.counts) if n]
    problem = pulp.LpProblem("prices", pulp.LpMaximize)
    price = [problem.add_variable(f"w{s}", -1.0, 1.0 if n else 0.0) for s, n in enumerate(task.counts)]
    skip = [problem.add_variable(f"v{q}", 0.0, 1.0) for q in range(len(task.quotas))]
    person = problem.add_variable("e", 0.0, 1.0)
    goal = [(w, float(n)) for w, n in zip(price, task.counts, strict=True)]
    goal += [(v, -float(quota.people)) for v, quota in zip(skip, task.quotas, strict=True)]
    problem.setObjective(pulp.LpAffineExpression.from_list([*goal, (person, -float(people))]))

    def add(taken: tuple[int, ...]) -> None:
        terms = [(price[s], 1.0) for s in taken] + [(person, -1.0)]
        terms += [(skip[q], -1.0) for q in task.used(taken)]
        problem.addConstraint(pulp.LpAffineExpression.from_list(terms) <= 0, f"s{len(problem.constraints())}")

    for taken in known:
        add(taken)
    for _ in range(ROUNDS):
        stats = problem.solve(CheckedHighs(msg=False, threads=1))
        if stats.status != pulp.LpSolveStatus.Optimal:
            raise TooMany
        worth = [float(w.varValue or 0.0) for w in price]
        skipped = [float(v.varValue or 0.0) for v in skip]
        if float(pulp.value(problem.objective) or 0.0) <= NOTHING:
            return known
        rough = [round(w * 10**7) for w in worth]
        most, best = heaviest(task, rough, {q: round(v * 10**7) for q, v in enumerate(skipped) if v > NOTHING})
        if most > round(float(person.varValue or 0.0) * 10**7) + 10 * len(task.starts) and best not in known:
            known.append(best)
            add(best)
            continue
        for largest in DENOMINATORS:
            prices = whole_prices(task, worth, skipped, largest)
            if prices.excess(task, people) > 0:
                return prices
        raise TooMany
    raise TooMany


def whole_prices(task: Task, worth: Sequence[float], skipped: Sequence[float], largest: int) -> SeatPrices:
    """Round prices to fractions with denominators up to `largest`, and make them whole. Raises TooMany."""
    seats = [Fraction(w).limit_denominator(largest) for w in worth]
    quotas = [Fraction(max(0.0, v)).limit_denominator(largest) for v in skipped]
    scale = lcm(*(f.denominator for f in (*seats, *quotas)))
    if scale > 10**9:
        scale = largest
    whole = [int(f * scale) for f in seats]
    skips = {q: int(f * scale) for q, f in enumerate(quotas) if int(f * scale)}
    shared = gcd(*whole, *skips.values()) or 1
    whole, skips = [w // shared for w in whole], {q: v // shared for q, v in skips.items()}
    return SeatPrices(tuple(whole), skips, heaviest(task, whole, skips)[0])


def _whole(task: Task, people: int, patterns: Sequence[tuple[int, ...]]) -> Patterns | None:
    """Return whole numbers of people for these patterns, verified; None where the solver finds none."""
    import pulp  # loaded where constructions fail, which they rarely do

    from planner.highs.checked import CheckedHighs

    problem = pulp.LpProblem("patterns", pulp.LpMinimize)
    number = [problem.add_variable(f"n{i}", 0, people, "Integer") for i in range(len(patterns))]
    rows: dict[int, list[tuple[pulp.LpVariable, float]]] = {}
    skipping: dict[int, list[tuple[pulp.LpVariable, float]]] = {}
    for n, taken in zip(number, patterns, strict=True):
        for start in taken:
            rows.setdefault(start, []).append((n, 1.0))
        for quota in task.used(taken):
            skipping.setdefault(quota, []).append((n, 1.0))
    problem.setObjective(pulp.LpAffineExpression.from_list([(n, 1.0) for n in number]))
    for start, count in enumerate(task.counts):
        if count:
            row = pulp.LpAffineExpression.from_list(rows.get(start, []))
            problem.addConstraint(row == count, f"x{start}")
    for quota, terms in skipping.items():
        problem.addConstraint(pulp.LpAffineExpression.from_list(terms) <= task.quotas[quota].people, f"q{quota}")
    problem.addConstraint(pulp.LpAffineExpression.from_list([(n, 1.0) for n in number]) <= people, "people")
    stats = problem.solve(CheckedHighs(msg=False, threads=1, mip_max_nodes=5000))
    if not stats.has_solution:
        return None
    followed = [(round(float(n.varValue or 0.0)), taken) for n, taken in zip(number, patterns, strict=True)]
    found = merged([(n, taken) for n, taken in followed if n])
    return found if task.kept_by(found, people) else None
