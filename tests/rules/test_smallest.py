"""Smallest: a programme takes at least some people of a group in a period, or none of it."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned


def groups(*sizes: int) -> list[Plain]:
    """Groups of so many people who all lack the competency."""
    return [{"id": name, "headcount": n, "gaps": {"keu": n}} for name, n in zip("abc", sizes, strict=False)]


@proves("smallest", HAND)
@pytest.mark.parametrize(
    ("least", "reached"),
    [
        # Rp3 each, Rp20 pay six of ten and two: all of them from anywhere
        (1, ["6", "18"]),
        (2, ["6", "18"]),
        # the group of two may not attend; six of the other may
        (3, ["6", "18"]),
        # at least seven of a group are Rp21
        (7, ["0", "0"]),
    ],
)
def test_of_a_group_some_people_attend_or_nobody(least: int, reached: list[str]) -> None:
    programme = costing("participant", 3) | {"smallest": least}
    assert best(small(groups=groups(10, 2), programmes=programme, funds={"amount": 20})) == reached


@proves("smallest", HAND)
def test_people_of_a_group_are_not_scattered_over_periods() -> None:
    # two classes of three in each of two periods: ten people need both periods, six in one and four in the other
    classes: Plain = {"class_size": {"max": 3}, "classes": {"per_period": 2}}
    assert best(small(programmes=classes | {"smallest": 4})) == ["10", "0"]
    # five and five, or six and nobody
    assert best(small(programmes=classes | {"smallest": 5})) == ["10", "0"]
    assert best(small(programmes=classes | {"smallest": 6})) == ["6", "0"]
    # one class holds three of them
    one: Plain = {"class_size": {"max": 3}, "classes": {"per_period": 1}}
    assert best(small(programmes=one | {"smallest": 4})) == ["0", "0"]


@proves("smallest", GOLDEN)
def test_the_rows_of_smallest(request: pytest.FixtureRequest) -> None:
    programme = costing("participant", 3) | {"smallest": 7}
    golden("smallest", small(programmes=programme, funds={"amount": 20}), request)


@proves("smallest", PROPERTY)
def test_no_plan_sends_fewer_people_of_a_group() -> None:
    seen = 0
    for found in plans(lambda plain: any(p.get("smallest", 1) > 1 for p in plain["programmes"]), 150):
        for (g, p, t), people in found.people.items():
            least = found.instance.programmes[p].get("smallest", 1)
            assert people >= least, (found.seed, g, p, t)
            seen += least > 1
    assert seen > few(5)


@proves("smallest", CHECK)
def test_the_check_finds_one_person_less() -> None:
    plain = small(programmes={"smallest": 4})
    for people, found in ((4, set()), (3, {"smallest"})):
        assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): people})) == found
    # in each period by itself
    both = {("a", "bimtek", "TW1"): 5, ("a", "bimtek", "TW2"): 3}
    assert broken(plain, planned(plain, both)) == {"smallest"}
