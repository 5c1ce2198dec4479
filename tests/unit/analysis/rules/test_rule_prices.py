"""The price of a rule: what trying every plan without it says, and never less than nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from planner.analysis.plans.gaps_first import gaps_first
from planner.analysis.rules.rule_prices import rule_prices
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits, plan
from planner.plans.plan import Status
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few, some
from tests.scenarios.two_programmes import TWO_PROGRAMMES
from tests.unit.analysis.failing_batch import failing
from tests.unit.analysis.plans import inquiry, tiny_ones

Plain = dict[str, Any]
CLOSE = Fraction(1, 10**9)
LEAST_FIVE: Plain = {"name": "Lima b", "measure": "participants", "where": {"groups": {"id": "b"}}, "at_least": 5}


def test_prices_are_what_trying_every_plan_without_the_rule_says() -> None:
    hard = soft = kept = 0
    for plain, asked in tiny_ones(some(range(110), 8)):
        rules = plain.get("rules", [])
        if not rules:
            continue
        best = solve(plain)
        assert best is not None
        for each in rule_prices(asked).rules:
            n = each.number
            without = solve(plain | {"rules": [*rules[:n], *rules[n + 1 :]]})
            assert without is not None
            assert each.price is not None
            given_up = best.values[0]
            if "soft" in rules[n]:
                soft += 1
                missed = (max(Fraction(0), -result.slack) for result in asked.plan.results_of(rules[n]["name"]))
                given_up += Fraction(str(rules[n]["soft"]["penalty"])) * sum(missed, Fraction(0))
            else:
                hard += 1
            gain = max(Fraction(0), without.values[0] - given_up)
            assert abs(each.price.found - gain) < CLOSE
            assert each.price.least - CLOSE < gain < each.price.most + CLOSE
            if each.keeping_status is not None:
                kept += 1
                as_hard = {key: value for key, value in rules[n].items() if key != "soft"}
                other = solve(plain | {"rules": [*rules[:n], as_hard, *rules[n + 1 :]]})
                assert (other is None) == (each.keeping_status == Status.INFEASIBLE) == (each.keeping_cost is None)
                if other is not None:
                    assert each.keeping_cost is not None
                    least, most = each.keeping_cost
                    assert least - CLOSE < given_up - other.values[0] < most + CLOSE
    assert min(hard, soft, kept) > few(3)


def test_by_hand_a_rule_for_the_less_effective_costs_what_the_others_would_close() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES | {"rules": [LEAST_FIVE]}))
    answer = rule_prices(asked)
    (price,) = answer.rules
    assert price.price is not None
    assert (price.price.found, price.price.unweighted, price.slack) == (Fraction(5, 2), Fraction(5, 2), Fraction(0))
    assert answer.together is None


def test_a_rule_with_room_costs_nothing() -> None:
    loose = {"name": "Sedikit a", "measure": "participants", "where": {"groups": {"id": "a"}}, "at_least": 4}
    answer = rule_prices(inquiry(Scenario.model_validate(TWO_PROGRAMMES | {"rules": [loose, LEAST_FIVE]})))
    assert answer.rules[0].price is not None
    assert (answer.rules[0].price.most, answer.rules[0].slack) == (Fraction(0), Fraction(1))
    assert answer.together is not None
    assert answer.together.found == Fraction(5, 2)


def test_a_plan_that_is_not_the_best_makes_no_rule_cost_less_than_nothing() -> None:
    read = Scenario.model_validate(TWO_PROGRAMMES | {"rules": [LEAST_FIVE]})
    asked = inquiry(read)
    rough = replace(asked, limits=SearchLimits(gap=0.5))
    (price,) = rule_prices(rough).rules
    assert price.price is not None
    assert price.price.found >= 0
    assert price.price.least <= Fraction(5, 2) <= price.price.most


def test_prices_leave_what_ranks_above_gaps_as_it_is() -> None:
    fair = [{"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}]
    few = {"name": "Empat a", "measure": "participants", "where": {"groups": {"id": "a"}}, "at_most": 4}
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES | {"rules": [few], "objective": fair}))
    (price,) = rule_prices(asked).rules
    assert price.price is not None
    assert price.price.found >= 0
    coverage = asked.plan.objective[0].value
    closed = {row.group: row.closed / row.need for row in price.price.plan.closings}
    assert min(closed.values()) >= coverage - Fraction(1, 10**5)


def test_with_gaps_first_the_plan_in_question_stays_a_best_plan() -> None:
    fair = [{"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}, {"minimize": "own_cost"}]
    for seed in some(range(12), 3):
        read = Scenario.model_validate(tiny_scenarios(seed, most_plans=200) | {"objective": fair, "rules": []})
        asked = inquiry(read)
        held = plan(gaps_first(asked), SearchLimits(gap=0.0), inline=True).plan
        assert abs(held.gaps_level.value - asked.plan.gaps_level.value) < Fraction(1, 10**5)


def test_a_point_that_fails_leaves_the_other_prices() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES | {"rules": [LEAST_FIVE, {**LEAST_FIVE, "name": "Lagi"}]}))
    answer = rule_prices(failing(asked, "without 0", "without all"))
    assert [each.price is None for each in answer.rules] == [True, False]
    assert answer.rules[0].message == "mati"
    assert answer.together is None


def test_without_rules_there_are_no_prices() -> None:
    answer = rule_prices(inquiry(Scenario.model_validate(TWO_PROGRAMMES)))
    assert (answer.rules, answer.together) == ((), None)
