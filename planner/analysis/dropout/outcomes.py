"""Ways to plan for partners that may not come, and what each comes to over all cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from planner.analysis.partners.partners_varied import Presence
from planner.analysis.partners.subsets import Absent, Outcome, Subsets, all_subsets
from planner.analysis.scenarios.fixed_classes import Classes
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

TENTH: Final = Fraction(1, 10)


@dataclass(frozen=True)
class Chance:
    """One thing that may happen: who stays away, and how likely that is."""

    absent: tuple[str, ...]
    """In file order."""
    probability: Fraction

    @property
    def key(self) -> Absent:
        return frozenset(self.absent)


@dataclass(frozen=True)
class Spread:
    """What a quantity comes to over all cases."""

    expected: Fraction
    """sum of probability x value."""
    worst: Fraction
    """The smallest value that can happen."""
    tenth: Fraction
    """The smallest value v such that v or less happens with a probability of at least 10%."""


@dataclass(frozen=True)
class Way:
    """One way to plan, and what it comes to in each case."""

    cases: tuple[Chance, ...]
    outcomes: tuple[Outcome, ...]
    """By case."""
    plan: Plan | None
    """The plan for all partners whose classes are committed; None where nothing is."""

    @cached_property
    def gaps(self) -> Spread:
        """Gaps closed."""
        return self.spread(lambda outcome: outcome.gaps)

    @cached_property
    def level(self) -> Spread:
        """Weighted gaps closed, less penalties of goals that are missed: what the plan seeks."""
        return self.spread(lambda outcome: outcome.level)

    @property
    def failing(self) -> Fraction:
        """Probability of the cases in which no plan keeps the rules."""
        return self._probability(lambda outcome: outcome.plan is None and not outcome.unknown)

    @property
    def unknown(self) -> Fraction:
        """Probability of the cases for which no plan was found, though there may be one; they count 0 as well."""
        return self._probability(lambda outcome: outcome.unknown)

    def spread(self, value: Callable[[Outcome], Fraction]) -> Spread:
        chances = [(value(o), case.probability) for o, case in zip(self.outcomes, self.cases, strict=True)]
        return spread(chances)

    def most(self) -> Fraction | None:
        """What could be expected at most of the level, from what is proven; None where something is not."""
        total = Fraction(0)
        for case, outcome in zip(self.cases, self.outcomes, strict=True):
            if outcome.plan is None and not outcome.unknown:
                continue
            if outcome.bound is None:
                return None
            total += case.probability * Fraction(outcome.bound)
        return total

    def _probability(self, counts: Callable[[Outcome], bool]) -> Fraction:
        chances = zip(self.cases, self.outcomes, strict=True)
        return sum((case.probability for case, outcome in chances if counts(outcome)), Fraction(0))


def way(subsets: Subsets, cases: tuple[Chance, ...], classes: Classes | None, plan: Plan | None) -> Way:
    """What becomes of each case where `classes` are committed; None: where everything is planned anew."""
    return Way(cases, tuple(subsets.outcome(case.key, classes) for case in cases), plan)


def cases_of(scenario: Scenario, there: Presence) -> tuple[Chance, ...]:
    """Every set of partners that may stay away with its probability; what cannot happen is left out.

    probability of A  =  product over f in A of (1 - chance_f)  x  product over the other f of chance_f
    """
    cases = []
    for away in all_subsets(there.varied):
        probability = Fraction(1)
        for partner in there.varied:
            chance = scenario.fund[partner].chance
            probability *= 1 - chance if partner in away else chance
        if probability:
            absent = away | set(there.never)
            cases.append(Chance(tuple(f.id for f in scenario.funds if f.id in absent), probability))
    return tuple(cases)


def spread(chances: Sequence[tuple[Fraction, Fraction]]) -> Spread:
    """Expected, worst and tenth-percentile value of (value, probability) that add up to 1."""
    ordered = sorted(chances)
    expected = sum((value * probability for value, probability in ordered), Fraction(0))
    so_far = Fraction(0)
    tenth = ordered[-1][0]
    for value, probability in ordered:
        so_far += probability
        if so_far >= TENTH:
            tenth = value
            break
    return Spread(expected, ordered[0][0], tenth)
