"""Figures of a plan as a whole: totals, closings, objective, bound and status are what the decisions make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.check import check_plan
from planner.locale import DEFAULT_LANGUAGE, use_language
from tests.scenarios.hand import broken, costing, paid, planned, read, scenario

Plain = dict[str, Any]


def case(**changes: Any) -> Plain:
    """Two groups; a weighs 2, kom weighs 1.5; Rp12 for the participants."""
    groups = [
        {"id": "a", "headcount": 10, "gaps": {"keu": 10, "kom": 0}, "weight": 2, "agency": "BPKAD"},
        {"id": "b", "headcount": 10, "gaps": {"kom": 4, "keu": 3}},
    ]
    competencies = [{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial", "weight": 1.5}]
    programmes = {"closes": {"keu": 0.3, "kom": "70%"}} | costing("participant", 2)
    funds = [{"id": "apbd", "kind": "own", "amount": 99}, {"id": "unja", "kind": "partner", "amount": 9}]
    return scenario(groups=groups, competencies=competencies, programmes=programmes, funds=funds, **changes)


def plan_of(plain: Plain) -> Plain:
    """4 of a and 2 of b: closed keu 1.2 of a, kom 1.4 and keu 0.6 of b; weighted 2.4 + 2.1 + 0.6."""
    people = {("a", "bimtek", "TW1"): 4, ("b", "bimtek", "TW2"): 2}
    rows = [paid(8, group="a"), paid(3, group="b", period="TW2"), paid(1, "unja", group="b", period="TW2")]
    return planned(plain, people, payments=rows)


def test_the_plan_solved_by_hand_passes() -> None:
    plan = plan_of(case())
    assert (plan["gaps_closed"], plan["weighted_gaps_closed"], plan["total_need"]) == (3.2, 5.1, 17)
    assert (plan["total_cost"], plan["own_cost"], plan["partner_cost"]) == (12, 11, 1)
    assert broken(case(), plan) == set()


@pytest.mark.parametrize("name", ["total_cost", "own_cost", "partner_cost", "total_need"])
@pytest.mark.parametrize("step", [-1, 1, 0.0])
def test_whole_totals_are_integers_and_right(name: str, step: float) -> None:
    plan = plan_of(case())
    assert broken(case(), plan | {name: plan[name] + step}) == {"totals"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda plan: plan | {"total_cost": float(plan["total_cost"])}, "12.0"),
        (lambda plan: plan | {"format": 1.0}, "1.0"),
        (lambda plan: plan | {"payments": [plan["payments"][0] | {"amount": 8.0}, *plan["payments"][1:]]}, "8.0"),
    ],
)
def test_a_whole_number_with_decimals_is_told_as_what_it_is(change: Callable[[Plain], Plain], place: str) -> None:
    use_language("en")
    try:
        said = [finding.sentence for finding in check_plan(read(case()), change(plan_of(case()))).findings]
    finally:
        use_language(DEFAULT_LANGUAGE)
    whole = place.removesuffix(".0")
    assert f"{place} is written with decimals; it must be written as a whole number: {whole}." in said
    assert not any(f"is {whole}, not {whole}" in each or f"states {whole};" in each for each in said)


@pytest.mark.parametrize("name", ["gaps_closed", "weighted_gaps_closed"])
def test_gaps_are_the_nearest_float_and_no_other(name: str) -> None:
    plan = plan_of(case())
    assert "totals" in broken(case(), plan | {name: plan[name] + 1e-15})


def test_closings_are_all_gaps_once_with_need_and_closed() -> None:
    plan = plan_of(case())
    rows = plan["closings"]
    assert [(row["group"], row["competency"]) for row in rows] == [("a", "keu"), ("b", "kom"), ("b", "keu")]
    extra = {"group": "a", "competency": "kom", "need": 0, "closed": 0.0}
    for wrong in (rows[1:], [*rows, rows[0]], [*rows, extra], [*rows[1:], rows[0]], []):
        assert broken(case(), plan | {"closings": wrong}) == {"closings"}
    for column, value in (("need", 11), ("need", 10.0), ("closed", 1.3), ("closed", "1.2"), ("competency", "kom")):
        wrong = [rows[0] | {column: value}, *rows[1:]]
        assert broken(case(), plan | {"closings": wrong}) == {"closings"}, column


def test_the_gaps_of_one_group_may_stand_in_any_order() -> None:
    plan = plan_of(case())
    first, second, third = plan["closings"]
    assert broken(case(), plan | {"closings": [first, third, second]}) == set()


def test_a_gap_is_not_closed_beyond_the_willing() -> None:
    plain = scenario(groups={"gaps": {"keu": 5}, "uptake": "50%"}, programmes=[
        {"id": "bimtek", "closes": {"keu": 1}}, {"id": "lain", "closes": {"keu": 1}},
    ])  # fmt: skip
    plan = planned(plain, {("a", "bimtek", "TW1"): 2, ("a", "lain", "TW1"): 2})
    assert plan["closings"][0]["closed"] == 2.5
    assert broken(plain, plan) == set()
    plan["closings"][0]["closed"] = 4.0
    assert broken(plain, plan) == {"closings"}


def test_funds_stand_once_each_with_what_they_have_and_spend() -> None:
    plan = plan_of(case())
    rows = plan["funds"]
    for wrong in (rows[:1], rows[::-1], [*rows, rows[0]], [rows[0] | {"spent": 12}, rows[1]],
                  [rows[0] | {"amount": 98}, rows[1]], [rows[0] | {"spent": 11.0}, rows[1]]):  # fmt: skip
        assert broken(case(), plan | {"funds": wrong}) == {"totals"}


FAIR = [
    ({"maximize": "smallest_coverage", "by": "group"}, 0.12),  # a: 1.2 of 10
    ({"maximize": "smallest_coverage", "by": "competency"}, 1.8 / 13),  # keu: 1.8 of 13
    ({"maximize": "smallest_coverage", "by": "agency"}, 0.12),  # BPKAD: a; no agency: b
    ({"maximize": "smallest_coverage", "by": "location"}, 3.2 / 17),  # nobody has one: one bucket
    ({"minimize": "total_cost"}, 12.0),
    ({"minimize": "own_cost"}, 11.0),
    ({"maximize": "gaps_closed"}, 5.1),
]


@pytest.mark.parametrize(("level", "value"), FAIR)
def test_each_level_states_its_exact_value(level: dict[str, str], value: float) -> None:
    plain = case(objective=[level])
    plan = plan_of(plain)
    assert plan["objective"][0]["value"] == value
    assert broken(plain, plan) == set()
    plan["objective"][0]["value"] = value + 1
    assert "objective" in broken(plain, plan)


def test_gaps_closed_may_stand_as_the_last_level_where_none_names_it() -> None:
    plain = case(objective=[{"minimize": "total_cost"}])
    plan = plan_of(plain)
    assert [row["goal"] for row in plan["objective"]] == ["total_cost", "gaps_closed"]
    assert broken(plain, plan) == set()
    assert broken(plain, plan | {"objective": plan["objective"][:1]}) == set()
    assert broken(plain, plan | {"objective": plan["objective"][1:]}) == {"objective"}
    assert broken(plain, plan | {"objective": []}) == {"objective"}


def test_coverage_is_whole_where_nothing_is_needed() -> None:
    plain = scenario(groups={"gaps": {}}, objective=[{"maximize": "smallest_coverage", "by": "group"}])
    plan = planned(plain, {})
    assert plan["objective"][0]["value"] == 1.0
    assert broken(plain, plan) == set()


def feasible(bound: float) -> Plain:
    plan = plan_of(case())
    plan |= {"status": "feasible", "claim": "claimed", "bound": bound, "relative_gap": (bound - 5.1) / 5.1}
    plan["objective"][0] |= {"bound": bound, "exact_bound": bound, "claim": "claimed"}
    return plan


def claiming(claim: str, bound: float, tolerance: float = 0.0001) -> Plain:
    """A plan that is called optimal because its first level is `claim` within `bound`."""
    plan = feasible(bound) | {"status": "optimal", "claim": claim, "tolerance": tolerance}
    plan["objective"][0]["claim"] = claim
    return plan


def test_a_feasible_plan_states_how_much_more_is_possible() -> None:
    assert broken(case(), feasible(6.0)) == set()
    assert broken(case(), feasible(6.0) | {"relative_gap": 0.1}) == {"bound"}
    assert broken(case(), feasible(6.0) | {"relative_gap": -0.9 / 5.1}) == {"bound"}
    for off in (0.5e-12, 1.5e-12, -1.5e-12):  # a rounding is excused, and nothing larger
        plan = feasible(6.0) | {"relative_gap": 0.9 / 5.1 + off}
        assert broken(case(), plan) == ({"bound"} if abs(off) > 1e-12 else set())
    assert "bound" in broken(case(), feasible(5.0))


def test_optimal_is_earned_within_the_tolerance() -> None:
    assert broken(case(), claiming("proven", 5.1 * 1.00009)) == set()
    assert broken(case(), claiming("proven", 5.1 * 1.00011)) == {"status", "objective"}
    assert broken(case(), claiming("proven", 5.1 * 1.00011, 0.001)) == set()
    assert broken(case(), claiming("proven", 6.0, 1)) == set()
    for impossible in (-0.1, 1.1, 2**64):
        assert "bound" in broken(case(), feasible(6.0) | {"tolerance": impossible})
    assert broken(case(), claiming("proven", 5.1) | {"relative_gap": 0.0}) == set()
    assert broken(case(), claiming("proven", 5.1) | {"relative_gap": -1e-14}) == {"bound"}


def test_optimal_is_proven_or_agreed_and_anything_else_is_feasible() -> None:
    agreed = claiming("agreed", 5.1 * 1.00009)
    agreed["objective"][0]["exact_bound"] = 6.0
    assert broken(case(), agreed) == set()
    assert broken(case(), agreed | {"claim": "proven"}) == {"status"}
    assert broken(case(), agreed | {"claim": "claimed"}) == {"status"}
    assert broken(case(), claiming("agreed", 5.1 * 1.00009)) == {"objective"}, "it is proven, and must say so"
    assert broken(case(), feasible(6.0) | {"claim": "agreed"}) == {"status"}
    assert broken(case(), feasible(6.0) | {"status": "optimal"}) == {"status"}


def test_what_is_agreed_is_agreed_at_its_limits() -> None:
    """The bound just beyond the tolerance, and the exact one by 1 to either side of the value."""

    def agreed(bound: float, exact: float | None, tolerance: float = 0.1) -> set[str]:
        plan = claiming("agreed", bound, tolerance)
        plan["objective"][0]["exact_bound"] = exact
        return broken(case(), plan)

    assert agreed(5.6099, None) == set()
    assert agreed(5.6101, None) == {"status", "objective"}
    assert agreed(5.1, 5.1 + 1) == agreed(5.1, 5.1 + 2) == set()
    assert agreed(5.1, 5.1 - 1) == {"objective"}, "the plan is beyond it"
    assert agreed(5.1 - 1, 6.1) == {"bound", "status", "objective"}
    assert agreed(5.1 + 1, 6.1) == {"status", "objective"}
    assert agreed(5.1, 5.6099) == {"objective"}, "it is proven, and must say so"
    assert agreed(5.1, 5.6101) == set()


def test_a_level_that_is_claimed_states_no_more_than_is_confirmed() -> None:
    plan = feasible(6.0)
    plan["objective"][0]["exact_bound"] = 7.0
    assert broken(case(), plan) == {"objective"}
    plan["objective"][0] |= {"bound": 6.0, "exact_bound": 5.0}
    assert broken(case(), plan) == {"objective"}


def test_optimal_needs_gaps_closed_and_what_ranks_above_proven() -> None:
    plan, unknown = plan_of(case()), {"bound": None, "exact_bound": None, "claim": "claimed"}
    plan["objective"][1] |= unknown
    assert broken(case(), plan) == set()
    plan["objective"][0] |= unknown
    assert broken(case(), plan) == {"status"}
    assert broken(case(), plan | {"status": "feasible", "claim": "claimed"}) == set()
    first = case(objective=[{"minimize": "own_cost"}, {"maximize": "gaps_closed"}])
    plan = plan_of(first)
    for bound in (None, 9.0):
        plan["objective"][0] |= {"bound": bound, "exact_bound": bound, "claim": "claimed"}
        assert broken(first, plan) == {"status"}
        assert broken(first, plan | {"status": "feasible", "claim": "claimed"}) == set()


def test_no_level_is_better_than_its_bound() -> None:
    plan = plan_of(case())
    plan["objective"][1] |= {"bound": 9.0, "exact_bound": 9.0, "claim": "claimed"}
    assert broken(case(), plan) == set()
    plan["objective"][1] |= {"bound": 12.0, "exact_bound": 12.0}
    assert broken(case(), plan) == {"objective"}


def test_the_gap_of_a_small_plan_is_held_against_one_gap() -> None:
    plain = scenario(programmes={"closes": {"keu": 0.25}})
    plan = planned(plain, {("a", "bimtek", "TW1"): 1})
    plan |= {"status": "feasible", "claim": "claimed", "bound": 0.5, "relative_gap": 0.25}
    plan["objective"][0] |= {"bound": 0.5, "exact_bound": 0.5, "claim": "claimed"}
    assert broken(plain, plan) == set()


def test_the_gap_of_a_cost_is_held_against_that_cost() -> None:
    plain = case(objective=[{"minimize": "own_cost"}, {"maximize": "gaps_closed"}])
    plan = plan_of(plain)
    assert plan["objective"][0]["value"] == 11.0
    for bound, families in ((11 * 0.99991, set()), (11 * 0.99989, {"status", "objective"})):
        plan["objective"][0] |= {"bound": bound, "exact_bound": bound, "claim": "proven"}
        assert broken(plain, plan) == families


@pytest.mark.parametrize("status", ["infeasible", "no_plan_in_time", "Optimal", None, 1, ["optimal"]])
def test_only_optimal_and_feasible_answers_carry_a_plan(status: object) -> None:
    assert "status" in broken(case(), plan_of(case()) | {"status": status})


def test_a_plan_is_for_one_scenario() -> None:
    plain = case()
    plan = plan_of(plain)
    for wrong in ({"id": "lain", "sha256": read(plain).sha256}, {"id": "uji", "sha256": "0" * 64}):
        assert broken(plain, plan | {"scenario": wrong}) == {"scenario"}
    changed = case(scenario={"id": "uji", "fiscal_year": 2028})
    assert {finding.key for finding in check_plan(read(changed), plan).findings} == {"sha256"}
