"""Minimum: a fund that pays at least an amount, or nothing."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, with_partner
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned


def for_another(minimum: int) -> Plain:
    """A partner who pays only for the five people of another group: Rp15."""
    plain = with_partner(9, minimum=minimum, pays={"groups": {"id": "b"}})
    plain["groups"].append({"id": "b", "headcount": 5, "gaps": {"keu": 5}})
    return plain


@proves("fund_minimum", HAND)
def test_a_partner_comes_for_its_minimum_or_not_at_all() -> None:
    # the partner could pay Rp15 and not Rp16; Rp9 of one's own pay three people
    assert best(for_another(minimum=15)) == ["8", "9"]
    assert best(for_another(minimum=16)) == ["3", "9"]


@proves("fund_minimum", HAND)
def test_an_agreement_that_nothing_comes_of_is_not_paid() -> None:
    # nobody would want to; a rule that asks for spending might, and is refused
    plain = for_another(minimum=0)
    plain["funds"][1] |= {"amount": 0, "agreement_cost": {"amount": 4}}
    plain["programmes"][0] |= costing("participant", 0)
    plain["rules"] = [{"name": "Belanja", "measure": "cost", "at_least": 4}]
    assert best(plain) == []


@proves("fund_minimum", GOLDEN)
def test_the_rows_of_minimum(request: pytest.FixtureRequest) -> None:
    golden("fund_minimum", for_another(minimum=16), request)


@proves("fund_minimum", PROPERTY)
def test_every_fund_that_is_used_pays_its_minimum() -> None:
    used = unused = 0
    for found in plans(lambda plain: any(fund.get("minimum") for fund in plain["funds"]), 60):
        for f, fund in found.instance.funds.items():
            if fund.get("minimum"):
                assert not found.used(f) or found.spent(f) >= fund["minimum"], (found.seed, f)
                used += found.used(f)
                unused += not found.used(f)
    assert min(used, unused) > few(5)


@proves("fund_minimum", CHECK)
def test_the_check_finds_one_rupiah_below_the_minimum() -> None:
    people = {("b", "bimtek", "TW1"): 5}
    for minimum, found in ((15, set()), (16, {"fund_minimum"})):
        plain = for_another(minimum=minimum)
        plan = planned(plain, people, payments=[paid(15, "unja", group="b")])
        assert broken(plain, plan) == found
