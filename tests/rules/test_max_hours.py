"""Hours: how long the people of a group may be away for training."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest

from tests.oracle.plain import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned

SOCIALIZED: Plain = {"uptake": "50%", "socialization": {"raises_uptake_to": "80%", "cost": 4}}

LIMITED: Plain = {
    "competencies": [{"id": c, "kind": "technical"} for c in ("keu", "kom")],
    "groups": {"max_hours": 3, "gaps": {"keu": 10, "kom": 10}, **SOCIALIZED},
    "programmes": [
        {"id": "bimtek", "closes": {"keu": 1}, "hours": 3},
        {"id": "lain", "closes": {"kom": 0.5}, "hours": 3},
    ],
}
"""Three JP for each willing person, in two programmes of three JP, one of which closes half of the gaps."""


@proves("max_hours", HAND)
def test_a_group_learns_no_longer_than_its_willing_may() -> None:
    # half of 10 people willing: 15 JP, five people in one of the programmes; with socialization 8 x 3 = 24 JP, eight
    assert best(small(**LIMITED)) == ["8", "4"]
    assert best(small(**LIMITED, funds={"amount": 3})) == ["5", "0"]
    # without the limit both programmes take all who are willing: 8 + 4
    unlimited = LIMITED | {"groups": {"gaps": {"keu": 10, "kom": 10}, **SOCIALIZED}}
    assert best(small(**unlimited)) == ["12", "4"]


@proves("max_hours", HAND)
def test_a_programme_longer_than_one_person_may_take_is_closed_to_the_group() -> None:
    # a limit of 20 JP and a course of 40: nobody, though 200 JP would be enough for five people
    assert best(small(groups={"max_hours": 20}, programmes={"hours": 40})) == ["0", "0"]
    assert best(small(groups={"max_hours": 40}, programmes={"hours": 40})) == ["10", "0"]


@proves("max_hours", GOLDEN)
def test_the_rows_of_hours(request: pytest.FixtureRequest) -> None:
    golden("max_hours", small(**LIMITED), request)


@proves("max_hours", PROPERTY)
def test_every_plan_keeps_the_hours_of_each_group() -> None:
    def is_tight(plain: Plain) -> bool:
        most = [number(group["max_hours"]) for group in plain["groups"] if "max_hours" in group]
        hours = [number(programme.get("hours", 0)) for programme in plain["programmes"]]
        return any(n and sum(length for length in hours if length <= n) > n for n in most)

    spent_all = 0
    for found in plans(is_tight, 60):
        lengths = {p: number(programme.get("hours", 0)) for p, programme in found.instance.programmes.items()}
        for g, group in found.instance.groups.items():
            if "max_hours" in group:
                hours = sum((n * lengths[p] for (of, p, _t), n in found.people.items() if of == g), Fraction(0))
                most = number(group["max_hours"]) * ceil(group["headcount"] * found.willing(g))
                assert hours <= most, (found.seed, g)
                longest = max((lengths[p] for of, p, _t in found.people if of == g), default=Fraction(0))
                assert longest <= number(group["max_hours"]), (found.seed, g)
                spent_all += hours > 0 and any(hours + lengths[p] > most for p, _t in found.instance.slots[g])
    assert spent_all > few(3)


LONG: Plain = {
    "competencies": [{"id": c, "kind": "technical"} for c in "abc"],
    "groups": {"max_hours": 20, "gaps": dict.fromkeys("abc", 10)},
    "programmes": [{"id": f"p{c}", "closes": {c: 1}, "hours": 12} for c in "abc"],
}
"""Ten people who may take 20 JP each, and three courses of 12 JP."""

MIXED: Plain = LONG | {
    "programmes": [
        {"id": f"p{c}", "closes": {c: 1}, "hours": hours} for c, hours in zip("abc", (11, 11, 9), strict=True)
    ]
}


@proves("max_hours", HAND)
def test_one_person_takes_one_course_of_more_than_half_the_hours() -> None:
    # 10 x 20 = 200 JP would be 16 courses of 12 JP; but each person takes one: ten
    assert best(small(**LONG)) == ["10", "0"]
    # two of 12 JP within 24 each: twenty
    assert best(small(**LONG | {"groups": LONG["groups"] | {"max_hours": 24}})) == ["20", "0"]


@proves("max_hours", HAND)
def test_two_short_courses_and_a_long_one() -> None:
    # courses of 8, 8 and 12 JP within 20: everybody takes two of the three, in any combination: twenty
    hours = zip("abc", (8, 8, 12), strict=True)
    programmes = [{"id": f"p{c}", "closes": {c: 1}, "hours": n} for c, n in hours]
    assert best(small(**LONG | {"programmes": programmes})) == ["20", "0"]


@proves("max_hours_courses", HAND)
def test_of_long_courses_each_takes_one_however_the_hours_add_up() -> None:
    # 11, 11 and 9 JP within 20: 9 + 11 fill a person, so that all hours could be used; 11 + 11 do not fit. Of the two
    # of 11 JP ten seats in all, and ten of the one of 9 JP: twenty. At 19 JP nobody takes two: ten
    assert best(small(**MIXED)) == ["20", "0"]
    assert best(small(**MIXED | {"groups": MIXED["groups"] | {"max_hours": 19}})) == ["10", "0"]
    # without the short one, ten in all, though 200 JP are 18 courses of 11 JP
    assert best(small(**MIXED | {"programmes": MIXED["programmes"][:2]})) == ["10", "0"]


@proves("max_hours_courses", GOLDEN)
def test_the_rows_of_long_courses(request: pytest.FixtureRequest) -> None:
    # the long ones are worth more, so that hours alone would fill with them: 11 x + 9 y <= 200
    weights = [{"id": c, "kind": "technical", "weight": w} for c, w in zip("abc", (3, 3, 1), strict=True)]
    golden("max_hours_courses", small(**MIXED | {"competencies": weights}, periods=["TW1"]), request)


@proves("max_hours_courses", PROPERTY)
def test_in_every_plan_long_courses_are_no_more_than_people() -> None:
    met = 0
    for found in plans(lambda plain: any("max_hours" in group for group in plain["groups"]), 60, every=1):
        lengths = {p: number(programme.get("hours", 0)) for p, programme in found.instance.programmes.items()}
        for g, group in found.instance.groups.items():
            if "max_hours" in group:
                long = sum(
                    n
                    for (of, p, _t), n in found.people.items()
                    if of == g and 2 * lengths[p] > number(group["max_hours"])
                )
                assert long <= ceil(group["headcount"] * found.willing(g)), (found.seed, g)
                met += long > 0
    assert met > 3


@proves("max_hours_courses", CHECK)
def test_the_check_finds_a_person_with_two_long_courses() -> None:
    plain = small(**MIXED)
    one_each = {("a", "pa", "TW1"): 5, ("a", "pb", "TW1"): 5}
    assert not broken(plain, planned(plain, one_each))
    # eleven people would be one more than there are; ten, of whom one takes both
    assert broken(plain, planned(plain, one_each | {("a", "pb", "TW1"): 6})) == {"attendance"}
    made = planned(plain, one_each | {("a", "pb", "TW1"): 6})
    both = [{"programme": p, "period": "TW1"} for p in ("pa", "pb")]
    rows = [(4, both[:1]), (5, both[1:]), (1, both)]
    made["attendance"] = [{"group": "a", "people": n, "programmes": programmes} for n, programmes in rows]
    assert broken(plain, made) == {"max_hours"}


@proves("max_hours", CHECK)
def test_the_check_finds_one_participant_beyond_the_hours() -> None:
    plain = small(**LIMITED)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 3, ("a", "lain", "TW2"): 2}))
    # a sixth participant is a sixth person, since each takes one course; five are willing
    beyond = planned(plain, {("a", "bimtek", "TW1"): 3, ("a", "lain", "TW2"): 3})
    assert broken(plain, beyond) == {"max_hours", "attendance"}


@proves("max_hours", CHECK)
def test_the_check_finds_a_participant_in_a_course_too_long_for_one_person() -> None:
    plain = small(groups={"max_hours": 20}, programmes={"hours": 21})
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 1})) == {"max_hours"}


TWO_YEARS: list[Plain] = [{"id": "TW1", "year": 2027}, {"id": "TW2", "year": 2028}]


@proves("max_hours", HAND)
def test_hours_are_counted_in_each_year() -> None:
    taught: Plain = {"competencies": LIMITED["competencies"], "programmes": LIMITED["programmes"]}
    group: Plain = {"max_hours": 3, "gaps": {"keu": 10, "kom": 10}}
    # in one year ten people take one of the two courses; in two years both, in which 10 + 5 gaps are closed
    assert best(small(**taught, groups=group)) == ["10", "0"]
    assert best(small(**taught, groups=group, periods=TWO_YEARS)) == ["15", "0"]


@proves("max_hours", HAND)
def test_a_course_over_two_years_has_its_hours_in_both() -> None:
    course: Plain = {"hours": 6, "lasts": 2}
    # six JP, three of them in each year; within one year they are too long for a person
    assert best(small(groups={"max_hours": 3}, programmes=course, periods=TWO_YEARS)) == ["10", "0"]
    assert best(small(groups={"max_hours": 3}, programmes=course)) == ["0", "0"]
    assert best(small(groups={"max_hours": 2.9}, programmes=course, periods=TWO_YEARS)) == ["0", "0"]
    # a start that lies within 2028 is closed, the one that spans the years is open
    three = [*TWO_YEARS, {"id": "TW3", "year": 2028}]
    assert best(small(groups={"max_hours": 3}, programmes=course, periods=three)) == ["10", "0"]
    within = course | {"periods": ["TW2"]}
    assert best(small(groups={"max_hours": 3}, programmes=within, periods=three)) == ["0", "0"]


@proves("max_hours", CHECK)
def test_the_check_counts_hours_in_each_year() -> None:
    people = {("a", "bimtek", "TW1"): 5, ("a", "lain", "TW2"): 5}
    half: Plain = LIMITED | {"groups": {"max_hours": 3, "gaps": {"keu": 10, "kom": 10}, "uptake": "50%"}}
    assert not broken(small(**half, periods=TWO_YEARS), planned(small(**half, periods=TWO_YEARS), people))
    assert broken(small(**half), planned(small(**half), people)) == {"max_hours", "attendance"}


DONE: Plain = LIMITED | {"groups": {"max_hours": 3, "hours_before": 1, "gaps": {"keu": 10, "kom": 10}}}
"""Three JP for each person in a year, of which one was taken before the plan: no course fits into the first year."""


@proves("max_hours", HAND)
def test_hours_taken_before_are_of_the_first_year_alone() -> None:
    # nobody may take 3 more JP in 2027; in 2028 all ten take the better course, and in a third year the other one
    three = [*TWO_YEARS, {"id": "TW3", "year": 2029}]
    assert best(small(**DONE)) == ["0", "0"]
    assert best(small(**DONE, periods=TWO_YEARS)) == ["10", "0"]
    assert best(small(**DONE, periods=three)) == ["15", "0"]
    # a course of two JP fits beside it, and no second one; a run over both years has one and a half in each
    short: Plain = DONE | {"programmes": [{**each, "hours": 2} for each in DONE["programmes"]]}
    assert best(small(**short)) == ["10", "0"]
    over_years: Plain = DONE | {"programmes": {"hours": 3, "lasts": 2}}
    assert best(small(**over_years, periods=TWO_YEARS)) == ["10", "0"]
    assert best(small(**over_years | {"programmes": {"hours": 5, "lasts": 2}}, periods=TWO_YEARS)) == ["0", "0"]


@proves("max_hours", CHECK)
def test_the_check_counts_hours_taken_before_in_the_first_year() -> None:
    plain = small(**DONE, periods=TWO_YEARS)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW2"): 10}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 1})) == {"max_hours"}
    short = small(**DONE | {"programmes": [{**each, "hours": 2} for each in DONE["programmes"]]})
    assert not broken(short, planned(short, {("a", "bimtek", "TW1"): 5, ("a", "lain", "TW2"): 5}))
    assert broken(short, planned(short, {("a", "bimtek", "TW1"): 5, ("a", "lain", "TW2"): 6})) == {
        "max_hours", "attendance",
    }  # fmt: skip
