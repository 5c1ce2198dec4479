"""Rounding cuts on closings: the last participant closes only what is left; they change no plan."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pulp
import pytest

from planner.domain.scenario import Scenario
from planner.highs.checked import CheckedHighs
from planner.model.build import build
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, families_without, golden, one_period, solver_says
from tests.sampled import few
from tests.scenarios.hand import broken, planned

PLAIN = one_period(
    groups={"uptake": "75%"},
    programmes=[
        {"id": "bimtek", "closes": {"keu": 1}} | costing("participant", 2),
        {"id": "daring", "closes": {"keu": 1}} | costing("participant", 2),
    ],
    funds={"amount": 15},
)
"""7.5 gaps of the willing, and money for 7.5 people in two programmes."""


@proves("closings_cut", HAND)
def test_half_a_person_closes_less_than_half_a_gap() -> None:
    # 7 people at Rp2 for Rp15; the eighth would close half a gap, but cannot be paid
    assert best(PLAIN) == ["7", "14"]
    # in fractions, 7.5 people would close 7.5; whole closing: 7.5 - 0.5 x (8 - 7.5) = 7.25
    assert relaxed(PLAIN) == pytest.approx(7.25)
    assert relaxed(PLAIN, without="closings_cut") == pytest.approx(7.5)
    assert solver_says(PLAIN, without="closings_cut") == [7, 14]


def relaxed(plain: Plain, without: str = "") -> float:
    """The most gaps closed by people in fractions."""
    problem = build(Scenario.model_validate(plain), families=families_without(without)).problem
    for variable in problem.variables():
        variable.cat = "Continuous"
    problem.solve(CheckedHighs(msg=False))
    value = pulp.value(problem.objective)
    assert value is not None
    return float(value)


@proves("closings_cut", GOLDEN)
def test_the_rows_of_whole_closing(request: pytest.FixtureRequest) -> None:
    golden("closings_cut", PLAIN, request)


@proves("closings_cut", PROPERTY)
def test_no_plan_is_cut_off() -> None:
    """k <= U - d f (ceil(U/d) - sum of (floor(w) + min(1, fraction of w / f)) x), for every d, in every plan."""
    tight = 0
    for found in plans(lambda plain: any("uptake" in g and "socialization" not in g for g in plain["groups"]), every=3):
        for (g, c), closed in found.closed.items():
            if "socialization" in found.instance.groups[g]:
                continue
            effects = {
                p: found.instance.closes[p][c] for p, _t in found.instance.slots[g] if c in found.instance.closes[p]
            }
            limit = found.chances(g, c) * max(effects.values(), default=Fraction(0))
            for divisor in set(effects.values()):
                part = limit / divisor % 1
                if part == 0:
                    continue
                counted = Fraction(0)
                for (of, p, _t), n in found.people.items():
                    if of == g and p in effects:
                        ratio = effects[p] / divisor
                        counted += n * (floor(ratio) + min(Fraction(1), ratio % 1 / part))
                bound = limit - divisor * part * (ceil(limit / divisor) - counted)
                assert closed <= bound, (found.seed, g, c, divisor)
                tight += closed == bound > 0
    assert tight > few(10, 3)


@proves("closings_cut", CHECK)
def test_the_check_finds_a_closing_of_half_a_person() -> None:
    plan = planned(PLAIN, {("a", "bimtek", "TW1"): 7}, payments=[
        {"fund": "apbd", "programme": "bimtek", "group": "a", "item": "Butir", "account": "5.1.02.01.01.0001"}
        | {"period": "TW1", "amount": 14}
    ])  # fmt: skip
    assert not broken(PLAIN, plan)
    plan["closings"][0]["closed"] = 7.5
    assert "closings" in broken(PLAIN, plan)
