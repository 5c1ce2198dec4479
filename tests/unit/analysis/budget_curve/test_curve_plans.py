"""The order in which budgets of the curve are planned: each starts from a neighbour that is known."""

from __future__ import annotations

import random

from planner.analysis.budget_curve.bracket import LeastBudget
from planner.analysis.budget_curve.curve_plans import waves
from planner.analysis.budget_curve.least_budget import BudgetSearch
from tests.scenarios.workshop import workshop
from tests.unit.analysis.plans import inquiry


def test_the_middle_of_each_run_between_known_budgets_is_next() -> None:
    assert list(waves([1, 2, 3, 5, 6, 7], [4])) == [[2, 6], [1, 3, 5, 7]]
    assert list(waves([1, 2, 3], [])) == [[2], [1, 3]]
    assert list(waves([], [4])) == []


def test_every_budget_is_planned_once_and_no_two_of_a_wave_are_neighbours() -> None:
    dice = random.Random("waves")
    for _ in range(50):
        budgets = dice.sample(range(100), dice.randint(1, 30))
        known = dice.sample(range(100, 103), dice.randint(0, 3)) + dice.sample(range(100), 2)
        left = [budget for budget in budgets if budget not in known]
        made = list(waves(left, known))
        assert sorted(budget for wave in made for budget in wave) == sorted(left)
        there = set(known)
        for wave in made:
            for one, other in zip(sorted(wave), sorted(wave)[1:], strict=False):
                assert any(one < budget < other for budget in there)
            there |= set(wave)


def test_a_plan_made_for_more_than_it_pays_needs_only_what_it_pays() -> None:
    """The workshop's best plan with Rp150 pays Rp110."""
    asked = inquiry(workshop(150))
    assert asked.plan.own_cost == 110
    found = BudgetSearch(asked).spared(LeastBudget(0, 150, asked.plan))
    assert (found.lowest, found.budget) == (0, 110)
    assert found.open


def test_a_least_budget_is_open_where_clearly_less_is_not_ruled_out() -> None:
    assert LeastBudget(0, 1000, None).open
    assert LeastBudget(989, 1000, None).open
    assert not LeastBudget(990, 1000, None).open
    assert not LeastBudget(1000, 1000, None).open
    assert not LeastBudget(0, None, None).open
