"""Files of which too much was once claimed, with the right values; and what two searches may and may not claim."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from types import TracebackType
from typing import Any, Self

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting import attempts, second_opinions
from planner.errors import CheckFailed, InfeasibleError
from planner.planning import SearchLimits, plan
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status
from planner.proof import effort, formulation, proving
from planner.proof.columns import Columns
from planner.proof.people_rows import add_people
from planner.solve import second
from planner.solve.answers import LevelOutcome, Solution
from planner.solve.engine import EngineName
from planner.solve.engines import solver_version
from planner.solve.outcome import Ending
from tests.oracle.generate import random_scenarios
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]
Patch = pytest.MonkeyPatch


def file(**parts: Any) -> Scenario:
    """A scenario of competencies a, b and c."""
    kinds = [{"id": name, "kind": "technical"} for name in "abc"]
    return Scenario.model_validate({"format": 1, "scenario": {"id": "m"}, "competencies": kinds} | parts)


def cost(per: str, price: Any, **line: Any) -> Plain:
    return {"item": "Butir", "per": per, "price": price, **line}


UNAFFORDABLE = file(
    groups=[
        {"id": "g1", "headcount": 11, "gaps": {"c": 11}},
        {"id": "g2", "headcount": 10, "gaps": {"b": 10}},
        {"id": "g3", "headcount": 7, "gaps": {"a": 6}},
    ],
    programmes=[
        {"id": "mahal", "closes": {"a": 0.01}, "costs": [cost("participant", 900_000_000)]},
        {"id": "p0", "closes": {"c": 0.85}},
        {"id": "p1", "closes": {"c": 0.85}, "costs": [cost("programme", 17_500_035)]},
        {
            "id": "p3",
            "closes": {"b": 0.5},
            "class_size": {"min": 4, "max": 18},
            "costs": [cost("class", 1_400_000, quantity=12)],
        },
    ],
    funds=[
        {"id": "apbd", "kind": "own", "amount": 21_065_331},
        {"id": "f2", "kind": "partner", "amount": 7_474_266, "pays": {"programmes": {"id": ["p0", "p3"]}}},
    ],
)
"""p0 is free: 9.35 gaps; one class of p3 for Rp16.8 million adds 5. It was 9.35, "proven best"."""


@pytest.mark.parametrize("solver", [EngineName.HIGHS, EngineName.CBC])
@pytest.mark.parametrize("gap", [0.0001, 0.1])
def test_a_seat_nobody_can_afford_does_not_hide_a_class_that_can_be_paid(solver: EngineName, gap: float) -> None:
    found = plan(UNAFFORDABLE, SearchLimits(solver=solver, gap=gap), inline=True).plan
    assert (found.gaps_closed, found.claim, found.bound) == (Fraction("14.35"), Claim.PROVEN, 14.35)


SHARES = file(
    groups=[
        {"id": "kota", "location": "Kota", "headcount": 40, "gaps": {"a": 40}},
        {"id": "desa", "location": "Desa", "headcount": 25, "gaps": {"a": 25}},
    ],
    programmes=[
        {
            "id": "p",
            "closes": {"a": 1},
            "class_size": {"min": 5, "max": 30},
            "costs": [
                cost("participant", {"by": "location", "Kota": 150_001, "Desa": 851_371}),
                {"item": "Kelas", "per": "class", "price": 21_600_001},
            ],
        }
    ],
    funds=[
        {"id": "apbd", "kind": "own", "amount": 10**9, "max_share": "70%"},
        {"id": "mitra", "kind": "partner", "amount": 10**9, "max_share": "30%"},
    ],
)
"""Two shares that meet at 100% of an odd price, money for all. The plan was empty, and 22,900% better was possible."""


def test_shares_that_meet_at_100_percent_pay_an_odd_price() -> None:
    began = time.monotonic()
    found = plan(SHARES, SearchLimits(time_limit=30), inline=True).plan
    assert (found.gaps_closed, found.claim) == (Fraction(65), Claim.PROVEN)
    assert time.monotonic() - began < 30
    paid = {row.fund: row.spent for row in found.funds}
    cost_of_all = sum(paid.values())
    assert paid["mitra"] == -(-cost_of_all * 3 // 10), "30%, rounded up; own money is saved"


def test_one_rupiah_between_a_rule_and_the_only_fund_is_decided_in_integers() -> None:
    people = {"id": "a", "headcount": 3000, "gaps": {"keu": 3000}}
    for amount, possible in ((1_234_567 * 1700, True), (1_234_567 * 1700 - 1, False)):
        rule = {"name": "Serapan", "measure": "cost", "at_least": 1_234_567 * 1700}
        made = Scenario.model_validate(
            scenario(
                groups=[people], programmes=costing("participant", 1_234_567), funds={"amount": amount}, rules=[rule]
            )
        )
        if possible:
            assert plan(made, inline=True).plan.gaps_closed == 1700
        else:
            with pytest.raises(InfeasibleError, match="Serapan"):
                plan(made, inline=True)


def test_people_of_little_weight_are_not_given_up_for_own_money() -> None:
    """Weights of 1e4 and 1e-4: each level was held with a slack in which 9 of 50 people disappeared."""
    made = file(
        groups=[
            {"id": "besar", "headcount": 50, "weight": 10_000, "gaps": {"a": 50}},
            {"id": "kecil", "headcount": 50, "weight": 0.0001, "gaps": {"b": 50}},
        ],
        programmes=[
            {"id": "p", "closes": {"a": 1}, "costs": [cost("participant", 1000)]},
            {"id": "q", "closes": {"b": 1}, "costs": [cost("participant", 1_000_000)]},
        ],
        funds=[{"id": "apbd", "kind": "own", "amount": 60_000_000}],
    )
    found = plan(made, inline=True).plan
    assert (found.gaps_closed, found.own_cost, found.claim) == (Fraction(100), 50_050_000, Claim.PROVEN)


# A plan and a proof that contradict each other


def test_a_plan_that_the_exact_model_calls_impossible_is_not_shown(monkeypatch: Patch) -> None:
    """Whichever of the two is wrong: a row too many in the exact model forbids what the plan does."""

    def wrong(c: Columns) -> None:
        add_people(c)
        c.model.row([(y, 1) for y in c.classes.values()], high=0)

    monkeypatch.setattr(formulation, "add_people", wrong)
    with pytest.raises(CheckFailed, match="bertentangan"):
        plan(UNAFFORDABLE, inline=True)


@pytest.mark.parametrize("step", [Fraction(7), Fraction(1, 3)])
def test_a_plan_between_the_steps_of_its_goal_is_not_shown(monkeypatch: Patch, step: Fraction) -> None:
    monkeypatch.setattr(proving, "step_of", lambda *_: step)
    with pytest.raises(CheckFailed, match="bertentangan"):
        plan(UNAFFORDABLE, inline=True)


# What two searches may claim

OPEN = Scenario.model_validate(random_scenarios(1, (4, 4, 2, 3)))
"""A scenario of which the relaxation alone proves nothing."""


@pytest.fixture(scope="module")
def best() -> Plan:
    """Its best plan, proven by the whole search."""
    found = plan(OPEN, SearchLimits(gap=0.0), inline=True).plan
    assert found.claim == Claim.PROVEN
    return found


class Second:
    """Stands in for the second opinion: it is ready at once with the solution that a test gives it."""

    answer: Solution | None = None

    def __init__(self, job: object) -> None:
        del job
        self.ready = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        return None

    def wait(self, seconds: float | None) -> Solution | None:
        del seconds
        return self.answer


def said(decisions: Decisions, value: float, bound: float, *, proven: bool = True) -> Solution:
    """An engine's word of gaps closed: its plan, what it is worth and what no plan is to exceed."""
    level = LevelOutcome(OPEN.objective[0], value, bound, Ending.PROVEN if proven else Ending.STOPPED)
    return Solution(Ending.PROVEN if proven else Ending.STOPPED, decisions, (level,))


@pytest.fixture
def planned(monkeypatch: Patch) -> Callable[[Solution, Solution | None], Plan]:
    """The plan that two engines lead to, where the exact search is left out."""
    monkeypatch.setattr(effort, "WORK", 0)
    monkeypatch.setattr(second, "LARGE", 0)
    monkeypatch.setattr(second_opinions, "SecondOpinion", Second)

    def made(first: Solution, second: Solution | None) -> Plan:
        monkeypatch.setattr(attempts, "solve", lambda *_, **__: first)
        monkeypatch.setattr(Second, "answer", second)
        return plan(OPEN).plan

    return made


Planned = Callable[[Solution, Solution | None], Plan]


def test_two_searches_that_agree_make_a_plan_optimal(best: Plan, planned: Planned) -> None:
    value, decisions = float(best.gaps_level.value), best.decisions(OPEN)
    found = planned(said(decisions, value, value * 1.00005), said(decisions, value, value * 1.00002))
    assert (found.status, found.claim, found.solver.second) == (Status.OPTIMAL, Claim.AGREED, second_name())
    first = found.objective[0]
    assert (first.claim, first.bound) == (Claim.AGREED, value * 1.00005), "the weaker of the two bounds"
    assert first.exact_bound is not None
    assert first.exact_bound > value * 1.0001, "what exact arithmetic confirms stands beside it"


def second_name() -> str:
    return " ".join(solver_version(EngineName.HIGHS_PLAIN))


def test_one_search_alone_claims_nothing(best: Plan, planned: Planned) -> None:
    value, decisions = float(best.gaps_level.value), best.decisions(OPEN)
    sure = said(decisions, value, value)
    for other in (None, said(decisions, value, value, proven=False), Solution(Ending.FAILED), said(decisions, 0, 0)):
        found = planned(sure, other)
        assert (found.status, found.claim) == (Status.FEASIBLE, Claim.CLAIMED)
        assert found.objective[0].bound == found.objective[0].exact_bound, "only what exact arithmetic confirms"
        assert found.gaps_level.value == best.gaps_level.value


def test_a_plan_beyond_the_bound_of_a_search_shows_that_search_to_be_wrong(best: Plan, planned: Planned) -> None:
    """The first calls a plan of nothing best; the second has the better plan: it is taken, and nothing is agreed."""
    value, decisions = float(best.gaps_level.value), best.decisions(OPEN)
    found = planned(said(Decisions(), 0.0, 0.0), said(decisions, value, value))
    assert found.gaps_level.value == best.gaps_level.value
    assert (found.status, found.claim) == (Status.FEASIBLE, Claim.CLAIMED)


def test_the_exact_bound_is_true_whatever_was_searched(best: Plan, planned: Planned) -> None:
    found = planned(said(Decisions(), 0.0, 0.0), None)
    assert found.gaps_closed == 0
    assert found.objective[0].bound is not None
    assert found.objective[0].bound >= float(best.gaps_level.value)


def test_the_proof_does_not_depend_on_when_a_second_search_is_ready(best: Plan, monkeypatch: Patch) -> None:
    """Else the same scenario would have other bounds on a machine that is faster, or busy."""
    value, decisions = float(best.gaps_level.value), best.decisions(OPEN)
    monkeypatch.setattr(attempts, "solve", lambda *_, **__: said(decisions, value, value))
    alone = plan(OPEN, inline=True).plan
    monkeypatch.setattr(second, "LARGE", 0)
    monkeypatch.setattr(second_opinions, "SecondOpinion", Second)
    assert alone.claim == Claim.PROVEN
    assert plan(OPEN).plan.to_json() == alone.to_json()


def test_ctrl_c_while_a_second_search_is_waited_for_keeps_the_plan(
    best: Plan, planned: Planned, monkeypatch: Patch
) -> None:
    def stopped(self: Second, seconds: float | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Second, "wait", stopped)
    value, decisions = float(best.gaps_level.value), best.decisions(OPEN)
    found = planned(said(decisions, value, value), None)
    assert found.gaps_level.value == best.gaps_level.value
    assert (found.claim, found.solver.interrupted) == (Claim.CLAIMED, True)


def test_a_real_second_search_agrees_with_the_first(best: Plan, monkeypatch: Patch) -> None:
    monkeypatch.setattr(effort, "WORK", 0)
    monkeypatch.setattr(second, "LARGE", 0)
    found = plan(OPEN).plan
    assert found.claim == Claim.AGREED
    assert found.solver.second == second_name()
    assert plan(OPEN, inline=True).plan.claim == Claim.AGREED, "also one after the other"
    assert found.gaps_level.value >= best.gaps_level.value * (1 - Fraction(1, 10_000))
