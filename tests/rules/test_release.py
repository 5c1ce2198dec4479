"""Release: the work of an agency goes on while its people are in class."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.plain import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, plans
from tests.rules.small import Plain, best, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned

PERIODS = [{"id": "TW1", "working_days": 2}, {"id": "TW2", "working_days": 3}]
"""Two working days, and three."""

AWAY: Plain = {"periods": PERIODS, "groups": {"release": "35%"}, "programmes": {"hours": 12, "days": 2}}
"""35% of 10 people x 2 days are 7 person-days, and of 3 days 10.5; the course takes 2 days of each participant."""


@proves("release", HAND)
def test_a_period_takes_no_more_days_than_are_released() -> None:
    # 7 / 2 = 3.5 and 10.5 / 2 = 5.25: three people and then five
    assert best(small(**AWAY)) == ["8", "0"]
    assert best(small(**AWAY | {"groups": {}})) == ["10", "0"], "without release there is no limit"


@proves("release", HAND)
def test_short_courses_of_the_same_people_add_up_to_their_days() -> None:
    # two e-learnings of 4 JP, half a day each, for the same ten people: 20 seats, 10 person-days of 10 x 240
    competencies = [{"id": c, "kind": "technical"} for c in ("a", "b")]
    both = [{"id": f"el{c}", "hours": 4, "closes": {c: 1}} for c in ("a", "b")]
    group: Plain = {"gaps": {"a": 10, "b": 10}}
    plain = small(periods=None, competencies=competencies, groups=group, programmes=both)
    assert best(plain) == ["20", "0"]
    assert best(small(**plain | {"groups": [plain["groups"][0] | {"release": "100%"}]})) == ["20", "0"]
    # one working day, all of it released: 20 x 0.5 = 10 person-days, which is all; of 90% there are 9: 18 seats
    plain["periods"] = [{"id": "2027", "working_days": 1}]
    plain["groups"][0]["release"] = "100%"
    assert best(plain) == ["20", "0"]
    plain["groups"][0]["release"] = "90%"
    assert best(plain) == ["18", "0"]


@proves("release", HAND)
def test_small_groups_release_days_and_not_whole_people() -> None:
    # ten groups of 6, 15% of the days of four quarters of 60: 54 person-days each in a quarter
    groups = [{"id": f"g{n}", "headcount": 6, "gaps": {"keu": 6}, "release": "15%"} for n in range(10)]
    plain = small(periods=["TW1", "TW2", "TW3", "TW4"], groups=groups, programmes={"hours": 24})
    # three days each: all six of each group in one quarter take 18 of 54
    assert best(plain) == ["60", "0"]
    # 100 days each: nobody in a quarter of 54 days, whatever is left of the year
    assert best(small(**plain | {"programmes": [plain["programmes"][0] | {"days": 100}]})) == ["0", "0"]
    # 20 days each: two people in each quarter (40 of 54), six of a group in three of the four quarters
    assert best(small(**plain | {"programmes": [plain["programmes"][0] | {"days": 20}]})) == ["60", "0"]
    # 30 days: one person in a quarter (30 of 54), four of the six in the year
    assert best(small(**plain | {"programmes": [plain["programmes"][0] | {"days": 30}]})) == ["40", "0"]


@proves("release", HAND)
def test_days_follow_from_hours_unless_they_are_given() -> None:
    # 12 JP are 1.5 days of 8 JP: 7 / 1.5 = 4 people, then 10.5 / 1.5 = 7, of whom ten are left
    assert best(small(**AWAY | {"programmes": {"hours": 12}})) == ["10", "0"]
    # of 6 JP a day they are 2 days: 7 / 2 = 3 people, then 10.5 / 2 = 5
    assert best(small(**AWAY | {"programmes": {"hours": 12}}, hours_per_day=6)) == ["8", "0"]
    # of 3 JP a day they are 4 days: nobody, for the periods have 2 and 3
    assert best(small(**AWAY | {"programmes": {"hours": 12}}, hours_per_day=3)) == ["0", "0"]
    # beside work
    assert best(small(**AWAY | {"programmes": {"hours": 12, "days": 0}})) == ["10", "0"]


@proves("release", HAND)
def test_a_long_course_takes_its_days_in_every_period_of_its_run() -> None:
    # 4 days over two periods are 2 in each: 7 / 2 = 3 people, and 10.5 / 2 = 5: three
    long: Plain = {"hours": 12, "days": 4, "lasts": 2}
    assert best(small(**AWAY | {"programmes": long})) == ["3", "0"]
    # 1 day and then 3: 7 / 1 = 7 people, and 10.5 / 3 = 3.5: three; 1 and 2: 7 and 5
    assert best(small(**AWAY | {"programmes": long | {"days": [1, 3]}})) == ["3", "0"]
    assert best(small(**AWAY | {"programmes": long | {"days": [1, 2]}})) == ["5", "0"]


def overlapping(days: int) -> Plain:
    """A course of two periods, and one of a single period that meets its second."""
    competencies = [{"id": c, "kind": "technical"} for c in ("a", "b")]
    return small(
        periods=PERIODS,
        competencies=competencies,
        groups={"gaps": {"a": 10, "b": 10}, "release": "50%"},
        programmes=[
            {"id": "panjang", "closes": {"a": 1}, "days": [1, 2], "lasts": 2},
            {"id": "pendek", "closes": {"b": 1}, "days": days, "periods": ["TW2"]},
        ],
    )


@proves("release", HAND)
def test_runs_that_overlap_share_the_days() -> None:
    # TW1: x <= 10. TW2: 2x + 2y <= 15, so that x + y <= 7; with y of one day, 2x + y <= 15: y = 10, x = 2
    assert best(overlapping(2)) == ["7", "0"]
    assert best(overlapping(1)) == ["12", "0"]


@proves("release", GOLDEN)
def test_the_rows_of_release(request: pytest.FixtureRequest) -> None:
    golden("release", overlapping(2), request)


def spent(found: Found, g: str) -> dict[str, Fraction]:
    """Person-days of a group by period."""
    days: dict[str, Fraction] = dict.fromkeys(found.instance.periods, Fraction(0))
    for (of, p, start), people in found.people.items():
        if of == g:
            for t, each in found.instance.away(p, start).items():
                days[t] += each * people
    return days


@proves("release", PROPERTY)
def test_every_plan_leaves_the_rest_of_each_group_at_work() -> None:
    full = 0

    def wanted(plain: Plain) -> bool:
        return any("release" in group for group in plain["groups"]) and "working_days" in plain.get("periods", [""])[-1]

    for found in plans(wanted, 160):
        for g, group in found.instance.groups.items():
            for t, away in spent(found, g).items() if "release" in group else ():
                most = number(group["release"]) * group["headcount"] * found.instance.working_days[t]
                assert away <= most, (found.seed, g, t)
                full += 0 < away > most - 1
    assert full > few(5, 6)


@proves("release", CHECK)
def test_the_check_finds_one_day_too_many_away() -> None:
    def plain(days: Any) -> Plain:
        return small(**AWAY | {"programmes": {"days": days, "lasts": 2}})

    # 7 and 10.5 person-days: 4 x 1.75 and 4 x 2.625 are within, a little more of each is not
    start = {("a", "bimtek", "TW1"): 4}
    assert not broken(plain([1.75, 2.625]), planned(plain([1.75, 2.625]), start))
    assert broken(plain([1.76, 2.625]), planned(plain([1.76, 2.625]), start)) == {"release"}
    assert broken(plain([1.75, 2.626]), planned(plain([1.75, 2.626]), start)) == {"release"}
    assert broken(plain([2, 3]), planned(plain([2, 3]), {("a", "bimtek", "TW2"): 1})) == {"eligibility"}, (
        "it cannot end"
    )
