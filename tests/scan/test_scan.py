"""Random scenarios of every kind: whatever the program says of them is true. `make scan` judges thousands more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import Answer, plan
from planner.plans.claim import Claim
from planner.plans.plan import Plan
from planner.solve.outcome import SearchLimits
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.sampled import sampled, some
from tests.scan.exact_oracle import best
from tests.scan.fixture import Fixture, fixtures
from tests.scan.judge import Effort, Finding, Verdict, judge
from tests.scan.record import Record, line_of
from tests.scan.scenarios import MAKE, TRIED, TURNS, kind_of, scenario_of
from tests.scan.whole_numbers import least

BATCHES = 12
OF_A_BATCH = 25

QUICK = Effort(plan=3, oracle=10, engine=1, proof=0.1)

TAUGHT = dict(fixtures())


def numbers(batch: int) -> list[int]:
    """Scenarios of a batch: mostly those of which every plan can be tried, which take the least time."""
    chosen = (n for n in count() if kind_of(n) in TRIED or n % 6 == 1)
    return list(islice(chosen, batch, OF_A_BATCH * BATCHES, BATCHES))


@pytest.mark.parametrize("batch", sampled(range(BATCHES), 12))
def test_nothing_that_is_said_of_a_random_scenario_is_false(batch: int) -> None:
    for number in some(numbers(batch), 2):
        verdict = judge(scenario_of(number), QUICK)
        assert verdict.finding is not Finding.FALSE, (number, verdict.reasons)


@pytest.mark.parametrize("name", TAUGHT)
def test_no_false_claim_that_was_ever_found_comes_back(name: str) -> None:
    fixture: Fixture = TAUGHT[name]
    verdict = judge(fixture.case)
    assert verdict.finding is not Finding.FALSE, (fixture.why, verdict.reasons)
    if fixture.best is not None:
        made = plan(Scenario.model_validate(fixture.case.plain), SearchLimits(time_limit=30), inline=True).plan
        assert float(made.objective[0].value) == fixture.best
        assert made.objective[0].claim is Claim.PROVEN


def test_the_batches_hold_every_kind_and_no_scenario_twice() -> None:
    all_numbers = [number for batch in range(BATCHES) for number in numbers(batch)]
    assert len(set(all_numbers)) == len(all_numbers) == OF_A_BATCH * BATCHES
    assert {kind_of(number) for number in all_numbers} == set(MAKE) == set(TURNS)


@pytest.mark.parametrize("number", range(len(TURNS)))
def test_a_number_always_means_the_same_scenario(number: int) -> None:
    assert scenario_of(number) == scenario_of(number)


@pytest.mark.parametrize("chunk", sampled(range(4), 2))
def test_the_exact_oracle_finds_what_the_walk_through_all_payments_finds(chunk: int) -> None:
    for seed in some(range(chunk * 25, chunk * 25 + 25), 4):
        plain = tiny_scenarios(seed, 2_000)
        walked, solved = solve(plain), best(plain, 60)
        assert (None if walked is None else walked.values) == (None if solved is None else solved.values), seed


def test_whole_numbers_are_found_where_fractions_would_do_better() -> None:
    """2x + 3y >= 10^12 + 1 at the least of 2x + 3y, then of x; and no whole x between a half and two thirds."""
    goals: list[dict[int, Fraction | int]] = [{0: 2, 1: 3}, {0: 1}]
    assert least(goals, [({0: -2, 1: -3}, -(10**12) - 1)], 2, 2) == [Fraction(1), Fraction((10**12 - 1) // 3)]
    assert least([], [({0: -2}, -1), ({0: 3}, 2)], 1, 1) is None
    assert least([{0: 1}], [({0: -2}, -1), ({0: 3}, 2)], 1, 0) == [Fraction(1, 2)]


def lying(change: Callable[[Plan], Plan]) -> Callable[..., Answer]:
    """A planner that changes what its plans say."""

    def told(scenario: Scenario, *args: Any, **kwargs: Any) -> Answer:
        made = change(plan(scenario, *args, **kwargs).plan)
        return Answer(made)

    return told


def first_level(made: Plan, **fields: Any) -> Plan:
    return replace(made, objective=(replace(made.objective[0], **fields), *made.objective[1:]))


def lower_bound(made: Plan) -> Plan:
    value = float(made.objective[0].value) - 0.25
    return first_level(made, value=Fraction(value), bound=value, exact_bound=value)


def greater_value(made: Plan) -> Plan:
    value = float(made.objective[0].value) + 0.25
    return first_level(made, value=Fraction(value), bound=value, exact_bound=value)


TRIED_NUMBER = 0
BEYOND_NUMBER = 4
"""Scenarios that are proven: one of which every plan can be tried, and one beyond that."""


@pytest.mark.parametrize("number", [TRIED_NUMBER, BEYOND_NUMBER])
def test_the_judge_sees_through_a_bound_that_is_too_low(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.scan.judge.plan", lying(lower_bound))
    assert judge(scenario_of(number), QUICK).finding is Finding.FALSE


def test_the_judge_sees_through_a_value_that_no_plan_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.scan.judge.plan", lying(greater_value))
    assert judge(scenario_of(TRIED_NUMBER), QUICK).finding is Finding.FALSE


@pytest.mark.parametrize("number", [TRIED_NUMBER, BEYOND_NUMBER])
def test_the_judge_finds_the_plan_that_is_said_not_to_exist(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Answer:
        raise InfeasibleError("no")

    monkeypatch.setattr("tests.scan.judge.plan", refuse)
    assert judge(scenario_of(number), QUICK).finding is Finding.FALSE


def test_a_crash_counts_as_false(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: Any, **kwargs: Any) -> Answer:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("tests.scan.judge.plan", crash)
    assert judge(scenario_of(TRIED_NUMBER), QUICK).reasons == ["ZeroDivisionError: oh"]


def test_a_scan_that_was_killed_goes_on_after_the_last_whole_line(tmp_path: Path) -> None:
    record = Record(tmp_path)
    for number in (0, 2):
        record.add(line_of(scenario_of(number), Verdict(Finding.OK), 0.1, "abc"))
    with record.path.open("ab") as file:
        file.write(b'{"number": 3, "kind"')
    again = Record(tmp_path)
    assert sorted(again.lines) == [0, 2]
    again.add(line_of(scenario_of(3), Verdict(Finding.OK), 0.1, "abc"))
    assert sorted(Record(tmp_path).lines) == [0, 2, 3]
