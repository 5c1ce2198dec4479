"""From a scenario to a checked plan: what is hand-solved, the same plan every time, and what is odd or extreme."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.planning import Progress, SearchLimits, plan
from planner.plans.plan import Plan, Status
from tests.oracle.generate import random_scenarios
from tests.sampled import sampled
from tests.scenarios import builders
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]

ROOT = Path(__file__).parents[2]


def planned(plain: Plain, limits: SearchLimits | None = None) -> Plan:
    """The plan of a scenario that planner check passes; checked once more."""
    made = Scenario.model_validate(plain)
    assert not find_problems(made)
    found = plan(made, limits or SearchLimits(gap=0.0), inline=True).plan
    assert check_plan(made, found.to_plain()).passed
    return found


def values(plain: Plain, status: str = "optimal") -> list[str]:
    """The values of the levels, as exact text, of a plan that must have that status."""
    found = planned(plain)
    assert found.status == status
    return [str(row.value) for row in found.objective]


THREE_A_HEAD = costing("participant", 3)

NOTHING_TO_DO: dict[str, Plain] = {
    "no money": scenario(programmes=THREE_A_HEAD, funds={"amount": 0}),
    "no gaps": scenario(groups={"gaps": {}}),
    "gaps of nobody": scenario(groups={"gaps": {"keu": 0}}),
    "nobody there": scenario(groups={"headcount": 0, "gaps": {"keu": 0}}),
    "nobody willing": scenario(groups={"uptake": 0}),
    "nobody may go": scenario(groups={"release": 0}, programmes={"hours": 1}),
    "no time": scenario(groups={"max_hours": 0}, programmes={"hours": 1}),
    "nothing that closes a gap": scenario(
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "lain", "kind": "technical"}],
        programmes={"closes": {"lain": 1}},
    ),
    "classes nobody can fill": scenario(programmes={"class_size": {"min": 11, "max": 99}}),
}


@pytest.mark.parametrize("plain", NOTHING_TO_DO.values(), ids=NOTHING_TO_DO)
def test_where_nothing_can_be_done_the_empty_plan_is_proven_best(plain: Plain) -> None:
    found = planned(plain)
    assert found.status == Status.OPTIMAL
    assert found.relative_gap == 0.0
    assert found.total_cost == 0
    assert not found.allocations
    assert found.gaps_closed == 0


OBJECTIVES: list[tuple[list[Plain], list[str]]] = [
    ([{"maximize": "gaps_closed"}, {"minimize": "own_cost"}], ["5", "15"]),
    ([{"maximize": "gaps_closed"}], ["5"]),
    ([{"minimize": "own_cost"}], ["0", "0"]),
    ([{"minimize": "total_cost"}, {"maximize": "gaps_closed"}], ["0", "0"]),
    ([{"maximize": "smallest_coverage", "by": "group"}], ["1/2", "5"]),
    ([{"maximize": "smallest_coverage", "by": "agency"}, {"minimize": "total_cost"}], ["1/2", "15", "5"]),
    ([{"maximize": "gaps_closed"}, {"minimize": "total_cost"}, {"minimize": "own_cost"}], ["5", "15", "15"]),
]


@pytest.mark.parametrize(("objective", "expected"), OBJECTIVES)
def test_levels_are_reached_in_their_order(objective: list[Plain], expected: list[str]) -> None:
    plain = scenario(programmes=THREE_A_HEAD, funds={"amount": 17}, objective=objective)
    assert values(plain) == expected
    assert values(plain | {"funds": [{"id": "apbd", "kind": "own", "amount": 0}]}) == ["0"] * len(expected)
    nobody = scenario(programmes=THREE_A_HEAD, groups={"gaps": {}}, objective=objective)
    covered = ["1" if level.get("maximize") == "smallest_coverage" else "0" for level in objective]
    assert values(nobody)[: len(objective)] == covered


def test_fair_before_many() -> None:
    """Twelve rupiah: 4 of the group that costs 3, or 12 of the one that costs 1; fair is 3 of 10 each."""
    groups = [{"id": g, "location": g, "headcount": 10, "gaps": {"keu": 10}} for g in ("dekat", "jauh")]
    price = {"by": "location", "dekat": 1, "jauh": 3}
    plain = scenario(
        groups=groups,
        programmes={"costs": [{"item": "Perjalanan", "per": "participant", "price": price}]},
        funds={"amount": 12},
    )
    assert values(plain) == ["10", "10"]
    fair = [{"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}]
    assert values(plain | {"objective": fair}) == ["3/10", "6"]


def test_where_single_rupiah_decide_they_are_counted() -> None:
    """Two halves of Rp7 are paid as Rp3 and Rp4: a share is rounded to whole rupiah in the plan's favour."""
    funds = [
        {"id": "apbd", "kind": "own", "amount": 100, "max_share": "50%"},
        {"id": "unja", "kind": "partner", "amount": 100, "max_share": "50%"},
    ]
    one = scenario(groups={"headcount": 1, "gaps": {"keu": 1}}, programmes=costing("participant", 7), funds=funds)
    assert values(one) == ["1", "3"]
    three = scenario(groups={"headcount": 3, "gaps": {"keu": 3}}, programmes=costing("participant", 7), funds=funds)
    assert values(three) == ["3", "10"]


@pytest.mark.parametrize("short", [0, 1])
@pytest.mark.parametrize("price", [9_999_999_999_999, 77_777_777_777_777, 1, 1_000_003])
def test_a_budget_is_met_to_the_rupiah_and_never_passed(price: int, short: int) -> None:
    plain = scenario(programmes=costing("participant", price), funds={"amount": 7 * price - short})
    assert values(plain) == [str(7 - short), str((7 - short) * price)]


ODD: dict[str, tuple[Plain, list[str]]] = {
    "a programme without costs": (scenario(), ["10", "0"]),
    "twelve periods": (
        scenario(
            periods=[f"B{n}" for n in range(1, 13)],
            groups={"release": "10%"},
            programmes=THREE_A_HEAD | {"days": 20},  # all working days of a period: one person in each
            funds={"amount": 28},
        ),
        ["9", "27"],
    ),
    "names as long as they may be": (
        scenario(
            groups=[{"id": "n" * 200, "name": "x" * 200, "headcount": 10, "gaps": {"keu": 10}}],
            programmes={"id": "p|q = x; " + "é漢" * 20, **THREE_A_HEAD},
        ),
        ["10", "30"],
    ),
    "names that a solver would take for the same": (
        scenario(
            competencies=[{"id": "a b", "kind": "technical"}, {"id": "a_b", "kind": "technical"}],
            groups=[
                {"id": "IT dept", "headcount": 5, "gaps": {"a b": 5}},
                {"id": "IT_dept", "headcount": 5, "gaps": {"a_b": 5}},
            ],
            programmes=[
                {"id": "p 1", "closes": {"a b": 1}, **THREE_A_HEAD},
                {"id": "p_1", "closes": {"a_b": 1}, **THREE_A_HEAD},
            ],
            periods=["TW 1", "TW|1"],
        ),
        ["10", "30"],
    ),
    "amounts from one rupiah to hundreds of trillions": (
        scenario(
            programmes=[
                {"id": "murah", "closes": {"keu": 1}, **costing("participant", 1)},
                {"id": "mahal", "closes": {"keu": 1}, **costing("participant", 99_999_999_999_999)},
            ],
            funds={"amount": 900_000_000_000_005},
        ),
        ["10", "10"],
    ),
    "weights of a billionth": (
        scenario(
            competencies=[{"id": "keu", "kind": "technical", "weight": 1e-9}], programmes=THREE_A_HEAD,
            funds={"amount": 17},
        ),
        ["1/200000000", "15"],
    ),
    "weights of a billion": (
        scenario(
            competencies=[{"id": "keu", "kind": "technical", "weight": 1e9}], programmes=THREE_A_HEAD,
            funds={"amount": 17},
        ),
        ["5000000000", "15"],
    ),
    "a penalty of a billion": (
        scenario(
            programmes=THREE_A_HEAD,
            funds={"amount": 17},
            rules=[{"name": "A", "measure": "participants", "at_least": 9, "soft": {"penalty": 1e9}}],
        ),
        ["-3999999995", "15"],
    ),
    "a match of next to nothing": (
        scenario(
            programmes=THREE_A_HEAD,
            funds=[
                {"id": "apbd", "kind": "own", "amount": 17},
                {"id": "m", "kind": "partner", "amount": 100, "match": {"with": "apbd", "ratio": 1e-9}},
            ],
        ),
        ["6", "17"],
    ),
    "a match of next to everything": (
        scenario(
            programmes=THREE_A_HEAD,
            funds=[
                {"id": "apbd", "kind": "own", "amount": 5},
                {"id": "m", "kind": "partner", "amount": 100, "match": {"with": "apbd", "ratio": 99_999_999}},
            ],
        ),
        ["10", "1"],
    ),
    "a share of next to nothing": (
        scenario(
            programmes=THREE_A_HEAD,
            funds=[
                {"id": "apbd", "kind": "own", "amount": 17},
                {"id": "m", "kind": "partner", "amount": 100, "max_share": 1e-9},
            ],
        ),
        ["6", "17"],
    ),
    "funds that match each other": (
        scenario(
            programmes=THREE_A_HEAD,
            funds=[
                {"id": "apbd", "kind": "own", "amount": 25, "match": {"with": "m", "ratio": 1}},
                {"id": "m", "kind": "partner", "amount": 100, "match": {"with": "apbd", "ratio": 1}},
            ],
        ),
        ["10", "15"],
    ),
    "mentors for numbers without a common multiple": (
        scenario(
            mentor_pools=[{"id": "s", "from": {}, "share": "10%"}],
            programmes=[
                {
                    "id": f"p{n}", "closes": {"keu": 1}, "periods": ["TW1"],
                    "mentors": {"pool": "s", "mentees_each": each},
                }
                for n, each in enumerate((999_999_937, 999_999_929, 7))
            ],
        ),
        ["9", "0"],  # of ten, somebody is left to mentor the others
    ),
    "a million classes": (
        scenario(
            groups={"headcount": 999_999_999, "gaps": {"keu": 999_999_999}},
            programmes={"class_size": {"max": 40}, **costing("class", 1000)},
            funds={"amount": 10**9},
        ),
        ["40000000", "1000000000"],
    ),
    "more free seats than people": (
        scenario(
            programmes=THREE_A_HEAD,
            funds=[
                {"id": "apbd", "kind": "own", "amount": 0},
                {"id": "m", "kind": "partner", "amount": 0, "seats": {"bimtek": 999_999_999}},
            ],
        ),
        ["10", "0"],
    ),
    "a rule that allows nothing": (
        scenario(rules=[{"name": "A", "measure": "gaps_closed", "at_most": 0}]),
        ["0", "0"],
    ),
    "a share of itself": (
        scenario(
            programmes=THREE_A_HEAD,
            rules=[{"name": "A", "measure": "cost", "where": {"programmes": {"id": "bimtek"}}, "at_most": "50%"}],
        ),
        ["0", "0"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("plain", "expected"), ODD.values(), ids=ODD)
def test_what_is_odd_or_extreme_is_planned_all_the_same(plain: Plain, expected: list[str]) -> None:
    assert values(plain) == expected


def test_no_agreement_is_paid_for_nothing() -> None:
    """Where costs are no goal, a fund that would pay its own agreement and nothing else stays unused."""
    plain = scenario(
        programmes=THREE_A_HEAD,
        funds=[
            {"id": "apbd", "kind": "own", "amount": 17},
            {"id": "dana", "kind": "own", "amount": 4, "agreement_cost": {"amount": 4}},
        ],
        objective=[{"maximize": "gaps_closed"}],
    )
    found = planned(plain)
    assert found.gaps_closed == 5
    assert [payment for payment in found.payments if payment.programme is None] == []


def test_news_come_for_each_level_in_its_own_unit() -> None:
    news: list[Progress] = []
    plan(builders.scenario(), SearchLimits(), progress=news.append, inline=True)
    assert {one.stage for one in news} <= {"gaps_closed", "own_cost", "ties", "proof"}
    assert news[-1].stage == "proof"
    assert all(one.seconds >= 0 for one in news)
    assert all(one.gap is None or one.gap >= 0 for one in news)


@pytest.mark.parametrize("seed", sampled([5, 9], 2))
def test_the_same_scenario_gives_the_same_plan(seed: int) -> None:
    made = Scenario.model_validate(random_scenarios(seed, (6, 5, 2, 3)))
    first, second = (plan(made, SearchLimits(), inline=True).plan for _ in range(2))
    assert first.to_json() == second.to_json()


TWICE = """
import json, sys
from planner.processes.lean import set_up_process
set_up_process()
from planner.domain.scenario import Scenario
from planner.planning import plan
found = plan(Scenario.model_validate(json.load(sys.stdin)), inline=True).plan
print(found.to_json())
"""


def test_another_process_with_another_hash_seed_gives_the_same_plan() -> None:
    plain = json.dumps(random_scenarios(5, (6, 5, 2, 3)))
    found = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        answer = subprocess.run(
            [sys.executable, "-c", TWICE], input=plain, env=environment, capture_output=True, text=True, check=True
        )
        found.append(answer.stdout)
    assert found[0] == found[1]


def test_a_tolerance_is_kept_and_told() -> None:
    found = planned(scenario(programmes=THREE_A_HEAD, funds={"amount": 17}), SearchLimits(gap=0.5))
    assert found.tolerance == 0.5
    assert found.relative_gap <= 0.5
    assert found.status == Status.OPTIMAL


def test_figures_are_exact_fractions() -> None:
    found = planned(scenario(programmes={"closes": {"keu": 0.1}}, groups={"uptake": "30%"}))
    assert found.gaps_closed == Fraction(3, 10)
