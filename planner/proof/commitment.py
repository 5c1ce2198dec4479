"""Bounds on the expected gaps closed of any classes that are committed before the funds are certain."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction

from planner.domain.scenario import Scenario
from planner.proof.effort import searched
from planner.proof.exact_model import ExactModel, Number, Term
from planner.proof.formulation import Formulation, formulate
from planner.proof.search import Search
from planner.proof.steps import common, step_of

PossibleCase = tuple[Scenario, Fraction, bool]
"""The scenario with the funds that arrive, its probability [0-1], and whether its rules may be broken; the case then
counts as no gap closed."""


def commitment_bound(
    scenario: Scenario,
    cases: Sequence[PossibleCase],
    found: float | None,
    *,
    gap: float,
    effort: float = 1.0,
    seconds: float | None = None,
) -> Fraction | None:
    """Bound the weighted gaps, less penalties, that any commitment is expected to close; None if unknown.

    A copy of the exact model for each case stands beside that of the committed plan, and holds no class that is not
    committed: y_case[p,t] <= y[p,t]. `found` is the value of an engine's plan; it only decides when to stop.
    """
    committed = formulate(scenario)
    model = committed.model
    objective: list[Term] = []
    steps: list[Fraction] = []
    for case_scenario, probability, may_fail in cases:
        case = formulate(case_scenario)
        if may_fail:
            _let_fail(case)
        first = _beside(model, case.model)
        for held, y in case.columns.classes.items():
            mine = committed.columns.classes.get(held)
            model.row([(first + y, 1), *([] if mine is None else [(mine, -1)])], high=0)
        number = [level.goal for level in case.levels].index("gaps_closed")
        steps.append(probability * step_of(case, number))
        objective += [(first + column, probability * factor) for column, factor in case.goals[number]]
    until = None if seconds is None else time.monotonic() + seconds
    best = None if found is None else Fraction(found)
    search = Search(model, objective, lambda _: None, common(steps), best)
    left = (lambda: None) if until is None else (lambda: max(0.0, until - time.monotonic()))
    return searched(search, Fraction(str(gap)), effort, left)


def _beside(model: ExactModel, other: ExactModel) -> int:
    """Add the columns and rows of `other` to `model`; return the number of the first added column."""
    first = len(model.upper)
    model.lower += other.lower
    model.upper += other.upper
    model.whole += other.whole
    model.rank += other.rank
    model.indices += [first + column for column in other.indices]
    model.values += other.values
    begin = model.starts[-1]
    model.starts += [begin + start for start in other.starts[1:]]
    model.abouts += other.abouts
    model.low += other.low
    model.high += other.high
    return first


def _let_fail(case: Formulation) -> None:
    """Let a case count as no gap closed where a commitment makes its rules impossible, instead of forbidding that.

    With kept = 1 where they are kept: a x >= low * kept for each row that a plan of nothing breaks, and
    sum of k <= most * kept.
    """
    model = case.model
    asking = [row for row, low in enumerate(model.low) if low is not None and low > 0]
    if not asking:
        return
    kept = model.column(1, whole=True)
    for row in asking:
        low = model.low[row]
        assert low is not None
        model.low[row] = None
        model.row([*model.terms(row), (kept, -low)], low=0)
    closed = list(case.columns.closed.values())
    most: Number = sum((model.upper[k] for k in closed), Fraction(0))
    model.row([*((k, 1) for k in closed), (kept, -most)], high=0)
