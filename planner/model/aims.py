"""Aims: what is sought among good plans other than the scenario's own objective."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import pulp

from planner.domain.objectives import Level
from planner.model.build import Model
from planner.model.objective import Goal
from planner.model.rows import Term, expression


@dataclass(frozen=True)
class Aim:
    """One of three aims, among the plans that reach `at_least`; the parts left empty count for nothing.

    The value that is minimised [people]:

        sum over (g,p) of |n[g,p] - people[g,p]|  +  sum over (g,p,t) of |x[g,p,t] - seats[g,p,t]|
        + sum over (p,t) of |y[p,t] - classes[p,t]|                    nearness to a given plan
        + sum over (g,p) of weight[g,p] * n[g,p]                       difference from plans already known
        + m[n,side]                                                    the least by which soft rule n is missed

    with n[g,p] = sum over t of x[g,p,t]. What is not named in a mapping that is given has the target 0.
    """

    at_least: float | None = None
    """Weighted gaps closed, less the penalties of soft rules, that the plan must reach."""
    people: Mapping[tuple[str, str], int] | None = None
    """Participants of (group, programme) to come near to [people]."""
    seats: Mapping[tuple[str, str, str], int] | None = None
    """Participants of (group, programme, period) to come near to [people]."""
    classes: Mapping[tuple[str, str], int] | None = None
    """Classes of (programme, period) to come near to."""
    avoided: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Weight of (group, programme) that are to be avoided, per participant."""
    missed: tuple[int, str] | None = None
    """(index, side) of a soft rule that is to be missed by as little as possible."""


def aim_goal(model: Model, aim: Aim) -> Goal:
    """The aim as a goal of `model`, to which the variables and rows that it needs are added."""
    v = model.variables
    pairs: dict[tuple[str, str], list[Term]] = {}
    for (group, programme, _), x in v.participants.items():
        pairs.setdefault((group, programme), []).append((x, 1.0))
    terms: list[Term] = []
    if aim.people is not None:
        terms += _distance(model, "people", pairs, aim.people)
    if aim.seats is not None:
        terms += _distance(model, "seats", {key: [(x, 1.0)] for key, x in v.participants.items()}, aim.seats)
    if aim.classes is not None:
        terms += _distance(model, "classes", {key: [(y, 1.0)] for key, y in v.classes.items()}, aim.classes)
    for key, weight in aim.avoided.items():
        terms += [(variable, weight) for variable, _ in pairs.get(key, ())]
    if aim.missed is not None:
        terms.append((v.missed[aim.missed], 1.0))
    return Goal(Level(), tuple(_summed(terms)), "min", 1.0)


def _distance[K: Hashable](
    model: Model, name: str, sums: Mapping[K, list[Term]], targets: Mapping[K, int]
) -> list[Term]:
    """Terms that come to the sum of |sum - target|, with a pair of variables for each target above zero."""
    problem: pulp.LpProblem = model.problem
    terms: list[Term] = []
    for number, (key, parts) in enumerate(sums.items()):
        target = targets.get(key, 0)
        if not target:
            terms += parts
            continue
        over = problem.add_variable(f"over_{name}{number}", 0)
        under = problem.add_variable(f"under_{name}{number}", 0)
        problem.addConstraint(expression([*parts, (over, -1.0), (under, 1.0)]) == target, f"distance_{name}__{number}")
        terms += [(over, 1.0), (under, 1.0)]
    return terms


def _summed(terms: list[Term]) -> list[Term]:
    """The terms with each variable once."""
    found: dict[int, Term] = {}
    for variable, factor in terms:
        found[variable.id] = variable, found.get(variable.id, (variable, 0.0))[1] + factor
    return list(found.values())
