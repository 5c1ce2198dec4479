"""Releases: no fund spends money before it is there."""

from __future__ import annotations

from math import floor

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned

PRICE = costing("participant", 3)

STEPS: Plain = {"TW1": "25%", "TW2": "100%"}

EARLY: Plain = {"programmes": PRICE | {"periods": ["TW1"]}, "funds": {"amount": 30, "releases": STEPS}}
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
    # the curriculum for Rp8 is paid when people are first taught: in the second period
    late: Plain = {"programmes": costing("programme", 8), "funds": EARLY["funds"]}
    assert best(small(**late)) == ["10", "8"]
    assert best(small(programmes=late["programmes"] | {"periods": ["TW1"]}, funds=EARLY["funds"])) == ["0", "0"]


@proves("fund_releases", HAND)
def test_a_period_that_is_not_named_keeps_the_share_named_before_it() -> None:
    def closed(releases: Plain, last: str) -> list[str]:
        programme = PRICE | {"periods": [last]}
        return best(
            small(
                periods=["TW1", "TW2", "TW3", "TW4"], programmes=programme, funds={"amount": 30, "releases": releases}
            )
        )

    # 20% of Rp30 are Rp6, for two people, until everything is there in TW4
    assert closed({"TW1": "20%", "TW4": "100%"}, "TW1") == ["2", "6"]
    assert closed({"TW1": "20%", "TW4": "100%"}, "TW3") == ["2", "6"]
    assert closed({"TW1": "20%", "TW4": "100%"}, "TW4") == ["10", "30"]
    # what is named last stays, to the end
    assert closed({"TW2": "50%"}, "TW4") == ["5", "15"]
    # before the first period named nothing is there
    assert closed({"TW3": "100%"}, "TW2") == ["0", "0"]
    assert closed({"TW3": "100%"}, "TW3") == ["10", "30"]
    # no releases, or none named: all of it from the start
    assert closed({}, "TW1") == ["10", "30"]


@proves("fund_releases", GOLDEN)
def test_the_rows_of_releases(request: pytest.FixtureRequest) -> None:
    golden("fund_releases", small(**EARLY), request)


@proves("fund_releases", PROPERTY)
def test_no_plan_spends_before_money_is_released() -> None:
    spent_all = 0
    for found in plans(lambda plain: any("releases" in fund for fund in plain["funds"])):
        for f, fund in found.instance.funds.items():
            for t, share in found.instance.released(f).items() if "releases" in fund else ():
                until = found.instance.periods[: found.instance.periods.index(t) + 1]
                spent = found.spent(f, lambda row, until=until: row.period in until)  # type: ignore[misc]
                released = floor(share * fund["amount"])
                assert spent <= released, (found.seed, f, t)
                spent_all += spent == released < fund["amount"]
    assert spent_all > few(3)


@proves("fund_releases", CHECK)
def test_the_check_finds_one_rupiah_too_early() -> None:
    for amount, found in ((24, set()), (23, {"fund_releases"})):  # 25% of them: Rp6, Rp5.75
        plain = small(**EARLY | {"funds": {"amount": amount, "releases": STEPS}})
        plan = planned(plain, {("a", "bimtek", "TW1"): 2}, payments=[paid(6, group="a")])
        assert broken(plain, plan) == found


@proves("fund_releases", CHECK)
def test_the_check_holds_periods_that_are_not_named_to_the_share_before_them() -> None:
    plain = small(programmes=PRICE, funds={"amount": 24, "releases": {"TW1": "25%"}})
    late = planned(plain, {("a", "bimtek", "TW2"): 2}, payments=[paid(6, group="a", period="TW2")])
    assert not broken(plain, late)
    more = planned(plain, {("a", "bimtek", "TW2"): 3}, payments=[paid(9, group="a", period="TW2")])
    assert broken(plain, more) == {"fund_releases"}


def of_years(releases: Plain, period: str, **fund: object) -> list[str]:
    """The best plan with Rp30 a year in two years of two periods, where people at Rp3 are taught in one of these."""
    periods = [{"id": t, "year": year} for t, year in (("A", 2027), ("B", 2027), ("C", 2028), ("D", 2028))]
    own: Plain = {"id": "apbd", "kind": "own", "amounts": {2027: 30, 2028: 30}, "releases": releases, **fund}
    return best(small(periods=periods, programmes=PRICE | {"periods": [period]}, funds=[own]))


@proves("fund_releases", HAND)
def test_releases_are_shares_of_the_amount_of_the_year() -> None:
    steps: Plain = {"A": "20%", "B": "100%", "C": "50%", "D": "100%"}
    # 20% of Rp30 for two people; 50% of the Rp30 of 2028 for five, whatever was left of 2027
    assert [of_years(steps, t) for t in "ABCD"] == [["2", "6"], ["10", "30"], ["5", "15"], ["10", "30"]]
    # what is left of 2027 is there from the first day of 2028
    assert of_years(steps, "C", carry_over=True) == ["10", "30"]
    assert of_years(steps | {"C": "0%"}, "C", carry_over=True) == ["10", "30"]


@proves("fund_releases", HAND)
def test_a_period_keeps_the_last_share_named_in_its_own_year() -> None:
    assert of_years({"A": "20%", "D": "100%"}, "B") == ["2", "6"]
    # before the first one named in 2028 there is nothing, though all of 2027 was released
    assert of_years({"A": "100%", "D": "100%"}, "C") == ["0", "0"]
    assert of_years({"A": "100%", "C": "40%"}, "D") == ["4", "12"]


@proves("fund_releases", CHECK)
def test_the_check_finds_one_rupiah_too_early_in_a_year() -> None:
    periods = [{"id": t, "year": year} for t, year in (("A", 2027), ("B", 2028), ("C", 2028))]
    for amount, carry, found in ((24, False, set()), (23, False, {"fund_releases"}), (23, True, set())):
        own: Plain = {"id": "apbd", "kind": "own", "amounts": {2027: 9, 2028: amount}, "carry_over": carry}
        own["releases"] = {"A": "100%", "B": "25%", "C": "100%"}
        plain = small(periods=periods, programmes=PRICE, funds=[own])
        plan = planned(plain, {("a", "bimtek", "B"): 2}, payments=[paid(6, group="a", period="B")])
        assert broken(plain, plan) == found, (amount, carry)
