"""Two-stage model: classes are committed before it is known which funds arrive.

One problem holds the model of the committed plan (first stage) and a copy of the model for every case (second stage).
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
    """The models in one problem, and their common goal."""

    committed: Model
    """The plan whose classes are committed: it keeps all rules with all funds."""
    cases: tuple[Model, ...]
    goal: Goal
    """Expected gaps closed."""


def build_commitment(scenario: Scenario, cases: Sequence[FundingCase]) -> Commitment:
    """Build the model that commits classes so that the expected gaps closed are greatest.

        maximise  sum over cases s of probability_s * (weighted gaps closed in s, less penalties)

    Each case keeps the rules of its own scenario; people, free seats, socialization and payments are its own. It
    holds some or all of the committed classes, and no others:

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
        for place, (key, y) in enumerate(copy.variables.classes.items()):
            mine = committed.variables.classes.get(key)
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
    """Let a case count as 0 instead of forbidding commitments under which its rules cannot be kept.

    With kept = 1 where the rules of the case are kept, for each rule with a minimum:

        measure  >=  at_least * kept          sum of k[g,c]  <=  most * kept

    Only such rules can be impossible to keep: a plan that does nothing keeps all others. Soft rules are relaxed with
    them, so that a failing case counts 0.
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
    """Return whether the row states a minimum."""
    return row.sense == pulp.LpConstraintGE and row.constant < 0
