"""The price of fairness: a curve that never rises, from the best plan to the fairest."""

from __future__ import annotations

from fractions import Fraction

from planner.analysis.rules.fairness import coverage, fairness, guaranteed
from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.domain.objectives import Bucket
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from tests.oracle.brute_force import solve
from tests.sampled import some
from tests.scenarios.two_programmes import TWO_PROGRAMMES
from tests.unit.analysis.failing_batch import failing
from tests.unit.analysis.plans import assert_passes, inquiry, tiny_ones

CLOSE = Fraction(1, 10**9)
BY: tuple[Bucket, ...] = ("agency", "group", "competency")


def test_both_ends_are_what_trying_every_plan_says_and_the_curve_never_rises() -> None:
    curves = 0
    for plain, asked in tiny_ones([13, 19, *some(range(36), 18)]):
        best = solve(plain)
        assert best is not None
        for by in BY:
            answer = fairness(asked, by, 3)
            levels = [{"maximize": "smallest_coverage", "by": by}, {"maximize": "gaps_closed"}]
            fairest = solve(plain | {"objective": levels})
            assert fairest is not None
            if not answer.guarantees:
                assert answer.number == 0
                continue
            values = [each.value for each in answer.guarantees]
            assert values == sorted(values, reverse=True)
            assert abs(values[0] - best.values[0]) < CLOSE
            assert all(each.value <= each.most + CLOSE for each in answer.guarantees)
            if len(values) == 1:
                assert answer.guarantees[0].coverage == fairest.values[0]
                continue
            curves += 1
            assert answer.guarantees[-1].share == fairest.values[0] <= answer.largest_possible
            assert abs(values[-1] - fairest.values[1]) < CLOSE
            free = asked.scenario
            for each in answer.guarantees:
                assert each.coverage >= each.share
                assert coverage(free, each.plan, by) == (each.coverage, each.worst)
    assert curves > 1


def test_by_hand_each_half_gap_for_the_others_costs_half_a_gap() -> None:
    # Rp100 seat ten people; of a each closes a gap, of b half a gap: with n people of b 10 - n/2 gaps are closed
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = fairness(asked, "group", 4)
    assert answer.guarantees[-1].most == 7, "proven with the fairest plan, which is not searched again"
    assert (answer.number, answer.guarantees[0].coverage, answer.guarantees[0].worst) == (2, Fraction(0), "b")
    assert [(each.share, each.value) for each in answer.guarantees] == [
        (0, 10),
        (Fraction(75, 1000), 9),
        (Fraction(150, 1000), Fraction(17, 2)),
        (Fraction(225, 1000), Fraction(15, 2)),
        (Fraction(3, 10), 7),
    ]
    assert answer.price == 3


def test_the_curve_does_not_depend_on_what_the_objective_names() -> None:
    fair = [{"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}]
    one = fairness(inquiry(Scenario.model_validate(TWO_PROGRAMMES)), "group", 2)
    other = fairness(inquiry(Scenario.model_validate(TWO_PROGRAMMES | {"objective": fair})), "group", 2)
    assert [(each.share, each.value) for each in one.guarantees] == [(e.share, e.value) for e in other.guarantees]


def test_where_a_point_fails_the_plan_of_a_larger_guarantee_stands_in() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = fairness(failing(asked, "1", "4"), "group", 4)
    assert [each.searched for each in answer.guarantees] == [True, False, True, True, True]  # the last is the fairest
    assert [each.value for each in answer.guarantees] == [10, Fraction(17, 2), Fraction(17, 2), Fraction(15, 2), 7]
    assert fairness(failing(asked, "fair"), "group").message == "mati"


def test_plans_with_a_guarantee_are_plans_of_a_scenario_with_it_as_rules() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = fairness(asked, "group", 2)
    last = answer.guarantees[-1]
    objective = asked.scenario.objective
    scenario = guaranteed(asked.scenario.changed(objective=objective), "group", last.share)
    plan: Plan = last.plan
    assert len(scenario.rules) == 2
    assert_passes(scenario, plan)


def test_groups_without_the_attribute_are_one_bucket() -> None:
    answer = fairness(inquiry(Scenario.model_validate(TWO_PROGRAMMES)), "agency", 2)
    assert (answer.number, len(answer.guarantees), answer.guarantees[0].worst) == (1, 1, "")
    assert answer.largest_kept == answer.guarantees[0].coverage > answer.guarantees[0].share
    assert answer.largest_possible - answer.largest_kept < CLOSE, "the plan itself proves it"
    nothing = TWO_PROGRAMMES | {"groups": [{"id": "a", "headcount": 3}]}
    assert fairness(inquiry(Scenario.model_validate(nothing)), "agency").guarantees == ()


def test_without_a_guarantee_it_is_the_plan_in_question() -> None:
    """Both ask for most gaps closed: one answer, though within so rough a tolerance another plan would do as well."""
    rough = SearchLimits(gap=0.2)
    compared = 0
    for _plain, exact in tiny_ones(range(12)):
        scenario = exact.scenario
        asked = Inquiry(scenario, plan(scenario, rough, inline=True, validated=True).plan, BatchRunner(), rough)
        answer = fairness(asked, "group", 2)
        if answer.guarantees:
            first = answer.guarantees[0]
            closes_more = first.plan.rank_of_gaps > asked.plan.rank_of_gaps
            assert closes_more or first.plan.allocations == asked.plan.allocations
            compared += not closes_more
    assert compared > 3
