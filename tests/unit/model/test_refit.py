"""A refit model says what a model built anew says: the same rows, the same bounds, the same best plan."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from planner.domain.rules import Limit
from planner.domain.scenario import Scenario
from planner.model.build import Model, build
from planner.model.objective import Goal
from planner.model.refit import ModelTemplates, refit, refit_costs
from planner.solve.hints import Hints
from planner.solve.levels import solve_levels
from planner.solve.outcome import SearchLimits
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.sampled import few, sampled, some
from tests.scenarios.changes import with_other_price
from tests.scenarios.two_programmes import IN_ALL_AND_BY_YEAR


def changed(scenario: Scenario, seed: int) -> Scenario:
    """`scenario` with other amounts, minimums, seats and limits; a fund may withdraw altogether."""
    dice = random.Random(seed)
    factor = dice.choice([Fraction(0), Fraction(1, 3), Fraction(9, 10), Fraction(1), Fraction(3, 2)])
    funds = []
    for fund in scenario.funds:
        times = dice.choice([factor, Fraction(1)])
        amount = int(fund.amount * times)
        seats = {p: n if times else 0 for p, n in fund.seats.items() if times or dice.random() < 0.5}
        funds.append(fund.model_copy(update={"amount": amount, "minimum": min(fund.minimum, amount), "seats": seats}))
    rules = []
    for rule in scenario.rules:
        limit = rule.at_most
        if limit is not None and dice.random() < 0.5:
            limit = Limit(value=limit.value * Fraction(9, 10), is_share=limit.is_share)
        rules.append(rule.model_copy(update={"at_least": dice.choice([rule.at_least, None]), "at_most": limit}))
    return scenario.changed(funds=tuple(funds), rules=tuple(rules))


def said(model: Model) -> dict[str, tuple[dict[str, float], str, float]]:
    """The rows of a model by name, in numbers; rows that every point keeps are left out."""
    rows = {}
    for row in model.problem.constraints():
        coefficients = {v.name: round(c, 9) for v, c in row.items() if c and v.upBound != 0}
        low, high = row.getLb(), row.getUb()
        bounds = {v.name: v.upBound for v, _ in row.items()}
        reach = [0.0, 0.0]
        for name, c in coefficients.items():
            most = float("inf") if bounds[name] is None else bounds[name]
            reach[c > 0] += c * most
        if (low is None or reach[0] >= low) and (high is None or reach[1] <= high):
            continue
        rows[row.name] = (coefficients, str(row.sense), round((low if low is not None else high) or 0.0, 6))
    return rows


def named(model: Model) -> dict[object, tuple[dict[str, float], str, float]]:
    return {model.rows[name]: row for name, row in said(model).items() if name in model.rows}


@pytest.mark.parametrize("seed", sampled(range(60), 4))
def test_a_refit_model_has_the_rows_of_one_built_anew(seed: int) -> None:
    old = Scenario.model_validate(random_scenarios(seed, (4, 4, 2, 4)))
    new = changed(old, seed)
    fitted, built = refit(build(old), new), build(new)
    if fitted is None or fitted.parts.unit != built.parts.unit:
        return
    if [v.name for v in fitted.problem.variables()] == [v.name for v in built.problem.variables()]:
        assert named(fitted) == named(built)
        bounds = {v.name: v.upBound for v in built.problem.variables()}
        assert {v.name: v.upBound for v in fitted.problem.variables()} == bounds


def test_a_model_refit_to_other_costs_has_the_numbers_of_one_built_anew() -> None:
    fitted = 0
    for seed in some(range(120), 12):
        old = Scenario.model_validate(random_scenarios(seed, (4, 4, 2, 4)))
        new = with_other_price(changed(old, seed) if seed % 2 else old, random.Random(seed))
        template = build(old)
        before, model, built = said(template), refit_costs(template, new), build(new)
        assert said(template) == before
        if model is None:
            continue
        fitted += 1
        assert model.parts.unit == built.parts.unit
        if [v.name for v in model.problem.variables()] == [v.name for v in built.problem.variables()]:
            assert named(model) == named(built), seed
            bounds = {v.name: v.upBound for v in built.problem.variables()}
            assert {v.name: v.upBound for v in model.problem.variables()} == bounds
            assert [_numbers(goal) for goal in model.goals] == [_numbers(goal) for goal in built.goals]
    assert fitted > few(30)


def _numbers(goal: Goal) -> tuple[list[tuple[str, float]], str, float]:
    """A goal in numbers."""
    return [(variable.name, factor) for variable, factor in goal.terms], goal.sense, goal.scale


def test_most_changes_of_amounts_can_be_refit_and_the_template_stays_as_it_was() -> None:
    fitted = 0
    for seed in some(range(40)):
        old = Scenario.model_validate(random_scenarios(seed, (4, 4, 2, 4)))
        template = build(old)
        before = said(template)
        fitted += refit(template, changed(old, seed)) is not None
        assert said(template) == before
    assert fitted >= few(20)


@pytest.mark.parametrize("seed", sampled(range(80), 4))
def test_the_best_plan_of_a_refit_model_is_as_good(seed: int) -> None:
    old = Scenario.model_validate(tiny_scenarios(seed))
    new = changed(old, seed + 1000)
    limits = SearchLimits(gap=0.0)
    anew = solve_levels(new, limits)
    start = solve_levels(old, limits).decisions
    again = solve_levels(new, limits, hints=Hints(template=old, start=start))
    assert again.ending == anew.ending
    assert [round(x.value, 4) for x in again.levels] == [round(x.value, 4) for x in anew.levels]


def test_a_scenario_that_differs_in_more_than_numbers_is_built_anew() -> None:
    old = Scenario.model_validate(tiny_scenarios(3))
    larger = old.groups[0].model_copy(update={"headcount": old.groups[0].headcount + 1})
    assert refit(build(old), old.changed(groups=(larger, *old.groups[1:]))) is None
    assert refit(build(old), old.changed(funds=old.funds[:-1])) is None
    templates = ModelTemplates()
    assert len(templates.model(old, None).rows) == len(build(old).rows)


def test_money_by_year_cannot_be_refit_to_money_in_all_nor_the_reverse() -> None:
    for known, other in (IN_ALL_AND_BY_YEAR, IN_ALL_AND_BY_YEAR[::-1]):
        assert refit(build(known), known) is not None
        assert refit(build(known), other) is None
