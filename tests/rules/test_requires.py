"""Requires: the basics come first."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Plain, plans
from tests.rules.small import best, golden, small
from tests.unit.check.hand import broken, planned


def advanced(*, basics_in: str, gap: int = 10, requires: bool = True) -> Plain:
    """An advanced course in the first period, and the basics, which `gap` people lack, in another."""
    course = {"id": "lanjutan", "closes": {"keu": 1}, "periods": ["TW1"]}
    return small(
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "dasar", "kind": "technical"}],
        groups={"gaps": {"keu": 10, "dasar": gap}},
        programmes=[
            {"id": "dasar", "closes": {"dasar": 1}, "periods": [basics_in]},
            course | ({"requires": ["dasar"]} if requires else {}),
        ],
    )


@proves("requires", HAND)
def test_nobody_takes_the_advanced_course_before_the_basics() -> None:
    # the basics come too late: their 10 gaps close, those of the advanced course do not
    assert best(advanced(basics_in="TW2")) == ["10", "0"]
    assert best(advanced(basics_in="TW2", requires=False)) == ["20", "0"]


@proves("requires", HAND)
def test_both_may_be_taken_in_the_same_period_if_people_can_be_away_for_both() -> None:
    # 10 people are in class in one period: five take the basics, and five of them the advanced course
    assert best(advanced(basics_in="TW1")) == ["10", "0"]


@proves("requires", HAND)
def test_those_who_lack_nothing_of_the_basics_may_skip_them() -> None:
    # 4 lack the basics and close them later; the other 10 - 4 = 6 take the advanced course at once
    assert best(advanced(basics_in="TW2", gap=4)) == ["10", "0"]
    assert best(advanced(basics_in="TW2", gap=4, requires=False)) == ["14", "0"]


@proves("requires", GOLDEN)
def test_the_rows_of_requires(request: pytest.FixtureRequest) -> None:
    golden("requires", advanced(basics_in="TW2", gap=4), request)


@proves("requires", PROPERTY)
def test_every_plan_gives_the_basics_first() -> None:
    seen = 0
    for found in plans(lambda plain: any("requires" in programme for programme in plain["programmes"]), 80):
        for p, programme in found.instance.programmes.items():
            for q in programme.get("requires", []):
                for g in found.instance.groups:
                    room = max(0, found.instance.need(g, p) - found.instance.need(g, q))
                    for t in found.instance.periods:
                        room += found.people.get((g, q, t), 0) - found.people.get((g, p, t), 0)
                        assert room >= 0, (found.seed, g, p, q, t)
                        seen += room == 0 < found.people.get((g, p, t), 0)
    assert seen > 5


@proves("requires", CHECK)
def test_the_check_finds_one_person_ahead_of_the_basics() -> None:
    plain = advanced(basics_in="TW2", gap=4)
    later = {("a", "dasar", "TW2"): 4}
    assert not broken(plain, planned(plain, {("a", "lanjutan", "TW1"): 6, **later}))
    assert broken(plain, planned(plain, {("a", "lanjutan", "TW1"): 7, **later})) == {"requires"}
