"""Reuse of a built model for similar scenarios: amounts, limits and costs are changed in a copy of it.

What may differ: amounts, minimums and free seats of funds, the limits of the planner's rules, and the scenario's
title; for `refit_costs` also prices and quantities of cost lines, and the shares and ratios of funds. Their families
make the affected rows again, and the copy gets the new numbers. Where anything else differs, or a row or variable is
missing, the model must be built from scratch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Final

import pulp

from planner.domain.funds import Fund
from planner.domain.one_off import of_programme
from planner.domain.programmes import CostItem
from planner.domain.rule_units import asks_if_running
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.model.build import NOTHING, Model, build, set_objective
from planner.model.families import FAMILIES
from planner.model.free_seats import SeatProfile
from planner.model.ingredients import Parts, money_of
from planner.model.objective import goals
from planner.model.rows import Row
from planner.model.sets import Seat, make_sets
from planner.model.variables import Variables

CHANGING: Final = (
    "fund_amount",
    "fund_releases",
    "fund_minimum",
    "seats_given",
    "one_off_before_use",
    "one_off_in_year",
    "rules",
)
"""Families of rows whose numbers depend on amounts and limits."""

PRICED: Final = ("seats_taken", "cost", "fund_max_share", "fund_match", *CHANGING)
"""Families of rows whose numbers depend on costs too."""


class _CannotRefit(Exception):
    """The model lacks a row or variable, or the scenarios differ in more than amounts and limits."""


class ModelTemplates:
    """The model of the latest template, kept for similar scenarios."""

    def __init__(self) -> None:
        self._kept: tuple[str, Model] | None = None

    def model(self, scenario: Scenario, template: Scenario | None) -> Model:
        """Return the model of `scenario`: the template's with other numbers where possible, otherwise a new one."""
        if template is None:
            return build(scenario)
        kept = self._kept  # another thread may replace it meanwhile
        if kept is None or kept[0] != template.sha256:
            kept = self._kept = template.sha256, build(template)
        return refit(kept[1], scenario) or build(scenario)


def refit(model: Model, scenario: Scenario) -> Model | None:
    """Make the model of `scenario` from a copy of `model`; None where that is not possible."""
    if scenario.facts or not _differ_in_numbers_only(model.scenario, scenario):
        return None
    if not _offer_no_more(model.scenario, scenario) and not (
        make_sets(scenario).seats.keys() <= model.parts.sets.seats.keys()
    ):
        return None  # with more money there may be seats that the model leaves out
    families = [family for family in CHANGING if family != "rules" or scenario.rules != model.scenario.rules]
    return _refit(model, replace(model.parts, scenario=scenario), families)


def refit_costs(model: Model, scenario: Scenario) -> Model | None:
    """Make the model of `scenario`, in which costs may differ too, from a copy of `model`; None where that is not
    possible.

    The same seats and classes must be open, and the same funds able to pay for the same things.
    """
    old = model.scenario
    if scenario.facts or not _differ_in_costs_only(old, scenario):
        return None
    sets = make_sets(scenario)
    if any(getattr(sets, name) != getattr(model.parts.sets, name) for name in ("seats", "trainable", "classes")):
        return None
    money = money_of(sets)
    known, members = model.parts, money["pools"].members
    if (
        money["due"] != known.due
        or [*money["pool_cost"]] != [*known.pool_cost]
        or members != known.pools.members[: len(members)]
    ):
        return None
    profiles = _profiles_after(known.profiles, money["profiles"])
    if profiles is None:
        return None
    free = {(fund, profiles[profile]): seats for (fund, profile), seats in known.variables.free_seats.items()}
    variables = copy(known.variables)
    variables.free_seats = free
    variables.forget_numbers()
    return _refit(model, replace(known, scenario=scenario, sets=sets, **money, variables=variables), PRICED)


def _refit(model: Model, parts: Parts, families: Sequence[str]) -> Model | None:
    """Make the model of `parts`, whose variables are those of `model`, with the rows of `families` written anew."""
    problem = model.problem.copy()
    parts = replace(parts, variables=rebound(parts.variables, problem))
    try:
        _set_bounds(parts)
        refitted = _set_rows(model, parts, families)
    except _CannotRefit:
        return None
    fitted = Model(parts, problem, goals(parts), model.rows, model, refitted)
    set_objective(fitted, fitted.goals[0])
    return fitted


def _profiles_after(
    before: Mapping[Seat, SeatProfile], after: Mapping[Seat, SeatProfile]
) -> dict[SeatProfile, SeatProfile] | None:
    """Return the profile that each profile of seats with free seats becomes; None where seats are grouped otherwise."""
    found: dict[SeatProfile, SeatProfile] = {}
    for seat, old in before.items():
        new = after[seat]
        if [fund for fund, _ in old.covered] != [fund for fund, _ in new.covered]:
            return None
        if old.covered and found.setdefault(old, new) != new:
            return None
    return found if len({*found.values()}) == len(found) else None


def _differ_in_costs_only(old: Scenario, new: Scenario) -> bool:
    """Return whether the scenarios differ in numbers only, of which costs may be some."""
    if len(old.programmes) != len(new.programmes) or len(old.funds) != len(new.funds):
        return False
    for a, b in zip(old.programmes, new.programmes, strict=True):
        if a is b or a == b:
            continue
        lines = [x.model_copy(update=_of_line(y)) for x, y in zip(a.costs, b.costs, strict=False)]
        if len(a.costs) != len(b.costs) or a.model_copy(update={"costs": tuple(lines)}) != b:
            return False
        if bool(of_programme(old, a)) != bool(of_programme(new, b)):
            return False
    funds = [a.model_copy(update=_of_share(b)) for a, b in zip(old.funds, new.funds, strict=True)]
    return _differ_in_numbers_only(old.changed(programmes=new.programmes, funds=tuple(funds)), new)


def _of_line(line: CostItem) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("quantity", "unit", "price", "tax", "listed", "ceiling")}


def _of_share(fund: Fund) -> dict[str, Any]:
    return {name: getattr(fund, name) for name in ("max_share", "match")}


def _differ_in_numbers_only(old: Scenario, new: Scenario) -> bool:
    """Return whether the scenarios differ in amounts and limits only."""
    same = new.changed(funds=old.funds, rules=old.rules, scenario=old.scenario) == old
    funds = [(a.model_copy(update=_of_fund(b)), b) for a, b in zip(old.funds, new.funds, strict=False)]
    rules = [(a.model_copy(update=_of_rule(b)), b) for a, b in zip(old.rules, new.rules, strict=False)]
    counts = len(old.funds) == len(new.funds) and len(old.rules) == len(new.rules)
    alike = all(_kinds_of_bounds(a) == _kinds_of_bounds(b) for a, b in zip(old.rules, new.rules, strict=False))
    counted = all(a.counts_like(b) for a, b in zip(old.funds, new.funds, strict=False))
    return same and counts and counted and alike and all(a == b for a, b in (*funds, *rules))


def _offer_no_more(old: Scenario, new: Scenario) -> bool:
    """Return whether the rules are the same and no fund of `new` offers more money or seats than in `old`."""
    return old.rules == new.rules and all(
        b.amount <= a.amount
        and all(amount <= a.amounts.get(year, 0) for year, amount in b.amounts.items())
        and all(number <= a.seats.get(programme, 0) for programme, number in b.seats.items())
        for a, b in zip(old.funds, new.funds, strict=True)
    )


def _kinds_of_bounds(rule: Rule) -> tuple[bool, bool]:
    """Return what decides, beyond its numbers, which pools and variables a rule needs."""
    return rule.has_share, asks_if_running(rule)


def _of_fund(fund: Any) -> dict[str, Any]:
    return {name: getattr(fund, name) for name in ("amounts", "amount", "minimum", "seats", "chance", "name")}


def _of_rule(rule: Any) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in ("at_least", "at_most", "name")}


def rebound(variables: Variables, problem: pulp.LpProblem) -> Variables:
    """Return the variables of the copied problem, by family and key as in the original."""
    copies = problem.variables()  # in the order of their ids, which are the same in the copy
    families: dict[str, Any] = {
        family: {key: copies[number] for key, number in members.items()}
        for family, members in variables.numbers.items()
    }
    bound = Variables(problem, **families)
    vars(bound)["numbers"] = variables.numbers
    return bound


def _set_bounds(parts: Parts) -> None:
    """Set the upper bounds of payments and free seats from the new amounts of the funds."""
    scenario, v = parts.scenario, parts.variables
    for (fund_id, pool), z in v.paid.items():
        z.upBound = parts.money(min(parts.pool_cost[pool], scenario.fund[fund_id].amount))
    people: dict[object, int] = {}
    for seat, profile in parts.profiles.items():
        if profile.covered:
            people[profile] = people.get(profile, 0) + parts.sets.seats[seat]
    for (fund_id, profile), free in v.free_seats.items():
        free.upBound = min(people[profile], scenario.fund[fund_id].seats.get(profile.programme, 0))
    payers = {fund_id for fund_id, _ in v.paid}
    givers = {(fund_id, profile.programme) for fund_id, profile in v.free_seats}
    for fund in scenario.funds:
        could_pay = any(fund.id in pool.payers for n, pool in enumerate(parts.pools.members) if parts.pool_cost.get(n))
        could_give = any((fund.id, p) not in givers and seats for p, seats in fund.seats.items())
        if (fund.amount and could_pay and fund.id not in payers) or could_give:
            raise _CannotRefit
        if fund.conditional and fund.id not in v.used:
            raise _CannotRefit


def _set_rows(model: Model, parts: Parts, families: Sequence[str]) -> dict[str, pulp.LpConstraint]:
    """Set the numbers of the rows of `families`, and return these; relax rows that the new scenario does not have."""
    changing = {name for name, (family, _) in model.rows.items() if family in families}
    stored = {row.name: row for row in parts.variables.problem.constraints() if row.name in changing}
    before = model.coefficients
    names = {row_key: name for name, row_key in model.rows.items() if name in stored}
    wanted = set()
    for family in families:
        for row in FAMILIES[family](parts):
            name = names.get((family, row.key))
            if name is not None:
                wanted.add(name)
                if name not in before:
                    before[name] = {variable.id: factor for variable, factor in stored[name].items()}
                _set_row(stored[name], row, before[name])
            elif not _is_trivial(row):
                raise _CannotRefit
    for name, constraint in stored.items():
        if name not in wanted:
            _relax(constraint)
    return stored


def _coefficients(row: Row) -> dict[int, tuple[pulp.LpVariable, float]]:
    """Return the row's coefficients by variable, without those that are nearly zero."""
    found: dict[int, tuple[pulp.LpVariable, float]] = {}
    for variable, factor in row.terms:
        found[variable.id] = variable, found.get(variable.id, (variable, 0.0))[1] + factor
    return {key: (variable, factor) for key, (variable, factor) in found.items() if abs(factor) > NOTHING}


def _set_row(constraint: pulp.LpConstraint, row: Row, there: Mapping[int, float]) -> None:
    """Give `constraint`, which has the coefficients `there` by variable, the numbers of `row`."""
    wanted = _coefficients(row)
    if not there.keys() <= wanted.keys():
        for variable in [variable for variable, _ in constraint.items() if variable.id not in wanted]:
            constraint.set_coefficient(variable, 0.0)
    for variable, factor in wanted.values():
        if there.get(variable.id) != factor:
            constraint.set_coefficient(variable, factor)
    constraint.changeRHS(row.rhs)


def _is_trivial(row: Row) -> bool:
    """Return whether the row has no variables and is true, so that the builder leaves it out."""
    if _coefficients(row):
        return False
    return {"<=": row.rhs >= 0, ">=": row.rhs <= 0, "==": row.rhs == 0}[row.sense]


def _relax(constraint: pulp.LpConstraint) -> None:
    """Give `constraint` a bound that every point satisfies."""
    most = least = 0.0
    for variable, factor in constraint.items():
        if variable.upBound is None:
            raise _CannotRefit
        reach = factor * variable.upBound
        most, least = most + max(0.0, reach), least + min(0.0, reach)
    if constraint.sense == pulp.LpConstraintLE:
        constraint.changeRHS(most + 1.0)
    elif constraint.sense == pulp.LpConstraintGE:
        constraint.changeRHS(least - 1.0)
    else:
        raise _CannotRefit
