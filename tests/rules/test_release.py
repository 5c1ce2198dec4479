"""Release: the work of an agency goes on while its people are in class."""

from __future__ import annotations

from math import floor

import pytest

from tests.oracle.instance import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small
from tests.unit.check.hand import broken, planned

AWAY: Plain = {"groups": {"release": "35%"}}

THREE: Plain = {"programmes": [{"id": name, "closes": {"keu": "30%"}} for name in ("satu", "dua", "tiga")]}
"""Three programmes that each close 30% of the gap."""


@proves("release", HAND)
def test_a_period_takes_no_more_people_than_are_released() -> None:
    # 35% of 10 are 3.5 people: 3 in each of two periods
    assert best(small(**AWAY)) == ["6", "0"]
    assert best(small()) == ["10", "0"]


@proves("release", HAND)
def test_people_are_in_one_programme_at_a_time() -> None:
    # 10 people fill one programme in each of two periods; a third would need a third period
    assert best(small(**THREE)) == ["6", "0"]
    assert best(small(**THREE, periods=["TW1", "TW2", "TW3"])) == ["9", "0"]


@proves("release", GOLDEN)
def test_the_rows_of_release(request: pytest.FixtureRequest) -> None:
    golden("release", small(**THREE), request)


@proves("release", PROPERTY)
def test_every_plan_leaves_the_rest_of_each_group_at_work() -> None:
    full = 0
    for found in plans(lambda plain: any("release" in group for group in plain["groups"])):
        for g, group in found.instance.groups.items():
            for t in found.instance.periods:
                away = sum(n for (of, _p, when), n in found.people.items() if (of, when) == (g, t))
                most = floor(number(group.get("release", 1)) * group["headcount"])
                assert away <= most, (found.seed, g, t)
                full += away == most > 0
    assert full > 10


@proves("release", CHECK)
def test_the_check_finds_one_person_too_many_away() -> None:
    plain = small(**AWAY)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 3, ("a", "bimtek", "TW2"): 3}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3})) == {"release"}
