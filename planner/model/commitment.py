"""Classes committed before it is known which funds come: one model of everything that may happen.

A copy of the model for every case stands beside the one whose classes are committed, in one problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pulp

from planner.domain.funding_case import FundingCase
from planner.domain.objectives import GAPS_CLOSED
from planner.domain.scenario import Scenario
from planner.model.build import Model, build
from planner.model.objective import Goal
from planner.model.rows import Term, expression


@dataclass(frozen=True)
class Commitment:
    """The models that share a problem, and what is sought."""

    committed: Model
    """The plan whose classes are committed: it keeps all rules with all funds."""
    cases: tuple[Model, ...]
    goal: Goal
    """Gaps closed to be expected."""


def build_commitment(scenario: Scenario, cases: Sequence[FundingCase]) -> Commitment:
    """Which classes to commit so that most is left when funds stay away.

        maximise  sum over cases s of probability_s * (weighted gaps closed in s, less penalties)

    Each case keeps the rules of its own scenario; people, free seats, socialization and payments are its own. Of the
    committed classes it holds all or some, and no others:

        y_s[p,t]  <=  y[p,t]                                          [classes]
    """
    problem = pulp.LpProblem("commitment", pulp.LpMaximize)
    committed = build(scenario, problem=problem, prefix="all_")
    copies = []
    scale = _gaps(committed).scale
    terms: list[Term] = []
    for number, case in enumerate(cases):
        prefix = f"case{number}_"
        copy = build(case.scenario, problem=problem, prefix=prefix)
        for place, (held, y) in enumerate(copy.variables.classes.items()):
            mine = committed.variables.classes.get(held)
            row = [(y, 1.0)] if mine is None else [(y, 1.0), (mine, -1.0)]
            problem.addConstraint(expression(row) <= 0, f"{prefix}committed__{place}")
        if case.may_fail:
            _let_fail(copy, prefix)
        goal = _gaps(copy)
        weight = float(case.probability) * goal.scale / scale
        terms += [(variable, factor * weight) for variable, factor in goal.terms]
        copies.append(copy)
    return Commitment(committed, tuple(copies), Goal(GAPS_CLOSED, tuple(terms), "max", scale))


def _gaps(model: Model) -> Goal:
    return next(goal for goal in model.goals if goal.level.goal == "gaps_closed")


def _let_fail(copy: Model, prefix: str) -> None:
    """Let a case count for nothing rather than forbid a commitment with which it cannot keep its rules.

    With kept = 1 where the rules of the case are kept, for each rule that asks for at least a number:

        measure  >=  at_least * kept          sum of k[g,c]  <=  most * kept

    Nothing but such rules can ask for what cannot be done: a plan that does nothing keeps all others. Goals are let go
    with them, so that what fails counts 0.
    """
    problem = copy.problem
    numbers = {name: cast(int, key[0]) for name, (family, key) in copy.rows.items() if family == "rules"}
    rules = {name: copy.scenario.rules[number] for name, number in numbers.items()}
    asking = [row for row in problem.constraints() if row.name in rules and _asks(row)]
    if not any(rules[row.name].hard for row in asking):
        return
    kept = problem.add_variable(f"{prefix}kept", 0, 1, "Integer")
    for row in asking:
        row.set_coefficient(kept, row.constant)  # which is its right-hand side on the left
        row.changeRHS(0)
    closed = list(copy.variables.closed.values())
    most = sum(k.upBound or 0.0 for k in closed)
    problem.addConstraint(expression([*((k, 1.0) for k in closed), (kept, -most)]) <= 0, f"{prefix}nothing__0")


def _asks(row: pulp.LpConstraint) -> bool:
    """Whether the row asks for at least something."""
    return row.sense == pulp.LpConstraintGE and row.constant < 0
