"""Closing and need: gaps close by training, and no more than the willing have."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small
from tests.unit.check.hand import broken, planned

TWICE = [{"id": "bimtek", "closes": {"keu": "60%"}}, {"id": "daring", "closes": {"keu": "60%"}}]
"""Two programmes that each close 60% of the same gap."""

SOCIALIZATION: Plain = {"uptake": "50%", "socialization": {"raises_uptake_to": "80%", "cost": 4}}


@proves("closings_by_training", HAND)
def test_gaps_close_by_the_share_that_training_closes() -> None:
    # all 10 take part; half of them close their gap
    assert best(small(programmes={"closes": {"keu": "50%"}})) == ["5", "0"]
    assert best(small(programmes={"closes": {"keu": 1}})) == ["10", "0"]


@proves("closings_by_need", HAND)
def test_a_gap_closes_once_however_much_training_is_given() -> None:
    # 10 people in both programmes: 10 x 60% + 10 x 60% = 12, but the gap is 10
    assert best(small(programmes=TWICE)) == ["10", "0"]
    # were the second programme to close another gap, both would count: 6 + 6
    other: Plain = {
        "competencies": [{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
        "groups": {"gaps": {"keu": 10, "arsip": 10}},
        "programmes": [TWICE[0], {"id": "daring", "closes": {"arsip": "60%"}}],
    }
    assert best(small(**other)) == ["12", "0"]


@proves("closings_by_need", HAND)
def test_only_the_willing_close_gaps_and_socialization_makes_more_of_them() -> None:
    # 80% of 10 are willing for Rp4: 8 x 60% + 8 x 60% = 9.6, but only 8 gaps are theirs
    assert best(small(groups=SOCIALIZATION, programmes=TWICE)) == ["8", "4"]
    # Rp3 do not buy it: 5 x 60% x 2 = 6, but only 5 gaps are theirs
    assert best(small(groups=SOCIALIZATION, programmes=TWICE, funds={"amount": 3})) == ["5", "0"]


@proves("closings_by_training", GOLDEN)
def test_the_rows_of_closing(request: pytest.FixtureRequest) -> None:
    golden("closings_by_training", small(programmes={"closes": {"keu": "50%"}}), request)


@proves("closings_by_need", GOLDEN)
def test_the_rows_of_need(request: pytest.FixtureRequest) -> None:
    golden("closings_by_need", small(groups=SOCIALIZATION, programmes=TWICE, funds={"amount": 3}), request)


@proves("closings_by_training", PROPERTY)
@proves("closings_by_need", PROPERTY)
def test_every_plan_closes_what_training_closes_within_the_gaps_of_the_willing() -> None:
    at_the_gap = below_it = 0
    for found in plans(lambda plain: True, 60):
        for (g, c), closed in found.closed.items():
            trained = sum(
                (
                    found.instance.closes[p].get(c, Fraction(0)) * n
                    for (of, p, _t), n in found.people.items()
                    if of == g
                ),
                Fraction(0),
            )
            limit = found.instance.gaps[g, c] * found.willing(g)
            assert closed <= trained, (found.seed, g, c)
            assert closed <= limit, (found.seed, g, c)
            assert closed in (trained, limit), (found.seed, g, c)
            at_the_gap += closed == limit > 0
            below_it += 0 < closed < limit
    assert min(at_the_gap, below_it) > 10


@proves("closings_by_training", CHECK)
def test_the_check_finds_a_closing_that_nobody_was_trained_for() -> None:
    plain = small(programmes={"closes": {"keu": "50%"}})
    plan = planned(plain, {("a", "bimtek", "TW1"): 6})
    assert not broken(plain, plan)
    plan["closings"][0]["closed"] += 1
    assert "closings" in broken(plain, plan)


@proves("closings_by_need", CHECK)
def test_the_check_finds_a_closing_beyond_the_gap() -> None:
    plain = small(programmes=TWICE)
    plan = planned(plain, {("a", "bimtek", "TW1"): 10, ("a", "daring", "TW2"): 10})
    assert plan["closings"][0]["closed"] == 10
    assert not broken(plain, plan)
    plan["closings"][0]["closed"] = 11.0
    assert "closings" in broken(plain, plan)
