"""What decisions and payments amount to: exact fractions, counted by hand."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.payments.settlement import settle
from planner.plans.closings import closings
from planner.plans.evaluation import level_value, weighted
from planner.plans.plan_rows import RuleResult
from planner.plans.rule_measures import penalty, rule_results
from tests.oracle.brute_force import Search
from tests.oracle.generate import tiny_scenarios
from tests.oracle.instance import Instance
from tests.oracle.measures import closed_gaps
from tests.sampled import few, some
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]

TWO_GROUPS: Plain = {
    "competencies": [{"id": "keu", "kind": "technical", "weight": 3}, {"id": "kom", "kind": "managerial"}],
    "groups": [
        {"id": "a", "agency": "BPKAD", "headcount": 10, "weight": 0.1, "gaps": {"keu": 10, "kom": 0}, "uptake": "70%"},
        {
            "id": "b", "agency": "Dinkes", "location": "Kerinci", "headcount": 9, "gaps": {"keu": 3, "kom": 9},
            "uptake": 0.3, "socialization": {"raises_uptake_to": "95%", "cost": 4},
        },
    ],
    "programmes": [
        {"id": "satu", "hours": 2.5, "closes": {"keu": 0.85}, **costing("participant", 3)},
        {"id": "dua", "hours": 7, "closes": {"keu": 0.1, "kom": 0.3}, "class_size": {"max": 4},
         **costing("class", 5)},
    ],
}  # fmt: skip

DECISIONS = Decisions(
    participants={
        ("a", "satu", "TW1"): 5, ("a", "satu", "TW2"): 2, ("a", "dua", "TW1"): 3,
        ("b", "satu", "TW2"): 1, ("b", "dua", "TW2"): 8,
    },
    classes={("dua", "TW1"): 1, ("dua", "TW2"): 2},
    socialized=frozenset({"b"}),
)  # fmt: skip


def read(**changes: Any) -> Scenario:
    made = Scenario.model_validate(scenario(**(TWO_GROUPS | changes)))
    assert not find_problems(made)
    return made


def test_a_gap_closes_as_far_as_training_and_willing_people_go() -> None:
    closed = closings(read(), DECISIONS)
    assert [(row.group, row.competency, row.need, row.closed) for row in closed] == [
        ("a", "keu", 10, Fraction("5.95")),  # 10 x 70% = 7 chances: the 7 of satu x 0.85
        ("b", "keu", 3, Fraction("1.035")),  # 3 x 95% = 2.85 chances: 1 x 0.85 of satu, 1.85 x 0.1 of dua
        ("b", "kom", 9, Fraction("2.4")),
    ]


def test_no_more_is_closed_than_the_willing_lack() -> None:
    many = Decisions({("a", "satu", "TW1"): 9, ("b", "satu", "TW1"): 9})
    assert [row.closed for row in closings(read(), many)] == [
        Fraction("5.95"),
        Fraction("0.765"),
        0,
    ]  # 7 and 3 x 30% x 0.85
    told = Decisions(many.participants, socialized=frozenset({"b"}))
    assert [row.closed for row in closings(read(), told)] == [Fraction("5.95"), Fraction("2.4225"), 0]


def test_tenths_add_up_to_what_they_are() -> None:
    """0.1 + 0.2 is 3/10 here, whatever floats say."""
    made = read(programmes=[{"id": "p", "closes": {"keu": 0.1}}, {"id": "q", "closes": {"keu": 0.2}}])
    closed = closings(made, Decisions({("a", "p", "TW1"): 1, ("a", "q", "TW1"): 1}))
    assert closed[0].closed == Fraction(3, 10)


def test_weights_multiply() -> None:
    closed = closings(read(), DECISIONS)
    assert weighted(read(), closed) == Fraction("5.95") * Fraction("0.1") * 3 + Fraction("1.035") * 3 + Fraction("2.4")


RULES: dict[str, tuple[Plain, int | str, int | str | None]] = {
    "all people": ({"measure": "participants", "at_most": 50}, 19, 50),
    "people of a group": ({"measure": "participants", "where": {"groups": {"agency": "BPKAD"}}, "at_most": 9}, 10, 9),
    "people of a programme in a period": (
        {"measure": "participants", "where": {"programmes": {"id": "satu"}, "periods": ["TW2"]}, "at_most": 3}, 3, 3,
    ),
    "a share of the people": (
        {"measure": "participants", "where": {"groups": {"id": "a"}}, "at_most": "50%"}, 10, "9.5",
    ),
    "hours": ({"measure": "hours", "at_most": 100}, 97, 100),
    "a share of the hours": ({"measure": "hours", "where": {"programmes": {"id": "satu"}}, "at_most": "25%"}, 20,
                             "24.25"),
    "classes": ({"measure": "classes", "where": {"periods": ["TW2"]}, "at_most": 1}, 2, 1),
    "gaps, unweighted": ({"measure": "gaps_closed", "at_most": 99}, "9.385", 99),
    "a share of the need": (
        {"measure": "gaps_closed", "where": {"competencies": {"kind": "managerial"}}, "at_most": "30%"}, "2.4", "2.7",
    ),
    "cost": ({"measure": "cost", "at_most": 100}, 43, 100),
    "cost of a programme": ({"measure": "cost", "where": {"programmes": {"id": "satu"}}, "at_most": 100}, 24, 100),
    "cost of a group: its items and its socialization": (
        {"measure": "cost", "where": {"groups": {"id": "b"}}, "at_most": 100}, 7, 100,
    ),
    # of the Rp39 of the programmes, without Rp4 of socialization: Rp15.60
    "cost of an item by basis": ({"measure": "cost", "where": {"items": {"per": "class"}}, "at_most": "40%"}, 15,
                                 16),
    "cost in a period": ({"measure": "cost", "where": {"periods": ["TW1"]}, "at_most": 10}, 20, 10),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "measure", "bound"), RULES.values(), ids=RULES)
def test_a_rule_measures_what_its_selectors_pick(rule: Plain, measure: int | str, bound: int | str) -> None:
    made = read(rules=[{"name": "Aturan", "soft": {"penalty": 1}, **rule}])
    payments = settle(made, DECISIONS)
    result = rule_results(made, DECISIONS, payments, closings(made, DECISIONS))[0]
    assert result.measure == Fraction(measure)
    assert result.at_most == Fraction(bound)
    assert result.held == (Fraction(measure) <= Fraction(bound))


def test_missed_goals_cost_their_price_on_either_side() -> None:
    made = read(
        rules=[
            {"name": "A", "measure": "participants", "at_least": 30, "soft": {"penalty": 0.1}},
            {"name": "B", "measure": "participants", "at_most": 10, "soft": {"penalty": 0.25}},
            {"name": "C", "measure": "participants", "at_least": 5, "at_most": 50, "soft": {"penalty": 9}},
            {"name": "D", "measure": "participants", "at_least": 1},
        ]
    )
    results = rule_results(made, DECISIONS, (), closings(made, DECISIONS))
    assert penalty(made, results) == 11 * Fraction("0.1") + 9 * Fraction("0.25")
    assert [result.held for result in results] == [False, False, True, True]


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("agency", "0.28625"),  # Dinkes 3.435 of 12, BPKAD 5.95 of 10
        ("location", "0.28625"),  # Kerinci; those without a place are one bucket
        ("group", "0.28625"),
        ("competency", Fraction("2.4") / 9),
        (None, "0.28625"),
    ],
)
def test_the_smallest_coverage_is_that_of_the_worst_off(by: Any, value: str | Fraction) -> None:
    closed = closings(read(), DECISIONS)
    level = Level(maximize="smallest_coverage", by=by)
    assert level_value(read(), level, closed, (), 0, 0) == Fraction(value)


def test_where_nobody_lacks_anything_coverage_is_full() -> None:
    made = read(groups=[{"id": "a", "headcount": 10, "gaps": {"keu": 0}}])
    closed = closings(made, Decisions())
    assert closed == ()
    assert level_value(made, Level(maximize="smallest_coverage", by="group"), closed, (), 0, 0) == 1


def test_costs_and_gaps_as_levels() -> None:
    made = read(rules=[{"name": "A", "measure": "participants", "at_least": 20, "soft": {"penalty": 0.5}}])
    closed = closings(made, DECISIONS)
    results = (RuleResult("A", Fraction(19), Fraction(20), None, False),)
    assert level_value(made, Level(minimize="own_cost"), closed, results, 12, 34) == 12
    assert level_value(made, Level(minimize="total_cost"), closed, results, 12, 34) == 34
    gaps = level_value(made, Level(maximize="gaps_closed"), closed, results, 12, 34)
    assert gaps == weighted(made, closed) - Fraction(1, 2)


def test_a_share_of_no_cost_is_no_cost() -> None:
    made = read(rules=[{"name": "A", "measure": "cost", "at_least": "30%", "where": {"programmes": {"id": "satu"}}}])
    result = rule_results(made, Decisions(), (), closings(made, Decisions()))[0]
    assert (result.measure, result.at_least, result.held) == (Fraction(0), Fraction(0), True)


def test_payments_by_a_fund_that_the_rule_does_not_count_are_left_out() -> None:
    made = read(
        funds=[{"id": "apbd", "kind": "own", "amount": 100}, {"id": "unja", "kind": "partner", "amount": 9}],
        rules=[{"name": "A", "measure": "cost", "at_most": "30%", "where": {"funds": {"kind": "partner"}}}],
    )
    one = Payment("unja", "satu", "a", "Butir", "5.1.02.01.01.0001", "TW1", 9)
    other = Payment("apbd", "satu", "a", "Butir", "5.1.02.01.01.0001", "TW1", 6)
    result = rule_results(made, DECISIONS, (one, other), ())[0]
    assert (result.measure, result.at_most, result.held) == (Fraction(9), Fraction(5), False)


@pytest.mark.parametrize(
    ("bounds", "low", "high", "held", "lost"),
    [
        # of Rp15: 61% are Rp9.15 and 59% Rp8.85, the partner pays Rp9
        ({"at_least": "61%"}, 9, None, True, 0),
        ({"at_most": "59%"}, None, 9, True, 0),
        ({"at_most": "33%"}, None, 5, False, 4),
        ({"at_least": "90%"}, 13, None, False, 4),
        ({"at_least": "60%", "at_most": "60%"}, 9, 9, True, 0),
        # amounts that are no shares are what they are
        ({"at_most": 8.5}, None, "8.5", False, "0.5"),
    ],
)
def test_a_share_of_cost_is_rounded_to_whole_rupiah(
    bounds: Plain, low: int | None, high: int | str | None, held: bool, lost: int | str
) -> None:
    made = read(
        funds=[{"id": "apbd", "kind": "own", "amount": 100}, {"id": "unja", "kind": "partner", "amount": 9}],
        rules=[
            {"name": "A", "measure": "cost", "where": {"funds": {"kind": "partner"}}, "soft": {"penalty": 1}} | bounds
        ],
    )
    one = Payment("unja", "satu", "a", "Butir", "5.1.02.01.01.0001", "TW1", 9)
    other = Payment("apbd", "satu", "a", "Butir", "5.1.02.01.01.0001", "TW1", 6)
    results = rule_results(made, DECISIONS, (one, other), ())
    expected = tuple(None if bound is None else Fraction(bound) for bound in (low, high))
    assert (results[0].at_least, results[0].at_most) == expected
    assert results[0].held == held
    assert penalty(made, results) == Fraction(lost)


def test_random_decisions_close_what_the_oracle_says() -> None:
    compared = 0
    for seed in some(range(120)):
        plain = tiny_scenarios(seed, most_plans=300)
        made, instance = Scenario.model_validate(plain), Instance(plain)
        if find_problems(made):
            continue
        candidates = list(Search(instance).candidates())
        for _hope, people, socialized, classes in random.Random(seed).sample(candidates, min(4, len(candidates))):
            decisions = Decisions({k: n for k, n in people.items() if n}, dict(classes), frozenset(socialized))
            ours = {(row.group, row.competency): row.closed for row in closings(made, decisions)}
            theirs = closed_gaps(instance, dict(decisions.participants), frozenset(socialized))
            assert ours == {key: closed for key, closed in theirs.items() if key in ours}
            assert not any(closed for key, closed in theirs.items() if key not in ours)
            compared += 1
    assert compared > few(200)
