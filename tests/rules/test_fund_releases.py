"""Releases: no fund spends money before it is there."""

from __future__ import annotations

from math import floor

import pytest

from tests.oracle.instance import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.unit.check.hand import broken, paid, planned

PRICE = costing("participant", 3)

EARLY: Plain = {"programmes": PRICE | {"periods": ["TW1"]}, "funds": {"amount": 30, "releases": {"TW1": "25%"}}}
"""A programme in the first period, by which a quarter of Rp30 is there."""


@proves("fund_releases", HAND)
def test_a_fund_spends_what_has_been_released() -> None:
    # 25% of Rp30 are Rp7.5, for two people
    assert best(small(**EARLY)) == ["2", "6"]
    assert best(small(**EARLY | {"funds": {"amount": 30}})) == ["10", "30"]


@proves("fund_releases", HAND)
def test_what_was_not_spent_early_can_be_spent_later() -> None:
    # Rp7.5 by the first period, Rp30 by the second
    assert best(small(programmes=PRICE, funds=EARLY["funds"])) == ["10", "30"]
    # the curriculum is due in the first period that is allowed, whenever people are taught
    late: Plain = {"programmes": costing("programme", 8), "funds": EARLY["funds"]}
    assert best(small(**late)) == ["0", "0"]
    assert best(small(programmes=late["programmes"] | {"periods": ["TW2"]}, funds=EARLY["funds"])) == ["10", "8"]


@proves("fund_releases", GOLDEN)
def test_the_rows_of_releases(request: pytest.FixtureRequest) -> None:
    golden("fund_releases", small(**EARLY), request)


@proves("fund_releases", PROPERTY)
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


@proves("fund_releases", CHECK)
def test_the_check_finds_one_rupiah_too_early() -> None:
    for amount, found in ((24, set()), (23, {"fund_releases"})):  # 25% of them: Rp6, Rp5.75
        plain = small(**EARLY | {"funds": {"amount": amount, "releases": {"TW1": "25%"}}})
        plan = planned(plain, {("a", "bimtek", "TW1"): 2}, payments=[paid(6, group="a")])
        assert broken(plain, plan) == found
