"""Hours: how long the people of a group may be away for training."""

from __future__ import annotations

from fractions import Fraction

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


@proves("max_hours", HAND)
def test_a_group_learns_no_longer_than_its_willing_may() -> None:
    # 10 people x 2 JP = 20 JP: six people of 3 JP each
    assert best(small(groups={"max_hours": 2}, programmes={"hours": 3})) == ["6", "0"]
    assert best(small(programmes={"hours": 3})) == ["10", "0"]
    # half of them willing: 10 JP, three people; with socialization 8 x 2 = 16 JP, five people
    assert best(small(**LIMITED)) == ["5", "4"]
    assert best(small(**LIMITED, funds={"amount": 3})) == ["3", "0"]


@proves("max_hours", GOLDEN)
def test_the_rows_of_hours(request: pytest.FixtureRequest) -> None:
    golden("max_hours", small(**LIMITED), request)


@proves("max_hours", PROPERTY)
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


@proves("max_hours", CHECK)
def test_the_check_finds_one_participant_beyond_the_hours() -> None:
    plain = small(**LIMITED)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 3}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4})) == {"max_hours"}
