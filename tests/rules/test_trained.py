"""Trained: a group's people in a programme over all periods are one whole number."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small, solver_says
from tests.scenarios.hand import broken, planned

CLASSES: Plain = {"programmes": {"class_size": {"max": 3}, "classes": {"per_period": 1}}}
"""One class of three people in a period."""


@proves("trained", HAND)
def test_people_of_all_periods_count_together() -> None:
    # a class of three in a period: 3 + 3 in two periods, 3 where there is one
    assert best(small(**CLASSES)) == ["6", "0"]
    assert best(small(periods=["TW1"], **CLASSES)) == ["3", "0"]


@proves("trained", HAND)
def test_the_rows_change_no_plan() -> None:
    # 80% of 10 people is 8; the total of both periods is a name for it and no further limit
    plain = small(programmes={"closes": {"keu": "80%"}})
    assert solver_says(plain, without="trained") == solver_says(plain) == [8, 0]


@proves("trained", GOLDEN)
def test_the_rows_of_trained(request: pytest.FixtureRequest) -> None:
    golden("trained", small(**CLASSES), request)


@proves("trained", PROPERTY)
def test_every_plan_trains_a_person_once_whatever_the_period() -> None:
    spread = 0
    for found in plans(lambda plain: len(plain.get("periods", ())) > 1, 60):
        for g, p in {(g, p) for g, p, _t in found.people}:
            parts = [n for (of, to, _t), n in found.people.items() if (of, to) == (g, p)]
            assert sum(parts) <= found.instance.need(g, p) * found.willing(g), (found.seed, g, p)
            spread += len(parts) > 1
    assert spread > 0


@proves("trained", CHECK)
def test_the_check_finds_people_counted_in_two_periods() -> None:
    plain = small()
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 5, ("a", "bimtek", "TW2"): 5}))
    assert "uptake" in broken(plain, planned(plain, {("a", "bimtek", "TW1"): 6, ("a", "bimtek", "TW2"): 5}))
