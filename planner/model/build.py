"""Build: the scenario as a PuLP problem, family by family."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

import pulp

from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.model.ingredients import Parts, make_parts
from planner.model.objective import Goal, goals, smallest_coverage
from planner.model.rows import Row, expression
from planner.model.rules.class_size import class_size_max, class_size_min
from planner.model.rules.classes import classes_max, classes_min, nobody_without_running
from planner.model.rules.closing import closing
from planner.model.rules.cost import cost
from planner.model.rules.funds import fund_amount, fund_release
from planner.model.rules.hours import hours
from planner.model.rules.match import match
from planner.model.rules.max_share import max_share
from planner.model.rules.mentors import mentors
from planner.model.rules.minimum import minimum
from planner.model.rules.need import need
from planner.model.rules.planner_rules import all_closed, counted_gaps, planner_rules
from planner.model.rules.release import release
from planner.model.rules.requires import requires
from planner.model.rules.seats import seats_given, seats_taken
from planner.model.rules.trained import trained
from planner.model.rules.uptake import uptake
from planner.model.rules.whole_closing import whole_closing
from planner.model.variables import Variables

FAMILIES: Final[dict[str, Callable[[Parts], Iterator[Row]]]] = {
    "trained": trained,
    "closing": closing,
    "need": need,
    "uptake": uptake,
    "class_size_min": class_size_min,
    "class_size_max": class_size_max,
    "classes_min": classes_min,
    "classes_max": classes_max,
    "nobody_without_running": nobody_without_running,
    "hours": hours,
    "release": release,
    "requires": requires,
    "mentors": mentors,
    "seats_taken": seats_taken,
    "seats_given": seats_given,
    "cost": cost,
    "fund_amount": fund_amount,
    "fund_release": fund_release,
    "max_share": max_share,
    "match": match,
    "minimum": minimum,
    "rule": planner_rules,
    "all_closed": all_closed,
    "smallest_coverage": smallest_coverage,
    "whole_closing": whole_closing,
}
"""The rule families in the order of their rows; a row is named family__n."""


NOTHING: Final = 1e-9
"""Coefficients up to this are left out of a row, as HiGHS does in silence; the settlement and the check see them."""


@dataclass(frozen=True)
class Model:
    """A built model: the PuLP problem, its variables, its goals in order, and what each row says."""

    parts: Parts
    problem: pulp.LpProblem
    goals: list[Goal]
    rows: dict[str, tuple[str, tuple[Hashable, ...]]]
    """Row name -> (family, key)."""

    @property
    def scenario(self) -> Scenario:
        return self.parts.scenario

    @property
    def variables(self) -> Variables:
        return self.parts.variables


def build(scenario: Scenario, *, problem: pulp.LpProblem | None = None, prefix: str = "") -> Model:
    """The model of `scenario`, with the first level as its objective.

    With a `problem` the model is added to it beside others, the names of its variables and rows beginning with
    `prefix`.
    """
    rows: dict[str, tuple[str, tuple[Hashable, ...]]] = {}
    with _collector_paused():
        parts = make_parts(scenario, problem=problem, prefix=prefix)
        _add_for_rules(parts)
        problem = parts.variables.problem
        for family, make_rows in FAMILIES.items():
            for number, row in enumerate(make_rows(parts)):
                name = f"{prefix}{family}__{number}"
                if _add_row(problem, name, row):
                    rows[name] = (family, row.key)
    model = Model(parts, problem, goals(parts), rows)
    set_objective(model, model.goals[0])
    return model


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: a build makes many live objects and no cycles, and is a third faster so."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def set_objective(model: Model, goal: Goal) -> None:
    """Make `goal` what the problem optimises."""
    model.problem.sense = pulp.LpMaximize if goal.sense == "max" else pulp.LpMinimize
    model.problem.setObjective(expression(goal.terms))


def _add_for_rules(parts: Parts) -> None:
    """The variables that the planner's rules and the objective bring along."""
    v = parts.variables
    for number, rule in enumerate(parts.scenario.rules):
        if rule.measure == "gaps_closed" and rule.at_most is not None:
            for key in counted_gaps(parts, rule.where):
                if key in v.closed and key not in v.full:
                    v.add(v.full, "b", key, 1)
        for side in ("at_least", "at_most"):
            if rule.soft is not None and getattr(rule, side) is not None:
                v.add(v.missed, "m", (number, side), None, "Continuous")
    for number, level in enumerate(levels_of(parts.scenario)):
        if level.goal == "smallest_coverage":
            v.add(v.worst, "u", number, 1, "Continuous")


def _add_row(problem: pulp.LpProblem, name: str, row: Row) -> bool:
    """Add `row`; False where it has no variables and says something true.

    A row without variables that says something false stays, over a variable fixed at zero, so that the
    solver finds the model infeasible.
    """
    terms = row.terms
    if min(map(abs, map(itemgetter(1), terms)), default=1.0) <= NOTHING:
        terms = [(variable, factor) for variable, factor in terms if abs(factor) > NOTHING]
    if not terms:
        if {"<=": row.rhs >= 0, ">=": row.rhs <= 0, "==": row.rhs == 0}[row.sense]:
            return False
        terms = [(problem.add_variable(f"zero_{name}", 0, 0), 1.0)]
    left = expression(terms)
    constraint = left <= row.rhs if row.sense == "<=" else left >= row.rhs if row.sense == ">=" else left == row.rhs
    problem.addConstraint(constraint, name)
    return True
