"""The time for all batches of a runner: what is finished is kept, what is not is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.analysis.question import Source
from planner.analysis.registry import BY_NAME, IN_REPORT
from planner.analysis.scenarios.variants import with_amounts
from planner.batch import points as points_module
from planner.batch import runner as runner_module
from planner.batch.batch_progress import BatchProgress
from planner.batch.inquiry import Inquiry
from planner.batch.plan_cache import PlanCache
from planner.batch.points import Point, Result, solve_point
from planner.batch.runner import BatchRunner
from planner.planning import SearchLimits
from planner.plans.plan import Status
from planner.report import render_answers
from planner.scenario_io import read_located
from tests.pages.markup import read
from tests.scenarios import builders
from tests.unit.analysis.plans import inquiry

LIMITS = SearchLimits(time_limit=60)
SMALL = builders.scenario()
FUND = SMALL.funds[0]
POINTS = [Point(str(part), with_amounts(SMALL, {FUND.id: FUND.amount * part // 4})) for part in range(5)]
EXAMPLE = Path(__file__).parents[3] / "scenarios" / "contoh-kecil.yaml"


class Clock:
    """A clock that a test moves: each solved point takes a second."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock, made = Clock(), {point.name: solve_point(point, LIMITS, "id") for point in POINTS}

    def slowly(point: Point, limits: SearchLimits, _language: str) -> Result:
        assert limits.time_limit is not None
        assert limits.time_limit <= 3 - clock.now, "no search goes beyond the time for all"
        clock.now += 1
        return made[point.name]

    monkeypatch.setattr(runner_module, "time", clock)
    monkeypatch.setattr(points_module, "solve_point", slowly)
    return clock


@pytest.mark.usefixtures("clock")
def test_points_beyond_the_time_are_not_begun_and_the_others_are_kept(tmp_path: Path) -> None:
    with BatchRunner(0, cache=PlanCache(tmp_path), seconds=3) as runner:
        results = runner.solve(POINTS, LIMITS)
    assert [result.plan is not None for result in results.values()] == [True, True, True, False, False]
    assert {results["3"].status, results["4"].status} == {Status.NO_PLAN_IN_TIME}
    assert (runner.unfinished, runner.wanted, runner.failures) == (2, 5, [])
    runner.solve(POINTS[2:], LIMITS)
    assert (runner.unfinished, runner.wanted) == (2, 5), "a plan that two steps ask for is one plan"
    with BatchRunner(0, cache=PlanCache(tmp_path)) as again:
        assert set(again.solve(POINTS[:3], LIMITS)) == {"0", "1", "2"}
        assert again.cached == 3


def test_the_time_left_is_estimated_before_the_first_plan() -> None:
    before = BatchProgress(1, 0, 20, 0, 0.0, each=4.0)
    assert before.seconds_left == 80
    assert BatchProgress(1, 5, 20, 0, 10.0, each=4.0).seconds_left == 30
    assert BatchProgress(1, 0, 20, 0, 0.0).seconds_left is None


@pytest.mark.parametrize("name", IN_REPORT)
def test_every_question_has_an_answer_where_no_time_is_left(name: str) -> None:
    """Without a single further plan the page says what is known, and fails nowhere."""
    loaded = read_located(EXAMPLE)
    definition = BY_NAME[name].definition()
    assert definition.prepare is not None
    ask = definition.prepare(Source(loaded, str(EXAMPLE)), definition.parameters())
    plan = inquiry(loaded.scenario).plan
    with BatchRunner(0, seconds=0.0) as runner:
        answers = ask(Inquiry(loaded.scenario, plan, runner, LIMITS))
    page = read(render_answers(loaded.scenario, plan, answers, lacking="Belum selesai."))
    assert runner.unfinished > 0 or name == "dropout", "its partner is certain"
    assert "Belum selesai." in page.visible_text()
