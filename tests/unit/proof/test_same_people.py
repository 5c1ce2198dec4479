"""The exact model with the people of a scenario with other amounts is the one that is written from nothing."""

from __future__ import annotations

import random
from typing import Any

from planner.domain.scenario import Scenario
from planner.proof.formulation import Formulation, formulate, people_part, with_money
from planner.proof.same_people import for_other_amounts, for_other_money
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.sampled import few, some
from tests.scenarios.changes import of_other_shape, with_other_amount, with_other_money
from tests.scenarios.two_programmes import IN_ALL_AND_BY_YEAR


def stated(formulation: Formulation) -> tuple[Any, ...]:
    """All that the model and its goals say."""
    model = formulation.model
    columns = model.lower, model.upper, model.whole, model.rank
    rows = model.starts, model.indices, model.values, model.low, model.high, model.abouts
    return *columns, *rows, formulation.levels, formulation.goals


def test_people_taken_over_make_the_same_model_as_from_nothing_and_leave_the_known_one_as_it_is() -> None:
    taken_over = 0
    for seed in some(range(300), 20):
        known = Scenario.model_validate(tiny_scenarios(seed))
        other = with_other_amount(known, random.Random(seed))
        people = people_part(known)
        for scenario in (other, known):
            again = for_other_amounts(people, scenario)
            if again is not None:
                taken_over += 1
                assert stated(with_money(again)) == stated(formulate(scenario)), seed
    assert taken_over > few(400, 20)


def test_people_are_not_taken_over_where_other_seats_can_be_paid_or_more_than_amounts_differs() -> None:
    known = Scenario.model_validate(tiny_scenarios(3))
    people = people_part(known)
    nothing = tuple(fund.model_copy(update={"amount": 0, "amounts": {}, "seats": {}}) for fund in known.funds)
    assert for_other_amounts(people, known.changed(funds=nothing)) is None
    poor = tuple(fund.with_amount(0) for fund in known.funds)
    if any(fund.amount for fund in known.funds):
        again = for_other_amounts(people, known.changed(funds=poor))
        assert again is None or stated(with_money(again)) == stated(formulate(known.changed(funds=poor)))
    fewer = (known.groups[0].model_copy(update={"uptake": known.groups[0].uptake / 2}), *known.groups[1:])
    assert for_other_amounts(people, known.changed(groups=fewer)) is None


def test_groups_that_share_the_chances_of_an_agency_share_them_in_the_copy_too() -> None:
    known = Scenario.model_validate(random_scenarios(52, (4, 4, 3, 3)))
    again = for_other_amounts(people_part(known), known)
    assert again is not None
    assert stated(with_money(again)) == stated(formulate(known))


def test_people_are_not_taken_over_where_money_is_counted_by_year_instead_of_in_all() -> None:
    for known, other in (IN_ALL_AND_BY_YEAR, IN_ALL_AND_BY_YEAR[::-1]):
        assert for_other_amounts(people_part(known), known) is not None
        assert for_other_amounts(people_part(known), other) is None


def test_people_taken_over_for_other_money_make_the_same_model_as_from_nothing() -> None:
    taken_over = 0
    for seed in some(range(400), 10):
        known, dice = Scenario.model_validate(tiny_scenarios(seed)), random.Random(seed)
        people = people_part(known)
        for scenario in (with_other_money(known, dice), with_other_money(known, dice), of_other_shape(known, dice)):
            again = for_other_money(people, scenario)
            if again is not None:
                taken_over += 1
                assert stated(with_money(again)) == stated(formulate(scenario)), seed
    assert taken_over > few(300, 10)


def test_people_are_not_taken_over_where_other_programmes_are_asked_for_or_years_differ() -> None:
    known = Scenario.model_validate(tiny_scenarios(3))
    people = people_part(known)
    later = known.scenario.model_copy(update={"fiscal_year": 2031})
    longer = (known.programmes[0].model_copy(update={"hours": known.programmes[0].hours + 1}), *known.programmes[1:])
    for other in (known.changed(scenario=later), known.changed(programmes=longer)):
        assert for_other_money(people, other) is None
        assert for_other_amounts(people, other) is None
