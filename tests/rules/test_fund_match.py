"""Match: a fund that gives only along with another."""

from __future__ import annotations

from math import ceil

import pytest

from planner.domain.scenario import Scenario
from planner.model.build import build
from tests.oracle.plain import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import best, costing, golden, with_partner
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned


@proves("fund_match", HAND)
def test_a_partner_matches_what_the_other_spends() -> None:
    # for Rp7 of one's own at most Rp3.5: Rp9 for three people, of which Rp6 are one's own
    matched = {"with": "apbd", "ratio": 0.5}
    assert best(with_partner(7, match=matched)) == ["3", "6"]
    assert best(with_partner(7)) == ["10", "0"]


@proves("fund_match", HAND)
@pytest.mark.parametrize("ratio", [0.333, 0.333333, 0.3333333333333333])
def test_a_match_is_rounded_up_to_whole_rupiah(ratio: float) -> None:
    # a third of Rp4 of one's own is Rp1.33, which is Rp2: two people; a third of Rp3 is Rp1: one person, Rp3 of Rp4
    third = {"with": "apbd", "ratio": ratio}
    assert best(with_partner(4, match=third)) == ["2", "4"]
    assert best(with_partner(3, match=third)) == ["1", "2"], "Rp2 of one's own bring Rp1"
    assert best(with_partner(0, match=third)) == ["0", "0"], "nothing brings nothing"
    assert best(with_partner(9, match={"with": "apbd", "ratio": 0})) == ["3", "9"], "and no ratio either"


@proves("fund_match", HAND)
def test_a_match_counts_the_costs_of_programmes_alone() -> None:
    # Rp2 of one's own pay the agreement and bring nothing; Rp4 more pay one person, Rp3, and Rp1.5 match it, so Rp2
    agreed = {"with": "apbd", "ratio": 0.5}
    assert best(with_partner(2, match=agreed, agreement_cost={"amount": 2})) == ["0", "0"]
    assert best(with_partner(6, match=agreed, agreement_cost={"amount": 2})) == ["2", "6"]
    # and a fund that is matched may pay an agreement beside: Rp1 of another fund allows Rp1, not Rp5
    other = {"id": "lain", "kind": "own", "amount": 100, "match": {"with": "apbd", "ratio": 0}}
    plain = with_partner(0, agreement_cost={"amount": 5})
    plain["funds"] = [other, *plain["funds"]]
    assert best(plain) == ["10", "5"]


@proves("fund_match", GOLDEN)
def test_the_rows_of_match(request: pytest.FixtureRequest) -> None:
    golden("fund_match", with_partner(7, match={"with": "apbd", "ratio": 0.5}), request)


def test_a_match_counts_no_ratio_beyond_what_a_solver_can_tell_apart() -> None:
    plain = with_partner(7, match={"with": "apbd", "ratio": 123_456_789_012.5})
    model = build(Scenario.model_validate(plain))
    row = next(row for row in model.problem.constraints() if row.name == "fund_match__0")
    assert {variable.name: factor for variable, factor in row.items()} == {"z0": -1, "z1": 1e-8}


@proves("fund_match", PROPERTY)
def test_no_plan_lets_a_fund_pay_beyond_its_match() -> None:
    seen = 0
    for found in plans(lambda plain: any("match" in fund for fund in plain["funds"]), 60):
        for f, fund in found.instance.funds.items():
            if "match" in fund:
                rows = found.plan.payments
                paid_for = {q: sum(r.amount for r in rows if r.fund == q and r.programme) for q in found.instance.funds}
                most = number(fund["match"]["ratio"]) * paid_for[fund["match"]["with"]]
                assert paid_for[f] <= ceil(most), (found.seed, f)
                seen += found.spent(f) > 0
    assert seen > few(2)


@proves("fund_match", CHECK)
def test_the_check_finds_one_rupiah_beyond_the_match() -> None:
    plain = with_partner(7, match={"with": "apbd", "ratio": 0.5})
    people = {("a", "bimtek", "TW1"): 3}
    assert not broken(plain, planned(plain, people, payments=[paid(6, group="a"), paid(3, "unja", group="a")]))
    more = [paid(5, group="a"), paid(4, "unja", group="a")]
    assert broken(plain, planned(plain, people, payments=more)) == {"fund_match"}


@proves("fund_match", CHECK)
def test_the_check_allows_the_rupiah_that_a_match_begins() -> None:
    plain = with_partner(7, match={"with": "apbd", "ratio": 0.5})
    plain["programmes"][0] |= costing("participant", 5)
    people = {("a", "bimtek", "TW1"): 1}
    assert not broken(plain, planned(plain, people, payments=[paid(3, group="a"), paid(2, "unja", group="a")]))
    more = [paid(2, group="a"), paid(3, "unja", group="a")]
    assert broken(plain, planned(plain, people, payments=more)) == {"fund_match"}
