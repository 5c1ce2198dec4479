"""A matrix that is kept and changed is to the last number that of the changed model, loaded anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.domain.rules import Limit
from planner.domain.scenario import Scenario
from planner.model.build import Model, build
from planner.model.refit import refit, refit_costs
from planner.scenario_io import read_scenario
from planner.solve.guided.kept_matrix import KeptMatrix
from planner.solve.guided.matrix import Matrix
from tests.oracle.generate import random_scenarios
from tests.sampled import few, some
from tests.scenarios.changes import with_other_amount, with_other_price

JAMBI = Path(__file__).parents[4] / "scenarios" / "jambi-2027.yaml"


def numbers(model: Model, kept: KeptMatrix | None = None) -> tuple[Any, ...]:
    """Every number that HiGHS holds of a model, by the ids of its variables and the place of its rows."""
    matrix = Matrix(model, kept=kept)
    goal = model.goals[0]
    matrix.aim(goal.terms, goal.sense)
    highs = matrix._highs
    lp, places = highs.getLp(), matrix.places.tolist()
    rows = []
    for row in range(lp.num_row_):
        _status, columns, factors = highs.getRowEntries(row)
        rows.append(sorted((places[column], factor) for column, factor in zip(columns, factors, strict=True)))
    bounds = [*zip(places, lp.col_lower_, lp.col_upper_, lp.col_cost_, strict=True)]
    sides = [*zip(lp.row_lower_, lp.row_upper_, strict=True)]
    kinds = [mask.tolist() for mask in (matrix.whole, matrix.people, matrix.design, matrix.decided, matrix.classes)]
    return matrix.size, bounds, sides, rows, kinds


def with_other_limit(scenario: Scenario, dice: random.Random) -> Scenario:
    """The scenario with another bound of one of its rules."""
    number = dice.randrange(len(scenario.rules))
    by = Fraction(dice.randint(70, 130), 100)
    limits = {
        side: Limit(value=limit.value * by, is_share=limit.is_share)
        for side in ("at_least", "at_most")
        if (limit := getattr(scenario.rules[number], side)) is not None
    }
    rules = [*scenario.rules]
    rules[number] = rules[number].model_copy(update=limits)
    return scenario.changed(rules=tuple(rules))


@pytest.mark.parametrize(("made_again", "differing"), [(refit, with_other_amount), (refit_costs, with_other_price)])
def test_after_other_amounts_or_costs_it_is_that_of_the_model_loaded_anew(
    made_again: Callable[[Model, Scenario], Model | None], differing: Callable[[Scenario, random.Random], Scenario]
) -> None:
    same = 0
    for seed in some(range(60), 6):
        old = Scenario.model_validate(random_scenarios(seed, (4, 4, 2, 4)))
        template = build(old)
        kept = KeptMatrix(template)
        for change in range(3):
            fitted = made_again(template, differing(old, random.Random(f"{seed} {change}")))
            if fitted is not None and kept.refit(fitted) is not None:
                assert numbers(fitted, kept) == numbers(fitted), seed
                same += 1
        assert numbers(template) == numbers(template, kept)
    assert same > few(20)


@pytest.mark.parametrize("kind", ["amount", "limit"])
def test_so_it_is_in_a_province(kind: str) -> None:
    scenario, dice = read_scenario(JAMBI), random.Random(kind)
    template = build(scenario)
    kept = KeptMatrix(template)
    for _change in range(3):
        change = with_other_amount if kind == "amount" else with_other_limit
        fitted = refit(template, change(scenario, dice))
        if fitted is not None:
            assert kept.refit(fitted) is not None
            assert numbers(fitted, kept) == numbers(fitted)


def test_so_it_is_after_other_costs_in_a_province() -> None:
    scenario, dice = read_scenario(JAMBI), random.Random("costs")
    template = build(scenario)
    kept = KeptMatrix(template)
    for _change in range(3):
        fitted = refit_costs(template, with_other_price(scenario, dice))
        assert fitted is not None
        assert kept.refit(fitted) is not None
        assert numbers(fitted, kept) == numbers(fitted)


def test_a_model_that_was_not_refit_from_it_is_loaded() -> None:
    old = Scenario.model_validate(random_scenarios(1, (4, 4, 2, 4)))
    assert KeptMatrix(build(old)).refit(build(old)) is None
