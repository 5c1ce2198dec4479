"""A scenario that is being changed: its answers are checked plans, its estimates near to them and never claimed."""

from __future__ import annotations

import pickle
import random
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from planner import planning
from planner.analysis.scenarios.assumptions import with_willingness
from planner.analysis.scenarios.scaling import with_offers, with_own_budget
from planner.analysis.scenarios.variants import with_amounts
from planner.batch import changing as changing_module
from planner.batch import changing_process, near_plan
from planner.batch.changing import Changing, Superseded
from planner.batch.changing_process import ChangingProcess
from planner.batch.worker_pool import RemoteError, WorkerLost
from planner.domain.scenario import Scenario
from planner.drafting import attempts
from planner.drafting.drafts import Answer
from planner.errors import CheckFailed, InfeasibleError
from planner.plans.claim import ROUNDING
from planner.scenario_io import read_scenario
from planner.solve.answers import Solution
from planner.solve.outcome import Progress, SearchLimits, Stage
from tests.oracle.generate import tiny_scenarios
from tests.oracle.known import known
from tests.sampled import sampled
from tests.scenarios.changes import of_other_shape, with_other_amount
from tests.scenarios.hand import scenario as plain
from tests.scenarios.two_programmes import IN_ALL_AND_BY_YEAR, TWO_PROGRAMMES

BASE = Scenario.model_validate(TWO_PROGRAMMES)
"""Rp100 seat ten people; of a each closes a gap, of b half a gap."""

IMPOSSIBLE = Scenario.model_validate(
    {**TWO_PROGRAMMES, "rules": [{"name": "all", "measure": "gaps_closed", "at_least": 20}]}
)


def with_amount(rupiah: int) -> Scenario:
    return Scenario.model_validate({**TWO_PROGRAMMES, "funds": [{**TWO_PROGRAMMES["funds"][0], "amount": rupiah}]})


@pytest.fixture(scope="module")
def changing() -> Changing:
    return Changing(BASE)


@pytest.mark.parametrize(("rupiah", "closed"), [(100, 10.0), (60, 6.0), (160, 13.0), (0, 0.0)])
def test_an_answer_is_the_checked_plan_and_the_estimate_is_near(changing: Changing, rupiah: int, closed: float) -> None:
    answer = changing.answer(with_amount(rupiah))
    assert answer.verdict is not None
    assert answer.verdict.passed
    assert float(answer.plan.gaps_closed) == closed
    assert answer.plan.scenario_sha256 == with_amount(rupiah).sha256
    estimate = changing.estimate(with_amount(rupiah))
    assert estimate is not None
    assert (estimate.gaps_closed, estimate.weighted_gaps_closed) == pytest.approx((closed, closed))
    assert estimate.at_most == pytest.approx(closed)


def test_a_scenario_in_which_nothing_is_possible_any_more_has_a_plan_that_closes_nothing() -> None:
    """No column is left, as where own funds are gone; the plans that things begin from have cuts."""
    full = read_scenario(Path(__file__).parents[3] / "scenarios" / "contoh-kecil.yaml")
    without = [
        with_own_budget(full, 0),
        with_amounts(full, dict.fromkeys(full.fund, 0)),
        with_willingness(full, Fraction(0)),
    ]
    partly = with_offers(full, [fund.id for fund in full.funds if not fund.own], Fraction(0))
    for begun in (full, partly, without[0]):
        changing = Changing(begun)
        for changed in without:
            answer = changing.answer(changed)
            assert answer.verdict is not None
            assert answer.verdict.passed
            assert answer.plan.gaps_closed == 0
            assert answer.plan.relative_gap == 0
            assert (estimate := changing.estimate(changed)) is None or not estimate.gaps_closed


@pytest.mark.parametrize("seed", sampled(range(90), 30, 1))
def test_an_answer_lies_between_the_best_plan_and_its_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the plan of the same scenario with another amount, also where the answer is a plan near to that plan."""
    best = known(seed)
    new = Scenario.model_validate(tiny_scenarios(seed))
    if best is None or not best.values:
        return
    try:
        changing = Changing(with_other_amount(new, random.Random(seed)))
    except InfeasibleError:
        return
    first = changing.answer(new).plan.objective[0]
    upper = first.goal in ("gaps_closed", "smallest_coverage")
    assert first.exact_bound is not None
    bound, value = Fraction(first.exact_bound), best.values[0]
    assert first.value <= value <= bound * (1 + ROUNDING) if upper else first.value >= value >= bound * (1 - ROUNDING)
    estimate = changing.estimate(new)
    assert estimate is not None
    if first.goal == "gaps_closed":
        assert estimate.at_most >= float(value) - 1e-6 * max(1.0, abs(float(value)))


@pytest.mark.parametrize("seed", sampled(range(120), 24, 1))
def test_an_answer_after_any_change_lies_between_the_best_plan_and_its_bound(seed: int) -> None:
    """From the plan of a scenario with other funds, prices or people, whose exact model has other rows."""
    best, new = known(seed), Scenario.model_validate(tiny_scenarios(seed))
    if best is None or not best.values:
        return
    try:
        changing = Changing(of_other_shape(new, random.Random(f"any {seed}")))
    except InfeasibleError:
        return
    first = changing.answer(new).plan.objective[0]
    upper = first.goal in ("gaps_closed", "smallest_coverage")
    assert first.exact_bound is not None
    bound, value = Fraction(first.exact_bound), best.values[0]
    slack = ROUNDING * max(Fraction(1), abs(bound))
    assert first.value <= value <= bound + slack if upper else first.value >= value >= bound - slack


def test_where_it_is_proven_that_there_is_no_plan_none_is_searched(
    changing: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def searched(*_: Any, **__: Any) -> Solution:
        raise AssertionError("searched")

    with pytest.raises(InfeasibleError) as cold:
        planning.plan(IMPOSSIBLE, changing.limits, inline=True)
    monkeypatch.setattr(attempts, "solve", searched)
    with pytest.raises(InfeasibleError) as warm:
        changing.answer(IMPOSSIBLE)
    assert str(warm.value) == str(cold.value)


def test_what_no_plan_can_keep_has_neither_answer_nor_estimate(changing: Changing) -> None:
    assert changing.estimate(IMPOSSIBLE) is None
    with pytest.raises(InfeasibleError):
        changing.answer(IMPOSSIBLE)


def test_more_money_never_closes_less_and_the_known_scenario_has_the_known_plan(changing: Changing) -> None:
    """Ten people instead of the nine that a gap of 10% would allow."""
    assert changing.answer(BASE).plan is changing.plan
    for rupiah in (101, 105, 109):
        assert changing.answer(with_amount(rupiah), gap=0.1).plan.gaps_closed >= changing.plan.gaps_closed


def test_a_plan_that_our_check_refuses_is_searched_anew(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **_named: Any) -> Answer:
        raise CheckFailed("refused")

    monkeypatch.setattr(changing_module, "near_plan", refused)
    assert float(changing.answer(with_amount(60)).plan.gaps_closed) == 6.0


@pytest.mark.parametrize("turned", [False, True])
def test_money_by_year_instead_of_in_all_is_answered_from_a_model_of_its_own(turned: bool) -> None:
    known, other = reversed(IN_ALL_AND_BY_YEAR) if turned else IN_ALL_AND_BY_YEAR
    plan = Changing(known).answer(other).plan
    assert (float(plan.gaps_closed), plan.bound) == (10.0, 10.0)


def test_a_plan_that_passes_its_bound_is_searched_anew(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    def passed(*_: Any) -> bool:
        raise ArithmeticError("the value passes the bound")

    monkeypatch.setattr(near_plan, "enough", passed)
    assert float(changing.answer(with_amount(60)).plan.gaps_closed) == 6.0


def test_another_scenario_altogether_is_answered_too(changing: Changing) -> None:
    other = Scenario.model_validate(plain())
    assert changing.answer(other).plan.scenario_sha256 == other.sha256


def test_an_answer_that_is_no_longer_wanted_ends(changing: Changing, monkeypatch: pytest.MonkeyPatch) -> None:
    def tells(*_: Any, progress: Callable[[Progress], None], **__: Any) -> Answer:
        progress(Progress(Stage.GAPS_CLOSED, None, None, 0.0))
        raise AssertionError("went on")

    monkeypatch.setattr(planning, "plan", tells)
    with pytest.raises(Superseded):
        changing.answer(with_amount(50), stopped=lambda: True)


class Wire:
    """Both ends of the pipes to a child that is a thread of this process."""

    def __init__(self, *_: str) -> None:
        self.orders, self.replies = SimpleQueue[bytes](), SimpleQueue[bytes]()
        threading.Thread(target=changing_process.main, daemon=True).start()

    def __new__(cls, *_: str) -> Wire:
        Wire.latest = super().__new__(cls)
        return Wire.latest

    latest: Wire

    def send(self, message: bytes) -> None:
        self.orders.put(message)

    def receive(self) -> bytes:
        reply = self.replies.get()
        if not reply:
            raise EOFError
        return reply

    def end(self) -> None:
        self.replies.put(b"")


class ThreadsParent:
    """The other end."""

    def __init__(self) -> None:
        self.wire = Wire.latest

    @property
    def waits(self) -> bool:
        return not self.wire.orders.empty()

    def receive(self) -> bytes:
        return self.wire.orders.get()

    def send(self, message: bytes) -> None:
        self.wire.replies.put(message)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, changing: Changing) -> ChangingProcess:
    monkeypatch.setattr(changing_process, "ChildProcess", Wire)
    monkeypatch.setattr(changing_process, "ParentProcess", ThreadsParent)
    return ChangingProcess(BASE, changing.plan)


def test_a_process_answers_as_it_does_here_and_hands_errors_on(asked: ChangingProcess, changing: Changing) -> None:
    assert asked.begun() == changing.plan
    assert asked.estimate(with_amount(60)) == changing.estimate(with_amount(60))
    assert float(asked.answer(with_amount(60)).plan.gaps_closed) == 6.0
    with pytest.raises(InfeasibleError):
        asked.answer(IMPOSSIBLE)
    asked.end()
    with pytest.raises(WorkerLost):
        asked.answer(BASE)


def test_what_is_asked_next_supersedes_what_waits(asked: ChangingProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.begun()
    begun, raised = threading.Event(), list[BaseException]()

    def long(self: Changing, changed: Scenario, gap: float | None, *, stopped: Callable[[], bool]) -> Answer:
        begun.set()
        while not stopped():
            pass
        raise Superseded

    def ask() -> None:
        with pytest.raises(Superseded) as error:
            asked.answer(with_amount(50))
        raised.append(error.value)

    monkeypatch.setattr(Changing, "answer", long)
    thread = threading.Thread(target=ask)
    thread.start()
    begun.wait()
    asked.cancel()
    thread.join()
    assert len(raised) == 1
    assert asked.estimate(BASE) is not None


def test_errors_of_ours_cross_to_another_process() -> None:
    for error in (Superseded(), RemoteError("x")):
        assert type(pickle.loads(pickle.dumps(error))) is type(error)


SIX: list[tuple[int, int, int, int]] = [
    (6, 8, 500_000, 0), (8, 6, 777_777, 7_000_000), (8, 8, 350_000, 0),
    (4, 6, 500_000, 0), (3, 16, 99_999, 3_333_333), (4, 16, 1_234_567, 7_000_000),
]  # fmt: skip
"""Gaps of a competency, and of the programme that closes them the hours and prices per participant and programme."""


def of_six(most_hours: int) -> Scenario:
    """Eight people, of whose six programmes a partner pays a share of one."""
    costs = [
        [{"item": "Peserta", "per": "participant", "price": price}]
        + ([{"item": "Modul", "per": "programme", "price": once}] if once else [])
        for _gaps, _hours, price, once in SIX
    ]
    partner = {"id": "m", "kind": "partner", "amount": 80_000_000, "max_share": "45%"}
    data: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "z", "fiscal_year": 2027, "hours_target": 20},
        "competencies": [{"id": f"c{n}", "kind": "technical"} for n in range(6)],
        "groups": [
            {"id": "g", "headcount": 8, "gaps": {f"c{n}": SIX[n][0] for n in range(6)}, "max_hours": most_hours}
        ],
        "programmes": [
            {"id": f"p{n}", "hours": SIX[n][1], "closes": {f"c{n}": 1}, "costs": costs[n]} for n in range(6)
        ],
        "funds": [
            {"id": "apbd", "kind": "own", "amount": 80_000_000},
            partner | {"pays": {"programmes": {"id": ["p5"]}}},
        ],
    }
    return Scenario.model_validate(data)


def test_an_answer_that_nothing_near_improves_is_made_anew_where_own_money_is_far_from_its_bound() -> None:
    """People near to the known plan attend as many courses for twice the money."""
    changed = of_six(16)
    found = Changing(of_six(24)).answer(changed).plan
    cold = planning.plan(changed, SearchLimits(gap=changing_module.GAP), inline=True).plan
    assert [level.value for level in found.objective] == [level.value for level in cold.objective]
