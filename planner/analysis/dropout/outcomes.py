"""Strategies for partners that may withdraw, and the distribution of their results over all cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from planner.analysis.partners.partner_roles import PartnerRoles
from planner.analysis.partners.subsets import Absent, PartnerSubsets, SubsetOutcome, all_subsets
from planner.analysis.scenarios.fixed_classes import Classes
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan

BAD_CASE: Final = Fraction(1, 10)


@dataclass(frozen=True)
class DropOutCase:
    """A set of absent partners and its probability."""

    absent: tuple[str, ...]
    """In file order."""
    probability: Fraction

    @property
    def key(self) -> Absent:
        return frozenset(self.absent)


@dataclass(frozen=True)
class Distribution:
    """Expected, smallest and tenth-percentile value of a quantity over all cases."""

    expected: Fraction
    """sum of probability x value."""
    worst: Fraction
    """Smallest value of any case."""
    tenth_percentile: Fraction
    """The smallest value v such that v or less happens with a probability of at least 10%."""


@dataclass(frozen=True)
class Strategy:
    """A strategy and its result in each case."""

    cases: tuple[DropOutCase, ...]
    outcomes: tuple[SubsetOutcome, ...]
    """By case."""
    plan: Plan | None
    """Plan whose classes are committed; None if nothing is committed."""

    @cached_property
    def gaps(self) -> Distribution:
        """Gaps closed."""
        return self.distribution(lambda outcome: outcome.gaps)

    @cached_property
    def level(self) -> Distribution:
        """Weighted gaps closed, less the penalties of missed goals."""
        return self.distribution(lambda outcome: outcome.level)

    @property
    def failing(self) -> Fraction:
        """Probability that no plan keeps the rules."""
        return self._probability(lambda outcome: outcome.plan is None and not outcome.unknown)

    @property
    def unknown(self) -> Fraction:
        """Probability of the cases without a plan for which none is proven impossible; they count 0."""
        return self._probability(lambda outcome: outcome.unknown)

    def distribution(self, value: Callable[[SubsetOutcome], Fraction]) -> Distribution:
        chances = [(value(o), case.probability) for o, case in zip(self.outcomes, self.cases, strict=True)]
        return distribution(chances)

    def upper_bound(self) -> Fraction | None:
        """Return the proven limit of the expected level; None if a case has no bound."""
        total = Fraction(0)
        for case, outcome in zip(self.cases, self.outcomes, strict=True):
            if outcome.plan is None and not outcome.unknown:
                continue
            if outcome.bound is None:
                return None
            total += case.probability * Fraction(outcome.bound)
        return total

    def _probability(self, counts: Callable[[SubsetOutcome], bool]) -> Fraction:
        chances = zip(self.cases, self.outcomes, strict=True)
        return sum((case.probability for case, outcome in chances if counts(outcome)), Fraction(0))


def evaluate(
    subsets: PartnerSubsets, cases: tuple[DropOutCase, ...], classes: Classes | None, plan: Plan | None
) -> Strategy:
    """Return the result of each case if `classes` are committed; None: if everything is planned anew."""
    return Strategy(cases, tuple(subsets.outcome(case.key, classes) for case in cases), plan)


def drop_out_cases(scenario: Scenario, roles: PartnerRoles) -> tuple[DropOutCase, ...]:
    """Return every set of partners that may withdraw, with its probability if that is positive.

    probability of A  =  product over f in A of (1 - chance_f)  x  product over the other f of chance_f
    """
    cases = []
    for away in all_subsets(roles.varied):
        probability = Fraction(1)
        for partner in roles.varied:
            chance = scenario.fund[partner].chance
            probability *= 1 - chance if partner in away else chance
        if probability:
            absent = away | set(roles.never)
            cases.append(DropOutCase(tuple(f.id for f in scenario.funds if f.id in absent), probability))
    return tuple(cases)


def distribution(chances: Sequence[tuple[Fraction, Fraction]]) -> Distribution:
    """Return the distribution of (value, probability); the probabilities add up to 1."""
    ordered = sorted(chances)
    expected = sum((value * probability for value, probability in ordered), Fraction(0))
    so_far = Fraction(0)
    tenth_percentile = ordered[-1][0]
    for value, probability in ordered:
        so_far += probability
        if so_far >= BAD_CASE:
            tenth_percentile = value
            break
    return Distribution(expected, ordered[0][0], tenth_percentile)
