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
        + sum over own funds f of z[f,q]                               the least that own funds pay
        + A[f], with spent by f until the end of t <= releases[f,t] * A[f] for all t     the least that fund f must have

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
    least: str | None = None
    """Id of a fund that is to need as little money as possible, of which it releases the same shares as ever."""
    own_cost: bool = False
    """Whether own funds are to pay as little as possible."""
    as_started: bool = False
    """Whether classes, socialization and the use of funds stay those of the decisions that the search starts from, so
    that only people and payments are sought: for larger models, in which nearness alone would take long to find."""
    alone: bool = False
    """Whether nothing else matters: the objective is not sought, and where there is no plan it is not said why.
    Without any other part the aim is a plan at all."""


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
    if aim.least is not None:
        terms.append((_needed(model, aim.least), 1.0))
    if aim.own_cost:
        terms += [(z, 1.0) for (fund, _), z in v.paid.items() if model.scenario.fund[fund].own]
    if not terms:
        variables = model.problem.variables()
        terms.append((variables[0] if variables else model.problem.add_variable("nothing", 0, 0), 0.0))
    in_money = (
        aim.least is not None or aim.own_cost or (aim.missed and model.scenario.rules[aim.missed[0]].measure == "cost")
    )
    return Goal(Level(), tuple(_summed(terms)), "min", float(model.parts.unit) if in_money else 1.0)


def _needed(model: Model, fund_id: str) -> pulp.LpVariable:
    """A new variable for what a fund must have to spend what it does by the end of each period [money units]."""
    scenario, pools = model.scenario, model.parts.pools.members
    fund = scenario.fund[fund_id]
    needed: pulp.LpVariable = model.problem.add_variable(f"needed_{scenario.funds.index(fund)}", 0)
    paid = [(pools[pool].period, z) for (f, pool), z in model.variables.paid.items() if f == fund_id]
    for number, period in enumerate(scenario.horizon, start=1):
        released = float(fund.releases.get(period, 1))
        last = number == len(scenario.horizon)
        if released == 1 and not last:
            continue
        so_far = scenario.horizon[:number]
        spent: list[Term] = [(z, 1.0) for t, z in paid if last or t in so_far]
        model.problem.addConstraint(expression([*spent, (needed, -released)]) <= 0, f"needed__{number}")
    return needed


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
