"""Years of periods, amounts and prices: what is refused, and where; and what they are read as."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from planner.domain.checks.validation import find_problems
from planner.domain.fund_limits import spending_limits
from planner.domain.prices import PriceYear
from planner.domain.scenario import Scenario
from planner.locale import speaking
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]

TWO: list[Plain] = [{"id": "A", "year": 2027}, {"id": "B", "year": 2028}]


def fund(**keys: Any) -> list[Plain]:
    return [{"id": "apbd", "kind": "own", **keys}]


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"periods": [{"id": "A", "year": 2028}]}, ("periods", 0, "year"), "is the first period and is of"),
        ({"periods": [*TWO, {"id": "C", "year": 2027}]}, ("periods", 2), "of 2027, but comes after a period of 2028"),
        ({"periods": [*TWO, "C"]}, ("periods", 2), "comes after a period of 2028"),
        ({"funds": fund(amounts={2028: 5})}, ("funds", 0, "amounts", "2028"), "no period is of that year"),
        ({"funds": fund(amount=5, carry_over=True)}, ("funds", 0, "carry_over"), "no amounts per year"),
        (
            {
                "periods": TWO,
                "programmes": {"costs": [{"item": "X", "per": "programme", "price": {"by": "year", 2027: 5}}]},
            },
            ("programmes", 0, "costs", 0, "price"),
            "no price for the years 2028",
        ),
        (
            {"periods": TWO, "price_growth": "50%", "programmes": costing("participant", 2, quantity=0.5)},
            ("programmes", 0, "costs", 0, "price"),
            "costs 0.5 x 3 = 1.5 in 2028",
        ),
        (
            {"scenario": {"id": "uji", "fiscal_year": 2027, "floor": {2029: {"share": "1%", "of": 10**9}}}},
            ("scenario", "floor", "2029"),
            "no period is of that year",
        ),
        (
            {"periods": TWO, "funds": fund(amounts={2027: 5}, releases={"A": "80%", "B": "20%"}), "price_growth": "1%"},
            None,
            "",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(changes: Plain, path: tuple[str | int, ...] | None, words: str) -> None:
    with speaking("en"):
        problems = find_problems(Scenario.model_validate(scenario(**changes)))
    if path is None:
        assert problems == []
        return
    (found,) = [problem for problem in problems if problem.path == path]
    assert words in found.message


def test_an_amount_and_amounts_exclude_each_other() -> None:
    with speaking("en"), pytest.raises(ValidationError, match="not both") as raised:
        Scenario.model_validate(scenario(periods=TWO, funds=fund(amount=5, amounts={2027: 5})))
    assert raised.value.errors()[0]["loc"][-1] == "amount"
    with pytest.raises(ValidationError, match="Field required"):
        Scenario.model_validate(scenario(funds=fund()))


def test_amounts_are_kept_as_written_and_sum_to_the_amount() -> None:
    read = Scenario.model_validate(scenario(periods=TWO, funds=fund(amounts={2027: 5, 2028: "Rp7"})))
    assert read.fund["apbd"].amount == 12
    assert list(read.to_plain()["funds"]) == [{"id": "apbd", "kind": "own", "amounts": {"2027": 5, "2028": 7}}]
    assert Scenario.model_validate(read.to_plain()) == read


def test_the_years_of_a_horizon() -> None:
    read = Scenario.model_validate(scenario(periods=[*TWO, {"id": "C", "year": 2028}], price_growth="3%"))
    assert read.years == ("2027", "2028")
    assert read.places_of_year == {"2027": (0, 0), "2028": (1, 2)}
    assert [str(days) for days in read.working_days.values()] == ["240", "120", "120"]
    assert read.price_year["C"] == PriceYear("2028", Fraction(103, 100))
    assert Scenario.model_validate(scenario(scenario={"id": "uji"})).years == ("1",)


def test_half_a_rupiah_is_rounded_up() -> None:
    assert [PriceYear("2028", Fraction(3, 2)).of(price) for price in (0, 1, 2, 3)] == [0, 2, 3, 5]


def test_the_limits_of_a_fund() -> None:
    steps = {"A": "100%", "B": "50%", "C": "100%"}

    def limits(**keys: Any) -> list[tuple[int, int, int]]:
        periods = [*TWO, {"id": "C", "year": 2028}]
        read = Scenario.model_validate(scenario(periods=periods, funds=fund(**keys)))
        return [(limit.first, limit.last, limit.most) for limit in spending_limits(read, read.fund["apbd"])]

    assert limits(amount=9) == [(0, 2, 9)]
    # each year has its own amount, of which half is there in B
    assert limits(amounts={2027: 4, 2028: 9}, releases=steps) == [(0, 0, 4), (1, 2, 9), (1, 1, 4)]
    # all that 2027 leaves is added
    assert limits(amounts={2027: 4, 2028: 9}, releases=steps, carry_over=True) == [(0, 0, 4), (0, 2, 13), (0, 1, 8)]


def test_an_amount_keeps_the_proportions_of_its_years_rounded_down() -> None:
    own = Scenario.model_validate(scenario(periods=TWO, funds=fund(amounts={2027: 5, 2028: 10}))).fund["apbd"]
    assert own.with_amount(15) == own
    assert own.with_amount(10).amounts == {"2027": 3, "2028": 6}
    assert own.with_amount(0).amounts == {"2027": 0, "2028": 0}
    assert own.with_amount(0).with_amount(5).amounts == {"2027": 2, "2028": 2}


def test_a_legal_floor_is_of_the_first_year_or_by_year() -> None:
    one: Plain = {"share": "1%", "of": 1000}
    for floor, years in ((one, ["2027"]), ({2028: one}, ["2028"]), ({2027: one, 2028: one}, ["2027", "2028"])):
        head = {"id": "uji", "fiscal_year": 2027, "floor": floor}
        read = Scenario.model_validate(scenario(periods=TWO, scenario=head))
        assert list(read.floors) == years
        assert Scenario.model_validate(read.to_plain()).sha256 == read.sha256
