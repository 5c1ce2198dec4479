"""Rules about people, each with a case solved by hand and the same case broken by one person."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.check.calendar import most_hours
from planner.check.eligible import too_long
from planner.check.jp_before import surely_reached
from planner.locale import speaking
from tests.scenarios.hand import broken, planned, read, scenario, verdict

BIMTEK = ("a", "bimtek", "TW1")


def test_people_who_need_and_want_training_may_have_it() -> None:
    plain = scenario()
    assert broken(plain, planned(plain, {BIMTEK: 10})) == set()


def test_a_plan_that_does_nothing_is_a_plan() -> None:
    plain = scenario()
    assert broken(plain, planned(plain, {})) == set()


def test_nobody_sits_in_a_programme_that_is_not_for_them() -> None:
    groups = [{"id": "a", "headcount": 10, "gaps": {"keu": 10}}, {"id": "b", "headcount": 10, "gaps": {"keu": 10}}]
    plain = scenario(groups=groups, programmes={"for": {"id": "b"}})
    assert broken(plain, planned(plain, {("b", "bimtek", "TW1"): 1})) == set()
    assert broken(plain, planned(plain, {BIMTEK: 1})) == {"eligibility"}


def test_nobody_sits_in_a_programme_in_a_period_it_is_not_held_in() -> None:
    plain = scenario(programmes={"periods": ["TW2"]})
    assert broken(plain, planned(plain, {("a", "bimtek", "TW2"): 1})) == set()
    assert broken(plain, planned(plain, {BIMTEK: 1})) == {"eligibility"}


def test_nobody_sits_in_a_programme_that_closes_none_of_their_gaps() -> None:
    plain = scenario(groups={"gaps": {"keu": 0}})
    assert broken(plain, planned(plain, {BIMTEK: 1})) == {"eligibility", "uptake"}


def test_at_most_the_willing_of_those_who_need_it_take_part_over_all_periods() -> None:
    plain = scenario(groups={"gaps": {"keu": 3}, "uptake": "70%"})
    two = planned(plain, {BIMTEK: 1, ("a", "bimtek", "TW2"): 1})
    assert verdict(plain, two).slack["uptake__a__bimtek"] == Fraction(1, 10)
    assert broken(plain, two) == set()
    assert broken(plain, planned(plain, {BIMTEK: 2, ("a", "bimtek", "TW2"): 1})) == {"uptake"}


def test_need_is_the_largest_gap_that_the_programme_closes() -> None:
    competencies = [{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}]
    plain = scenario(
        competencies=competencies,
        groups={"gaps": {"keu": 2, "kom": 5}},
        programmes={"closes": {"keu": 1, "kom": "50%"}},
    )
    five = planned(plain, {BIMTEK: 5})
    assert [row["closed"] for row in five["closings"]] == [2.0, 2.5]
    assert broken(plain, five) == set()
    assert broken(plain, planned(plain, {BIMTEK: 6})) == {"uptake"}


def test_socialization_raises_uptake_only_in_the_group_that_receives_it() -> None:
    measure = {"raises_uptake_to": "90%", "cost": 7, "account": "5.2.02.01.01.0001"}
    plain = scenario(groups={"uptake": "50%", "socialization": measure})
    row = {
        "fund": "apbd",
        "programme": None,
        "group": "a",
        "item": "socialization",
        "account": "5.2.02.01.01.0001",
        "period": "TW1",
    }
    nine = planned(plain, {BIMTEK: 9}, socialized=("a",), payments=[row | {"amount": 7}])
    assert broken(plain, nine) == set()
    assert "uptake" in broken(plain, nine | {"socialized": []})
    six = broken(plain, planned(plain, {BIMTEK: 6}))
    assert six == {"uptake", "attendance"}, "five are willing to attend anything"


def test_a_group_without_a_measure_cannot_be_socialized() -> None:
    plain = scenario()
    assert broken(plain, planned(plain, {}) | {"socialized": ["a"]}) == {"eligibility"}


@pytest.mark.parametrize(
    ("people", "families"), [(5, set()), (6, {"attendance"}), (8, {"attendance"}), (9, {"attendance", "max_hours"})]
)
def test_hours_are_limited_for_each_of_the_willing(people: int, families: set[str]) -> None:
    # 10 people x 50%: five, each with 2.7 JP, which hold one of two courses of 1.6 JP. The hours of all, 13.5 JP, would
    # hold 4 + 4 people (12.8 JP), and not 5 + 4 (14.4 JP)
    programmes = [
        {"id": "bimtek", "closes": {"keu": 1}, "hours": 1.6},
        {"id": "lain", "closes": {"keu": 1}, "hours": 1.6},
    ]
    plain = scenario(groups={"uptake": "50%", "max_hours": 2.7}, programmes=programmes)
    assert broken(plain, planned(plain, {BIMTEK: people - 4, ("a", "lain", "TW2"): 4})) == families


@pytest.mark.parametrize(("before", "told"), [(0, False), (1, True)])
def test_what_people_took_before_is_told_of_where_they_took_something(before: int, told: bool) -> None:
    programmes = [{"id": p, "closes": {"keu": 1}, "hours": 1.6} for p in ("bimtek", "lain")]
    limits = {"uptake": "50%", "max_hours": 2.7 + before, "hours_before": before}
    plain = scenario(groups=limits, programmes=programmes)
    found = verdict(plain, planned(plain, {BIMTEK: 5, ("a", "lain", "TW2"): 4})).findings
    (said,) = [str(finding) for finding in found if "14,4" in str(finding)]
    assert ("di samping 1 JP" in said) is told, said
    assert ("di samping" in said) is told, said


@pytest.mark.parametrize(("hours", "families"), [(2.5, set()), (2.6, {"max_hours"})])
def test_a_programme_longer_than_one_person_may_take_is_for_nobody(hours: float, families: set[str]) -> None:
    plain = scenario(groups={"max_hours": 2.5}, programmes={"hours": hours})
    made = planned(plain, {BIMTEK: 1})
    assert broken(plain, made) == families
    with speaking("en"):
        assert not any("taken before the plan" in str(finding) for finding in verdict(plain, made).findings)


@pytest.mark.parametrize(("before", "year", "families"), [
    (15, "2027", {"max_hours"}), (10, "2027", set()), (15, "2028", set()), (0, "2027", set()),
])  # fmt: skip
def test_what_was_taken_before_makes_a_programme_too_long_in_the_first_year_alone(
    before: int, year: str, families: set[str]
) -> None:
    periods = [{"id": each, "year": int(each)} for each in ("2027", "2028")]
    plain = scenario(periods=periods, groups={"max_hours": 20, "hours_before": before}, programmes={"hours": 10})
    assert broken(plain, planned(plain, {("a", "bimtek", year): 1})) >= families
    assert ("max_hours" in broken(plain, planned(plain, {("a", "bimtek", year): 1}))) is bool(families)


def test_findings_say_what_was_taken_before_the_plan() -> None:
    programmes = [{"id": p, "closes": {"keu": 1}, "hours": n} for p, n in (("bimtek", 11), ("lain", 10))]
    plain = scenario(groups={"max_hours": 24, "hours_before": 14}, programmes=programmes)
    made = planned(plain, {BIMTEK: 5, ("a", "lain", "TW2"): 5})
    made["attendance"] = [
        {"group": "a", "people": 5, "programmes": [{"programme": "bimtek", "period": "TW1"},
                                                   {"programme": "lain", "period": "TW2"}]}
    ]  # fmt: skip
    with speaking("en"):
        found = [str(finding) for finding in verdict(plain, made).findings]
    beside = "beside the 14 JP"
    assert any(f"has 11 JP; one person of group 'a' may take 10 {beside} taken before the plan." in f for f in found)
    assert any(f"takes 21 JP in a year; at most 10 are allowed {beside} taken before the plan." in f for f in found)
    made = planned(plain, {BIMTEK: 10})
    with speaking("en"):
        found = [str(finding) for finding in verdict(plain, made).findings]
    assert any(f"spends 110 JP in training in 2027; at most 100 are allowed {beside} that each" in f for f in found)


@pytest.mark.parametrize(("people", "families"), [(3, set()), (4, {"release"})])
def test_no_more_days_are_released_in_one_period_than_the_share(people: int, families: set[str]) -> None:
    # 39% x 10 x 120 days = 468 person-days: three people of 120 days, and a tenth of one more
    plain = scenario(groups={"release": "39%"}, programmes={"days": 120})
    plan = planned(plain, {BIMTEK: people, ("a", "bimtek", "TW2"): 3})
    assert broken(plain, plan) == families


@pytest.mark.parametrize(("days", "families"), [(11.7, set()), (11.8, {"release"})])
def test_released_days_are_not_rounded(days: float, families: set[str]) -> None:
    # 39% x 10 x 12 days = 46.8 person-days for four people
    plain = scenario(periods=[{"id": "TW1", "working_days": 12}], groups={"release": "39%"}, programmes={"days": days})
    assert broken(plain, planned(plain, {BIMTEK: 4})) == families


PAIR = [{"id": "dasar", "closes": {"kom": 1}}, {"id": "bimtek", "closes": {"keu": 1}, "requires": ["dasar"]}]
TWO = [{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}]


def test_a_prerequisite_is_taken_before_or_in_the_same_period() -> None:
    plain = scenario(competencies=TWO, groups={"gaps": {"keu": 4, "kom": 4}}, programmes=PAIR)
    same = {("a", "dasar", "TW1"): 3, BIMTEK: 3}
    assert broken(plain, planned(plain, same)) == set()
    later = {("a", "dasar", "TW2"): 3, BIMTEK: 3}
    assert broken(plain, planned(plain, later)) == {"requires"}
    assert broken(plain, planned(plain, same | {BIMTEK: 4})) == {"requires"}


def test_those_who_lack_nothing_it_teaches_skip_a_prerequisite() -> None:
    plain = scenario(competencies=TWO, groups={"gaps": {"keu": 4, "kom": 1}}, programmes=PAIR)
    assert broken(plain, planned(plain, {BIMTEK: 3})) == set()
    assert broken(plain, planned(plain, {BIMTEK: 4})) == {"requires"}
    assert broken(plain, planned(plain, {BIMTEK: 4, ("a", "dasar", "TW1"): 1})) == set()


def test_mentors_are_shared_by_the_programmes_of_their_pool_in_every_period() -> None:
    # 40% x (10 - 5) = 2 mentors: 3 people in threes and 2 in twos take 2 of them; 40% x (10 - 4) for 4 / 2
    programmes = [
        {"id": "bimtek", "closes": {"keu": 1}, "mentors": {"pool": "senior", "mentees_each": 3}},
        {"id": "coaching", "closes": {"keu": 1}, "mentors": {"pool": "senior", "mentees_each": 2}},
    ]
    plain = scenario(programmes=programmes, mentor_pools=[{"id": "senior", "from": {}, "share": "40%"}])
    fits = {BIMTEK: 3, ("a", "coaching", "TW1"): 2, ("a", "coaching", "TW2"): 4}
    assert verdict(plain, planned(plain, fits)).slack["mentors__senior__TW1"] == 0
    assert broken(plain, planned(plain, fits)) == set()
    assert broken(plain, planned(plain, fits | {BIMTEK: 4})) == {"mentors"}


def test_free_seats_go_to_participants_once_and_no_more_than_offered() -> None:
    funds = [
        {"id": "apbd", "kind": "own", "amount": 0},
        {"id": "komdigi", "kind": "partner", "amount": 0, "seats": {"bimtek": 3}},
        {"id": "unja", "kind": "partner", "amount": 0, "seats": {"bimtek": 3}},
    ]
    plain = scenario(funds=funds)
    seat = ("bimtek", "a", "TW1")
    assert broken(plain, planned(plain, {BIMTEK: 4}, seats={("komdigi", *seat): 3, ("unja", *seat): 1})) == set()
    assert broken(plain, planned(plain, {BIMTEK: 4}, seats={("komdigi", *seat): 3, ("unja", *seat): 2})) == {"seats"}
    assert broken(plain, planned(plain, {BIMTEK: 10}, seats={("komdigi", *seat): 4})) == {"seats"}
    assert broken(plain, planned(plain, {BIMTEK: 10}, seats={("apbd", *seat): 1})) == {"seats"}


@pytest.mark.parametrize(("raised", "families"), [("50%", {"socialization"}), ("60%", set())])
def test_a_socialization_raises_willingness_by_something(raised: str, families: set[str]) -> None:
    plain = scenario(groups={"uptake": "50%", "socialization": {"raises_uptake_to": raised, "cost": 0}})
    assert broken(plain, planned(plain, {BIMTEK: 1}, socialized=("a",))) == families


def test_the_willing_of_an_agency_are_counted_over_its_groups_for_each_programme() -> None:
    groups = [{"id": g, "agency": "A", "headcount": 9, "gaps": {"keu": 1}, "uptake": "50%"} for g in ("a", "b")]
    plain = scenario(groups=groups)
    one, two = planned(plain, {BIMTEK: 1}), planned(plain, {BIMTEK: 1, ("b", "bimtek", "TW1"): 1})
    assert verdict(plain, one).slack["uptake__A__bimtek__agency"] == 0
    assert broken(plain, one) == set()
    assert broken(plain, two) == {"uptake"}


@pytest.mark.parametrize("completed", [{"dasar": 1}, {}])
def test_who_is_ready_for_a_programme_is_counted_up_to_every_period(completed: dict[str, int]) -> None:
    """Two take dasar in TW1, which lasts two periods; one of five lacks nothing of it."""
    plain = scenario(
        periods=["TW1", "TW2", "TW3", "TW4"],
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "technical"}],
        groups={"gaps": {"keu": 4, "kom": 5}, "completed": completed},
        programmes=[
            {"id": "dasar", "closes": {"keu": 1}, "lasts": 2},
            {"id": "lanjut", "closes": {"kom": 1}, "requires": ["dasar"]},
        ],
    )
    people = {("a", "dasar", "TW1"): 2, ("a", "lanjut", "TW1"): 1, ("a", "lanjut", "TW3"): 1}
    slack = verdict(plain, planned(plain, people)).slack
    ready = len(completed)
    assert [slack[f"requires__a__lanjut__dasar__TW{n}"] - ready for n in (1, 2, 3, 4)] == [0, 0, 1, 1]


def test_jp_taken_before_lower_what_one_person_may_take_in_the_first_year_alone() -> None:
    periods = [{"id": "S1", "year": 2027}, {"id": "S2", "year": 2028}]
    years = read(scenario(periods=periods, groups={"max_hours": 20, "hours_before": 5}))
    assert [most_hours(years, years.groups[0], year) for year in ("2027", "2028")] == [15, 20]
    free = read(scenario(periods=periods, groups={"hours_before": 5}))
    assert most_hours(free, free.groups[0], "2027") is None
    fresh = read(scenario(periods=periods, groups={"max_hours": 20}))
    assert most_hours(fresh, fresh.groups[0], "2027") == 20


def test_the_longest_courses_go_first_to_those_who_stay_below_the_target_even_so() -> None:
    """One of four has done 10 JP; 15 and three times 5 JP leave all of them below 20, if the 10 JP meet 5."""
    sent = [(Fraction(15), 1), (Fraction(5), 3)]
    assert surely_reached(4, {"10": 1}, sent, 20) == 0
    assert surely_reached(4, {"10": 1}, [(Fraction(15), 4)], 20) == 1
    assert surely_reached(2, {}, [], 1) == 0
    assert surely_reached(2, {"20": 2}, [], 20) == 2


def test_a_course_over_two_years_is_too_long_where_either_year_has_too_many_hours() -> None:
    """Thirty hours over three periods, two of them in the first year: 20 and 10."""
    periods = [{"id": "A", "year": 2027}, {"id": "B", "year": 2027}, {"id": "C", "year": 2028}]
    for most, before, long in ((20, 0, False), (19, 0, True), (20, 1, True), (30, 10, False)):
        group = {"max_hours": most, "hours_before": before}
        found = read(scenario(periods=periods, groups=group, programmes={"hours": 30, "lasts": 3}))
        assert too_long(found, found.groups[0], found.programmes[0]) is long
