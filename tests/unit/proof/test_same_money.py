"""The exact model with the money of a scenario with other amounts is the one that is written from nothing."""

from __future__ import annotations

import random
from typing import Any

from planner.domain.scenario import Scenario
from planner.proof.formulation import Formulation, formulate, people_part
from planner.proof.same_money import with_other_amounts
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few, some
from tests.scenarios.changes import with_other_amount
from tests.scenarios.two_programmes import IN_ALL_AND_BY_YEAR


def stated(formulation: Formulation) -> tuple[Any, ...]:
    """All that the model and its goals say."""
    model = formulation.model
    columns = model.lower, model.upper, model.whole, model.rank
    rows = model.starts, model.indices, model.values, model.low, model.high, model.abouts
    return *columns, *rows, formulation.levels, formulation.goals


def test_money_taken_over_makes_the_same_model_as_from_nothing_and_leaves_the_known_one_as_it_is() -> None:
    taken_over = 0
    for seed in some(range(600), 20):
        known = Scenario.model_validate(tiny_scenarios(seed))
        people, formulation, dice = people_part(known), formulate(known), random.Random(seed)
        before = stated(formulation)
        for scenario in (with_other_amount(known, dice), with_other_amount(known, dice), known):
            again = with_other_amounts(formulation, people, scenario)
            if again is not None:
                taken_over += 1
                assert stated(again) == stated(formulate(scenario)), seed
                assert again.columns.scenario is scenario
        assert stated(formulation) == before, seed
    assert taken_over > few(900, 20)


def test_money_is_not_taken_over_where_a_fund_begins_or_ceases_to_have_some() -> None:
    known = Scenario.model_validate(tiny_scenarios(3))
    poor = known.changed(funds=tuple(fund.with_amount(0) for fund in known.funds))
    assert any(fund.amount for fund in known.funds)
    assert with_other_amounts(formulate(known), people_part(known), poor) is None
    assert with_other_amounts(formulate(poor), people_part(poor), known) is None


def test_money_by_year_is_not_taken_over_for_money_in_all_nor_the_reverse() -> None:
    for known, other in (IN_ALL_AND_BY_YEAR, IN_ALL_AND_BY_YEAR[::-1]):
        assert with_other_amounts(formulate(known), people_part(known), known) is not None
        assert with_other_amounts(formulate(known), people_part(known), other) is None
