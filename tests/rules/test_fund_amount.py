"""Amounts: no fund spends what it does not have."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.unit.check.hand import broken, paid, planned

PRICE = costing("participant", 3)

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
    assert spent_all > 5


@proves("fund_amount", CHECK)
def test_the_check_finds_one_rupiah_too_much() -> None:
    plain = small(programmes=PRICE, funds={"amount": 15})
    plan = planned(plain, {("a", "bimtek", "TW1"): 5}, payments=[paid(15, group="a")])
    assert not broken(plain, plan)
    poorer = small(programmes=PRICE, funds={"amount": 14})
    assert broken(poorer, planned(poorer, {("a", "bimtek", "TW1"): 5}, payments=[paid(15, group="a")])) == {
        "fund_amount"
    }
