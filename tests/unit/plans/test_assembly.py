"""From decisions to the plan: totals, order, status and bounds, and what is made of an engine's bounds."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from planner.attendance.finder import attended
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed
from planner.payments.settlement import settle
from planner.plans.assembly import assemble
from planner.plans.claim import Bounds, Claim
from planner.plans.plan import Plan, SolverRun, Status
from tests.scenarios.hand import costing, scenario

GAPS = Level(maximize="gaps_closed")
OWN = Level(minimize="own_cost")


def assembled(
    bounds: dict[Level, float | Bounds | None],
    tolerance: float = 0.0,
    people: int = 5,
    passes: bool = True,
    **changes: Any,
) -> Plan:
    """The plan in which `people` of 10 are trained at Rp3 a head, for the bounds given: a number is an exact one."""
    made = Scenario.model_validate(scenario(**({"programmes": costing("participant", 3)} | changes)))
    decisions = Decisions({("a", "bimtek", "TW1"): people} if people else {})
    plan = assemble(
        made,
        decisions,
        settle(made, decisions),
        attendance=attended(made, decisions) or (),
        levels=levels_of(made),
        bounds={level: b if isinstance(b, Bounds) else Bounds(b) for level, b in bounds.items()},
        tolerance=tolerance,
        solver=SolverRun("HiGHS", "1", 0.0, "test"),
    )
    verdict = check_plan(made, plan.to_plain())
    assert verdict.passed is passes, verdict.findings
    return plan


def test_a_plan_that_meets_its_bound_is_optimal() -> None:
    plan = assembled({GAPS: 5.0, OWN: 15.0})
    assert plan.status == Status.OPTIMAL
    assert plan.bound == 5.0
    assert plan.relative_gap == 0.0
    assert [(row.goal, row.value, row.bound) for row in plan.objective] == [
        ("gaps_closed", Fraction(5), 5.0),
        ("own_cost", Fraction(15), 15.0),
    ]


@pytest.mark.parametrize("bound", [5.0 - 1e-10, 5.0 - 1e-6])
def test_a_solvers_arithmetic_is_no_difference_where_two_agree(bound: float) -> None:
    plan = assembled({GAPS: Bounds(agreed=bound), OWN: None})
    assert (plan.status, plan.claim) == (Status.OPTIMAL, Claim.AGREED)
    assert plan.objective[0].bound == 5.0
    assert plan.objective[0].exact_bound is None
    assert plan.bound == 5.0


def test_what_is_proven_needs_no_agreement_and_what_is_neither_is_claimed() -> None:
    both = assembled({GAPS: Bounds(5.0, 5.0)})
    assert (both.claim, both.objective[0].claim) == (Claim.PROVEN, Claim.PROVEN)
    agreed = assembled({GAPS: Bounds(5.5, 5.0)})
    assert (agreed.claim, agreed.objective[0].bound, agreed.objective[0].exact_bound) == (Claim.AGREED, 5.0, 5.5)
    claimed = assembled({GAPS: Bounds(5.5, 5.2)})
    assert (claimed.status, claimed.claim) == (Status.FEASIBLE, Claim.CLAIMED)
    assert claimed.bound == claimed.objective[0].bound == 5.5, "what two searches have not come to is not stated"


@pytest.mark.parametrize("bound", [4.99, 3.0, -math.inf])
def test_a_plan_beyond_a_bound_that_was_confirmed_exactly_is_a_failure_of_ours(bound: float) -> None:
    with pytest.raises(CheckFailed, match="bertentangan"):
        assembled({GAPS: bound})


@pytest.mark.parametrize(("tolerance", "status"), [(0.0, "feasible"), (0.0001, "feasible"), (0.02, "optimal")])
def test_a_plan_within_the_tolerance_is_optimal_and_says_how_far(tolerance: float, status: str) -> None:
    plan = assembled({GAPS: 5.1, OWN: None}, tolerance)
    assert plan.status == status
    assert plan.bound == 5.1
    assert plan.relative_gap == pytest.approx(0.02)
    assert plan.tolerance == tolerance


@pytest.mark.parametrize("bound", [None, math.nan, math.inf, -math.inf, 3.0, 4.99])
def test_what_is_no_bound_leaves_all_the_gaps_there_are(bound: float | None) -> None:
    """Also a bound of two searches that the plan has passed by more than tolerances explain: it was wrong."""
    plan = assembled({GAPS: Bounds(agreed=bound), OWN: None})
    assert plan.status == Status.FEASIBLE
    assert plan.objective[0].bound is None
    assert plan.bound == 10.0
    assert plan.relative_gap == 1.0


def test_a_bound_on_costs_above_what_is_paid_is_none() -> None:
    plan = assembled({GAPS: 5.0, OWN: Bounds(agreed=16.0)})
    assert plan.objective[1].bound is None
    assert plan.status == Status.OPTIMAL, "gaps closed is the level that must be proven"


def test_levels_above_gaps_closed_must_be_proven_too() -> None:
    levels = [{"minimize": "own_cost"}, {"maximize": "gaps_closed"}]
    assert assembled({GAPS: 5.0, OWN: 15.0}, objective=levels).status == Status.OPTIMAL
    assert assembled({GAPS: 5.0, OWN: 12.0}, objective=levels).status == Status.FEASIBLE
    assert assembled({GAPS: 5.0, OWN: None}, objective=levels).status == Status.FEASIBLE


def test_gaps_closed_are_a_last_level_where_the_scenario_names_none() -> None:
    plan = assembled({OWN: 0.0, GAPS: 0.0}, people=0, objective=[{"minimize": "own_cost"}])
    assert [row.goal for row in plan.objective] == ["own_cost", "gaps_closed"]
    assert plan.status == Status.OPTIMAL


def test_the_bound_is_of_gaps_at_the_penalties_that_the_plan_bears() -> None:
    rule = {"name": "Sepuluh", "measure": "participants", "at_least": 10, "soft": {"penalty": 0.5}}
    plan = assembled({GAPS: 3.0, OWN: None}, rules=[rule])  # 5 closed, less 5 x 0.5; at most 3 were possible
    assert plan.objective[0].value == Fraction(5, 2)
    assert plan.weighted_gaps_closed == 5
    assert plan.bound == 5.5
    assert plan.status == Status.FEASIBLE


@pytest.mark.parametrize("penalty", [0.1, 1e3, 1e6, 123_456.789])
def test_large_penalties_do_not_blur_what_is_proven(penalty: float) -> None:
    rule = {"name": "Sepuluh", "measure": "participants", "at_least": 10, "soft": {"penalty": penalty}}
    value = 5 - 5 * Fraction(str(penalty))
    plan = assembled({GAPS: float(value), OWN: None}, tolerance=0.0001, rules=[rule])
    assert plan.status == Status.OPTIMAL
    assert plan.bound == pytest.approx(5.0)


def test_a_gap_that_is_small_beside_the_penalties_may_be_large_beside_the_gaps() -> None:
    """1 of 49,995 is within the tolerance of the level; 1 of 5 gaps is not what anybody calls optimal."""
    rule = {"name": "Sepuluh", "measure": "participants", "at_least": 10, "soft": {"penalty": 10_000}}
    plan = assembled({GAPS: 5 - 50_000 + 1.0, OWN: None}, tolerance=0.0001, rules=[rule])
    assert plan.bound == pytest.approx(6.0)
    assert plan.status == Status.FEASIBLE


def test_tables_stand_in_the_order_of_the_file() -> None:
    made = Scenario.model_validate(
        scenario(
            groups=[{"id": g, "headcount": 9, "gaps": {"keu": 9}} for g in ("z", "a")],
            programmes=[
                {"id": "q", "closes": {"keu": 1}, "class_size": {"max": 9}, **costing("class", 2)},
                {"id": "b", "closes": {"keu": 1}, **costing("participant", 5)},
            ],
            funds=[
                {"id": "m", "kind": "partner", "amount": 3, "seats": {"b": 2, "q": 0}},
                {"id": "apbd", "kind": "own", "amount": 99},
            ],
        )
    )
    decisions = Decisions(
        participants={
            ("a", "b", "TW2"): 2, ("z", "b", "TW2"): 1, ("a", "q", "TW2"): 1, ("z", "q", "TW1"): 3,
            ("a", "q", "TW1"): 2,
        },
        classes={("q", "TW2"): 1, ("q", "TW1"): 1},
        seats={("m", "b", "a", "TW2"): 1, ("m", "b", "z", "TW2"): 1},
    )  # fmt: skip
    plan = assemble(
        made,
        decisions,
        settle(made, decisions),
        attendance=attended(made, decisions) or (),
        levels=levels_of(made),
        bounds={},
        tolerance=0.0,
        solver=SolverRun("HiGHS", "1", 0.0, "test"),
    )
    assert check_plan(made, plan.to_plain()).passed
    assert [(r.programme, r.period, r.group, r.participants) for r in plan.allocations] == [
        ("q", "TW1", "z", 3), ("q", "TW1", "a", 2), ("q", "TW2", "a", 1), ("b", "TW2", "z", 1), ("b", "TW2", "a", 2),
    ]  # fmt: skip
    assert [(r.programme, r.period, r.classes, r.participants) for r in plan.classes] == [
        ("q", "TW1", 1, 5), ("q", "TW2", 1, 1),
    ]  # fmt: skip
    assert [(r.group, r.seats) for r in plan.seats] == [("z", 1), ("a", 1)]
    assert [(r.programme, r.period, r.group, r.fund, r.amount) for r in plan.payments] == [
        ("q", "TW1", None, "m", 2), ("q", "TW2", None, "m", 1), ("q", "TW2", None, "apbd", 1),
        ("b", "TW2", "a", "apbd", 5),
    ]  # fmt: skip
    assert [(r.fund, r.amount, r.spent) for r in plan.funds] == [("m", 3, 3), ("apbd", 99, 6)]
    assert plan.total_cost == plan.own_cost + plan.partner_cost == 9


def test_a_plan_of_nothing_is_a_plan() -> None:
    plan = assembled({GAPS: 0.0, OWN: 0.0}, people=0, funds={"amount": 0})
    assert plan.status == Status.OPTIMAL
    assert plan.total_cost == 0
    assert not plan.allocations + plan.payments + plan.classes
    assert [(row.need, row.closed) for row in plan.closings] == [(10, Fraction(0))]
