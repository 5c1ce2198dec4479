"""Nearly best plans: the loss that is allowed, as rules for the model and as an exact test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

from planner import planning
from planner.analysis.scenarios.variants import unique_rule_name, where_of_bucket, with_rules
from planner.batch.inquiry import Inquiry
from planner.batch.points import Result
from planner.domain.objectives import Level, buckets, levels_of
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import FundSelector
from planner.errors import PlannerError
from planner.plans.plan import Plan
from planner.plans.plan_rows import LevelResult

SOLVER_SLACK: Final = Fraction(1, 10**4)
"""Shortfall that is attributed to the tolerance of a solver [gaps]."""

MICRO: Final = 10**6


@dataclass(frozen=True)
class NearlyBest:
    """The plans of a scenario that lose at most the share `within` of the gaps closed of `plan`, and of every level of
    the objective above it."""

    plan: Plan
    scenario: Scenario
    """The scenario, with rules that keep the levels above gaps closed."""
    within: Fraction

    @property
    def floor(self) -> Fraction:
        """Required gaps closed: v - within x |v| [weighted gaps, less penalties]."""
        return _least(self.plan.gaps_level.value, self.within)

    def holds(self, other: Plan) -> bool:
        """Return whether a plan belongs to them; with `within` 0, a shortfall by SOLVER_SLACK is accepted."""
        value = other.gaps_level.value
        if value < self.floor and (self.within or value < self.floor - SOLVER_SLACK):
            return False
        return all(self._near(mine, its) for mine, its in self._above(other))

    def _above(self, other: Plan) -> Iterator[tuple[LevelResult, LevelResult]]:
        """Yield the levels above gaps closed, of both plans."""
        for mine, its in zip(self.plan.objective, other.objective, strict=True):
            if mine.goal == "gaps_closed":
                return
            yield mine, its

    def _near(self, mine: LevelResult, its: LevelResult) -> bool:
        if mine.goal == "smallest_coverage":
            return its.value >= _least(mine.value, self.within) - SOLVER_SLACK
        return its.value <= mine.value * (1 + self.within)

    @property
    def asked(self) -> float:
        """The required value for the solver: the floor plus its tolerance, at most the value of `plan`."""
        return float(min(self.plan.gaps_level.value, self.floor + SOLVER_SLACK))


def nearly_best(inquiry: Inquiry, within: Fraction) -> NearlyBest:
    """Return the plans that lose at most `within` against the inquiry's plan."""
    rules = tuple(_rules_above(inquiry.scenario, inquiry.plan, within))
    return NearlyBest(inquiry.plan, with_rules(inquiry.scenario, *rules), within)


def plan_of_result(inquiry: Inquiry, result: Result) -> tuple[Plan | None, str]:
    """Return the plan of a result as a checked plan of the inquiry's scenario, or None and the reason."""
    if result.plan is None:
        return None, result.message
    try:
        decisions, known = result.plan.decisions(inquiry.scenario), inquiry.plan
        return planning.adopt(inquiry.scenario, decisions, bounds=known.bounds, tolerance=known.tolerance), ""
    except PlannerError as error:
        return None, str(error)


def _least(value: Fraction, within: Fraction) -> Fraction:
    return value - within * abs(value)


def _rules_above(scenario: Scenario, plan: Plan, within: Fraction) -> Iterator[Rule]:
    """Yield the rules that keep the levels above gaps closed nearly as good as in `plan`."""
    for level, reached in zip(levels_of(scenario), plan.objective, strict=True):
        if level.goal == "gaps_closed":
            return
        yield from _rules_of(scenario, level, reached, within)


def _rules_of(scenario: Scenario, level: Level, reached: LevelResult, within: Fraction) -> Iterator[Rule]:
    if level.minimize is not None:
        where = Where(funds=FundSelector(kind=("own",))) if level.goal == "own_cost" else Where()
        most = floor(reached.value * (1 + within))
        most_paid = Limit(value=Fraction(most), is_share=False)
        yield _rule(scenario, level.goal, measure="cost", where=where, at_most=most_paid)
        return
    for bucket, gaps in buckets(scenario, level).items():
        need = sum(scenario.group[g].needs[c] for g, c in gaps)
        where = where_of_bucket(level.by, bucket, gaps)
        least = _number(_least(reached.value, within) * need)
        yield _rule(scenario, f"coverage {bucket}", measure="gaps_closed", where=where, at_least=least)


def _number(value: Fraction) -> Limit:
    """Return a lower bound, rounded down to the decimals of the file format."""
    return Limit(value=Fraction(floor(value * MICRO), MICRO), is_share=False)


def _rule(scenario: Scenario, name: str, **parts: object) -> Rule:
    """Return a rule whose name is unique in the scenario."""
    return Rule.model_validate({"name": unique_rule_name(scenario, name), **parts})
