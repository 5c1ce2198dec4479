"""Aims (planner.domain.aim) as goals of the model."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pulp

from planner.domain.aim import Aim
from planner.domain.fund_limits import limits_by_amount
from planner.domain.objectives import Level
from planner.model.build import Model
from planner.model.objective import Goal
from planner.model.rows import Term, expression


def aim_goal(model: Model, aim: Aim) -> Goal:
    """Return the aim as a goal of `model`, and add the variables and rows that it needs."""
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
        terms += [(m, 1.0) for (number, side, _), m in v.missed.items() if (number, side) == aim.missed]
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
    """Return a new variable for the amount that a fund must have to spend what it does by the end of each period
    [money units].

    What it has paid already is covered whatever its amount; it counts only once further payments are added.
    """
    scenario, last = model.scenario, len(model.scenario.facts.over) - 1
    facts = model.parts.pools.facts
    fund = scenario.fund[fund_id]
    needed: pulp.LpVariable = model.problem.add_variable(f"needed_{scenario.funds.index(fund)}", 0)
    for number, (limit, share) in enumerate(limits_by_amount(scenario, fund)):
        if limit.last <= last:
            continue
        pools = model.parts.paid_within(fund_id, limit)
        spent: list[Term] = [(z, 1.0) for pool, z in pools if pool not in facts]
        made = sum(facts.get(pool, 0) for pool, _ in pools)
        if made and spent:
            more = model.problem.add_variable(f"more_{scenario.funds.index(fund)}_{number}", 0, 1, "Integer")
            most = sum(z.upBound for z, _ in spent)
            model.problem.addConstraint(expression([*spent, (more, -float(most))]) <= 0, f"more__{number}")
            spent.append((more, model.parts.money(made)))
        model.problem.addConstraint(expression([*spent, (needed, -float(share))]) <= 0, f"needed__{number}")
    return needed


def _distance[K: Hashable](
    model: Model, name: str, sums: Mapping[K, list[Term]], targets: Mapping[K, int]
) -> list[Term]:
    """Return terms whose value is the sum of |sum - target|; each target above zero gets a pair of variables."""
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
    """Return the terms with each variable once."""
    found: dict[int, Term] = {}
    for variable, factor in terms:
        found[variable.id] = variable, found.get(variable.id, (variable, 0.0))[1] + factor
    return list(found.values())
