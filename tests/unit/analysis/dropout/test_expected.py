"""Partners that may not come: chances, percentiles, and the commitment that loses least, against trying them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from planner.analysis.dropout.expected import DropOut, drop_out
from planner.analysis.dropout.outcomes import Distribution, distribution
from planner.analysis.dropout.robust import certainly_better
from planner.analysis.plans.moves import classes_of
from planner.analysis.scenarios.variants import without_partners
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.funding_case import FundingCase
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, InputError
from planner.planning import SearchLimits
from planner.plans.plan import Status
from planner.solve.engine import EngineName
from planner.solve.job import Job
from planner.solve.run import commit
from tests.sampled import some
from tests.unit.analysis.partner_scenarios import stage, weighed, with_partners
from tests.unit.analysis.plans import assert_passes, inquiry

HALF = Fraction(1, 2)


def asked(plain: dict[str, Any]) -> Inquiry:
    return inquiry(Scenario.model_validate(plain))


def test_expected_worst_and_tenth_percentile_by_hand() -> None:
    """1 with 5%, 2 with 5%, 7 with 90%: a tenth is reached at 2."""
    chances = [(Fraction(7), Fraction(9, 10)), (Fraction(2), Fraction(1, 20)), (Fraction(1), Fraction(1, 20))]
    assert distribution(chances) == Distribution(Fraction(129, 20), Fraction(1), Fraction(2))
    chances = [(Fraction(7), Fraction(91, 100)), (Fraction(1), Fraction(9, 100))]
    assert distribution(chances) == Distribution(Fraction(646, 100), Fraction(1), Fraction(7))
    assert distribution([(Fraction(3), Fraction(1))]) == Distribution(Fraction(3), Fraction(3), Fraction(3))


def test_the_commitment_that_loses_least_by_hand() -> None:
    """Committed to the large class, half of 10 is to be expected; to the small one, 6 in any case.

    Knowing beforehand, 10 or 6: 8.
    """
    answer = drop_out(asked(stage()))
    assert [case.absent for case in answer.cases] == [(), ("mitra",)]
    assert answer.replanned.gaps == Distribution(Fraction(8), Fraction(6), Fraction(6))
    assert answer.base.gaps == Distribution(Fraction(5), Fraction(0), Fraction(0))
    assert answer.robust.gaps == Distribution(Fraction(6), Fraction(6), Fraction(6))
    assert answer.robust.plan is not None
    assert classes_of(answer.robust.plan) == {("kecil", "2027"): 1}
    assert answer.upper_bound == 6


def test_where_the_partner_is_likely_enough_the_plan_itself_loses_least() -> None:
    funds = [dict(stage()["funds"][0]), stage()["funds"][1] | {"chance": "70%"}]
    answer = drop_out(asked(stage(funds=funds)))
    assert answer.base.gaps.expected == 7
    assert answer.robust is answer.base
    assert answer.upper_bound == 7


def test_chances_of_nought_and_one_leave_no_doubt() -> None:
    sure = drop_out(asked(stage(funds=[stage()["funds"][0], stage()["funds"][1] | {"chance": 1}])))
    assert [(case.absent, case.probability) for case in sure.cases] == [((), Fraction(1))]
    assert sure.roles.varied == ()
    assert sure.base.gaps == Distribution(Fraction(10), Fraction(10), Fraction(10))
    never = drop_out(asked(stage(funds=[stage()["funds"][0], stage()["funds"][1] | {"chance": 0}])))
    assert [(case.absent, case.probability) for case in never.cases] == [(("mitra",), Fraction(1))]
    assert never.roles.never == ("mitra",)
    assert never.replanned.gaps.expected == 6
    assert never.base.gaps.expected == 0
    assert never.robust.gaps.expected == 6


def test_without_partners_there_is_one_case() -> None:
    answer = drop_out(asked(stage(funds=[{"id": "apbd", "kind": "own", "amount": 10}])))
    assert [case.probability for case in answer.cases] == [1]
    assert answer.robust is answer.base


def test_a_case_in_which_rules_cannot_be_kept_counts_nothing() -> None:
    """The large class is a must, which own funds alone cannot pay."""
    rules = [{"name": "Wajib", "measure": "classes", "where": {"programmes": {"id": "besar"}}, "at_least": 1}]
    answer = drop_out(asked(stage(rules=rules)))
    assert [outcome.status for outcome in answer.base.outcomes] == [Status.OPTIMAL, Status.INFEASIBLE]
    assert answer.replanned.gaps == answer.base.gaps == Distribution(Fraction(5), Fraction(0), Fraction(0))
    assert answer.base.failing == HALF


def test_every_way_is_as_good_as_trying_every_commitment_in_every_case() -> None:
    """The expected values of all three ways, and the bound, against an oracle that tries everything."""
    better = 0
    for seed in (83, 132, 198, 306, *some(range(200, 214), 7)):
        plain = with_partners(seed, most=3)
        try:
            answer = drop_out(asked(plain))
        except InfeasibleError:
            continue
        known = weighed(plain)
        held = frozenset(classes_of(answer.plan).items())
        best = max(known.committed.values())
        assert answer.replanned.level.expected == known.free, seed
        assert answer.base.level.expected == known.committed[held], seed
        assert answer.robust.level.expected == best, seed
        assert answer.upper_bound is not None
        assert float(answer.upper_bound) >= float(best) - 1e-6, seed
        better += best > known.committed[held]
        check(answer)
    assert better


def check(answer: DropOut) -> None:
    """Plans pass the checker, hold no class that is not committed, and no way does better than the one above it."""
    for strategy in (answer.base, answer.robust):
        assert strategy.plan is not None
        committed = classes_of(strategy.plan)
        for outcome, free in zip(strategy.outcomes, answer.replanned.outcomes, strict=True):
            assert outcome.level <= free.level or outcome.plan is None
            if outcome.plan is not None:
                assert all(n <= committed.get(held, 0) for held, n in classes_of(outcome.plan).items())
                assert not {row.fund for row in outcome.plan.funds if row.spent} & outcome.absent
    assert answer.base.level.expected <= answer.robust.level.expected <= answer.replanned.level.expected


def test_the_committed_plan_is_a_checked_plan_of_the_scenario() -> None:
    question = asked(stage())
    answer = drop_out(question)
    assert answer.robust.plan is not None
    assert_passes(question.scenario, answer.robust.plan)
    assert answer.robust.plan.gaps_level.value == 6


def test_a_difference_within_what_plans_are_proven_to_is_no_gain() -> None:
    answer = drop_out(asked(stage()))
    assert certainly_better(answer.robust, answer.base, Fraction(0))
    # were the plans committed to the large class proven to 13 and 1 only, 7 could be expected of them
    loose = tuple(replace(o, bound=bound) for o, bound in zip(answer.base.outcomes, (13.0, 1.0), strict=True))
    assert not certainly_better(answer.robust, replace(answer.base, outcomes=loose), Fraction(0))
    unproven = replace(answer.base, outcomes=tuple(replace(o, bound=None) for o in answer.base.outcomes))
    assert certainly_better(answer.robust, unproven, HALF)
    assert not certainly_better(answer.robust, unproven, Fraction(2))


def test_what_to_commit_is_the_same_from_a_process_of_its_own_and_from_the_other_engine() -> None:
    scenario = Scenario.model_validate(stage())
    cases = (FundingCase(scenario, HALF), FundingCase(without_partners(scenario, {"mitra"}), HALF))
    for limits, inline in (
        (SearchLimits(), True),
        (SearchLimits(), False),
        (SearchLimits(solver=EngineName.CBC), True),
    ):
        found = commit(Job(scenario, limits, cases=cases), inline=inline)
        assert found.classes == {("kecil", "2027"): 1}
        assert found.bound == pytest.approx(6)


def test_a_partner_that_is_likelier_to_come_never_makes_it_worse() -> None:
    expected = []
    for chance in ("0%", "30%", "60%", "90%", "100%"):
        funds = [stage()["funds"][0], stage()["funds"][1] | {"chance": chance}]
        expected.append(drop_out(asked(stage(funds=funds))).robust.level.expected)
    assert all(less <= more for less, more in pairwise(expected))


class _Failing(BatchRunner):
    """Makes no plan without the partner."""

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        return {p.name: Result(p.name, None, message="terhenti") for p in points}


def test_a_case_without_an_answer_is_said_and_the_others_go_on() -> None:
    question = asked(stage())
    answer = drop_out(Inquiry(question.scenario, question.plan, _Failing(), question.limits))
    assert [outcome.unknown for outcome in answer.base.outcomes] == [False, True]
    assert answer.base.unknown == HALF
    assert answer.base.outcomes[1].message == "terhenti"
    assert answer.base.gaps.expected == 5
    assert answer.robust is answer.base
    assert answer.upper_bound == pytest.approx(6)  # a bound needs no plan


def test_only_the_partners_named_stay_away_and_wrong_names_are_refused() -> None:
    funds = [*stage()["funds"], {"id": "lain", "kind": "partner", "amount": 1, "chance": "10%"}]
    question = asked(stage(funds=funds))
    answer = drop_out(question, ["mitra"])
    assert (answer.roles.varied, answer.roles.always) == (("mitra",), ("lain",))
    with pytest.raises(InputError, match=r"'mitr'.*'mitra'"):
        drop_out(question, ["mitr"])
    with pytest.raises(InputError, match="'apbd'"):
        drop_out(question, ["apbd"])
