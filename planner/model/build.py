"""Build the model of a scenario as a PuLP problem, one family of rows after the other."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

import pulp
from pulp import _rustcore

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.model.chances import exact_over_years, exactly_counted
from planner.model.closed_exactly import capped_gaps, limiting_shares
from planner.model.facts import moved
from planner.model.families import FAMILIES, Families
from planner.model.ingredients import Parts, make_parts
from planner.model.objective import Goal, goals
from planner.model.rows import Row, expression
from planner.model.rules.rules import units_asked
from planner.model.variables import Variables
from planner.model.years_exact import add_prices, chances_in, limits_of
from planner.model.years_until import add_until

NOTHING: Final = 1e-9
"""Coefficients up to this are left out of a row, since HiGHS would drop them without saying so; settlement and check
see them."""

SENSES: Final = {
    "<=": _rustcore.Sense.LessEqual,
    ">=": _rustcore.Sense.GreaterEqual,
    "==": _rustcore.Sense.Equal,
}


@dataclass(frozen=True)
class Model:
    """A built model: the PuLP problem, its variables, its goals in order, and the family and key of each row."""

    parts: Parts
    problem: pulp.LpProblem
    goals: list[Goal]
    rows: dict[str, tuple[str, tuple[Hashable, ...]]]
    """Row name -> (family, key)."""
    template: Model | None = None
    """The model that this one was refit from; None where it was built."""
    refitted: Mapping[str, pulp.LpConstraint] = field(default_factory=dict)
    """Of a refit model the rows, by name, whose numbers may be others than in the template."""
    coefficients: dict[str, dict[int, float]] = field(default_factory=dict, compare=False)
    """Of a template the coefficients of rows by name and variable, remembered as models are refit from it."""

    @property
    def scenario(self) -> Scenario:
        return self.parts.scenario

    @property
    def variables(self) -> Variables:
        return self.parts.variables


def build(
    scenario: Scenario,
    *,
    families: Families = FAMILIES,
    problem: pulp.LpProblem | None = None,
    prefix: str = "",
    learnt: Learnt = NOTHING_LEARNT,
) -> Model:
    """Build the model of `scenario` from the rows of `families`, with the first level as its objective.

    The limits that a search has `learnt` of attendance patterns are included. With a `problem`, the model is added to
    the models in it, and the names of its variables and rows begin with `prefix`.
    """
    rows: dict[str, tuple[str, tuple[Hashable, ...]]] = {}
    parts = make_parts(scenario, problem=problem, prefix=prefix, learnt=learnt)
    _add_for_rules(parts)
    problem = parts.variables.problem
    for family, make_rows in families.items():
        made = make_rows(parts)
        if scenario.facts:
            made = (row for each in make_rows(parts) for row in moved(parts, family, each))
        for number, row in enumerate(made):
            name = f"{prefix}{family}__{number}"
            if _add_row(problem, name, row):
                rows[name] = (family, row.key)
    model = Model(parts, problem, goals(parts), rows)
    set_objective(model, model.goals[0])
    return model


def set_objective(model: Model, goal: Goal) -> None:
    """Set `goal` as the objective of the problem."""
    model.problem.sense = pulp.LpMaximize if goal.sense == "max" else pulp.LpMinimize
    model.problem.setObjective(expression(goal.terms))


def _add_for_rules(parts: Parts) -> None:
    """Add the variables that the planner's rules and the objective need."""
    v = parts.variables
    for c, circle in exactly_counted(parts.scenario):
        for g in circle.people:
            for p, _ in parts.effects.get((g, c), ()):
                v.add("left", (g, p, c), None)
                for at in ("seats", "group", "agency"):
                    v.add("tight", (g, p, c, at), 1)
    for c, circle in exact_over_years(parts.scenario):
        chances = chances_in(parts, c, circle)
        add_prices(v, chances, limits_of(parts, c, circle, chances))
    for key in capped_gaps(parts):
        for share in limiting_shares(parts, key):
            v.add("full", (*key, share), 1)
    add_until(parts)
    for number, rule in enumerate(parts.scenario.rules):
        for of in units_asked(parts, rule) if rule.soft is not None else ():
            for side in ("at_least", "at_most"):
                if getattr(rule, side) is not None:
                    v.add("missed", (number, side, of), None)
    for number, level in enumerate(levels_of(parts.scenario)):
        if level.goal == "smallest_coverage":
            v.add("worst", number, 1)


def _add_row(problem: pulp.LpProblem, name: str, row: Row) -> bool:
    """Add `row`; return False where it has no variables and is true.

    A row without variables that is false is kept, over a variable fixed at zero, so that the solver finds the model
    infeasible. Identifiers and coefficients go to PuLP's core as arrays, which checks that they are finite: a PuLP
    expression needs a call for each, and is then copied and checked coefficient by coefficient.
    """
    terms = row.terms
    if min(map(abs, map(itemgetter(1), terms)), default=1.0) <= NOTHING:
        terms = [(variable, factor) for variable, factor in terms if abs(factor) > NOTHING]
    if not terms:
        if {"<=": row.rhs >= 0, ">=": row.rhs <= 0, "==": row.rhs == 0}[row.sense]:
            return False
        terms = [(problem.add_variable(f"zero_{name}", 0, 0), 1.0)]
    core = problem.toRustModel()
    pending = _rustcore.AffineExpr()
    ids = array("Q", [variable.id for variable, _ in terms])
    pending.add_term_ids_coeffs(core, ids, array("d", [factor for _, factor in terms]))
    pending.set_constant(-row.rhs)
    pending.set_sense(SENSES[row.sense])
    pending.set_name(name)
    core.add_constraint(pending)
    return True
