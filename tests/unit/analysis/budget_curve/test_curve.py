"""The budget curve: what trying every plan says of its points, its least budgets and its ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from planner.analysis.budget_curve.bracket import LeastBudget
from planner.analysis.budget_curve.curve import ALL, Curve, bend, closing_most, curve, least_budgets, slopes
from planner.analysis.budget_curve.curve_plans import CurvePoint, curve_budgets
from planner.analysis.budget_curve.least_budget import BudgetSearch
from planner.analysis.sweep.grid import state_of
from planner.batch.inquiry import Inquiry
from planner.batch.points import FAILED, Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.decisions import Decisions
from planner.planning import SearchLimits, plan
from planner.plans.plan import Status
from planner.solve.job import Job
from planner.solve.second import may_be_confirmed
from tests.sampled import few, some
from tests.scenarios import builders
from tests.scenarios.builders import large
from tests.scenarios.workshop import MUST, workshop
from tests.unit.analysis.budgets import best_at, own_total
from tests.unit.analysis.failing_batch import failing
from tests.unit.analysis.plans import EXACT, inquiry, tiny_ones


@pytest.fixture(scope="module")
def asked() -> Inquiry:
    """The inquiry into the workshop with Rp60; what it has planned it does not plan again."""
    return inquiry(workshop(60))


def values(answer: Curve) -> dict[int, Fraction | None]:
    return {point.budget: point.counted for point in answer.points}


def test_points_are_what_trying_every_plan_says_and_never_fall() -> None:
    curves = 0
    for plain, asked in tiny_ones(some(range(40, 64))):
        if not any(fund["kind"] == "own" for fund in plain["funds"]):
            continue
        answer = curve(asked, 5)
        for budget, value in values(answer).items():
            assert value == best_at(plain, budget)
        known = [value for value in values(answer).values() if value is not None]
        assert known == sorted(known)
        assert answer.next is not None
        more, now = best_at(plain, answer.today + answer.next.amount), best_at(plain, own_total(plain))
        assert more is not None
        assert now is not None
        assert answer.next.gain == more - now
        curves += len(set(known)) > 1
    assert curves > few(3)


def test_least_budgets_are_enough_and_a_rupiah_less_is_not() -> None:
    exact = 0
    for plain, asked in tiny_ones(some(range(40, 64))):
        if not any(fund["kind"] == "own" for fund in plain["funds"]):
            continue
        answer = curve(asked, 2)
        if answer.floor.lowest:
            assert best_at(plain, answer.floor.lowest - 1) is None
        assert answer.floor.budget is not None
        assert best_at(plain, answer.floor.budget) is not None
        for reach in answer.targets:
            if reach.least is None:
                assert answer.most is not None
                assert reach.target > answer.most
                continue
            assert reach.least.budget is not None
            enough = best_at(plain, reach.least.budget)
            assert enough is not None
            assert enough >= reach.target
            assert reach.least.budget - reach.least.lowest <= max(1, reach.least.budget // 10**6)
            if reach.least.lowest:
                less = best_at(plain, reach.least.lowest - 1)
                assert less is None or less < reach.target
                exact += reach.least.exact
    assert exact > few(10)


def test_the_curve_goes_from_nothing_to_what_closes_everything_and_its_point_of_today_is_the_plan(
    asked: Inquiry,
) -> None:
    answer = curve(asked, 6, step=25)
    assert [answer.points[0].budget, answer.points[-1].budget] == [0, 110]
    assert len(answer.points) == 6
    (today,) = [point for point in answer.points if point.today]
    assert (today.budget, today.counted, today.own_cost) == (60, asked.plan.gaps_closed, asked.plan.own_cost)
    assert answer.most == answer.need == 18
    assert answer.next is not None
    assert [answer.next.amount, answer.next.gain, answer.next.gaps] == [25, 4, 4]
    assert answer.next.least <= 4 <= (answer.next.most or 0)


def test_least_budgets_by_hand(asked: Inquiry) -> None:
    """80% of 18 gaps is 14.4, 90% is 16.2: only everything, 18, reaches either, for Rp60 + 2 x Rp25."""
    answer = curve(asked, 3)
    found = [(reach.share, reach.least and (reach.least.lowest, reach.least.budget)) for reach in answer.targets]
    assert found == [(Fraction(8, 10), (110, 110)), (Fraction(9, 10), (110, 110)), (Fraction(1), (110, 110))]


def test_shares_of_a_need_that_cannot_be_closed_are_told_apart() -> None:
    """Of 20 gaps 18 can be closed: all that is possible for Rp110; 80 and 90% of the need likewise, 100% never."""
    groups = [{"id": "g", "headcount": 40, "gaps": {"a": 12, "b": 8}}]
    answer = curve(inquiry(workshop(60, groups=groups)), 3)
    of_need = {reach.share: reach.least and reach.least.budget for reach in answer.targets if reach.of == "need"}
    assert [answer.most, answer.need] == [18, 20]
    assert of_need == {Fraction(8, 10): 110, Fraction(9, 10): 110, Fraction(1): None}


def test_where_a_rule_takes_money_there_is_no_plan_below_it() -> None:
    answer = curve(inquiry(workshop(85, rules=[MUST])), 4, first=0, last=110)
    assert (answer.floor.lowest, answer.floor.budget) == (60, 60)
    assert [(p.state, p.counted) for p in answer.points if p.budget < 60] == [("infeasible", None)] * 2
    assert all(point.counted is not None for point in answer.points if point.budget >= 60)


def test_several_own_funds_keep_their_proportions() -> None:
    """Only the first fund pays the large class: with 3 of 4 parts it has Rp60 when both have Rp80."""
    funds = [
        {"id": "apbd", "kind": "own", "amount": 30},
        {"id": "blud", "kind": "own", "amount": 10, "pays": {"programmes": {"id": "kecil"}}},
    ]
    groups = [{"id": "g", "headcount": 40, "gaps": {"a": 10}}]
    answer = curve(inquiry(workshop(0, funds=funds, groups=groups)), 3)
    full = next(reach for reach in answer.targets if reach.share == 1)
    assert full.least is not None
    assert full.least.plan is not None
    assert (full.least.lowest, full.least.budget) in {(79, 79), (80, 80)}  # Rp79: 59.25 and 19.75, or 59 and 20
    assert answer.today == 40


def test_several_own_funds_get_whole_rupiah_by_the_largest_remainder() -> None:
    funds = [{"id": "apbd", "kind": "own", "amount": 30}, {"id": "blud", "kind": "own", "amount": 10}]
    answer = curve(inquiry(workshop(0, funds=funds)), 4)
    full = next(reach for reach in answer.targets if reach.share == 1)
    assert full.least is not None
    assert full.least.budget == 110


def test_a_scenario_that_closes_everything_for_free_has_a_curve_too() -> None:
    partner = {"id": "mitra", "kind": "partner", "amount": 1000}
    own = {"id": "apbd", "kind": "own", "amount": 50}
    answer = curve(inquiry(workshop(0, funds=[own, partner])), 4)
    assert [point.counted for point in answer.points] == [18] * len(answer.points)
    assert (answer.floor.budget, answer.bend) == (0, None)
    assert [reach.least and reach.least.budget for reach in answer.targets] == [0, 0, 0]
    assert answer.next is not None
    assert answer.next.gain == 0


def test_own_funds_of_nothing_are_raised_equally() -> None:
    answer = curve(inquiry(workshop(0)), 3)
    assert answer.today == 0
    assert answer.points[0].today
    assert values(answer)[110] == 18


def test_budgets_beyond_everything_may_be_asked_for(asked: Inquiry) -> None:
    answer = curve(asked, 3, first=1000, step=500)
    assert values(answer) == {1000: Fraction(18), 1250: Fraction(18), 1500: Fraction(18)}


def test_the_last_point_is_today_where_that_is_as_good_as_what_closes_everything() -> None:
    dear = workshop(0).changed()
    funds = [{"id": "apbd", "kind": "own", "amount": 110_010_000}]
    plain: dict[str, Any] = {
        "programmes": [
            programme.model_dump(mode="json", exclude_defaults=True, by_alias=True)
            | {"costs": [{"item": "Kelas", "per": "class", "price": price}]}
            for programme, price in zip(dear.programmes, (60_000_000, 25_000_000), strict=True)
        ]
    }
    answer = curve(inquiry(workshop(0, funds=funds, **plain)), 3)
    assert answer.points[-1].budget == answer.today == 110_010_000
    full = next(reach for reach in answer.targets if reach.share == 1)
    assert full.least is not None
    assert full.least.budget == 110_000_000


def test_where_saving_comes_first_the_least_budgets_are_those_of_gaps_first() -> None:
    objective = [{"minimize": "own_cost"}, {"maximize": "gaps_closed"}]
    answer = curve(inquiry(workshop(60, objective=objective)), 3)
    assert not answer.gaps_first
    assert {point.counted for point in answer.points} == {0}
    assert [reach.least and reach.least.budget for reach in answer.targets] == [110, 110, 110]


@pytest.mark.parametrize("status", FAILED, ids=str)
def test_points_that_fail_take_no_others_with_them(asked: Inquiry, status: Status | None) -> None:
    names = [str(point.budget) for point in curve(asked, 5).points if not point.today]
    answer = curve(failing(asked, *names, status=status), 5)
    states = {point.budget: point.state for point in answer.points}
    assert states[60] == "proven"
    assert state_of(None, status) in states.values()
    known = [point.counted for point in answer.points if point.counted is not None]
    assert known == sorted(known)


def test_a_further_amount_that_fails_leaves_the_points(asked: Inquiry) -> None:
    assert curve(failing(asked, "next"), 3).points


def points(*pairs: tuple[int, int | None]) -> list[CurvePoint]:
    return [
        CurvePoint(budget, "proven", counted=None if counted is None else Fraction(counted))
        for budget, counted in pairs
    ]


def test_the_bend_by_hand() -> None:
    """From (0, 0) to (40, 20) the straight line has 5 at 10 and 10 at 20: (10, 12) lies 7 above it, (20, 16) only 6."""
    found = bend(points((0, 0), (10, 12), (20, 16), (30, 18), (40, 20)))
    assert found is not None
    assert (found.budget, found.before, found.after) == (10, Fraction(12, 10), Fraction(8, 30))


@pytest.mark.parametrize(
    "line",
    [
        points((0, 0), (10, 10), (20, 20)),
        points((0, 0), (10, 1), (20, 20)),
        points((0, 5), (10, 5), (20, 5)),
        points((0, 0), (20, 20)),
        points((0, None), (10, 0), (20, 20)),
        points((0, 0), (10, 104), (20, 200)),
    ],
)
def test_a_straight_or_hollow_or_short_curve_has_no_bend(line: list[CurvePoint]) -> None:
    assert bend(line) is None


def test_slopes_are_what_each_point_adds_per_rupiah_and_none_beside_a_gap() -> None:
    found = slopes(points((0, None), (10, 0), (20, 5), (40, 5)))
    assert [None if slope is None else slope.found for slope in found] == [None, None, Fraction(1, 2), Fraction(0)]


def test_a_slope_that_is_smaller_than_what_is_unproven_of_its_points_is_undecided() -> None:
    """At 10 up to 3 and at 20 up to 9 may be closed: the best plans differ by 5 - 3 to 9 - 0, and 5 were found."""
    first, second = (replace(point, bound=bound) for point, bound in zip(points((10, 0), (20, 5)), (3, 9), strict=True))
    slope = slopes([first, second])[1]
    assert slope is not None
    assert (slope.least, slope.found, slope.most) == (Fraction(2, 10), Fraction(5, 10), Fraction(9, 10))
    assert slope.undecided
    proven = slopes([replace(first, bound=0), replace(second, bound=5)])[1]
    assert proven is not None
    assert not proven.undecided
    unknown = slopes([first, replace(second, bound=None)])[1]
    assert unknown is not None
    assert unknown.undecided


@pytest.mark.parametrize(
    ("asked", "budgets"),
    [
        ((5, 0, 100, 25), [0, 25, 50, 75, 100]),
        ((5, 0, 100, 30), [0, 30, 50, 75, 100]),
        ((3, 0, 100, 130), [0, 100, 130]),
        ((2, 0, 100, 30), [0, 30, 100]),
        ((3, 50, 100, 20), [50, 75, 100]),
        ((21, 0, 3, 1), [0, 1, 2, 3]),
        ((21, 0, 0, 7), [0, 7]),
    ],
)
def test_budgets_are_spread_evenly_with_todays_among_them(asked: tuple[int, int, int, int], budgets: list[int]) -> None:
    assert curve_budgets(*asked) == budgets


def test_what_a_larger_budget_is_proven_to_reach_says_nothing_of_a_smaller_one_that_is_enough() -> None:
    """A bound may lie a hair below the value that the very plan has, by a solver's arithmetic."""
    asked = inquiry(workshop(110))
    (first, *others), worth = asked.plan.objective, asked.plan.gaps_closed
    below = replace(asked.plan, objective=(replace(first, bound=float(worth) - 1e-9), *others))
    for known in (LeastBudget(0, 110, asked.plan), LeastBudget(0, 5, asked.plan)):
        least = {"all": known}
        BudgetSearch(asked).update(least, {"all": worth}, 1000, Result("1000", below.status, below))
        assert least["all"] == known
    short = {"all": LeastBudget(0, None, None)}
    BudgetSearch(asked).update(short, {"all": worth + 1}, 1000, Result("1000", below.status, below))
    assert short["all"].lowest == 1001


def test_a_curve_of_weighted_gaps_says_so() -> None:
    competencies = [{"id": "a", "kind": "technical", "weight": 2}, {"id": "b", "kind": "technical"}]
    weighted = curve(inquiry(workshop(60, competencies=competencies)), 3)
    assert weighted.counted == "weighted"
    assert [weighted.most, weighted.most_gaps] == [28, 18]
    soft = [MUST | {"at_least": 2, "soft": {"penalty": 3}}]
    net = curve(inquiry(workshop(60, rules=soft)), 3)
    assert net.counted == "net"
    assert net.most == 15
    assert net.need == 18


def test_the_curve_is_the_same_each_time() -> None:
    built = workshop(60)
    planned = (plan(built, EXACT, inline=True).plan for _ in range(2))
    first, second = (curve(Inquiry(built, found, BatchRunner(), EXACT), 5) for found in planned)
    assert [(p.budget, p.counted, p.own_cost) for p in first.points] == [
        (p.budget, p.counted, p.own_cost) for p in second.points
    ]
    assert all(a.budget < b.budget for a, b in pairwise(first.points))


class Counting(BatchRunner):
    """Keeps the names of the points that it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        self.asked += [point.name for point in points]
        return super().solve(points, limits)


def test_budgets_beyond_what_closes_everything_take_its_plan_without_a_search() -> None:
    counting = Counting()
    answer = curve(replace(inquiry(workshop(60)), runner=counting), 6, first=100, last=600)
    assert [point.counted for point in answer.points if point.budget >= 110] == [18] * 5
    assert all(point.state == "proven" for point in answer.points if point.budget >= 110)
    assert not [name for name in counting.asked if name.isdigit() and int(name) > 110]


def test_where_the_money_is_there_in_time_the_plan_that_closes_everything_needs_no_other() -> None:
    """In a large scenario; here a small one is taken for large."""
    counting = Counting()
    search = BudgetSearch(replace(inquiry(workshop(60)), runner=counting))
    search.small, search.limits = False, replace(search.limits, gap=0.001)
    most = search.solve([search.most_point()], precisely=True)["most"].plan
    assert most is not None
    search.add_most(most)
    floor, least = least_budgets(search, most, {ALL: Fraction(18)})
    assert (floor.budget, least[ALL].budget) == (0, 110)
    assert ALL not in counting.asked


def test_all_but_tiny_scenarios_have_a_wider_gap_for_compared_plans_and_hard_ones_no_second_search() -> None:
    hard, made = large(40, 8, 12)
    for scenario, known, tiny in ((hard, made, False), (workshop(60), inquiry(workshop(60)).plan, True)):
        for gap, wide in ((0.001, 0.002), (0.0001, 0.001), (0.00001, 0.00002)):
            asked = Inquiry(scenario, known, BatchRunner(), SearchLimits(gap=gap))
            assert asked.quick.gap == (gap if tiny else wide)
            assert asked.precise.gap == (gap if tiny else min(wide, 2 * gap))
            assert asked.wider.gap == (2 * gap if tiny else wide)
        assert may_be_confirmed(Job(scenario, asked.limits))
        assert may_be_confirmed(Job(scenario, asked.quick)) == tiny


def test_no_point_closes_more_than_what_is_said_to_be_possible_with_any_amount() -> None:
    """Within its gap the plan with unlimited own funds may close less than a plan with some."""
    more, none = builders.plan(), builders.plan(decisions=Decisions())
    assert more.gaps_level.value > none.gaps_level.value
    assert closing_most([none, more]) is more
    assert closing_most([more, replace(more, own_cost=0)]) is more
    answered = curve(inquiry(workshop(60)), 5)
    assert answered.most is not None
    assert answered.most >= max(point.counted for point in answered.points if point.counted is not None)
