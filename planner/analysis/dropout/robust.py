"""The commitment of classes with the largest expected result if partners withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from planner.analysis.dropout.outcomes import DropOutCase, Strategy, evaluate
from planner.analysis.partners.subsets import PartnerSubsets, tolerance
from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.scenarios.fixed_classes import with_exactly
from planner.batch.inquiry import GAP_FACTOR
from planner.batch.points import Point
from planner.domain.funding_case import FundingCase
from planner.errors import PlannerError
from planner.model.ingredients import make_parts
from planner.planning import Hints
from planner.plans.plan import Plan
from planner.solve.answers import Committed
from planner.solve.job import Job
from planner.solve.run import commit

MOST_VARIABLES: Final = 30_000
"""Most variables of the model of all cases. Beyond it, the least likely cases are left out and bounded separately."""


def robust_strategy(subsets: PartnerSubsets, cases: tuple[DropOutCase, ...]) -> tuple[Strategy | None, Fraction | None]:
    """Return a better strategy than committing the plan in question, or None, and the limit of any expected level.

    The classes are decided in one model of all cases (planner/model/commitment.py). Their result is then computed case
    by case from checked plans, as for the plan in question.
    """
    inquiry = subsets.inquiry
    base = evaluate(subsets, cases, inquiry.decisions.classes, inquiry.plan)
    upper_bound = evaluate(subsets, cases, None, None).upper_bound()
    if _as_good(base, upper_bound, inquiry.quick.gap):
        return None, upper_bound
    found, rest = _searched(subsets, cases, None if upper_bound is None else upper_bound - base.level.expected)
    if found.bound is not None and rest is not None:
        proven = Fraction(found.bound) + rest
        upper_bound = proven if upper_bound is None else min(upper_bound, proven)
    upper_bound = None if upper_bound is None else max(upper_bound, base.level.expected)
    if found.classes is None or dict(found.classes) == dict(inquiry.decisions.classes):
        return None, upper_bound
    if _as_good(base, upper_bound, inquiry.quick.gap):
        return None, upper_bound
    plan = _committed_plan(subsets, found)
    if plan is None:
        return None, upper_bound
    subsets.add(plan)
    subsets.solve([case.key for case in cases], within=found.classes)
    robust = evaluate(subsets, cases, found.classes, plan)
    base = evaluate(subsets, cases, inquiry.decisions.classes, inquiry.plan)
    better = robust if certainly_better(robust, base, tolerance(inquiry, base.level.expected)) else None
    return better, None if upper_bound is None else max(upper_bound, (better or base).level.expected)


def certainly_better(robust: Strategy, base: Strategy, tolerance: Fraction) -> bool:
    """Return whether the expected level of `robust` exceeds the proven limit of `base`; less may be due to the
    tolerance."""
    proven = base.upper_bound()
    at_best = base.level.expected + tolerance if proven is None else max(base.level.expected, proven)
    return robust.level.expected > at_best


def _as_good(reached: Strategy, upper_bound: Fraction | None, gap: float) -> bool:
    """Return whether the expected level of `reached` equals the limit within what plans of this `gap` leave open."""
    expected = reached.level.expected
    if upper_bound is None:
        return False
    return upper_bound - expected <= Fraction(GAP_FACTOR * gap) * max(Fraction(1), abs(expected))


def _searched(
    subsets: PartnerSubsets, cases: Sequence[DropOutCase], most_gain: Fraction | None
) -> tuple[Committed, Fraction | None]:
    """Return the result of the model of all cases, and the limit of what the cases left out add; None if unknown.

    `most_gain` limits how much better than the plan in question a commitment can be. A case that is worth more must
    not fail.
    """
    inquiry = subsets.inquiry
    possible = [case for case in cases if not _failing(subsets, case)]
    size = max(1, len(make_parts(inquiry.scenario).variables.problem.variables()))
    likely = sorted(possible, key=lambda case: -case.probability)
    kept, left = likely[: max(1, MOST_VARIABLES // size)], likely[max(1, MOST_VARIABLES // size) :]
    rest: Fraction | None = Fraction(0)
    for case in left:
        bound = subsets.outcome(case.key).bound
        rest = None if bound is None or rest is None else rest + case.probability * Fraction(bound)
    asked = tuple(
        FundingCase(
            subsets.scenario(case.key), case.probability, most_gain is None or _worth(subsets, case) < most_gain
        )
        for case in kept
    )
    job = Job(inquiry.scenario, inquiry.quick, hints=Hints(start=inquiry.decisions), cases=asked)
    try:
        return commit(job, inline=not inquiry.runner.jobs), rest
    except PlannerError:
        return Committed(None, None), None


def _worth(subsets: PartnerSubsets, case: DropOutCase) -> Fraction:
    """Return the known contribution of a case to the expected level."""
    return case.probability * subsets.outcome(case.key).level


def _failing(subsets: PartnerSubsets, case: DropOutCase) -> bool:
    outcome = subsets.outcome(case.key)
    return outcome.plan is None and not outcome.unknown


def _committed_plan(subsets: PartnerSubsets, found: Committed) -> Plan | None:
    """Return the best plan with all partners that holds exactly the committed classes; None if none was found."""
    inquiry = subsets.inquiry
    assert found.classes is not None
    scenario = with_exactly(inquiry.scenario, found.classes)
    point = Point("committed", scenario, Hints(start=inquiry.decisions))
    made = inquiry.runner.solve([point], inquiry.wider)[point.name].plan
    if made is None:
        return None
    return adopt_if_feasible(
        inquiry.scenario, made.decisions(inquiry.scenario), tolerance=made.tolerance, solver=made.solver
    )
