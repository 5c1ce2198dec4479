"""A third voice: the exact model of a scenario, level by level, given to CP-SAT of OR-Tools.

    answers_of(scenario, values, seconds) -> Iterator[Answer]

CP-SAT knows whole numbers only. Columns that are not, such as gaps closed, are counted in fractions of PARTS, and each
row is loosened by what rounding them down may change; a row too large for its arithmetic is left out. So every plan
stays a point of what is solved: a bound of it bounds every plan, and where it has no point there is no plan. Its own
points are decisions, which settlement and check judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any, Final

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.proof.formulation import Formulation, decisions_at, formulate
from planner.proof.preparation import maximised

PARTS: Final = 10_000
"""Fractions of a gap that are counted."""

LARGEST: Final = 2**60
"""Most that the terms of a row may add up to."""


@dataclass(frozen=True)
class Answer:
    """What CP-SAT says of one level, more being better: a bound of every plan, and decisions if it has a point."""

    level: int
    bound: Fraction | None
    decisions: Decisions | None
    impossible: bool = False


def answers_of(scenario: Scenario, values: Sequence[Fraction] | None, seconds: float) -> Iterator[Answer]:
    """The answers of the levels, those above held at `values`; without any only the first is asked."""
    formulation = formulate(scenario)
    for level in range(len(formulation.levels) if values else 1):
        answer = _asked(formulation, level, values or (), seconds)
        if answer is None:
            return
        yield answer


def _asked(formulation: Formulation, level: int, values: Sequence[Fraction], seconds: float) -> Answer | None:
    """The answer for one level; None where CP-SAT cannot say."""
    from ortools.sat.python import cp_model

    exact = formulation.model.copy()
    for above in range(level):
        held = values[above]
        up = formulation.maximises(above)
        exact.row(formulation.goals[above], low=held if up else None, high=None if up else held)
    parts = [1 if whole else PARTS for whole in exact.whole]
    model: Any = cp_model.CpModel()
    x = [
        model.new_int_var(floor(low * part), floor(high * part), f"x{n}")
        for n, (low, high, part) in enumerate(zip(exact.lower, exact.upper, parts, strict=True))
    ]
    most = [max(abs(Fraction(high)), Fraction(1)) * part for high, part in zip(exact.upper, parts, strict=True)]
    for row in range(len(exact.low)):
        terms = exact.terms(row)
        scale = lcm(*(parts[n] for n, _ in terms))
        factors = [(n, factor * (scale // parts[n])) for n, factor in terms]
        if sum(abs(factor) * most[n] for n, factor in factors) > LARGEST:
            continue
        more, less = (sum(abs(f) for n, f in factors if parts[n] > 1 and f * sign > 0) for sign in (1, -1))
        low, high = exact.low[row], exact.high[row]
        total = sum(factor * x[n] for n, factor in factors)
        if low is not None:
            model.add(total >= low * scale - more)
        if high is not None:
            model.add(total <= high * scale + less)
    goal = maximised(formulation, level)
    times = lcm(*(Fraction(factor).denominator for _, factor in goal), 1) * PARTS
    whole_goal = [(n, int(factor * times) // parts[n]) for n, factor in goal]
    lost = sum(abs(factor) for n, factor in whole_goal if parts[n] > 1)
    if sum(abs(factor) * most[n] for n, factor in whole_goal) > LARGEST:
        return None
    model.maximize(sum(factor * x[n] for n, factor in whole_goal))
    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.presolve_inclusion_work_limit = 0  # else it may call wrong points optimal (or-tools issue 5293)
    return _told(formulation, level, solver, solver.solve(model), x, lambda bound: Fraction(bound + lost, times))


def _told(
    formulation: Formulation, level: int, solver: Any, status: Any, x: list[Any], as_value: Callable[[int], Fraction]
) -> Answer | None:
    from ortools.sat.python import cp_model

    if status == cp_model.INFEASIBLE:
        return Answer(level, None, None, impossible=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    bound = as_value(ceil(Fraction(solver.best_objective_bound)))
    point = [int(solver.value(variable)) for variable in x]
    return Answer(level, bound, decisions_at(formulation.columns, point))
