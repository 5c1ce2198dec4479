"""The best use of chances over several years: exact where filling the best courses first is not."""

from __future__ import annotations

import random
from fractions import Fraction

from planner.check.chances import YearSeats, largest_use
from planner.domain.chances import chances
from planner.domain.chances_of_years import Course, Limits, best_use
from planner.domain.scenario import Scenario
from tests.oracle.years import best_chances
from tests.scenarios.hand import broken, planned, scenario


def test_a_course_that_closes_much_makes_way_for_two_that_close_more() -> None:
    groups = [
        {"id": "g", "agency": "A", "headcount": 1, "gaps": {"keu": 1}, "uptake": "50%"},
        {
            "id": "h",
            "agency": "A",
            "headcount": 3,
            "gaps": {"keu": 1},
            "new_gaps": {"2028": {"keu": 2}},
            "uptake": "50%",
        },
    ]
    programmes = [
        {"id": "mahir", "closes": {"keu": "90%"}},
        {"id": "dasar", "closes": {"keu": "60%"}},
    ]
    periods = ["TW1", {"id": "TW2", "year": 2028}]
    plain = scenario(periods=periods, groups=groups, programmes=programmes)
    # one chance in 2027, (1 + 1) x 50%, and two by 2028, (1 + 3) x 50%; g has one in all. Filled first, mahir takes
    # both that of 2027 and that of g: 0.9. Without it g has its chance in 2028 and h that of 2027: 0.6 + 0.6
    people = {("g", "mahir", "TW1"): 1, ("g", "dasar", "TW2"): 1, ("h", "dasar", "TW1"): 1}
    taken = chances(Scenario.model_validate(plain), people, ())
    assert taken == {("g", "mahir", "keu"): 0, ("g", "dasar", "keu"): 1, ("h", "dasar", "keu"): 1}
    plan = planned(plain, people)
    assert plan["gaps_closed"] == 1.2
    assert [(row["need"], row["closed"]) for row in plan["years"]] == [(2, 0.9), (4, 1.2)]
    assert not broken(plain, plan)


def test_three_ways_to_find_it_agree() -> None:
    improved = 0
    for seed in range(80):
        dice = random.Random(seed)
        steps, groups = dice.randint(2, 3), ["a", "b", "c"][: dice.randint(2, 3)]
        courses = [
            Course(Fraction(dice.randint(1, 4), 4), g, p, step, dice.randint(1, 3))
            for g in groups
            for p in ("p", "q")
            for step in range(steps)
            if dice.random() < 0.6
        ]
        courses.sort(key=lambda course: -course.worth)
        of_group = {g: Fraction(0) for g in groups}
        limits = []
        for _ in range(steps):
            of_group = {g: n + dice.randint(0, 2) for g, n in of_group.items()}
            limits.append(Limits(of_group, Fraction(dice.randint(3, 10), 10) * sum(of_group.values())))
        limits = [Limits(each.of_group, max(one.together for one in limits[: n + 1])) for n, each in enumerate(limits)]
        used = [best_use(courses, limits, shared=True)[course] for course in courses]
        seats = [YearSeats(course.group, course.step, course.people, course.worth) for course in courses]
        agency = [each.together for each in limits]
        assert used == largest_use(seats, [dict(each.of_group) for each in limits], agency), seed
        rows = []
        for step, each in enumerate(limits):
            so_far = [n for n, course in enumerate(courses) if course.step <= step]
            rows += [(frozenset(n for n in so_far if courses[n].group == g), each.of_group[g]) for g in groups]
            rows.append((frozenset(so_far), each.together))
        counts = tuple(course.people for course in courses)
        assert tuple(used) == best_chances(counts, tuple(course.worth for course in courses), tuple(rows)), seed
        filled = best_use(courses, limits, shared=False)
        improved += sum(course.worth * filled[course] for course in courses) < sum(
            course.worth * n for course, n in zip(courses, used, strict=True)
        )
    assert improved > 1
