"""Requires: the basics come first."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Plain, plans
from tests.rules.small import best, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned


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
    # all ten take both; with half of ten working days, and five days for each course, ten seats are what there is
    assert best(advanced(basics_in="TW1")) == ["20", "0"]
    plain = advanced(basics_in="TW1")
    plain["periods"] = [{"id": t, "working_days": 10} for t in ("TW1", "TW2")]
    plain["groups"][0]["release"] = "50%"
    for programme in plain["programmes"]:
        programme["days"] = 5
    # five take the basics, and the same five the advanced course
    assert best(plain) == ["10", "0"]


def long_basics(lasts: int, start: str = "TW1", **group: Any) -> Plain:
    """Basics of several periods, and the advanced course that may start in any of three periods."""
    plain = advanced(basics_in=start)
    plain["periods"] = ["TW1", "TW2", "TW3"]
    plain["programmes"][0]["lasts"] = lasts
    del plain["programmes"][1]["periods"]
    plain["groups"][0] |= group
    return plain


@proves("requires", HAND)
def test_the_advanced_course_starts_after_the_end_of_long_basics() -> None:
    # basics of TW1 and TW2 are over in TW3, in which all ten take the advanced course; of three periods, never
    assert best(long_basics(1)) == ["20", "0"]
    assert best(long_basics(2)) == ["20", "0"]
    assert best(long_basics(3)) == ["10", "0"]
    # basics of TW2 and TW3 leave no period after them
    assert best(long_basics(2, "TW2")) == ["10", "0"]
    # the advanced course is held in TW2 only: then basics of two periods are too late, those of one are not
    for lasts, closed in ((1, "20"), (2, "10")):
        plain = long_basics(lasts)
        plain["programmes"][1]["periods"] = ["TW2"]
        assert best(plain) == [closed, "0"]


@proves("requires", HAND)
def test_people_who_completed_the_basics_before_are_ready() -> None:
    # basics that come too late: the 10 of them close their gap there; 3 completed them before and take the advanced
    assert best(long_basics(3, completed={"dasar": 3})) == ["13", "0"]
    # they are added to those who may skip: 4 lack the basics, 6 may skip, and 3 more completed them: 4 + 9
    assert best(long_basics(3, completed={"dasar": 3}, gaps={"keu": 10, "dasar": 4})) == ["13", "0"]
    assert best(long_basics(3, completed={"dasar": 3}, gaps={"keu": 10, "dasar": 6})) == ["13", "0"]


@proves("requires", HAND)
def test_those_who_lack_nothing_of_the_basics_may_skip_them() -> None:
    # 4 lack the basics and close them later; the other 10 - 4 = 6 take the advanced course at once
    assert best(advanced(basics_in="TW2", gap=4)) == ["10", "0"]
    assert best(advanced(basics_in="TW2", gap=4, requires=False)) == ["14", "0"]


def either(*needed: str, held: tuple[str, ...] = ("TW1",)) -> Plain:
    """An advanced course of 10 people after any of `needed`: basics for 3 of them, a course for 4, both in TW1."""
    courses = [("dasar", 3), ("kursus", 4)]
    return small(
        competencies=[{"id": name, "kind": "technical"} for name in ("keu", "dasar", "kursus")],
        groups={"headcount": 40, "gaps": {"keu": 10, **dict(courses)}},
        programmes=[
            *({"id": name, "closes": {name: 1}, "periods": list(held)} for name, _people in courses),
            {"id": "lanjutan", "closes": {"keu": 1}, "requires": [{"any": list(needed)}]},
        ],
    )


@proves("requires", HAND)
def test_any_of_several_is_enough() -> None:
    # 10 - 3 may skip the basics, the largest of the differences; with 3 in them, or in either, all 10 go on
    assert best(either("dasar")) == best(either("dasar", "kursus")) == ["17", "0"]
    # the courses come later: 7 in the first period, and the others with those of the courses
    assert best(either("dasar", "kursus", held=("TW2",))) == ["17", "0"]
    late = either("dasar", "kursus", held=("TW2",))
    late["programmes"][2]["periods"] = ["TW1"]
    # nobody has had either before the only period of the advanced course: 10 - 3 may skip, and 3 + 4 take the courses
    assert best(late) == ["14", "0"]


@proves("requires", CHECK)
def test_the_check_counts_those_who_had_any_of_several() -> None:
    plain = either("dasar", "kursus")
    both = {("a", "dasar", "TW1"): 1, ("a", "kursus", "TW1"): 1}
    assert not broken(plain, planned(plain, both | {("a", "lanjutan", "TW1"): 9}))
    assert broken(plain, planned(plain, both | {("a", "lanjutan", "TW1"): 10})) == {"requires"}


@proves("requires", GOLDEN)
def test_the_rows_of_requires(request: pytest.FixtureRequest) -> None:
    plain = long_basics(2, completed={"dasar": 3})
    plain["programmes"][0] |= {"class_size": {"max": 4}, "classes": {"max": 1}}
    golden("requires", plain, request)


@proves("requires", HAND)
def test_those_who_may_skip_are_the_most_of_the_years_so_far() -> None:
    def plain(new_gaps: Plain) -> Plain:
        return small(
            periods=["TW1", {"id": "TW2", "year": 2028}],
            competencies=[{"id": c, "kind": "technical"} for c in ("keu", "arsip")],
            groups={"headcount": 20, "gaps": {"keu": 6, "arsip": 4}, "new_gaps": {"2028": new_gaps}},
            programmes=[
                {"id": "dasar", "closes": {"arsip": 1}, "periods": ["TW2"]},
                {"id": "lanjutan", "closes": {"keu": 1}, "requires": ["dasar"], "periods": ["TW1", "TW2"]},
            ],
        )

    # 2027: 6 - 4 = 2 may skip; 2028: 6 - 9, so 2 still may: who took it in 2027 needed nothing first
    more_basics = plain({"arsip": 5})
    assert not broken(more_basics, planned(more_basics, {("a", "lanjutan", "TW1"): 2}))
    assert broken(more_basics, planned(more_basics, {("a", "lanjutan", "TW1"): 3})) == {"requires"}
    # 2028: 9 - 4 = 5 may skip, in 2027 only 2
    recruits = plain({"keu": 3})
    five = {("a", "lanjutan", "TW1"): 2, ("a", "lanjutan", "TW2"): 3}
    assert not broken(recruits, planned(recruits, five))
    assert broken(recruits, planned(recruits, five | {("a", "lanjutan", "TW2"): 4})) == {"requires"}
    # all 4 take the basics in 2028, and 9 the course: 4 + 9
    assert best(recruits) == ["13", "0"]


@proves("requires", PROPERTY)
def test_every_plan_gives_the_basics_first() -> None:
    seen = 0
    for found in plans(lambda plain: any("requires" in programme for programme in plain["programmes"]), 120):
        for p, programme in found.instance.programmes.items():
            for needed in programme.get("requires", []):
                enough = set(needed["any"]) if isinstance(needed, dict) else {needed}
                for g in found.instance.groups:
                    completed = sum(found.instance.groups[g].get("completed", {}).get(q, 0) for q in enough)
                    skipping = 0
                    for place, t in enumerate(found.instance.periods, start=1):
                        need = partial(found.instance.need, year=found.instance.year[t])
                        skipping = max(skipping, *(need(g, p) - need(g, q) for q in enough))
                        room = completed + skipping
                        finished = ((q, u) for q in enough for u in found.instance.finished(q, t))
                        ended = sum(found.people.get((g, q, u), 0) for q, u in finished)
                        taken = sum(found.people.get((g, p, u), 0) for u in found.instance.periods[:place])
                        assert taken <= room + ended, (found.seed, g, p, enough, t)
                        seen += taken == room + ended and found.people.get((g, p, t), 0) > 0
    assert seen > few(5)


@proves("requires", CHECK)
def test_the_check_finds_one_person_ahead_of_the_basics() -> None:
    plain = advanced(basics_in="TW2", gap=4)
    later = {("a", "dasar", "TW2"): 4}
    assert not broken(plain, planned(plain, {("a", "lanjutan", "TW1"): 6, **later}))
    assert broken(plain, planned(plain, {("a", "lanjutan", "TW1"): 7, **later})) == {"requires"}


@proves("requires", CHECK)
def test_the_check_finds_a_follow_up_before_the_end_of_the_basics() -> None:
    plain, basics = long_basics(2, completed={"dasar": 3}), {("a", "dasar", "TW1"): 5}
    assert not broken(plain, planned(plain, basics | {("a", "lanjutan", "TW2"): 3, ("a", "lanjutan", "TW3"): 5}))
    assert broken(plain, planned(plain, basics | {("a", "lanjutan", "TW2"): 4})) == {"requires"}
    assert broken(plain, planned(plain, basics | {("a", "lanjutan", "TW3"): 9})) == {"requires"}
