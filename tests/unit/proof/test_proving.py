"""What is proven of scenarios, against the oracle that tries every plan."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted
from planner.proof import effort
from planner.proof.formulation import formulate
from planner.proof.kept_proof import kept_proof
from planner.proof.possible import possible
from planner.proof.proving import Contradiction, Proof, Proving, Worth, prove
from planner.proof.steps import step_of
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.properties.changes import money_times
from tests.sampled import few, some
from tests.scenarios import hand

Plain = dict[str, Any]


def proof_of(scenario: Scenario, known: Worth | None = None) -> Proof:
    """What is proven; every plan that is judged on the way lies on the steps of its levels."""
    formulation = formulate(scenario)
    steps = [step_of(formulation, number) for number in range(len(formulation.levels))]

    def judge(decisions: Decisions) -> Worth | None:
        draft = drafted(scenario, decisions)
        if draft is None:
            return None
        assert all(value % step == 0 for value, step in zip(draft.values, steps, strict=True))
        return draft.worth

    return prove(scenario, judge, known, gap=0.0)


@pytest.mark.parametrize("batch", range(4))
def test_with_nothing_known_the_best_plan_is_found_and_proven(batch: int) -> None:
    compared = 0
    for seed in some(range(batch * 40, batch * 40 + 40), 4):
        plain = tiny_scenarios(seed, most_plans=2000)
        scenario = Scenario.model_validate(plain)
        best, proof = solve(plain), proof_of(scenario)
        if best is None:
            assert proof.impossible, seed
            assert possible(scenario) is False, seed
            continue
        assert possible(scenario) is True, seed
        assert proof.better is not None, seed
        draft = drafted(scenario, proof.better)
        assert draft is not None, seed
        assert draft.values == best.values, seed
        assert proof.bounds == best.values, seed
        compared += 1
    assert compared > few(25, 4)


@pytest.mark.parametrize("factor", [1_000_003, 10**9 + 7])
def test_amounts_beyond_a_solvers_digits_change_nothing(factor: int) -> None:
    for seed in some(range(40)):
        plain = tiny_scenarios(seed, most_plans=1000)
        if any(f.get("match") or f.get("max_share") for f in plain["funds"]) or plain.get("rules"):
            continue  # shares of money are rounded to whole rupiah, which larger amounts allow more of
        best = solve(plain)
        large = money_times(plain, factor)
        proof = proof_of(Scenario.model_validate(large))
        if best is None:
            assert proof.impossible, seed
        elif plain.get("objective", [{"maximize": "gaps_closed"}])[0] == {"maximize": "gaps_closed"}:
            assert proof.bounds[0] == best.values[0], seed


def test_from_the_best_plan_nothing_better_is_found_and_it_is_proven() -> None:
    for seed in some(range(40)):
        plain = tiny_scenarios(seed, most_plans=1000)
        best = solve(plain)
        if best is not None:
            proof = proof_of(Scenario.model_validate(plain), Worth(best.values, Fraction(1)))
            assert (proof.better, proof.bounds) == (None, best.values), seed


def test_what_two_funds_have_together_is_rounded_to_what_the_prices_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rp1.999 and Rp1.999 at Rp1.000 a head: 3 people, which the relaxation alone says too."""
    monkeypatch.setattr(effort, "WORK", 0)
    funds = [{"id": f, "kind": "own", "amount": 1999} for f in ("apbd", "lain")]
    made = Scenario.model_validate(hand.scenario(programmes=hand.costing("participant", 1000), funds=funds))
    assert proof_of(made, Worth((Fraction(3), Fraction(3000)), Fraction(3))).bounds == (Fraction(3), Fraction(3000))


def test_a_fund_that_wants_to_pay_what_no_prices_add_up_to_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of Rp10.001 or nothing, at Rp1.000 a head: the relaxation alone says that nothing can be done."""
    monkeypatch.setattr(effort, "WORK", 0)
    fund = {"id": "mitra", "kind": "partner", "amount": 10_001, "minimum": 10_001}
    made = Scenario.model_validate(hand.scenario(programmes=hand.costing("participant", 1000), funds=[fund]))
    assert proof_of(made, Worth((Fraction(0), Fraction(0)), Fraction(0))).bounds == (Fraction(0), Fraction(0))


def test_a_level_is_held_at_its_exact_value() -> None:
    """Weights of 1e-4 beside 1e4: 50 people of little weight are not given up for own money."""
    plain: Plain = {
        "format": 1,
        "scenario": {"id": "bobot"},
        "competencies": [{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical"}],
        "groups": [
            {"id": "besar", "headcount": 50, "weight": 10_000, "gaps": {"a": 50}},
            {"id": "kecil", "headcount": 50, "weight": 0.0001, "gaps": {"b": 50}},
        ],
        "programmes": [
            {"id": "p", "closes": {"a": 1}, "costs": [{"item": "X", "per": "participant", "price": 1000}]},
            {"id": "q", "closes": {"b": 1}, "costs": [{"item": "X", "per": "participant", "price": 1_000_000}]},
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": 60_000_000}],
    }
    proof = proof_of(Scenario.model_validate(plain))
    assert proof.bounds == (Fraction(50 * 10_000) + Fraction(50, 10_000), Fraction(50 * 1000 + 50 * 1_000_000))


def test_a_plan_above_the_first_bound_or_between_its_steps_contradicts_it() -> None:
    scenario = Scenario.model_validate(tiny_scenarios(3))
    levels = len(scenario.objective)
    for more in (Fraction(1), Fraction(1, 10**9)):
        bounding = Proving(formulate(scenario), lambda _: None, Fraction(0), 1.0, None, lambda: False, lambda *_: None)
        first = bounding.first(1.0)
        assert first is not None
        with pytest.raises(Contradiction):
            bounding.below(Worth((first + more if more == 1 else first - more,) * levels, first), first)


def test_levels_below_gaps_closed_can_wait_until_those_are_near_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "WORK", 0)
    short = Scenario.model_validate(hand.scenario(programmes=hand.costing("participant", 7), funds={"amount": 20}))
    for people, while_near, levels in ((2, True, 2), (1, True, 1), (1, False, 2)):
        draft = drafted(short, Decisions({("a", "bimtek", "TW1"): people}))
        assert draft is not None
        bounds = prove(short, lambda _: None, draft.worth, gap=0.0001, while_near=while_near).bounds
        assert len(bounds) == levels
        assert bounds[0] == 2


def test_levels_below_the_first_are_bounded_for_one_plan_after_another() -> None:
    """As where people are seated anew because the first plan is far from the bounds of its lower levels."""
    bounded = 0
    for seed in some(range(0, 120, 3), 4):
        scenario, best = Scenario.model_validate(tiny_scenarios(seed)), solve(tiny_scenarios(seed))
        if best is None or scenario.objective[0].goal != "gaps_closed" or len(best.values) < 2:
            continue
        like = kept_proof(scenario, best.values[0], Fraction(0))
        found: dict[int, Fraction] = {}

        def keep(number: int, bound: Fraction, _above: object, found: dict[int, Fraction] = found) -> None:
            found[number] = bound

        bounding = Proving(like.formulated(scenario), lambda _: None, Fraction(0), 1.0, None, lambda: False, keep, like)
        first = bounding.first(1.0)
        assert first is not None
        for _plan in range(2):
            found.clear()
            bounding.below(Worth(best.values, best.values[0]), first)
            assert found.keys() >= set(range(1, len(best.values))), seed
            for number, bound in found.items():
                sign = 1 if bounding.formulation.maximises(number) else -1
                assert sign * bound >= sign * best.values[number], seed
        bounded += 1
    assert bounded >= 3
