"""Hours and release: the work of an agency goes on while its people are in class."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest

from tests.oracle.instance import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small
from tests.unit.check.hand import broken, planned

LIMITED: Plain = {
    "groups": {"max_hours": 2, "uptake": "50%", "socialization": {"raises_uptake_to": "80%", "cost": 4}},
    "programmes": {"hours": 3},
}
"""Two JP for each willing person, in a programme of three JP."""

AWAY: Plain = {"groups": {"release": "35%"}}

THREE: Plain = {"programmes": [{"id": name, "closes": {"keu": "30%"}} for name in ("satu", "dua", "tiga")]}
"""Three programmes that each close 30% of the gap."""


@proves("hours", HAND)
def test_a_group_learns_no_longer_than_its_willing_may() -> None:
    # 10 people x 2 JP = 20 JP: six people of 3 JP each
    assert best(small(groups={"max_hours": 2}, programmes={"hours": 3})) == ["6", "0"]
    assert best(small(programmes={"hours": 3})) == ["10", "0"]
    # half of them willing: 10 JP, three people; with socialization 8 x 2 = 16 JP, five people
    assert best(small(**LIMITED)) == ["5", "4"]
    assert best(small(**LIMITED, funds={"amount": 3})) == ["3", "0"]


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


@proves("hours", GOLDEN)
def test_the_rows_of_hours(request: pytest.FixtureRequest) -> None:
    golden("hours", small(**LIMITED), request)


@proves("release", GOLDEN)
def test_the_rows_of_release(request: pytest.FixtureRequest) -> None:
    golden("release", small(**THREE), request)


@proves("hours", PROPERTY)
def test_every_plan_keeps_the_hours_of_each_group() -> None:
    def is_tight(plain: Plain) -> bool:
        short = any(group.get("max_hours", 9) <= 2 for group in plain["groups"])
        return short and any(programme.get("hours", 0) >= 2 for programme in plain["programmes"])

    spent_all = 0
    for found in plans(is_tight):
        lengths = {p: number(programme.get("hours", 0)) for p, programme in found.instance.programmes.items()}
        for g, group in found.instance.groups.items():
            if "max_hours" in group:
                hours = sum((n * lengths[p] for (of, p, _t), n in found.people.items() if of == g), Fraction(0))
                most = number(group["max_hours"]) * group["headcount"] * found.willing(g)
                assert hours <= most, (found.seed, g)
                spent_all += hours > 0 and any(hours + lengths[p] > most for p, _t in found.instance.slots[g])
    assert spent_all > 3


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


@proves("hours", CHECK)
def test_the_check_finds_one_participant_beyond_the_hours() -> None:
    plain = small(**LIMITED)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 3}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4})) == {"hours"}


@proves("release", CHECK)
def test_the_check_finds_one_person_too_many_away() -> None:
    plain = small(**AWAY)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 3, ("a", "bimtek", "TW2"): 3}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3})) == {"release"}
