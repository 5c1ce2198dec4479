"""Amounts: no fund spends what it does not have."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned

PRICE = costing("participant", 3)

PROGRAMME: Plain = {"id": "bimtek", "closes": {"keu": 1}}

TWO: list[Plain] = [
    {"id": "apbd", "kind": "own", "amount": 7},
    {"id": "unja", "kind": "partner", "amount": 10, "agreement_cost": {"amount": 1}},
]


@proves("fund_amount", HAND)
def test_a_fund_spends_what_it_has() -> None:
    assert best(small(programmes=PRICE, funds={"amount": 17})) == ["5", "15"]
    assert best(small(programmes=PRICE, funds={"amount": 18})) == ["6", "18"]
    assert best(small(programmes=PRICE, funds={"amount": 30})) == ["10", "30"]


@proves("fund_amount", HAND)
def test_a_fund_that_needs_an_agreement_spends_nothing_without_it() -> None:
    # Rp1 for the agreement and Rp6 of one's own, Rp10 of the partner: five people, 5 of one's own and the agreement
    assert best(small(programmes=PRICE, funds=TWO)) == ["5", "6"]
    # were the agreement dearer than what the partner gives, one would do without: Rp7 pay two people
    assert best(small(programmes=PRICE, funds=[TWO[0], TWO[1] | {"agreement_cost": {"amount": 8}}])) == ["2", "6"]


@proves("fund_amount", GOLDEN)
def test_the_rows_of_amounts(request: pytest.FixtureRequest) -> None:
    golden("fund_amount", small(programmes=PRICE, funds=TWO), request)


@proves("fund_amount", PROPERTY)
def test_no_plan_spends_more_than_a_fund_has() -> None:
    spent_all = 0
    for found in plans(lambda plain: True, 60):
        for f, fund in found.instance.funds.items():
            assert found.spent(f) <= fund["amount"], (found.seed, f)
            spent_all += found.spent(f) == fund["amount"] > 0
    assert spent_all > few(5)


@proves("fund_amount", CHECK)
def test_the_check_finds_one_rupiah_too_much() -> None:
    plain = small(programmes=PRICE, funds={"amount": 15})
    plan = planned(plain, {("a", "bimtek", "TW1"): 5}, payments=[paid(15, group="a")])
    assert not broken(plain, plan)
    poorer = small(programmes=PRICE, funds={"amount": 14})
    assert broken(poorer, planned(poorer, {("a", "bimtek", "TW1"): 5}, payments=[paid(15, group="a")])) == {
        "fund_amount"
    }


def of_years(amounts: dict[int, int], **fund: object) -> Plain:
    """People at Rp3 each, in two periods of two years, paid by a fund with amounts per year."""
    periods = [{"id": "TW1", "year": 2027}, {"id": "TW2", "year": 2028}]
    own: Plain = {"id": "apbd", "kind": "own", "amounts": amounts, **fund}
    return small(periods=periods, programmes=PRICE, funds=[own])


@proves("fund_amount", HAND)
def test_what_is_left_of_a_year_lapses_unless_it_carries_over() -> None:
    # Rp8 pay two people in 2027 and Rp2 lapse; Rp16 pay five in 2028: seven people for Rp21
    assert best(of_years({2027: 8, 2028: 16})) == ["7", "21"]
    # with the Rp2 carried over there are Rp18 in 2028, for six: eight people for Rp24
    assert best(of_years({2027: 8, 2028: 16}, carry_over=True)) == ["8", "24"]
    # an amount for the whole horizon is there in any year
    assert best(small(**of_years({}) | {"funds": [{"id": "apbd", "kind": "own", "amount": 24}]})) == ["8", "24"]


@proves("fund_amount", HAND)
def test_money_of_a_later_year_is_not_there_before_and_a_year_not_named_has_none() -> None:
    early, late = (PRICE | {"periods": [t]} for t in ("TW1", "TW2"))
    for carry in (False, True):
        assert best(of_years({2028: 30}, carry_over=carry) | {"programmes": [PROGRAMME | early]}) == ["0", "0"]
        assert best(of_years({2028: 30}, carry_over=carry) | {"programmes": [PROGRAMME | late]}) == ["10", "30"]
    assert best(of_years({2027: 30}) | {"programmes": [PROGRAMME | late]}) == ["0", "0"]
    assert best(of_years({2027: 30}, carry_over=True) | {"programmes": [PROGRAMME | late]}) == ["10", "30"]


@proves("fund_amount", HAND)
def test_a_minimum_and_a_match_are_of_all_years_together() -> None:
    # Rp9 in each year pay three people each; the minimum of Rp18 is reached over both years
    assert best(of_years({2027: 9, 2028: 9}, minimum=18)) == ["6", "18"]
    own: Plain = {"id": "apbd", "kind": "own", "amounts": {2027: 12}}
    partner: Plain = {"id": "unja", "kind": "partner", "amounts": {2028: 12}, "match": {"with": "apbd", "ratio": 1}}
    # four people of own money in 2027, and as much of the partner's in 2028
    assert best(small(**of_years({}) | {"funds": [own, partner]})) == ["8", "12"]


@proves("fund_amount", CHECK)
def test_the_check_finds_one_rupiah_too_much_in_a_year() -> None:
    late = [paid(6, group="a"), paid(15, group="a", period="TW2")]
    people = {("a", "bimtek", "TW1"): 2, ("a", "bimtek", "TW2"): 5}
    for amounts, carry, found in (
        ({2027: 6, 2028: 15}, False, set()),
        ({2027: 7, 2028: 14}, False, {"fund_amount"}),
        ({2027: 7, 2028: 14}, True, set()),
        ({2027: 5, 2028: 16}, True, {"fund_amount"}),
    ):
        plain = of_years(amounts, carry_over=carry)
        assert broken(plain, planned(plain, people, payments=late)) == found, (amounts, carry)
