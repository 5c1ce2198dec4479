"""Mentors: seniors can take only so many juniors at a time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.model.rules.mentors import mentors
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Plain, plans
from tests.rules.small import best, golden, small, solver_says
from tests.sampled import few
from tests.scenarios.hand import broken, planned


def mentored(share: str, *mentees: int, seniors: Plain | None = None, **programme: Any) -> Plain:
    """One programme for each number of mentees, closing a gap of its own of 10 people, in a single period.

    The mentors come from 25 other people, or from the groups that `seniors` selects.
    """
    names = [f"p{number}" for number in range(len(mentees))]
    return small(
        periods=["TW1"],
        competencies=[{"id": name, "kind": "managerial"} for name in names],
        groups=[
            {"id": "a", "headcount": 10, "gaps": dict.fromkeys(names, 10)},
            {"id": "senior", "headcount": 25},
        ],
        mentor_pools=[{"id": "senior", "from": {"id": "senior"} if seniors is None else seniors, "share": share}],
        programmes=[
            {"id": name, "closes": {name: 1}, "mentors": {"pool": "senior", "mentees_each": each}, **programme}
            for name, each in zip(names, mentees, strict=True)
        ],
    )


@proves("mentors", HAND)
def test_a_mentor_takes_so_many_and_a_share_of_the_seniors_are_mentors() -> None:
    # 10% of 25 are 2.5 mentors, of three people each: 7.5; nothing is rounded but the people
    assert best(mentored("10%", 3)) == ["7", "0"]
    assert best(mentored("20%", 3)) == ["10", "0"]


@proves("mentors", HAND)
def test_programmes_share_the_mentors_of_a_pool() -> None:
    # 2.5 mentors: x/3 + y/2 <= 2.5; seven in the first programme, for which 7/3 are busy, are the most
    assert best(mentored("10%", 3, 2)) == ["7", "0"]
    # three mentors: x/3 + y/2 <= 3; nine in the first are as many as ten, for which 10/3 is too much
    assert best(mentored("12%", 3, 2)) == ["9", "0"]
    # five: ten in the first take 10/3, and 5/3 are left for three in the second
    assert best(mentored("20%", 3, 2)) == ["13", "0"]


@proves("mentors", HAND)
def test_those_who_are_mentored_are_no_mentors_in_that_period() -> None:
    # all 35 people: 10% of 35 - x mentors for x / 3 mentees, x <= 3.5 / (1/3 + 1/10) = 8.07
    assert best(mentored("10%", 3, seniors={})) == ["8", "0"]
    # the ten alone, half of them: x <= 5 / (1 + 1/2) = 3.33
    assert best(mentored("50%", 1, seniors={"id": "a"})) == ["3", "0"]
    # two mentors to every ten who are not mentored: x / 2 <= 20% of (10 - x - y), and y of the other programme too
    assert best(mentored("20%", 2, 2, seniors={"id": "a"})) == ["2", "0"]


@proves("mentors", HAND)
@pytest.mark.parametrize("people", [1, 2, 3])
def test_somebody_is_left_to_mentor_however_many_each_takes(people: int) -> None:
    # two million mentees each: a solver sees no share of one, and all of them might be mentored, by nobody
    alone = mentored("100%", 2_000_000, seniors={"id": "a"})
    alone["groups"] = [{"id": "a", "headcount": people, "gaps": {"p0": people}}]
    assert best(alone) == [str(people - 1), "0"]
    assert solver_says(alone)[0] == people - 1


@proves("mentors", HAND)
def test_mentors_are_busy_in_every_period_of_a_run() -> None:
    # 2.5 mentors of three people each, for each of two periods: seven and seven, of ten
    plain = mentored("10%", 3) | {"periods": ["TW1", "TW2"]}
    assert best(plain) == ["10", "0"]
    plain["programmes"][0]["lasts"] = 2
    # a run of both periods takes the mentors for both
    assert best(plain) == ["7", "0"]


@proves("mentors", GOLDEN)
def test_the_rows_of_mentors(request: pytest.FixtureRequest) -> None:
    golden("mentors", mentored("20%", 3, 2, seniors={"id": ["a", "senior"]}), request)


@proves("mentors", PROPERTY)
def test_every_plan_has_mentors_enough_in_each_period() -> None:
    busy_pools = 0
    for found in plans(lambda plain: any("mentors" in programme for programme in plain["programmes"]), 60):
        juniors = {p: q["mentors"] for p, q in found.instance.programmes.items() if "mentors" in q}
        for pool in found.plain["mentor_pools"]:
            for t in found.instance.periods:
                running = {
                    (g, p): n for (g, p, u), n in found.people.items()
                    if p in juniors and t in found.instance.running(p, u)
                }  # fmt: skip
                groups = {g: sum(n for (of, _p), n in running.items() if of == g) for g, _p in running}
                busy = sum((Fraction(n, juniors[p]["mentees_each"]) for (_g, p), n in running.items()), Fraction(0))
                assert busy <= found.instance.mentors(pool, groups) or not running, (found.seed, t)
                busy_pools += found.instance.mentors(pool, groups) - 1 < busy > 0
    assert busy_pools > few(5)


@proves("mentors", CHECK)
def test_the_check_finds_one_mentee_too_many() -> None:
    plain = mentored("10%", 3)
    assert not broken(plain, planned(plain, {("a", "p0", "TW1"): 7}))
    assert broken(plain, planned(plain, {("a", "p0", "TW1"): 8})) == {"mentors"}


@proves("mentors", CHECK)
def test_the_check_takes_those_who_are_mentored_off_the_mentors() -> None:
    plain = mentored("50%", 1, seniors={"id": "a"})
    assert not broken(plain, planned(plain, {("a", "p0", "TW1"): 3}))
    assert broken(plain, planned(plain, {("a", "p0", "TW1"): 4})) == {"mentors"}


@proves("mentors", HAND)
def test_the_mentees_of_every_pool_are_missing_among_the_mentors_of_another() -> None:
    # a tenth of a mentor for each mentee of p0, of five; of the ten of a who are not mentored half mentor p1, two each:
    # (x0 + x1) / 2 + x1 / 2 <= 5, so ten in p0, or five in p1
    plain = mentored("20%", 10, 2)
    plain["mentor_pools"].append({"id": "lain", "from": {"id": "a"}, "share": "50%"})
    plain["programmes"][1]["mentors"]["pool"] = "lain"
    assert best(plain) == ["10", "0"]
    assert solver_says(plain)[0] == 10
    plain["programmes"][0]["class_size"], plain["programmes"][0]["classes"] = {"max": 4}, {"max": 1}
    assert solver_says(plain)[0] == 7  # four in p0, and 4 / 2 + x1 <= 5


@proves("mentors", HAND)
@pytest.mark.parametrize("people", [2, 3])
def test_the_row_that_leaves_somebody_to_mentor_is_there_where_a_share_is_too_small(people: int) -> None:
    few_each, many_each = mentored("100%", 2, seniors={"id": "a"}), mentored("100%", 2_000_000, seniors={"id": "a"})
    found = []
    for plain in (few_each, many_each):
        plain["groups"] = [{"id": "a", "headcount": people, "gaps": {"p0": people}}]
        rows = mentors(build(Scenario.model_validate(plain)).parts)
        found.append([row.rhs for row in rows if "somebody is left" in row.key])
    assert found == [[], [people - 1]]


@proves("mentors", HAND)
def test_mentees_who_are_no_mentors_leave_no_fewer_to_mentor() -> None:
    # two seniors mentor all ten of a at once: nobody of the two is mentored
    plain = mentored("100%", 2_000_000)
    plain["groups"][1]["headcount"] = 2
    assert best(plain) == ["10", "0"]
    assert solver_says(plain)[0] == 10
