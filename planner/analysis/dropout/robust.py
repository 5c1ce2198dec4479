"""The plan from which most is left to be expected when partners do not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from planner.analysis.dropout.outcomes import Chance, Way, way
from planner.analysis.partners.subsets import WIDER, Subsets, slack
from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.scenarios.fixed_classes import with_exactly
from planner.batch.points import Point
from planner.errors import PlannerError
from planner.model.ingredients import make_parts
from planner.planning import Hints
from planner.plans.plan import Plan
from planner.solve.commitment import Case, Committed
from planner.solve.run import commit
from planner.solve.worker import Job

LARGEST: Final = 30_000
"""Most variables of the model of all cases; of more, the least likely cases are left out of it and bounded apart."""


def robust_way(subsets: Subsets, cases: tuple[Chance, ...]) -> tuple[Way | None, Fraction | None]:
    """A better commitment than that of the plan in question, None where none was found; and the most that any could
    be expected to reach.

    The classes that all cases together ask for are sought in one model of all cases (planner/model/commitment.py).
    What they come to is then found out case by case, like for the plan in question, by plans that are checked.
    """
    inquiry = subsets.inquiry
    base = way(subsets, cases, inquiry.decisions.classes, inquiry.plan)
    most = way(subsets, cases, None, None).most()
    if _near(base, most, inquiry.limits.gap):
        return None, most
    found, rest = _sought(subsets, cases, None if most is None else most - base.level.expected)
    if found.bound is not None and rest is not None:
        proven = Fraction(found.bound) + rest
        most = proven if most is None else min(most, proven)
    most = None if most is None else max(most, base.level.expected)
    if found.classes is None or dict(found.classes) == dict(inquiry.decisions.classes):
        return None, most
    if _near(base, most, inquiry.limits.gap):
        return None, most
    plan = _committed_plan(subsets, found)
    if plan is None:
        return None, most
    subsets.add(plan)
    subsets.solve([case.key for case in cases], within=found.classes)
    robust = way(subsets, cases, found.classes, plan)
    base = way(subsets, cases, inquiry.decisions.classes, inquiry.plan)
    better = robust if certainly_better(robust, base, slack(inquiry, base.level.expected)) else None
    return better, None if most is None else max(most, (better or base).level.expected)


def certainly_better(robust: Way, base: Way, tolerance: Fraction) -> bool:
    """Whether more is to be expected of `robust` than `base` could come to at best: a difference within what plans
    are proven to is none."""
    proven = base.most()
    at_best = base.level.expected + tolerance if proven is None else max(base.level.expected, proven)
    return robust.level.expected > at_best


def _near(reached: Way, most: Fraction | None, gap: float) -> bool:
    """Whether `reached` is as good as anything could be, as far as plans are proven at all."""
    expected = reached.level.expected
    if most is None:
        return False
    return most - expected <= Fraction(WIDER * gap) * max(Fraction(1), abs(expected))


def _sought(subsets: Subsets, cases: Sequence[Chance], room: Fraction | None) -> tuple[Committed, Fraction | None]:
    """What the model of all cases says; and what the cases left out of it could add, None where that is not known.

    `room` is how much better than the plan in question a commitment could be at all. Where a case is worth more, none
    that lets it fail is better.
    """
    inquiry = subsets.inquiry
    possible = [case for case in cases if not _failing(subsets, case)]
    size = max(1, len(make_parts(inquiry.scenario).variables.problem.variables()))
    likely = sorted(possible, key=lambda case: -case.probability)
    kept, left = likely[: max(1, LARGEST // size)], likely[max(1, LARGEST // size) :]
    rest: Fraction | None = Fraction(0)
    for case in left:
        bound = subsets.outcome(case.key).bound
        rest = None if bound is None or rest is None else rest + case.probability * Fraction(bound)
    asked = tuple(
        Case(subsets.scenario(case.key), case.probability, room is None or _worth(subsets, case) < room)
        for case in kept
    )
    job = Job(inquiry.scenario, inquiry.quick, hints=Hints(start=inquiry.decisions), cases=asked)
    try:
        return commit(job, inline=not inquiry.crew.jobs), rest
    except PlannerError:
        return Committed(None, None), None


def _worth(subsets: Subsets, case: Chance) -> Fraction:
    """What a case that is kept adds to what is to be expected, as far as is known."""
    return case.probability * subsets.outcome(case.key).level


def _failing(subsets: Subsets, case: Chance) -> bool:
    outcome = subsets.outcome(case.key)
    return outcome.plan is None and not outcome.unknown


def _committed_plan(subsets: Subsets, found: Committed) -> Plan | None:
    """The best plan with all partners that holds exactly the committed classes."""
    inquiry = subsets.inquiry
    assert found.classes is not None
    scenario = with_exactly(inquiry.scenario, found.classes)
    point = Point("committed", scenario, Hints(start=inquiry.decisions))
    limits = replace(inquiry.quick, gap=WIDER * inquiry.quick.gap)
    made = inquiry.crew.solve([point], limits)[point.name].plan
    if made is None:
        return None
    return adopt_if_feasible(
        inquiry.scenario, made.decisions(inquiry.scenario), tolerance=made.tolerance, solver=made.solver
    )
