"""Funds: no fund spends what it does not have, or does not have yet."""

from __future__ import annotations

from math import floor

import pytest

from tests.oracle.instance import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.unit.check.hand import broken, paid, planned

PRICE = costing("participant", 3)

TWO: list[Plain] = [
    {"id": "apbd", "kind": "own", "amount": 7},
    {"id": "unja", "kind": "partner", "amount": 10, "agreement_cost": {"amount": 1}},
]

EARLY: Plain = {"programmes": PRICE | {"periods": ["TW1"]}, "funds": {"amount": 30, "releases": {"TW1": "25%"}}}
"""A programme in the first period, by which a quarter of Rp30 is there."""


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


@proves("fund_release", HAND)
def test_a_fund_spends_what_has_been_released() -> None:
    # 25% of Rp30 are Rp7.5, for two people
    assert best(small(**EARLY)) == ["2", "6"]
    assert best(small(**EARLY | {"funds": {"amount": 30}})) == ["10", "30"]


@proves("fund_release", HAND)
def test_what_was_not_spent_early_can_be_spent_later() -> None:
    # Rp7.5 by the first period, Rp30 by the second
    assert best(small(programmes=PRICE, funds=EARLY["funds"])) == ["10", "30"]
    # the curriculum is due in the first period that is allowed, whenever people are taught
    late: Plain = {"programmes": costing("programme", 8), "funds": EARLY["funds"]}
    assert best(small(**late)) == ["0", "0"]
    assert best(small(programmes=late["programmes"] | {"periods": ["TW2"]}, funds=EARLY["funds"])) == ["10", "8"]


@proves("fund_amount", GOLDEN)
def test_the_rows_of_amounts(request: pytest.FixtureRequest) -> None:
    golden("fund_amount", small(programmes=PRICE, funds=TWO), request)


@proves("fund_release", GOLDEN)
def test_the_rows_of_releases(request: pytest.FixtureRequest) -> None:
    golden("fund_release", small(**EARLY), request)


@proves("fund_amount", PROPERTY)
def test_no_plan_spends_more_than_a_fund_has() -> None:
    spent_all = 0
    for found in plans(lambda plain: True, 60):
        for f, fund in found.instance.funds.items():
            assert found.spent(f) <= fund["amount"], (found.seed, f)
            spent_all += found.spent(f) == fund["amount"] > 0
    assert spent_all > 5


@proves("fund_release", PROPERTY)
def test_no_plan_spends_before_money_is_released() -> None:
    spent_all = 0
    for found in plans(lambda plain: any("releases" in fund for fund in plain["funds"])):
        for f, fund in found.instance.funds.items():
            for t, share in fund.get("releases", {}).items():
                until = found.instance.periods[: found.instance.periods.index(t) + 1]
                spent = found.spent(f, lambda row, until=until: row.period in until)  # type: ignore[misc]
                released = floor(number(share) * fund["amount"])
                assert spent <= released, (found.seed, f, t)
                spent_all += spent == released < fund["amount"]
    assert spent_all > 3


@proves("fund_amount", CHECK)
def test_the_check_finds_one_rupiah_too_much() -> None:
    plain = small(programmes=PRICE, funds={"amount": 15})
    plan = planned(plain, {("a", "bimtek", "TW1"): 5}, payments=[paid(15, group="a")])
    assert not broken(plain, plan)
    poorer = small(programmes=PRICE, funds={"amount": 14})
    assert broken(poorer, planned(poorer, {("a", "bimtek", "TW1"): 5}, payments=[paid(15, group="a")])) == {"funds"}


@proves("fund_release", CHECK)
def test_the_check_finds_one_rupiah_too_early() -> None:
    for amount, found in ((24, set()), (23, {"releases"})):  # 25% of them: Rp6, Rp5.75
        plain = small(**EARLY | {"funds": {"amount": amount, "releases": {"TW1": "25%"}}})
        plan = planned(plain, {("a", "bimtek", "TW1"): 2}, payments=[paid(6, group="a")])
        assert broken(plain, plan) == found
