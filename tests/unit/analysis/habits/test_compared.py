"""What offices do by habit, made into plans: recognizable, feasible, and never better than the best plan."""

from __future__ import annotations

from typing import Any

import pytest

from planner.analysis.habits.compared import Habit, Habits, habits
from planner.analysis.habits.office_rules import NewSheet, as_last_year, by_headcount, by_priority
from planner.analysis.habits.planners_sheet import OfficeAllocation, PlannersSheet
from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.analysis.plans.moves import people_of
from planner.domain.scenario import Scenario
from tests.sampled import few, some
from tests.scenarios.builders import scenario as small
from tests.unit.analysis.plans import assert_passes, inquiry, most_gaps, tiny_ones


def classroom(**changes: Any) -> Scenario:
    """Two groups of 60 and 20 people who all lack one competency; a class of 5 to 10 costs Rp1,000 in all."""
    plain: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "kelas", "fiscal_year": 2027},
        "competencies": [{"id": "keu", "kind": "technical"}],
        "groups": [
            {"id": "besar", "headcount": 60, "gaps": {"keu": 60}},
            {"id": "kecil", "headcount": 20, "gaps": {"keu": 20}},
        ],
        "programmes": [
            {
                "id": "bimtek",
                "closes": {"keu": 1},
                "class_size": {"min": 5, "max": 10},
                "costs": [{"item": "Narasumber", "per": "class", "price": 1000}],
            }
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": 4000}],
    }
    return Scenario.model_validate(plain | changes)


def new_sheet(scenario: Scenario) -> NewSheet:
    return lambda most_classes: PlannersSheet(scenario, most_classes)


def of(answer: Habits, name: str) -> Habit:
    return next(habit for habit in answer.habits if habit.name == name)


def test_seats_go_to_groups_in_proportion_to_headcount() -> None:
    assert by_headcount(new_sheet(classroom())) == {("besar", "bimtek"): 30, ("kecil", "bimtek"): 10}


def test_headcount_counts_only_as_far_as_people_lack_the_competency() -> None:
    groups = [
        {"id": "besar", "headcount": 600, "gaps": {"keu": 10}},
        {"id": "kecil", "headcount": 40, "gaps": {"keu": 40}},
    ]
    assert by_headcount(new_sheet(classroom(groups=groups))) == {("besar", "bimtek"): 10, ("kecil", "bimtek"): 30}


def test_all_programmes_are_cut_alike() -> None:
    """Money for 4 of 12 classes: of programmes with a demand of 80 and 40 the first holds twice as many."""
    plain = classroom().to_plain()
    groups = [g | {"gaps": {"keu": g["headcount"], "tik": g["headcount"] // 2}} for g in plain["groups"]]
    second = plain["programmes"][0] | {"id": "tik", "closes": {"tik": 1}}
    intended = by_headcount(
        new_sheet(
            classroom(
                competencies=[*plain["competencies"], {"id": "tik", "kind": "technical"}],
                groups=groups,
                programmes=[*plain["programmes"], second],
                funds=[{"id": "apbd", "kind": "own", "amount": 6000}],
            )
        )
    )
    assert sum(n for (_g, p), n in intended.items() if p == "bimtek") == 40
    assert sum(n for (_g, p), n in intended.items() if p == "tik") == 20


def priorities_of_weight(weights: tuple[float, float]) -> OfficeAllocation:
    plain = classroom().to_plain()
    groups = [g | {"weight": weight} for g, weight in zip(plain["groups"], weights, strict=True)]
    return by_priority(new_sheet(classroom(groups=groups)))


def test_the_heavier_group_is_served_first_until_the_money_ends() -> None:
    assert priorities_of_weight((1, 2)) == {("kecil", "bimtek"): 20, ("besar", "bimtek"): 20}
    assert priorities_of_weight((2, 1)) == {("besar", "bimtek"): 40}


def test_equal_weights_are_served_in_the_order_of_the_file() -> None:
    assert priorities_of_weight((1, 1)) == {("besar", "bimtek"): 40}


def test_a_class_that_stays_too_small_is_cancelled_and_its_money_goes_down_the_list() -> None:
    """Three of `tik` do not fill a class of 5: the money serves `keu` although that comes later."""
    plain = classroom().to_plain()
    programme = plain["programmes"][0]
    intended = by_priority(
        new_sheet(
            classroom(
                competencies=[{"id": "tik", "kind": "technical", "weight": 9}, {"id": "keu", "kind": "technical"}],
                groups=[{"id": "besar", "headcount": 60, "gaps": {"keu": 60, "tik": 3}}],
                programmes=[programme | {"id": "tik", "closes": {"tik": 1}}, programme],
                funds=[{"id": "apbd", "kind": "own", "amount": 1000}],
            )
        )
    )
    assert intended == {("besar", "bimtek"): 10}


def test_prerequisites_are_given_along_and_paid_for() -> None:
    plain = classroom().to_plain()
    first = {"id": "dasar", "closes": {"keu": 0.1}, "costs": [{"item": "Modul", "per": "participant", "price": 100}]}
    intended = by_priority(new_sheet(classroom(programmes=[first, plain["programmes"][0] | {"requires": ["dasar"]}])))
    assert (
        intended[("besar", "bimtek")] == intended[("besar", "dasar")] == 20
    )  # 2 classes and 20 x 100; a third class is too dear


def test_the_split_of_last_year_grows_alike_while_there_is_money() -> None:
    assert as_last_year(
        new_sheet(classroom()), {("besar", "bimtek"): 5, ("kecil", "bimtek"): 15, ("lain", "x"): 9}
    ) == {
        ("besar", "bimtek"): 20,
        ("kecil", "bimtek"): 20,
    }


def test_the_split_of_last_year_shrinks_alike_where_money_is_short() -> None:
    intended = as_last_year(new_sheet(classroom()), {("besar", "bimtek"): 45, ("kecil", "bimtek"): 15})
    assert intended == {("besar", "bimtek"): 30, ("kecil", "bimtek"): 10}


def test_seats_never_go_beyond_willingness_release_hours_and_mentors() -> None:
    groups = [{"id": "g", "headcount": 40, "gaps": {"keu": 40}, "uptake": "50%"}]
    assert by_headcount(new_sheet(classroom(groups=groups))) == {("g", "bimtek"): 20}
    groups = [{"id": "g", "headcount": 40, "gaps": {"keu": 40}, "release": "25%"}]
    days = sum(classroom().working_days.values()) / len(classroom().horizon)
    away = classroom().to_plain()["programmes"][0] | {"days": int(days)}
    assert by_headcount(new_sheet(classroom(groups=groups, programmes=[away]))) == {
        ("g", "bimtek"): 10 * len(classroom().horizon)
    }
    groups = [{"id": "g", "headcount": 40, "gaps": {"keu": 40}, "max_hours": 3}]
    hours = classroom().to_plain()["programmes"][0] | {"hours": 4}
    assert not any(by_headcount(new_sheet(classroom(groups=groups, programmes=[hours]))).values())


def two_courses(**group: Any) -> Scenario:
    """Ten people who lack three things; two courses of 8 JP, and a third of 4 JP."""
    courses = (("a", "keu", 8), ("b", "tik", 8), ("c", "kom", 4))
    return classroom(
        competencies=[{"id": c, "kind": "technical"} for c in ("keu", "tik", "kom")],
        groups=[{"id": "g", "headcount": 10, "gaps": {"keu": 10, "tik": 10, "kom": 10}, **group}],
        programmes=[{"id": p, "closes": {c: 1}, "hours": hours} for p, c, hours in courses],
    )


def test_seats_never_go_beyond_what_single_people_can_take() -> None:
    # 12 JP each: on average 120 JP are 15 courses of 8 JP, but a person takes one of them, and the third beside it
    intended = by_priority(new_sheet(two_courses(max_hours=12)))
    assert intended == {("g", "a"): 10, ("g", "c"): 10}
    # of one person each year two courses of 8 JP, in two years one in each
    years = {"periods": [{"id": t, "year": year} for t, year in (("A", 2027), ("B", 2028))]}
    plain = two_courses(max_hours=12).to_plain() | years
    assert by_priority(new_sheet(Scenario.model_validate(plain))) == {("g", p): 10 for p in "abc"}
    # a period of one working day holds one course of a day
    short = two_courses().to_plain() | {"periods": [{"id": "A", "working_days": 1}]}
    assert by_priority(new_sheet(Scenario.model_validate(short))) == {("g", "a"): 10}


def test_habits_pass_the_check_and_never_close_more_than_the_best_plan() -> None:
    made = 0
    for plain, asked in tiny_ones(some(range(16))):
        answer = habits(asked, EarlierPlan.from_plan(asked.plan, asked.scenario.horizon))
        best = most_gaps(plain)
        for habit in answer.habits:
            assert habit.plan is not None, (plain["scenario"]["id"], habit.name, habit.message)
            assert_passes(asked.scenario, habit.plan)
            assert habit.plan.gaps_level.value <= best
            made += 1
    assert made > few(30)


def test_the_plan_keeps_what_the_office_wrote_down_where_rules_allow() -> None:
    answer = habits(inquiry(classroom()))
    assert [habit.name for habit in answer.habits] == ["headcount", "priority"]
    for habit in answer.habits:
        assert habit.plan is not None
        assert people_of(habit.plan) == habit.intended
        assert (habit.intended_seats, habit.kept_seats, habit.further_seats) == (40, 40, 0)


def test_money_that_a_rule_frees_is_given_out_again_by_the_same_habit() -> None:
    """At most 20 of the large group may go: the other 20 seats go to the small one, which comes next."""
    rules = [
        {"name": "Batas", "measure": "participants", "where": {"groups": {"id": "besar"}}, "at_most": 20},
    ]
    habit = of(habits(inquiry(classroom(rules=rules))), "priority")
    assert habit.plan is not None
    assert people_of(habit.plan) == {("besar", "bimtek"): 20, ("kecil", "bimtek"): 20}
    assert (habit.intended_seats, habit.kept_seats, habit.further_seats) == (40, 20, 20)


def last_year(seats: dict[tuple[str, str, str], int]) -> EarlierPlan:
    return EarlierPlan("lama", seats, {}, ("2026",))


def test_last_year_is_repeated_as_it_was_and_the_money_left_is_given_out_alike() -> None:
    asked = inquiry(classroom())
    seats = {("besar", "bimtek", "2026"): 6, ("kecil", "bimtek", "2026"): 18, ("lain", "x", "2026"): 9}
    habit = of(habits(asked, last_year(seats)), "last")
    assert habit.plan is not None
    assert habit.intended == {("besar", "bimtek"): 6, ("kecil", "bimtek"): 18}
    assert people_of(habit.plan) == {("besar", "bimtek"): 20, ("kecil", "bimtek"): 20}


def test_last_year_shrinks_where_this_year_has_less_money() -> None:
    asked = inquiry(classroom())
    seats = {("besar", "bimtek", "2026"): 45, ("kecil", "bimtek", "2026"): 15}
    habit = of(habits(asked, last_year(seats)), "last")
    assert habit.plan is not None
    assert habit.intended == people_of(habit.plan) == {("besar", "bimtek"): 30, ("kecil", "bimtek"): 10}


def test_a_plan_is_repeated_whole_although_a_spreadsheet_would_miss_how_it_is_paid() -> None:
    for _plain, asked in tiny_ones(some(range(16))):
        habit = of(habits(asked, EarlierPlan.from_plan(asked.plan, asked.scenario.horizon)), "last")
        assert habit.plan is not None
        given = people_of(habit.plan)
        assert all(given.get(pair, 0) >= number for pair, number in people_of(asked.plan).items())


def test_without_an_earlier_plan_its_habit_is_left_out_and_ids_that_are_no_more_are_named() -> None:
    asked = inquiry(small())
    assert of(habits(asked), "headcount").plan is not None
    last = EarlierPlan("lama", {("hilang", "bimtek-keu", "TW1"): 3}, {}, ("TW1", "TW2"))
    answer = habits(asked, last)
    assert answer.unknown_ids == ("hilang",)
    assert of(answer, "last").intended == {}


@pytest.mark.parametrize("amount", [0, 999])
def test_without_money_the_habits_do_nothing(amount: int) -> None:
    answer = habits(inquiry(classroom(funds=[{"id": "apbd", "kind": "own", "amount": amount}])))
    assert [habit.intended_seats for habit in answer.habits] == [0, 0]
    assert all(habit.plan is not None and not habit.plan.allocations for habit in answer.habits)
