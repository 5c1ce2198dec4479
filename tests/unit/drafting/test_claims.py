"""Bounds that stay: an interrupted proof hands over what it has confirmed, and no more than that."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nan
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.scenario import Scenario
from planner.drafting import attempts
from planner.drafting.claims import ProvenBounds, agreed
from planner.drafting.drafts import drafted
from planner.planning import SearchLimits, plan
from planner.proof.proving import Proof, Worth, prove
from planner.proof.relaxation import Relaxation
from planner.solve.answers import LevelOutcome, Solution
from planner.solve.outcome import Ending
from planner.units.tolerance import SOLVER_TOLERANCE
from tests.scenarios.hand import costing, scenario
from tests.unit.analysis.plans import tiny_ones

SHORT = Scenario.model_validate(scenario(programmes=costing("participant", 7), funds={"amount": 20}))
"""10 people at Rp7 and Rp20 to spend: 2 can be paid, and the relaxation alone proves 2."""


def judge_of(asked: Scenario) -> Any:
    def judge(decisions: Decisions) -> Worth | None:
        draft = drafted(asked, decisions)
        return None if draft is None else draft.worth

    return judge


def test_an_interrupted_proof_keeps_a_bound_that_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at every single relaxation of the proofs of tiny scenarios: no bound kept is below the best plan."""
    real = Relaxation.solve
    kept = 0
    for _plain, asked in tiny_ones(range(8)):
        best = asked.plan.objective[0].value
        for press in range(1, 40):
            calls = 0

            def solve(self: Relaxation, *arguments: Any, at: int = press) -> Any:
                nonlocal calls
                calls += 1
                if calls == at:
                    raise KeyboardInterrupt
                return real(self, *arguments)

            monkeypatch.setattr(Relaxation, "solve", solve)
            found = ProvenBounds()
            try:
                prove(asked.scenario, judge_of(asked.scenario), None, gap=0.0, keep=found.keep)
            except KeyboardInterrupt:
                kept += bool(found.first)
            else:
                break
            finally:
                monkeypatch.setattr(Relaxation, "solve", real)
            assert all(bound >= best for bound in found.first)
    assert kept > 8


def interrupted_after(monkeypatch: pytest.MonkeyPatch, bounds: list[Fraction], times: int = 1) -> None:
    """A proof that has confirmed a bound of gaps closed when Ctrl-C comes; the next ones confirm looser ones."""
    left = list(bounds)

    def proving(*_: Any, keep: Any, **__: Any) -> Proof:
        bound = left.pop(0)
        keep(0, bound, ())
        if len(bounds) - len(left) <= times:
            raise KeyboardInterrupt
        return Proof((bound,))

    monkeypatch.setattr(attempts, "prove", proving)


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_after_a_bound_was_proven_does_not_loosen_it(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    interrupted_after(monkeypatch, [Fraction(2), Fraction(9)], times)
    found = plan(SHORT, SearchLimits(), inline=True).plan
    assert check_plan(SHORT, found.to_plain()).passed
    assert found.solver.interrupted
    assert (found.objective[0].exact_bound, found.bound, found.relative_gap) == (2.0, 2.0, 0.0)


def test_a_fake_sequence_of_bounds_leaves_the_tightest() -> None:
    known = ProvenBounds()
    for bound in (9, 3, 5, 4):
        known.keep(0, Fraction(bound), ())
    of_plan = known.of(SHORT, [Fraction(2), Fraction(14)])
    assert [bounds.exact for bounds in of_plan.values()] == [3.0]


def test_the_bound_of_a_lower_level_counts_for_plans_that_do_as_well_above() -> None:
    """At least Rp14 for plans that close 2, at least Rp7 for plans that close 1; of own money the largest counts."""
    known = ProvenBounds()
    known.keep(1, Fraction(14), (Fraction(2),))
    known.keep(1, Fraction(7), (Fraction(1),))
    assert [b.exact for b in known.of(SHORT, [Fraction(2), Fraction(20)]).values()] == [None, 14.0]
    assert [b.exact for b in known.of(SHORT, [Fraction(1), Fraction(20)]).values()] == [None, 7.0]
    assert [b.exact for b in known.of(SHORT, [Fraction(0), Fraction(20)]).values()] == [None, None]


def searched(*levels: tuple[float, float | None], ending: Ending = Ending.PROVEN) -> Solution:
    """A search with these values and bounds, from the first level on."""
    told = zip(levels_of(SHORT), levels, strict=False)
    return Solution(ending, levels=tuple(LevelOutcome(level, value, bound, ending) for level, (value, bound) in told))


def agreements(one: Solution, other: Solution) -> list[float | None]:
    """The bounds on which two searches agree for the plan that closes 2 for Rp14, of each level that has any."""
    best = drafted(SHORT, Decisions({("a", "bimtek", "TW1"): 2}))
    assert best is not None
    assert [*best.values] == [2, 14]
    return [bounds.agreed for bounds in agreed(SHORT, best, {}, 1e-4, one, other).values()]


def test_two_searches_agree_on_the_weaker_of_their_bounds() -> None:
    assert agreements(searched((2, 2.0), (14, 14)), searched((2, 2.0001), (14, 13.9))) == [2.0001, 13.9]
    assert agreements(searched((2, 2.5)), searched((2, 2.0))) == [2.5], "whether that is near enough is judged later"


@pytest.mark.parametrize("strange", [None, nan, inf, -inf])
def test_two_searches_do_not_agree_where_one_has_no_bound(strange: float | None) -> None:
    for one, other in ((strange, 2.0), (2.0, strange), (strange, strange)):
        assert agreements(searched((2, one)), searched((2, other))) == []


def test_two_searches_do_not_agree_where_one_stopped_or_a_bound_contradicts_the_plan() -> None:
    stopped = searched((2, 2.0), ending=Ending.STOPPED)
    assert agreements(searched((2, 2.0)), stopped) == agreements(stopped, searched((2, 2.0))) == []
    within, beyond = 2 - 2 * SOLVER_TOLERANCE * 0.99, 2 - 2 * SOLVER_TOLERANCE * 1.01
    assert agreements(searched((2, within)), searched((2, 2.0))) == [2.0]
    assert agreements(searched((2, beyond)), searched((2, 2.0))) == []
    costly, cheap = 14 + 14 * SOLVER_TOLERANCE * 1.01, 14 + 14 * SOLVER_TOLERANCE * 0.99
    assert agreements(searched((2, 2.0), (14, costly)), searched((2, 2.0), (14, 14))) == [2.0]
    assert agreements(searched((2, 2.0), (14, cheap)), searched((2, 2.0), (14, 14))) == [2.0, 14]


def test_two_searches_that_hold_a_level_at_other_values_agree_on_nothing_below_it() -> None:
    off = 2 - 2 * SOLVER_TOLERANCE
    assert agreements(searched((2, 2.0), (14, 14)), searched((off * 0.999, 2.0), (14, 14))) == [2.0]
    assert agreements(searched((2, 2.0), (14, 14)), searched((off, 2.0), (14, 14))) == [2.0, 14]


@pytest.mark.parametrize(("value", "settled"), [(100, True), (99, True), (Fraction(989, 10), False), (101, False)])
def test_the_first_level_is_settled_by_a_bound_within_the_gap_that_no_plan_passes(value: Any, settled: bool) -> None:
    """A plan beyond the bound is no settled one: the proof has to say so."""
    found = ProvenBounds()
    assert not found.settles(SHORT, Worth((Fraction(value), Fraction(0)), Fraction(value)), 0.0102)
    for bound in (Fraction(102), Fraction(100)):
        found.keep(0, bound, ())
    assert found.settles(SHORT, Worth((Fraction(value), Fraction(0)), Fraction(value)), 0.0102) == settled


def test_a_bound_of_another_first_level_than_gaps_closed_settles_nothing() -> None:
    fair = SHORT.changed(objective=(Level(maximize="smallest_coverage", by="group"), *levels_of(SHORT)))
    found = ProvenBounds()
    found.keep(0, Fraction(1), ())
    assert not found.settles(fair, Worth((Fraction(1), Fraction(2), Fraction(14)), Fraction(2)), 0.01)
