"""Attendance: allocations are made up of what single people can follow."""

from __future__ import annotations

import pytest

from planner.attendance.learning import learnt_from
from planner.domain.attendance import NOTHING_LEARNT, EveryPattern, Learnt
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from tests.oracle.attending import attendance_holds, attending
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.oracle.instance import Instance
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.small import Plain, best, golden, small, solver_says
from tests.sampled import few, some
from tests.scenarios.hand import broken, planned


def courses(*hours: int, **more: Plain) -> list[Plain]:
    """A course for each competency a, b, c, of so many JP."""
    return [{"id": f"p{c}", "closes": {c: 1}, "hours": n} | more.get(c, {}) for c, n in zip("abc", hours, strict=False)]


def together(*weights: int) -> list[Plain]:
    return [{"id": c, "kind": "technical", "weight": w} for c, w in zip("abc", weights, strict=False)]


CHAIN: Plain = {
    "periods": ["TW1"],
    "competencies": together(1, 2),
    "groups": {"max_hours": 20, "gaps": {"a": 10, "b": 10}},
    "programmes": courses(12, 12, b={"requires": ["pa"]}),
}
"""A course of 12 JP, and one of 12 JP after it, for people who may take 20 JP each."""

HALVES: Plain = {
    "periods": ["TW1"],
    "competencies": together(1, 1),
    "groups": [{"id": g, "agency": "A", "headcount": 1, "uptake": "50%", "gaps": {"a": 1, "b": 1}} for g in "xy"],
    "programmes": courses(0, 0),
}
"""Two groups of one person each, half of whom are willing: one person of the agency."""


def shown(plain: Plain) -> Plan:
    return plan(Scenario.model_validate(plain), SearchLimits(gap=0.0), inline=True).plan


@proves("attendance", HAND)
def test_a_chain_that_is_too_long_for_one_person_ends_after_its_first_course() -> None:
    # the sum of hours says 16 seats, and that as many finish pa as begin pb: 8 + 8, 24 weighted gaps. One person takes
    # one course only, and pb needs pa: ten in pa
    assert best(small(**CHAIN)) == ["10", "0"]
    # three people completed pa before: they take pb, and seven others pa: 3 x 2 + 7
    before = CHAIN | {"groups": CHAIN["groups"] | {"completed": {"pa": 3}}}
    assert best(small(**before)) == ["13", "0"]
    # within 24 JP everybody takes both: 10 + 20
    assert best(small(**CHAIN | {"groups": CHAIN["groups"] | {"max_hours": 24}})) == ["30", "0"]


@proves("attendance", HAND)
def test_nobody_is_in_class_for_more_days_than_a_period_has() -> None:
    # 3, 4 and 5 days in a period of 5 and one of 4: each takes one in each period, where it fits. 14 seats for 7 people
    periods = [{"id": "TW1", "working_days": 5}, {"id": "TW2", "working_days": 4}]
    group = {"headcount": 7, "gaps": {"a": 7, "b": 7, "c": 7}}
    programmes = [each | {"days": days} for each, days in zip(courses(0, 0, 0), (3, 4, 5), strict=True)]
    plain = small(periods=periods, competencies=together(1, 1, 1), groups=group, programmes=programmes)
    assert best(plain) == ["14", "0"]


@proves("attendees", HAND)
def test_the_people_of_an_agency_are_no_more_than_are_willing() -> None:
    # one person is willing: it takes both courses, 2; not one person of x in pa and another of y in pb
    assert best(small(**HALVES)) == ["2", "0"]
    found = shown(small(**HALVES))
    assert [(row.people, len(row.programmes)) for row in found.attendance] == [(1, 2)]
    # of one course there is a seat for one: the other takes it too; and each course in another group is no plan
    apart = [each | {"for": {"id": g}} for each, g in zip(HALVES["programmes"], "xy", strict=True)]
    assert best(small(**HALVES | {"programmes": apart})) == ["0", "0"]  # each group stands alone there: half a person


@proves("attendees", GOLDEN)
def test_the_rows_of_attendees(request: pytest.FixtureRequest) -> None:
    # x must not take pa, nor y pb, so that hope without the rows is one seat of each, 3 + 3; within them 3 + 1
    weights = [{"id": c, "kind": "technical"} for c in "ab"]
    groups = [g | {"weight": w, "gaps": {"a": 1, "b": 1}} for g, w in zip(HALVES["groups"], (1, 3), strict=True)]
    own = [{"id": "f", "kind": "own", "amount": 1}]
    cost = [{"item": "Butir", "per": "participant", "price": {"by": "location", "X": 1, "Y": 0}}]
    groups[0]["location"], groups[1]["location"] = "X", "Y"
    programmes = [HALVES["programmes"][0], HALVES["programmes"][1] | {"costs": cost}]
    rule = {"name": "x", "measure": "participants", "where": {"groups": {"id": "x"}}, "at_least": 1}
    plain = small(periods=["TW1"], competencies=weights, groups=groups, programmes=programmes, funds=own, rules=[rule])
    golden("attendees", plain, request)


@proves("attendance", GOLDEN)
def test_the_rows_of_what_a_search_has_learnt(request: pytest.FixtureRequest) -> None:
    plain = small(**CHAIN)
    scenario = Scenario.model_validate(plain)
    seats = {("a", "pa", "TW1"): 8, ("a", "pb", "TW1"): 8}
    learnt = learnt_from(scenario, Decisions(seats), NOTHING_LEARNT)
    assert learnt is not None
    assert (learnt.every, learnt.spared) == ((), {})
    assert solver_says(plain) == [30.0 * 5 / 10, 0.0]  # five take pa and five pb, as if they were the same
    golden("attendance", plain, request, learnt)


def test_all_patterns_of_a_group_say_the_same_as_what_is_learnt() -> None:
    plain = small(**CHAIN)
    every = EveryPattern("a", ((("pa", "TW1"),), (("pb", "TW1"),)), covering=False)
    assert solver_says(plain, learnt=Learnt(every=(every,)))[0] == 10.0
    largest = EveryPattern("a", ((("pa", "TW1"),),), covering=True)
    assert solver_says(plain, learnt=Learnt(every=(largest,)))[0] == 10.0


@proves("attendance", PROPERTY)
@proves("attendees", PROPERTY)
def test_every_plan_can_be_attended() -> None:
    shared = 0
    for seed in some(range(60), 3):
        plain = tiny_scenarios(seed)
        try:
            made = shown(plain)
        except InfeasibleError:
            continue
        instance = Instance(plain)
        rows = made.to_plain()["attendance"]
        people = {(row.group, row.programme, row.period): row.participants for row in made.allocations}
        assert attendance_holds(instance, people, frozenset(made.socialized), rows), seed
        shared += any(len(row.programmes) > 1 for row in made.attendance)
    assert shared > few(5, 3)


@proves("attendance", CHECK)
def test_the_check_finds_a_person_without_what_is_required() -> None:
    plain = small(**CHAIN)
    assert not broken(plain, planned(plain, {("a", "pa", "TW1"): 10}))
    found = planned(plain, {("a", "pa", "TW1"): 5, ("a", "pb", "TW1"): 5})
    assert broken(plain, found) == {"requires"}
    # nobody attends: the allocations are not made up of anything
    assert broken(plain, planned(plain, {("a", "pa", "TW1"): 10}) | {"attendance": []}) == {"attendance"}


@proves("attendees", CHECK)
def test_the_check_finds_more_people_than_an_agency_has_willing() -> None:
    plain = small(**HALVES)
    assert not broken(plain, planned(plain, {("x", "pa", "TW1"): 1, ("x", "pb", "TW1"): 1}))
    assert broken(plain, planned(plain, {("x", "pa", "TW1"): 1, ("y", "pb", "TW1"): 1})) == {"attendance"}


def test_the_target_is_reached_by_those_who_attend_both() -> None:
    # two courses of 10 JP for six and four people of ten: four can reach 20 JP
    plain = small(
        scenario={"id": "uji", "fiscal_year": 2027, "hours_target": 20},
        competencies=together(1, 1),
        groups={"gaps": {"a": 6, "b": 4}},
        programmes=courses(10, 10),
    )
    made = shown(plain)
    assert [(row.year, row.people, row.reached) for row in made.hours_target] == [("2027", 10, 4)]


def test_jp_taken_before_count_towards_the_target_of_the_first_year() -> None:
    # in 2027 those with 12 JP attend 12 more and those with 24 have enough; in 2028 nobody has any
    groups = [{"id": g, "headcount": 4, "gaps": {"a": 4}, "max_hours": 24, "hours_before": n} for g, n in BEFORE]
    plain = small(
        scenario={"id": "uji", "fiscal_year": 2027, "hours_target": 20},
        periods=[{"id": "S1", "year": 2027}, {"id": "S2", "year": 2028}],
        competencies=together(1),
        groups=groups,
        programmes=courses(12, a={"periods": ["S1"]}),
    )
    made = planned(plain, {("twelve", "pa", "S1"): 4})
    assert [row["reached"] for row in made["hours_target"]] == [4, 4, 0, 0]
    assert not broken(plain, made)
    made["hours_target"][1]["reached"] = 0
    assert broken(plain, made) == {"attendance"}


BEFORE = (("twelve", 12), ("full", 24))


@pytest.mark.parametrize(("before", "reached"), [(0, 4), (9.5, 4), (10, 10), (20, 10)])
def test_patterns_are_chosen_with_what_was_taken_before(before: float, reached: int) -> None:
    # two courses of 10 JP for six and four people of ten: four reach 20 JP who take both, but with 10 JP before all ten
    plain = small(
        scenario={"id": "uji", "fiscal_year": 2027, "hours_target": 20},
        competencies=together(1, 1),
        groups={"gaps": {"a": 6, "b": 4}, "hours_before": before},
        programmes=courses(10, 10),
    )
    made = shown(plain)
    assert [row.reached for row in made.hours_target] == [reached]


def test_as_many_reach_the_target_as_any_attendance_allows(more: bool) -> None:
    compared = 0
    for seed in some(range(160), 3):
        plain = tiny_scenarios(seed)
        if not plain["scenario"].get("hours_target") or any("agency" in group for group in plain["groups"]):
            continue
        found = solve(plain)
        if found is None:
            continue
        made = shown(plain)
        instance = Instance(plain)
        oracle = attending(instance)
        reached: dict[str, int] = {}
        for row in made.hours_target:
            reached[row.group] = reached.get(row.group, 0) + row.reached
        for row in made.hours_target:
            counts = tuple(
                next(
                    (a.participants for a in made.allocations if (a.group, a.programme, a.period) == (row.group, p, t)),
                    0,
                )
                for p, t in instance.slots[row.group]
            )
            willing = instance.willing(row.group, row.group in made.socialized)
            most = int(instance.groups[row.group]["headcount"] * willing)
            best_of_all = oracle.best(row.group, counts, tuple(n for *_pq, n in oracle.quotas(row.group)), most)
            assert best_of_all is not None, (seed, row)
            enough = [oracle.before(row.group, year) >= oracle.target > 0 for year in instance.years]
            already = sum(enough) * row.people
            assert reached[row.group] == already + best_of_all[0], "over all years"
            compared += row.reached > 0
        if compared > 5 and not more:
            break
    assert compared > few(3, 3)
