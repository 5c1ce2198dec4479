"""Mentors: seniors can take only so many juniors at a time."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Plain, plans
from tests.rules.small import best, golden, small
from tests.unit.check.hand import broken, planned


def mentored(share: str, *mentees: int) -> Plain:
    """One programme for each number of mentees, closing a gap of its own, in a single period; mentors of one pool."""
    names = [f"p{number}" for number in range(len(mentees))]
    return small(
        periods=["TW1"],
        competencies=[{"id": name, "kind": "managerial"} for name in names],
        groups={"gaps": dict.fromkeys(names, 10), "headcount": 25},
        mentor_pools=[{"id": "senior", "from": {}, "share": share}],
        programmes=[
            {"id": name, "closes": {name: 1}, "mentors": {"pool": "senior", "mentees_each": each}}
            for name, each in zip(names, mentees, strict=True)
        ],
    )


@proves("mentors", HAND)
def test_a_mentor_takes_so_many_and_a_share_of_the_seniors_are_mentors() -> None:
    # 10% of 25 are 2.5: two mentors, of three people each
    assert best(mentored("10%", 3)) == ["6", "0"]
    assert best(mentored("20%", 3)) == ["10", "0"]


@proves("mentors", HAND)
def test_programmes_share_the_mentors_of_a_pool() -> None:
    # two mentors: x/3 + y/2 <= 2; six people in the first programme are the most
    assert best(mentored("10%", 3, 2)) == ["6", "0"]
    # three mentors: x/3 + y/2 <= 3; nine in the first are as many as ten, for which 10/3 is too much
    assert best(mentored("12%", 3, 2)) == ["9", "0"]
    # five: ten in the first take 10/3, and 5/3 are left for three in the second
    assert best(mentored("20%", 3, 2)) == ["13", "0"]


@proves("mentors", GOLDEN)
def test_the_rows_of_mentors(request: pytest.FixtureRequest) -> None:
    golden("mentors", mentored("20%", 3, 2), request)


@proves("mentors", PROPERTY)
def test_every_plan_has_mentors_enough_in_each_period() -> None:
    busy_pools = 0
    for found in plans(lambda plain: any("mentors" in programme for programme in plain["programmes"]), 60):
        for pool in found.plain["mentor_pools"]:
            for t in found.instance.periods:
                busy = sum(
                    (
                        Fraction(found.taking_part(p, t), programme["mentors"]["mentees_each"])
                        for p, programme in found.instance.programmes.items()
                        if programme.get("mentors", {}).get("pool") == pool["id"]
                    ),
                    Fraction(0),
                )
                assert busy <= found.instance.mentors(pool), (found.seed, t)
                busy_pools += found.instance.mentors(pool) - 1 < busy > 0
    assert busy_pools > 5


@proves("mentors", CHECK)
def test_the_check_finds_one_mentee_too_many() -> None:
    plain = mentored("10%", 3)
    assert not broken(plain, planned(plain, {("a", "p0", "TW1"): 6}))
    assert broken(plain, planned(plain, {("a", "p0", "TW1"): 7})) == {"mentors"}
